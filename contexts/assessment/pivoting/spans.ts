import { addDays, weekday, type LocalDate } from '#kernel/clock.ts'

export type Span = 'day' | 'week' | 'month'
interface Days {
  readonly from: string
  readonly to: string
}

/** Keys of the spans that a period touches: first days of days and weeks (from Monday), `2026-03` of months. */
export function spansOf(span: Span, { from, to }: Days): string[] {
  const keyOf = (day: LocalDate): string => (span === 'month' ? day.slice(0, 7) : span === 'week' ? addDays(day, -((weekday(day) + 6) % 7)) : day)
  const found = new Set<string>()
  for (let day = from as LocalDate; day <= to; day = addDays(day, 1)) found.add(keyOf(day))
  return [...found]
}

/** Days of a span, as far as they lie in the period. */
export function daysOfSpan(span: Span, key: string, period: Days): { from: LocalDate; to: LocalDate } {
  const first = (span === 'month' ? `${key}-01` : key) as LocalDate
  const next = span === 'month' ? (`${addDays(first, 31).slice(0, 7)}-01` as LocalDate) : addDays(first, span === 'week' ? 7 : 1)
  const last = addDays(next, -1)
  return { from: first > period.from ? first : (period.from as LocalDate), to: last < period.to ? last : (period.to as LocalDate) }
}
