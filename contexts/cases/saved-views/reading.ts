import { ViewFilter } from './contract.ts'

/** What the fields of a kept filter may still mean. */
export interface Known {
  readonly isArea: (code: string) => boolean
  readonly isUnit: (id: string) => boolean
}

/**
 * Reads a filter that was kept some time ago. A field that the product no longer has, a value that is no longer one of its values, an area that
 * was abolished or a unit that is gone is left out and named, so that the view still opens and says what it lost. Pure.
 */
export function readFilter(kept: unknown, known: Known): { filter: ViewFilter; lost: string[] } {
  const given = typeof kept === 'object' && kept !== null && !Array.isArray(kept) ? Object.entries(kept) : []
  const shape: Readonly<Record<string, { safeParse(value: unknown): { success: boolean } }>> = ViewFilter.shape
  const holds = ([field, value]: [string, unknown]): boolean => {
    if (!(field in shape) || shape[field]?.safeParse(value).success !== true) return false
    if (field === 'areaCode') return known.isArea(String(value))
    return field !== 'unitId' || known.isUnit(String(value))
  }
  return { filter: ViewFilter.parse(Object.fromEntries(given.filter(holds))), lost: given.filter((one) => !holds(one)).map(([field]) => field) }
}
