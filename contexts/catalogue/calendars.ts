import { z } from 'zod'
import { isLocalDate, type LocalDate } from '#kernel/clock.ts'
import shipped from './data/calendars.json' with { type: 'json' }
import { refuse } from './refusals.ts'
import type { CalendarYear, WorkingCalendar } from './working-time.ts'

export const CalendarYearText = z.object({
  year: z.number().int().min(1990).max(2200),
  source: z.string().min(1).describe('The notice that these days come from'),
  off: z.array(z.iso.date()).describe('Weekdays off; weekends need no entry'),
  makeup: z.array(z.iso.date()).describe('Weekend days that are worked'),
})
export type CalendarYearText = z.infer<typeof CalendarYearText>

/** Reads one year, or refuses `catalogue.badCalendar` naming the day that lies in another year or appears twice. */
export function calendarYear(text: CalendarYearText): CalendarYear {
  const seen = new Set<string>()
  const read = (day: string): LocalDate => {
    if (!isLocalDate(day) || !day.startsWith(`${text.year}-`) || seen.has(day)) throw refuse.badCalendar({ year: text.year, day })
    seen.add(day)
    return day
  }
  return { year: text.year, source: text.source, off: text.off.map(read).sort(), makeup: text.makeup.map(read).sort() }
}

/** The State Council's calendars that come with the product. */
export const shippedCalendars: readonly CalendarYear[] = shipped.map(calendarYear)

/** Mainland China's usual working time with the shipped calendars: 08:00-12:00 and 14:00-18:00, eight hours to the day. */
export const chinaCalendar: WorkingCalendar = {
  zone: 'Asia/Shanghai',
  workDayMinutes: 480,
  hours: [
    {
      from: '2000-01-01' as LocalDate,
      periods: [
        { startMinute: 480, endMinute: 720 },
        { startMinute: 840, endMinute: 1080 },
      ],
    },
  ],
  years: shippedCalendars,
}
