import type { Policy } from '#contexts/people/index.ts'
import type { Actor } from '#kernel/actor.ts'
import { codeDigits, liesWithin, type DistrictCode } from '#kernel/codes.ts'

/** By which rights numbers are counted. */
export interface CountedBy {
  /** Where figures are read. */
  readonly figures: string
  /** Which cases count. */
  readonly cases: 'case.read' | 'case.count'
}

/** A number that opens into its list counts what the reader may open. */
export const byReading: CountedBy = { figures: 'figures.read', cases: 'case.read' }

/** The board counts for whoever may count: a wall opens no case. Roles that read have both rights with the same reach, so the numbers agree. */
export const byCounting: CountedBy = { figures: 'board.read', cases: 'case.count' }

/** The districts that an area lies in or holds; all of them without an area. */
export function districtsIn(districts: readonly DistrictCode[], areaCode: string | undefined): DistrictCode[] {
  return districts.filter((code) => areaCode === undefined || liesWithin(areaCode, code) || liesWithin(code, areaCode))
}

/**
 * The policy's predicates over a district alone, where they say the same as those over a case: every right that counts goes by whole districts, and no smaller
 * area is asked about. Undefined otherwise.
 */
export function wholeDistricts(
  policy: Policy,
  actor: Actor,
  { permissions, areaCode, column }: { permissions: readonly string[]; areaCode: string | undefined; column: string },
): ReturnType<Policy['visible']>[] | undefined {
  const isWhole = (area: string): boolean => area.length <= codeDigits.district
  if (!isWhole(areaCode ?? '')) return undefined
  const counting = actor.kind === 'system' ? [] : policy.rights(actor).filter(({ permission }) => permissions.includes(permission))
  if (counting.some(({ scope, areaCode: area }) => scope === 'organisation' || (scope === 'area' && !isWhole(area)))) return undefined
  return permissions.map((permission) => policy.visible(actor, permission, { districtCode: column, areaCode: column }))
}
