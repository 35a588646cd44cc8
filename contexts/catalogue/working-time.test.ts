import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  DAY_MS,
  addDays,
  addMs,
  instantAt,
  instantOfMs,
  localDate,
  msOf,
  parseInstant,
  wallClock,
  weekday,
  type Instant,
  type LocalDate,
} from '#kernel/clock.ts'
import { chinaCalendar, shippedCalendars } from './calendars.ts'
import { limitUnits, type LimitUnit } from './lifecycle.ts'
import { addRemaining, countsWorkingTime, dueAt, elapsed, isWorkingTime, limitMs, type Limit, type WorkingCalendar } from './working-time.ts'

const shanghai = (text: string): Instant => parseInstant(`${text.replace(' ', 'T')}:00+08:00`)
const wall = (at: Instant): string =>
  instantOfMs(msOf(at) + 8 * 3_600_000)
    .slice(0, 16)
    .replace('T', ' ')

// china.md 1.7, on the calendar of 2026.
const golden: [string, number, LimitUnit, string][] = [
  ['2026-02-13 17:00', 4, 'work_hour', '2026-02-14 11:00'],
  ['2026-02-13 17:00', 1, 'work_day', '2026-02-14 17:00'],
  ['2026-02-14 09:30', 1, 'work_day', '2026-02-24 09:30'],
  ['2026-03-02 13:00', 2, 'work_hour', '2026-03-02 16:00'],
  ['2026-03-06 17:30', 1, 'work_hour', '2026-03-09 08:30'],
  ['2026-09-30 16:00', 2, 'work_day', '2026-10-09 16:00'],
  ['2026-01-03 10:00', 4, 'work_hour', '2026-01-04 12:00'],
  ['2026-03-02 08:00', 1, 'work_day', '2026-03-02 18:00'],
  ['2026-02-13 17:00', 4, 'urgent_hour', '2026-02-13 21:00'],
  ['2026-02-13 17:00', 1, 'natural_day', '2026-02-14 17:00'],
]

describe('golden vectors', () => {
  for (const [start, value, unit, due] of golden) {
    test(`${start} plus ${value} ${unit} is ${due}`, () => {
      expect(wall(dueAt(shanghai(start), { value, unit }, chinaCalendar))).toBe(due)
    })
  }

  test('a paused clock resumes with exactly what was left', () => {
    const start = shanghai('2026-02-13 17:00')
    const paused = shanghai('2026-02-14 09:00')
    const used = elapsed(start, paused, 'work_day', chinaCalendar)
    expect(used).toBe(2 * 3_600_000)
    const resumed = shanghai('2026-03-02 13:00')
    const due = addRemaining(resumed, limitMs({ value: 1, unit: 'work_day' }, chinaCalendar) - used, 'work_day', chinaCalendar)
    expect(wall(due)).toBe('2026-03-03 10:00')
  })

  test('a limit across the turn of the year uses both calendars', () => {
    expect(wall(dueAt(shanghai('2025-12-31 17:00'), { value: 2, unit: 'work_hour' }, chinaCalendar))).toBe('2026-01-04 09:00')
  })
})

const firstMs = msOf(shanghai('2025-01-01 00:00'))
const endMs = msOf(shanghai('2027-01-01 00:00'))
// Starts leave room for the longest limit drawn, 30 working days, before the end of 2026.
const starts = fc.integer({ min: firstMs, max: endMs - 60 * DAY_MS }).map(instantOfMs)
const workingUnits = fc.constantFrom<LimitUnit>('work_hour', 'work_day')
const limits = (units: fc.Arbitrary<LimitUnit>): fc.Arbitrary<Limit> =>
  units.chain((unit) => {
    const most = unit === 'work_day' || unit === 'natural_day' ? 30 : 240
    return fc.integer({ min: 1, max: most * 1000 }).map((thousandths) => ({ value: thousandths / 1000, unit }))
  })

describe('for every start and limit', () => {
  test('a later start is never due earlier', () => {
    fc.assert(
      fc.property(starts, starts, limits(fc.constantFrom(...limitUnits)), (a, b, limit) => {
        const [first, second] = a < b ? [a, b] : [b, a]
        return dueAt(first, limit, chinaCalendar) <= dueAt(second, limit, chinaCalendar)
      }),
    )
  })

  test('a longer limit is due later', () => {
    fc.assert(
      fc.property(starts, limits(fc.constantFrom(...limitUnits)), fc.integer({ min: 1, max: 5000 }), (start, limit, more) => {
        const longer = { ...limit, value: limit.value + more / 1000 }
        return dueAt(start, limit, chinaCalendar) < dueAt(start, longer, chinaCalendar)
      }),
    )
  })

  test('the due moment is never before the start', () => {
    fc.assert(fc.property(starts, limits(fc.constantFrom(...limitUnits)), (start, limit) => dueAt(start, limit, chinaCalendar) > start))
  })

  test('working limits end inside a working period', () => {
    fc.assert(
      fc.property(starts, limits(workingUnits), (start, limit) => isWorkingTime(addMs(dueAt(start, limit, chinaCalendar), -1), chinaCalendar)),
    )
  })

  test('the time elapsed until the due moment is the limit', () => {
    fc.assert(
      fc.property(starts, limits(fc.constantFrom(...limitUnits)), (start, limit) => {
        expect(elapsed(start, dueAt(start, limit, chinaCalendar), limit.unit, chinaCalendar)).toBe(limitMs(limit, chinaCalendar))
      }),
    )
  })

  test('a clock that pauses and resumes at once is due at the same moment', () => {
    fc.assert(
      fc.property(starts, limits(fc.constantFrom(...limitUnits)), fc.double({ min: 0, max: 1, noNaN: true }), (start, limit, share) => {
        const whole = limitMs(limit, chinaCalendar)
        const used = Math.floor(whole * share)
        const middle = addRemaining(start, used, limit.unit, chinaCalendar)
        expect(addRemaining(middle, whole - used, limit.unit, chinaCalendar)).toBe(dueAt(start, limit, chinaCalendar))
      }),
    )
  })

  test('counting minute by minute gives the same answer', () => {
    const minutes = fc.integer({ min: 1, max: 3 * 480 })
    const minuteStarts = starts.map((start) => instantOfMs(Math.floor(msOf(start) / 60_000) * 60_000))
    fc.assert(
      fc.property(minuteStarts, minutes, (start, count) => {
        expect(dueAt(start, { value: count / 60, unit: 'work_hour' }, chinaCalendar)).toBe(dueByCounting(start, count))
      }),
      { numRuns: 30 },
    )
  })
})

/** The slow, obvious way: step through the minutes and count those that are worked. */
function dueByCounting(start: Instant, minutes: number): Instant {
  let at = msOf(start)
  for (let counted = 0; counted < minutes; at += 60_000) {
    const { date, ms } = wallClock(instantOfMs(at), 'Asia/Shanghai')
    const hour = ms / 3_600_000
    if (isWorked(date) && ((hour >= 8 && hour < 12) || (hour >= 14 && hour < 18))) counted += 1
  }
  return instantOfMs(at)
}

function isWorked(date: LocalDate): boolean {
  const year = shippedCalendars.find((one) => date.startsWith(`${one.year}-`))
  if (year?.off.includes(date)) return false
  return (weekday(date) !== 0 && weekday(date) !== 6) || year?.makeup.includes(date) === true
}

describe('a year without a calendar', () => {
  const refusal = (work: () => unknown): unknown => {
    try {
      return work()
    } catch (error) {
      return error
    }
  }

  test('is named when the limit runs into it', () => {
    expect(refusal(() => dueAt(shanghai('2026-12-31 17:00'), { value: 2, unit: 'work_hour' }, chinaCalendar))).toMatchObject({
      code: 'catalogue.unknownYear',
      params: { year: 2027 },
    })
  })

  test('is named when the limit starts in it', () => {
    expect(refusal(() => dueAt(shanghai('2024-12-31 17:00'), { value: 2, unit: 'work_hour' }, chinaCalendar))).toMatchObject({
      params: { year: 2024 },
    })
  })

  test('is named when it lies between two known ones', () => {
    const gap: WorkingCalendar = { ...chinaCalendar, years: [...shippedCalendars, { year: 2028, source: 'test', off: [], makeup: [] }] }
    expect(refusal(() => dueAt(shanghai('2026-12-31 17:00'), { value: 2, unit: 'work_hour' }, gap))).toMatchObject({ params: { year: 2027 } })
    expect(wall(dueAt(shanghai('2028-01-03 08:00'), { value: 2, unit: 'work_hour' }, gap))).toBe('2028-01-03 10:00')
  })

  test('is not needed by a limit that ends on the last evening of a known year, nor by units that run on', () => {
    expect(wall(dueAt(shanghai('2026-12-31 17:00'), { value: 1, unit: 'work_hour' }, chinaCalendar))).toBe('2026-12-31 18:00')
    expect(wall(dueAt(shanghai('2026-12-31 17:00'), { value: 2, unit: 'natural_day' }, chinaCalendar))).toBe('2027-01-02 17:00')
  })

  test('is named whenever a span touches it', () => {
    const anywhere = fc.integer({ min: firstMs - 400 * DAY_MS, max: endMs + 400 * DAY_MS }).map(instantOfMs)
    fc.assert(
      fc.property(anywhere, anywhere, workingUnits, (a, b, unit) => {
        const [start, end] = a < b ? [a, b] : [b, a]
        const known = msOf(start) >= firstMs && msOf(end) <= endMs
        const answer = refusal(() => elapsed(start, end, unit, chinaCalendar))
        if (known) return typeof answer === 'number'
        const year = msOf(start) < firstMs || msOf(start) >= endMs ? Number(localDate(start, 'Asia/Shanghai').slice(0, 4)) : 2027
        expect(answer).toMatchObject({ code: 'catalogue.unknownYear', params: { year } })
        return true
      }),
    )
  })
})

describe('calendars are data', () => {
  test('summer hours take over on their day', () => {
    const summer: WorkingCalendar = {
      ...chinaCalendar,
      hours: [
        ...chinaCalendar.hours,
        {
          from: '2026-06-01' as LocalDate,
          periods: [
            { startMinute: 480, endMinute: 720 },
            { startMinute: 900, endMinute: 1140 },
          ],
        },
      ],
    }
    expect(wall(dueAt(shanghai('2026-05-29 17:00'), { value: 6, unit: 'work_hour' }, summer))).toBe('2026-06-01 16:00')
  })

  test('an unending calendar without hours, and hours that overlap, are refused', () => {
    const start = shanghai('2026-03-02 08:00')
    const limit = { value: 1, unit: 'work_hour' } as const
    expect(() => dueAt(start, limit, { ...chinaCalendar, hours: [] })).toThrow('catalogue.noWorkingHours')
    const overlapping = [
      {
        from: '2000-01-01' as LocalDate,
        periods: [
          { startMinute: 480, endMinute: 720 },
          { startMinute: 700, endMinute: 800 },
        ],
      },
    ]
    expect(() => dueAt(start, limit, { ...chinaCalendar, hours: overlapping })).toThrow('catalogue.badHours')
  })

  test('a zone with daylight saving counts real hours', () => {
    const boston: WorkingCalendar = {
      ...chinaCalendar,
      zone: 'America/New_York',
      years: [{ year: 2026, source: 'test', off: [], makeup: ['2026-03-08' as LocalDate] }],
      hours: [{ from: '2000-01-01' as LocalDate, periods: [{ startMinute: 0, endMinute: 1440 }] }],
    }
    const start = instantAt('2026-03-07' as LocalDate, 23 * 3_600_000, 'America/New_York')
    expect(elapsed(start, instantAt('2026-03-09' as LocalDate, 0, 'America/New_York'), 'work_hour', boston)).toBe(23 * 3_600_000)
  })

  test('the shipped years hold every day once, in their own year', () => {
    for (const { year, off, makeup } of shippedCalendars) {
      expect(off.every((day) => weekday(day) !== 0 && weekday(day) !== 6)).toBe(true)
      expect(makeup.every((day) => weekday(day) === 0 || weekday(day) === 6)).toBe(true)
      let worked = 0
      for (let day = `${year}-01-01` as LocalDate; day <= `${year}-12-31`; day = addDays(day, 1)) if (isWorked(day)) worked += 1
      expect(worked).toBe(248)
    }
  })

  test('units that count working time are known', () => {
    expect(limitUnits.filter(countsWorkingTime)).toEqual(['work_hour', 'work_day'])
  })
})
