import { addDays, localDate, type LocalDate } from '#kernel/clock.ts'
import { inTransaction } from '#platform/database/database.ts'
import type { Doing } from '#platform/event.ts'
import { importCatalogue } from '../commands.ts'
import type { LadderClock } from '../lifecycle.ts'
import { refuse } from '../refusals.ts'
import { checkWrittenLadder, type WrittenStep } from './ladder.ts'
import { checkSetting, settingsOn, type DatedSetting } from './settings.ts'
import { readSettings, type DatedLadderStep, type TimingTables } from './store.ts'

/** Changes the ladder of a clock from a day to come. `roles`: codes that an escalation may name. */
export async function saveLadder(
  doing: Doing,
  { clock, effectiveFrom, steps }: { clock: LadderClock; effectiveFrom: LocalDate; steps: readonly WrittenStep[] },
  roles: ReadonlySet<string>,
): Promise<DatedLadderStep[]> {
  checkDay(effectiveFrom, await today(doing))
  checkWrittenLadder(clock, steps, roles)
  const ladder = steps.map((step, index) => ({ ...step, milestone: clock, effectiveFrom, ordinal: index + 1 }))
  await importCatalogue(doing, { format: 'huying-catalogue/1', ladder })
  return ladder
}

/** Changes a setting from a day to come. Its meaning stays the one that came with it. */
export async function saveSetting(
  doing: Doing,
  { key, effectiveFrom, value }: Pick<DatedSetting, 'key' | 'effectiveFrom' | 'value'>,
): Promise<DatedSetting> {
  checkDay(effectiveFrom, await today(doing))
  checkSetting({ key, value })
  const rows = await inTransaction(doing.database, readSettings)
  const meaning = rows.findLast((row) => row.key === key)?.meaning ?? { zh: key }
  const setting = { key, effectiveFrom, value, meaning }
  await importCatalogue(doing, { format: 'huying-catalogue/1', settings: [setting] })
  return setting
}

/** Today where the city is. */
async function today({ database, clock }: Doing): Promise<LocalDate> {
  const now = clock.now()
  const rows = await inTransaction<TimingTables, DatedSetting[]>(database, readSettings)
  return localDate(now, settingsOn(rows, localDate(now, 'UTC')).zone)
}

function checkDay(effectiveFrom: LocalDate, on: LocalDate): void {
  if (effectiveFrom <= on) throw refuse.dayPassed({ today: on, earliest: addDays(on, 1) }, 'effectiveFrom')
}
