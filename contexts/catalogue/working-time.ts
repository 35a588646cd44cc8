/**
 * The time-limit engine (china.md 1.7): when a limit runs out, and how much of it is used up.
 * Calendars and working hours are data in a `WorkingCalendar`; all spans are exact working milliseconds.
 */
import { DAY_MS, HOUR_MS, MINUTE_MS, addDays, instantAt, instantOfMs, localDate, msOf, weekday, type Instant, type LocalDate } from '#kernel/clock.ts'
import type { LimitUnit } from './lifecycle.ts'
import { refuse } from './refusals.ts'

export interface Limit {
  readonly value: number
  readonly unit: LimitUnit
}

/** One working period of a day, in minutes since midnight of the calendar's zone: 08:00-12:00 is 480 to 720. */
export interface WorkingPeriod {
  readonly startMinute: number
  readonly endMinute: number
}

/** Periods that hold from a day on, until the next entry takes over (summer hours are one more entry). */
export interface WorkingHours {
  readonly from: LocalDate
  readonly periods: readonly WorkingPeriod[]
}

/** One year of the State Council's arrangement: weekdays off, and weekend days that are worked instead. */
export interface CalendarYear {
  readonly year: number
  readonly source: string
  readonly off: readonly LocalDate[]
  readonly makeup: readonly LocalDate[]
}

/** All that decides what is working time. Treat it as a value: the engine keeps what it computed for each one. */
export interface WorkingCalendar {
  readonly zone: string
  /** Working minutes that one 工作日 is worth: 480, whatever the hours of a single day are. */
  readonly workDayMinutes: number
  readonly hours: readonly WorkingHours[]
  readonly years: readonly CalendarYear[]
}

/** Working periods of a run of known years without a gap, as moments, with the working time used up by each one's end. */
interface Run {
  readonly firstMs: number
  /** First moment after the run. */
  readonly endMs: number
  readonly nextYear: number
  readonly starts: Float64Array
  readonly ends: Float64Array
  readonly used: Float64Array
}

/** The length of a limit in its own time: working milliseconds for working units, plain ones for the others. */
export function limitMs(limit: Limit, calendar: WorkingCalendar): number {
  switch (limit.unit) {
    case 'urgent_hour':
    case 'work_hour':
      return Math.round(limit.value * HOUR_MS)
    case 'work_day':
      return Math.round(limit.value * calendar.workDayMinutes * MINUTE_MS)
    case 'natural_day':
      return Math.round(limit.value * DAY_MS)
  }
}

/**
 * The moment at which a limit that starts at `start` is used up. Working units end inside a working period, at its end rather than at
 * the start of the next one. Refuses `catalogue.unknownYear` when working time has to be counted in a year without a calendar.
 */
export function dueAt(start: Instant, limit: Limit, calendar: WorkingCalendar): Instant {
  return addRemaining(start, limitMs(limit, calendar), limit.unit, calendar)
}

/** The moment at which `remainingMs` of a unit's own time have passed since `start`: a paused clock goes on with what was left. */
export function addRemaining(start: Instant, remainingMs: number, unit: LimitUnit, calendar: WorkingCalendar): Instant {
  const startMs = msOf(start)
  if (!countsWorkingTime(unit)) return instantOfMs(startMs + remainingMs)
  const run = runAt(startMs, calendar)
  if (remainingMs <= 0) return start
  const target = usedAt(run, startMs) + remainingMs
  const index = firstAtLeast(run.used, target)
  const end = run.ends[index]
  const used = run.used[index]
  if (end === undefined || used === undefined) throw refuse.unknownYear({ year: run.nextYear })
  return instantOfMs(end - (used - target))
}

/** How much of a unit's own time lies between two moments, in milliseconds; 0 when `end` is not after `start`. */
export function elapsed(start: Instant, end: Instant, unit: LimitUnit, calendar: WorkingCalendar): number {
  const startMs = msOf(start)
  const endMs = msOf(end)
  if (!countsWorkingTime(unit)) return Math.max(0, endMs - startMs)
  const run = runAt(startMs, calendar)
  if (endMs > run.endMs) throw refuse.unknownYear({ year: run.nextYear })
  return Math.max(0, usedAt(run, endMs) - usedAt(run, startMs))
}

/**
 * When a limit runs out that stood still for a while: what was left at the beginning of the pause is left at its end. A pause that began
 * after the limit had run out moves nothing. For working units a pause over a weekend costs nothing, because nothing was used up then.
 */
export function dueAfterPause(due: Instant, pause: { from: Instant; to: Instant }, unit: LimitUnit, calendar: WorkingCalendar): Instant {
  if (pause.from >= due) return due
  const moved = addRemaining(pause.to, elapsed(pause.from, due, unit, calendar), unit, calendar)
  // A limit never runs out earlier for having stood still.
  return moved < due ? due : moved
}

/** True when the moment lies inside a working period. Refuses a year without a calendar. */
export function isWorkingTime(at: Instant, calendar: WorkingCalendar): boolean {
  const ms = msOf(at)
  const run = runAt(ms, calendar)
  return (run.starts[firstAbove(run.ends, ms)] ?? Infinity) <= ms
}

/** True for units that stand still at night, at lunch and on days off. */
export function countsWorkingTime(unit: LimitUnit): boolean {
  return unit === 'work_hour' || unit === 'work_day'
}

function usedAt(run: Run, ms: number): number {
  const index = firstAbove(run.ends, ms)
  const before = run.used[index - 1] ?? 0
  const start = run.starts[index]
  return start === undefined || ms <= start ? before : before + ms - start
}

function firstAbove(sorted: Float64Array, value: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] ?? Infinity) > value) high = middle
    else low = middle + 1
  }
  return low
}

function firstAtLeast(sorted: Float64Array, value: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] ?? Infinity) >= value) high = middle
    else low = middle + 1
  }
  return low
}

// Computing a year costs a millisecond, a look-up a microsecond: each calendar value is unfolded once.
const runsByCalendar = new WeakMap<WorkingCalendar, readonly Run[]>()

function runAt(ms: number, calendar: WorkingCalendar): Run {
  let runs = runsByCalendar.get(calendar)
  if (!runs) runsByCalendar.set(calendar, (runs = unfold(calendar)))
  for (const run of runs) if (ms >= run.firstMs && ms < run.endMs) return run
  throw refuse.unknownYear({ year: Number(localDate(instantOfMs(ms), calendar.zone).slice(0, 4)) })
}

function unfold(calendar: WorkingCalendar): Run[] {
  checkHours(calendar.hours)
  const years = [...calendar.years].sort((a, b) => a.year - b.year)
  const groups: CalendarYear[][] = []
  for (const year of years) {
    const group = groups.at(-1)
    if (group?.at(-1)?.year === year.year - 1) group.push(year)
    else groups.push([year])
  }
  return groups.map((group) => unfoldRun(group, calendar))
}

/** Refuses working hours that are empty, overlap, stand out of order or cross midnight. */
export function checkHours(hours: readonly WorkingHours[]): void {
  if (!hours.some((entry) => entry.periods.length > 0)) throw refuse.noWorkingHours()
  for (const { from, periods } of hours) {
    let last = 0
    for (const { startMinute, endMinute } of periods) {
      if (startMinute < last || endMinute <= startMinute || endMinute > 1440) throw refuse.badHours({ from })
      last = endMinute
    }
  }
}

function unfoldRun(years: readonly CalendarYear[], calendar: WorkingCalendar): Run {
  const first = years[0]?.year ?? 0
  const nextYear = first + years.length
  const off = new Set(years.flatMap((year) => year.off))
  const makeup = new Set(years.flatMap((year) => year.makeup))
  const hours = [...calendar.hours].sort((a, b) => (a.from < b.from ? 1 : -1))
  const moment = (day: LocalDate, minute: number): number => msOf(instantAt(day, minute * MINUTE_MS, calendar.zone))
  const starts: number[] = []
  const ends: number[] = []
  const used: number[] = []
  let total = 0
  const last = firstDay(nextYear)
  for (let day = firstDay(first); day < last; day = addDays(day, 1)) {
    const weekend = weekday(day) === 0 || weekday(day) === 6
    if (off.has(day) || (weekend && !makeup.has(day))) continue
    for (const period of hours.find((entry) => entry.from <= day)?.periods ?? []) {
      const start = moment(day, period.startMinute)
      const end = moment(day, period.endMinute)
      starts.push(start)
      ends.push(end)
      used.push((total += end - start))
    }
  }
  return {
    firstMs: moment(firstDay(first), 0),
    endMs: moment(last, 0),
    nextYear,
    starts: Float64Array.from(starts),
    ends: Float64Array.from(ends),
    used: Float64Array.from(used),
  }
}

const firstDay = (year: number): LocalDate => `${year}-01-01` as LocalDate
