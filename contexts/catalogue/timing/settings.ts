import { z } from 'zod'
import type { LocalDate } from '#kernel/clock.ts'
import type { Wording } from '#kernel/refusal.ts'
import type { Settings } from '../catalogue.ts'
import { refuse } from '../refusals.ts'
import { inForce } from './dated.ts'

/** A single value of a city, from a day on. */
export interface DatedSetting {
  readonly key: string
  readonly effectiveFrom: LocalDate
  readonly value: string | number | boolean
  readonly meaning: Wording
}

const shapes = {
  'time.zone': z.string().refine(isZone),
  'time.workDayMinutes': z.number().int().min(1).max(1440),
  'matching.floor': z.number().min(0).max(1),
  'delegation.noticeDays': z.number().int().min(1).max(366),
} as const

/** Refuses a setting that nothing reads or that has an impossible value. */
export function checkSetting({ key, value }: Pick<DatedSetting, 'key' | 'value'>): void {
  const shape = Object.hasOwn(shapes, key) ? shapes[key as keyof typeof shapes] : undefined
  if (!shape?.safeParse(value).success) throw refuse.badSetting({ key, value: String(value), known: Object.keys(shapes).join(', ') })
}

/** The values in force on a day. Each has a default from a migration. */
export function settingsOn(rows: readonly DatedSetting[], on: LocalDate): Settings {
  const values = Object.fromEntries(inForce(rows, on, (row) => row.key).map(({ key, value }) => [key, value]))
  const read = z.object(shapes).parse(values)
  const { 'time.zone': zone, 'time.workDayMinutes': workDayMinutes, 'matching.floor': floor, 'delegation.noticeDays': noticeDays } = read
  return { zone, workDayMinutes, floor, noticeDays }
}

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
