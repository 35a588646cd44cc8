/**
 * Time as an argument. This is the only file that may read the machine's clock or use `Date`.
 * Instants travel as UTC text with milliseconds, so that rules, rows, JSON and screens hold one shape and text order is time order.
 */

/** A moment, as `2026-03-02T01:00:00.000Z`. Compare with `<` and `>`: the fixed width makes text order the order of time. */
export type Instant = string & { readonly __instant: true }
/** A day in the city's own calendar, as `2026-03-02`. */
export type LocalDate = string & { readonly __localDate: true }

/** Where business time comes from. Rules never ask the machine. */
export interface Clock {
  now(): Instant
}

export const MINUTE_MS = 60_000
export const HOUR_MS = 3_600_000
export const DAY_MS = 86_400_000

/** The machine's clock. */
export const systemClock: Clock = { now: () => instantOfMs(Date.now()) }

/** A clock that a test or a replay moves by hand. */
export interface MovableClock extends Clock {
  set(instant: string): void
  advance(by: { days?: number; hours?: number; minutes?: number; seconds?: number }): void
}

/** Starts at `start`, any ISO 8601 text with an offset, and stands still until moved. */
export function movableClock(start: string): MovableClock {
  let at = msOf(parseInstant(start))
  return {
    now: () => instantOfMs(at),
    set: (instant) => {
      at = msOf(parseInstant(instant))
    },
    advance: ({ days = 0, hours = 0, minutes = 0, seconds = 0 }) => {
      at += days * DAY_MS + hours * HOUR_MS + minutes * MINUTE_MS + seconds * 1000
    },
  }
}

/** Milliseconds since 1970 in UTC. */
export function msOf(instant: Instant): number {
  return Date.parse(instant)
}

export function instantOfMs(ms: number): Instant {
  return new Date(ms).toISOString() as Instant
}

export function addMs(instant: Instant, ms: number): Instant {
  return instantOfMs(msOf(instant) + ms)
}

/** Reads ISO 8601 text that carries an offset or `Z`. Throws RangeError on anything else, because a time without a zone is a guess. */
export function parseInstant(text: string): Instant {
  const ms = Date.parse(text)
  if (Number.isNaN(ms) || !/(?:Z|[+-]\d\d:?\d\d)$/.test(text)) throw new RangeError(`not an instant with a zone: ${text}`)
  return instantOfMs(ms)
}

const partsByZone = new Map<string, Intl.DateTimeFormat>()

function formatter(zone: string): Intl.DateTimeFormat {
  let found = partsByZone.get(zone)
  if (!found) {
    found = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    })
    partsByZone.set(zone, found)
  }
  return found
}

/** Wall clock of a zone at an instant: the date, and milliseconds since that midnight as the wall shows them. */
export function wallClock(instant: Instant, zone: string): { date: LocalDate; ms: number } {
  const at = msOf(instant)
  // China has one zone and no daylight saving; the shortcut is the hot path of every working-time limit.
  if (zone === 'Asia/Shanghai' && at > 694_224_000_000) {
    const local = new Date(at + 8 * HOUR_MS).toISOString()
    return { date: local.slice(0, 10) as LocalDate, ms: (at + 8 * HOUR_MS) % DAY_MS }
  }
  const parts = Object.fromEntries(
    formatter(zone)
      .formatToParts(at)
      .map((p) => [p.type, p.value]),
  )
  const ms = Number(parts['hour']) * HOUR_MS + Number(parts['minute']) * MINUTE_MS + Number(parts['second']) * 1000 + (at % 1000)
  return { date: `${parts['year']}-${parts['month']}-${parts['day']}` as LocalDate, ms }
}

/** Calendar day of a zone at an instant. */
export function localDate(instant: Instant, zone: string): LocalDate {
  return wallClock(instant, zone).date
}

/**
 * The instant at which a zone's wall clock shows `date` plus `ms` since midnight.
 * Order is kept: a later wall time never gives an earlier instant. Where the wall repeats an hour the first one is meant;
 * where it skips an hour, every skipped time is the moment of the skip.
 */
export function instantAt(date: LocalDate, ms: number, zone: string): Instant {
  const wall = Date.parse(`${date}T00:00:00.000Z`) + ms
  const offsetAt = (at: number): number => {
    const shown = wallClock(instantOfMs(at), zone)
    return Date.parse(`${shown.date}T00:00:00.000Z`) + shown.ms - at
  }
  if (zone === 'Asia/Shanghai' && wall > 694_224_000_000 + DAY_MS) return instantOfMs(wall - 8 * HOUR_MS)
  const before = offsetAt(wall - DAY_MS)
  const after = offsetAt(wall + DAY_MS)
  if (before === after) return instantOfMs(wall - before)
  const first = wall - before
  if (offsetAt(first) === before) return instantOfMs(first)
  const second = wall - after
  if (offsetAt(second) === after) return instantOfMs(second)
  // Skipped by the wall clock: find the moment of the skip.
  let low = second
  let high = first
  while (high - low > 1000) {
    const middle = Math.floor((low + high) / 2000) * 1000
    if (offsetAt(middle) === before) low = middle
    else high = middle
  }
  return instantOfMs(high)
}

/** The day `days` after `date`. */
export function addDays(date: LocalDate, days: number): LocalDate {
  return new Date(Date.parse(`${date}T00:00:00.000Z`) + days * DAY_MS).toISOString().slice(0, 10) as LocalDate
}

/** 0 is Sunday, 6 is Saturday. */
export function weekday(date: LocalDate): number {
  return new Date(`${date}T00:00:00.000Z`).getUTCDay()
}

/** True for an existing day written as `2026-03-02`. */
export function isLocalDate(text: string): text is LocalDate {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00.000Z`)) && addDays(text as LocalDate, 0) === text
}
