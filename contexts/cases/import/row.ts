import { createHash } from 'node:crypto'
import { toCgcs2000 } from '#contexts/territory/index.ts'
import type { Instant } from '#kernel/clock.ts'
import type { Wording } from '#kernel/refusal.ts'
import type { CallInput } from '../accept.ts'
import type { Rules } from '../rules.ts'
import type { ImportProfile } from './profile.ts'
import { timeReader } from './time.ts'

/** A row that can be taken: the call, and what the source says became of it. */
export interface RecordedCall {
  readonly line: number
  readonly call: CallInput & { readonly externalKey: string; readonly reportedAt: Instant; readonly recordedDueAt: Instant | null }
  readonly closedAt: Instant | null
  readonly verdict: 'on_time' | 'overdue' | null
}

/** A row that cannot, and why. `code` is the reason for programs. */
export interface RejectedRow {
  readonly line: number
  readonly code: string
  readonly reason: Wording
}

export type ReadRow = (line: number, row: Readonly<Record<string, string>>) => RecordedCall | RejectedRow

export const isRejected = (read: RecordedCall | RejectedRow): read is RejectedRow => 'code' in read

class Fault extends Error {
  readonly code: string
  readonly reason: Wording
  constructor(code: string, zh: string, en: string) {
    super(en)
    this.code = code
    this.reason = { zh, en }
  }
}

/** Makes the reader of one file. A key that comes twice in the file is refused the second time. */
export function rowReader(profile: ImportProfile, rules: Rules): ReadRow {
  const readTime = timeReader(profile.timeFormat, profile.timeZone)
  const conditionOf = conditionFinder(profile, rules)
  const seen = new Set<string>()
  return (line, row) => {
    try {
      const cells = cellsOf(profile, row)
      const key = cells.need('key')
      if (seen.has(key)) throw new Fault('key_twice', `编号“${key}”在文件中重复`, `the key “${key}” occurs twice in the file`)
      const read = readCells(profile, rules, cells, { key, readTime, conditionOf })
      seen.add(key)
      return { line, ...read }
    } catch (error) {
      if (error instanceof Fault) return { line, code: error.code, reason: error.reason }
      throw error
    }
  }
}

interface Cells {
  /** Cell of a column of the profile, without outer blanks; empty where the profile has no such column. */
  get(name: Exclude<keyof ImportProfile['columns'], 'text'>): string
  need(name: Exclude<keyof ImportProfile['columns'], 'text'>): string
  column(name: string): string
}

function cellsOf({ columns }: ImportProfile, row: Readonly<Record<string, string>>): Cells {
  const column = (name: string): string => (row[name] ?? '').trim()
  const get: Cells['get'] = (name) => (columns[name] === undefined ? '' : column(columns[name]))
  return {
    column,
    get,
    need: (name) => {
      const value = get(name)
      if (value === '') throw new Fault('cell_empty', `“${columns[name]}”为空`, `“${columns[name]}” is empty`)
      return value
    },
  }
}

interface Readers {
  readonly key: string
  readonly readTime: (text: string) => Instant | undefined
  readonly conditionOf: (value: string) => string
}

function readCells(profile: ImportProfile, rules: Rules, cells: Cells, { key, readTime, conditionOf }: Readers): Omit<RecordedCall, 'line'> {
  const time = (name: 'reportedAt' | 'dueAt' | 'closedAt'): Instant | null => {
    const text = cells.get(name)
    if (text === '') return null
    const read = readTime(text)
    if (read === undefined)
      throw new Fault(
        'time_unreadable',
        `“${profile.columns[name]}”的时间“${text}”不符合格式 ${profile.timeFormat}`,
        `the time “${text}” in “${profile.columns[name]}” does not fit ${profile.timeFormat}`,
      )
    return read
  }
  cells.need('reportedAt')
  const reportedAt = time('reportedAt') as Instant
  const recordedDueAt = time('dueAt')
  const ended = endOf(profile, cells, time('closedAt'))
  const place = placeOf(profile, rules, cells)
  const verdict = verdictOf(profile, cells)
  const flags = [...ended.flags, ...place.flags, ...(ended.closedAt !== null && ended.closedAt < reportedAt ? ['closed_before_opened'] : [])]
  return {
    call: {
      commandId: commandIdOf(profile.name, key, 'accept'),
      channel: 'import',
      text:
        profile.columns.text
          .map((name) => cells.column(name))
          .filter(Boolean)
          .join('，') || cells.need(profile.columns.matter === undefined ? 'key' : 'matter'),
      address: cells.get('address') || undefined,
      ...place.place,
      conditionId: profile.columns.matter === undefined ? undefined : conditionOf(cells.need('matter')),
      source: profile.name,
      externalKey: key,
      reportedAt,
      recordedClock: true,
      recordedDueAt,
      flags,
    },
    closedAt: ended.closedAt,
    verdict,
  }
}

/** Whether and when the case ended by the source. Contradictions are kept as flags, never guessed away. */
function endOf(profile: ImportProfile, cells: Cells, closedAt: Instant | null): { closedAt: Instant | null; flags: string[] } {
  if (profile.status === undefined || profile.columns.status === undefined) return { closedAt, flags: [] }
  const value = cells.need('status')
  const status = profile.status[value]
  if (status === undefined) throw new Fault('status_unknown', `状态“${value}”没有对应`, `the status “${value}” is not mapped`)
  if (status === 'closed') return closedAt === null ? { closedAt, flags: ['closing_time_missing'] } : { closedAt, flags: [] }
  return closedAt === null ? { closedAt, flags: [] } : { closedAt: null, flags: ['open_with_closing_time'] }
}

/** What the source itself says of the promise; an empty cell says nothing. */
function verdictOf(profile: ImportProfile, cells: Cells): RecordedCall['verdict'] {
  const value = cells.get('verdict')
  if (value === '') return null
  const verdict = profile.verdict?.[value]
  if (verdict === undefined) throw new Fault('verdict_unknown', `超时判定“${value}”没有对应`, `the verdict “${value}” is not mapped`)
  return verdict
}

/** By key where the source gives one that is known, else by coordinate, else the profile's district. */
function placeOf(
  profile: ImportProfile,
  rules: Rules,
  cells: Cells,
): { place: Pick<CallInput, 'lng' | 'lat' | 'datum' | 'areaCode'>; flags: string[] } {
  const key = cells.get('areaKey')
  const keyed = key === '' ? undefined : rules.territory.byKey(key)
  const [lng, lat] = [number(cells.get('lng'), 180, profile.columns.lng), number(cells.get('lat'), 90, profile.columns.lat)]
  const point = lng !== undefined && lat !== undefined ? { lng, lat } : undefined
  const areaCode = keyed?.code ?? profile.districtCode
  const located = keyed !== undefined || (point !== undefined && rules.territory.locate(toCgcs2000(point, profile.datum)) !== null)
  return { place: point ? { ...point, datum: profile.datum, areaCode } : { areaCode }, flags: located ? [] : ['not_located'] }
}

function number(text: string, most: number, column: string | undefined): number | undefined {
  if (text === '') return undefined
  // Most of Europe writes 13,405 for 13.405.
  const value = Number(/^-?\d+,\d+$/.test(text) ? text.replace(',', '.') : text)
  if (!Number.isFinite(value) || Math.abs(value) > most)
    throw new Fault('coordinate_unreadable', `“${column}”的坐标“${text}”不是有效的度数`, `“${text}” in “${column}” is no coordinate in degrees`)
  return value
}

function conditionFinder(profile: ImportProfile, { catalogue }: Rules): (value: string) => string {
  const byCode = new Map([...catalogue.conditions.values()].map((condition) => [condition.matterCode, condition.id]))
  return (value) => {
    const code = profile.matters[value] ?? profile.matters['*']
    if (code === undefined) throw new Fault('matter_unknown', `类别“${value}”没有对应的事项`, `the class “${value}” is mapped to no matter`)
    const id = byCode.get(code)
    if (id === undefined) throw new Fault('matter_not_in_catalogue', `事项清单中没有“${code}”`, `the catalogue has no matter “${code}”`)
    return id
  }
}

/** The same row always makes the same command, so that a second import is a repeat and not a second case. RFC 9562, version 8 (hash based). */
export function commandIdOf(source: string, key: string, act: string): string {
  const hex = createHash('sha256').update(`${source}\u0000${key}\u0000${act}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
