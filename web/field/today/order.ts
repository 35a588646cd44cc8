/** The order of a day's work: by deadline, and among what is due alike the nearest first. Distances never leave the device. */
import { DAY_MS, HOUR_MS, msOf, type Instant } from '#kernel/clock.ts'
import type { CaseSummary } from '#contexts/cases/contract.ts'

export interface At {
  readonly lng: number
  readonly lat: number
}
type Due = Pick<CaseSummary, 'id' | 'clockDueAt'>

/** Overdue, due within four hours, due within a day, later: what is due alike may as well be done on one way. */
export function urgency({ clockDueAt }: Pick<Due, 'clockDueAt'>, now: string): 0 | 1 | 2 | 3 {
  if (clockDueAt === null) return 3
  const left = msOf(clockDueAt as Instant) - msOf(now as Instant)
  return left < 0 ? 0 : left <= 4 * HOUR_MS ? 1 : left <= DAY_MS ? 2 : 3
}

const METRES_PER_DEGREE = 111_320

/** Metres as the crow flies, good for a city. */
export function metresBetween(one: At, other: At): number {
  const east = (one.lng - other.lng) * Math.cos((((one.lat + other.lat) / 2) * Math.PI) / 180)
  return Math.hypot(east, one.lat - other.lat) * METRES_PER_DEGREE
}

/** `metresTo` gives the distance where both places are known; without it deadlines alone decide. */
export function inWorkOrder<T extends Due>(items: readonly T[], now: string, metresTo: (id: string) => number | undefined): T[] {
  const due = ({ clockDueAt }: Due): string => clockDueAt ?? '9999'
  const far = ({ id }: Due): number => metresTo(id) ?? Infinity
  const byDue = (one: T, other: T): number => (due(one) < due(other) ? -1 : due(one) > due(other) ? 1 : 0)
  const byDistance = (one: T, other: T): number => (far(one) === far(other) ? 0 : far(one) - far(other))
  return items.toSorted((one, other) => urgency(one, now) - urgency(other, now) || byDistance(one, other) || byDue(one, other))
}
