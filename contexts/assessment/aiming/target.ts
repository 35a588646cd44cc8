import type { LocalDate } from '#kernel/clock.ts'
import type { MeasureKey } from '../cockpit/measures.ts'
import type { Target } from './store.ts'

/** The target of a measure for an area on a day: that of the nearest area at or above it whose latest row is not in the future. Null where none or lifted. */
export function targetOn(
  rows: readonly Target[],
  measure: MeasureKey,
  areaCode: string,
  on: LocalDate,
): { value: number; areaCode: string; effectiveFrom: LocalDate } | null {
  const inForce = rows.filter((row) => row.measure === measure && row.effectiveFrom <= on && areaCode.startsWith(row.areaCode))
  const [nearest] = inForce.toSorted(
    (one, other) => other.areaCode.length - one.areaCode.length || (one.effectiveFrom < other.effectiveFrom ? 1 : -1),
  )
  if (nearest === undefined || nearest.value === null) return null
  const { value, areaCode: of, effectiveFrom } = nearest
  return { value, areaCode: of, effectiveFrom }
}
