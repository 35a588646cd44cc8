import { HOUR_MS, instantAt, isLocalDate, MINUTE_MS, parseInstant, type Instant, type LocalDate } from '#kernel/clock.ts'

const tokens: Readonly<Record<string, [name: string, pattern: string]>> = {
  yyyy: ['year', '(\\d{4})'],
  MM: ['month', '(\\d{1,2})'],
  dd: ['day', '(\\d{1,2})'],
  HH: ['hour', '(\\d{1,2})'],
  hh: ['hour', '(\\d{1,2})'],
  mm: ['minute', '(\\d{1,2})'],
  ss: ['second', '(\\d{1,2}(?:\\.\\d+)?)'],
  a: ['half', '([AaPp]\\.?[Mm]\\.?|上午|下午)'],
}
const iso = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2}(?:\.\d+)?))?)?(Z|[+-]\d{2}:?\d{2})?$/

/**
 * Makes a reader of one source's times. `iso` takes a date with or without a time and an offset; any other format is a pattern such as
 * `MM/dd/yyyy hh:mm:ss a`. A time without an offset is read in `zone`. Undefined for text that does not fit or names no existing day.
 */
export function timeReader(format: string, zone: string): (text: string) => Instant | undefined {
  if (format === 'iso') return (text) => readIso(text, zone)
  const names: string[] = []
  const source = format.replace(/yyyy|MM|dd|HH|hh|mm|ss|a|[.*+?^${}()|[\]\\]/g, (part) => {
    const token = tokens[part]
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
