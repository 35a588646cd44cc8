import { HOUR_MS, instantAt, isLocalDate, MINUTE_MS, parseInstant, type Instant, type LocalDate } from '#kernel/clock.ts'

const tokens: Readonly<Record<string, [name: string, pattern: string]>> = {
  yyyy: ['year', '(\\d{4})'],
  M: ['month', '(\\d{1,2})'],
  d: ['day', '(\\d{1,2})'],
  H: ['hour', '(\\d{1,2})'],
  h: ['hour', '(\\d{1,2})'],
  m: ['minute', '(\\d{1,2})'],
  s: ['second', '(\\d{1,2}(?:\\.\\d+)?)'],
  a: ['half', '([AaPp]\\.?[Mm]\\.?|上午|下午)'],
}
/** One letter or two read the same: with or without a leading zero. */
const tokenOf = (part: string): [name: string, pattern: string] | undefined => tokens[part] ?? tokens[part.charAt(0)]
const parts = /yyyy|MM?|dd?|HH?|hh?|mm?|ss?|a|[.*+?^${}()|[\]\\]/g
const iso = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2}(?:\.\d+)?))?)?(Z|[+-]\d{2}:?\d{2})?$/

/** What is wrong with a pattern of times, or null. A letter that means nothing, or twice the same part, would let no time of a file be read. */
export function faultOfFormat(format: string): string | null {
  if (format === 'iso') return null
  const names = (format.match(parts) ?? []).flatMap((part) => tokenOf(part)?.[0] ?? [])
  const missing = ['year', 'month', 'day'].find((name) => !names.includes(name))
  if (missing !== undefined) return `the pattern “${format}” has no ${missing}: use iso, or yyyy MM dd HH hh mm ss a`
  const stray = format.replace(parts, '').match(/[a-zA-Z]/)?.[0]
  if (stray !== undefined && stray !== 'T') return `“${stray}” in “${format}” means nothing: use iso, or yyyy MM dd HH hh mm ss a`
  if (new Set(names).size < names.length) return `“${format}” names a part twice: MM is the month, mm the minute; HH counts to 24, hh to 12`
  if (names.includes('half') !== /h/.test(format)) return `in “${format}” hh and a belong together; HH counts to 24`
  return null
}

/**
 * Makes a reader of one source's times. `iso` takes a date with or without a time and an offset; any other format is a pattern such as
 * `MM/dd/yyyy hh:mm:ss a`. A time without an offset is read in `zone`. Undefined for text that does not fit or names no existing day.
 */
export function timeReader(format: string, zone: string): (text: string) => Instant | undefined {
  if (format === 'iso') return (text) => readIso(text, zone)
  const names: string[] = []
  const source = format.replace(parts, (part) => {
    const token = tokenOf(part)
    if (!token) return `\\${part}`
    names.push(token[0])
    return token[1]
  })
  const pattern = new RegExp(`^${source}$`)
  return (text) => {
    const found = pattern.exec(text.trim())
    if (!found) return undefined
    const part = Object.fromEntries(names.map((name, index) => [name, found[index + 1] ?? '']))
    return wall(part, zone)
  }
}

function readIso(text: string, zone: string): Instant | undefined {
  const found = iso.exec(text.trim())
  if (!found) return undefined
  const [, date = '', hour = '0', minute = '0', second = '0', offset] = found
  if (offset === undefined) return atWall(date, Number(hour), Number(minute), Number(second), zone)
  return isLocalDate(date) && inRange(Number(hour), Number(minute), Number(second)) ? parseInstant(text.trim().replace(' ', 'T')) : undefined
}

function wall(part: Record<string, string>, zone: string): Instant | undefined {
  const date = `${part['year']}-${(part['month'] ?? '').padStart(2, '0')}-${(part['day'] ?? '').padStart(2, '0')}`
  let hour = Number(part['hour'] ?? 0)
  if (part['half'] !== undefined) {
    if (hour < 1 || hour > 12) return undefined
    hour = (hour % 12) + (/^p|下午/i.test(part['half']) ? 12 : 0)
  }
  return atWall(date, hour, Number(part['minute'] ?? 0), Number(part['second'] ?? 0), zone)
}

const inRange = (hour: number, minute: number, second: number): boolean => hour < 24 && minute < 60 && second < 60

function atWall(date: string, hour: number, minute: number, second: number, zone: string): Instant | undefined {
  if (!isLocalDate(date) || !inRange(hour, minute, second)) return undefined
  return instantAt(date as LocalDate, hour * HOUR_MS + minute * MINUTE_MS + Math.round(second * 1000), zone)
}
