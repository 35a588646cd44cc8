import type { LocalDate } from '#kernel/clock.ts'
import { insertRows, type Tx } from '#platform/database/database.ts'
import type { LadderStep } from '../catalogue.ts'
import type { CalendarYear, WorkingHours } from '../working-time.ts'
import type { DatedSetting } from './settings.ts'

export interface TimingTables {
  'catalogue.calendar_year': { year: number; source: string }
  'catalogue.calendar_day': { day: LocalDate; year: number; kind: 'off' | 'makeup' }
  'catalogue.working_period': { effectiveFrom: LocalDate; startMinute: number; endMinute: number }
  'catalogue.ladder_step': DatedLadderStep
  'catalogue.setting': DatedSetting
}
type TimingTx = Tx<TimingTables>

/** A step of the ladder with the day from which its ladder holds. */
export interface DatedLadderStep extends LadderStep {
  readonly effectiveFrom: LocalDate
}

export async function readYears(tx: TimingTx): Promise<CalendarYear[]> {
  const years = await tx.selectFrom('catalogue.calendar_year').selectAll().orderBy('year').execute()
  const days = await tx.selectFrom('catalogue.calendar_day').selectAll().orderBy('day').execute()
  const daysOf = (year: number, kind: string): LocalDate[] => days.filter((one) => one.year === year && one.kind === kind).map((one) => one.day)
  return years.map(({ year, source }) => ({ year, source, off: daysOf(year, 'off'), makeup: daysOf(year, 'makeup') }))
}

/** A year is written as a whole: a changed arrangement replaces the one before. */
export async function replaceYears(tx: TimingTx, years: readonly CalendarYear[]): Promise<void> {
  if (years.length === 0) return
  const numbers = years.map((one) => one.year)
  await tx.deleteFrom('catalogue.calendar_day').where('year', 'in', numbers).execute()
  await tx.deleteFrom('catalogue.calendar_year').where('year', 'in', numbers).execute()
  await insertRows(
    tx,
    'catalogue.calendar_year',
    years.map(({ year, source }) => ({ year, source })),
  )
  const rows = (days: readonly LocalDate[], year: number, kind: string): object[] => days.map((day) => ({ day, year, kind }))
  await insertRows(
    tx,
    'catalogue.calendar_day',
    years.flatMap(({ year, off, makeup }) => [...rows(off, year, 'off'), ...rows(makeup, year, 'makeup')]),
  )
}

export async function readHours(tx: TimingTx): Promise<WorkingHours[]> {
  const rows = await tx.selectFrom('catalogue.working_period').selectAll().orderBy('effectiveFrom').orderBy('startMinute').execute()
  return [...Map.groupBy(rows, (row) => row.effectiveFrom)].map(([from, periods]) => ({
    from,
    periods: periods.map(({ startMinute, endMinute }) => ({ startMinute, endMinute })),
  }))
}

export async function replaceHours(tx: TimingTx, hours: readonly WorkingHours[]): Promise<void> {
  if (hours.length === 0) return
  await tx
    .deleteFrom('catalogue.working_period')
    .where(
      'effectiveFrom',
      'in',
      hours.map((one) => one.from),
    )
    .execute()
  await insertRows(
    tx,
    'catalogue.working_period',
    hours.flatMap(({ from, periods }) => periods.map((period) => ({ effectiveFrom: from, ...period }))),
  )
}

export async function readLadder(tx: TimingTx): Promise<DatedLadderStep[]> {
  return tx.selectFrom('catalogue.ladder_step').selectAll().orderBy('milestone').orderBy('effectiveFrom').orderBy('ordinal').execute()
}

/** A clock's ladder from one day on is written as a whole. */
export async function replaceLadder(tx: TimingTx, steps: readonly DatedLadderStep[]): Promise<void> {
  for (const { milestone, effectiveFrom } of steps)
    await tx.deleteFrom('catalogue.ladder_step').where('milestone', '=', milestone).where('effectiveFrom', '=', effectiveFrom).execute()
  await insertRows(tx, 'catalogue.ladder_step', steps)
}

export async function readSettings(tx: TimingTx): Promise<DatedSetting[]> {
  return tx.selectFrom('catalogue.setting').selectAll().orderBy('key').orderBy('effectiveFrom').execute()
}

export async function replaceSettings(tx: TimingTx, settings: readonly DatedSetting[]): Promise<void> {
  for (const { key, effectiveFrom } of settings)
    await tx.deleteFrom('catalogue.setting').where('key', '=', key).where('effectiveFrom', '=', effectiveFrom).execute()
  await insertRows(tx, 'catalogue.setting', settings)
}
