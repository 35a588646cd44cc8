import { addDays, instantAt, localDate, type Instant, type LocalDate } from '#kernel/clock.ts'
import { refuse } from './refusals.ts'

const DEFAULT_DAYS = 30

/** Days of the city, both included, with the moments between which they lie. */
export interface Period {
  readonly from: LocalDate
  readonly to: LocalDate
  /** First moment of `from`. */
  readonly since: Instant
  /** First moment after `to`. */
  readonly until: Instant
}

/** The period that was asked for; without days the last thirty up to today. Refuses one that ends before it begins. */
export function periodOf(asked: { from?: string | undefined; to?: string | undefined }, now: Instant, zone: string): Period {
  const to = (asked.to as LocalDate | undefined) ?? localDate(now, zone)
  const from = (asked.from as LocalDate | undefined) ?? addDays(to, 1 - DEFAULT_DAYS)
  if (from > to) throw refuse.periodBackwards({ from, to }, 'from')
  return { from, to, since: instantAt(from, 0, zone), until: instantAt(addDays(to, 1), 0, zone) }
}
