import { afterAll, beforeAll, expect, test } from 'vitest'
import type { LocalDate } from '#kernel/clock.ts'
import { newId } from '#kernel/id.ts'
import { inTransaction } from '#platform/database/database.ts'
import type { Doing } from '#platform/event.ts'
import { sql } from '#platform/database/database.ts'
import { phrasesFor } from '../settling/phrases.ts'
import { readPhrases, type PhraseTx } from '../settling/store.ts'
import { testCity, type TestCity } from '../testing.ts'
import { kindsOn, type WhistleKind } from '../whistling/kinds.ts'
import { allKinds } from '../whistling/questions.ts'
import { savePhrase, saveWhistleKind } from './commands.ts'

let city: TestCity
beforeAll(async () => {
  city = await testCity()
})
afterAll(() => city.close())

const [today, tomorrow, later] = ['2026-03-02', '2026-03-03', '2026-03-10'] as LocalDate[] as [LocalDate, LocalDate, LocalDate]
const doing = (): Doing => ({
  database: city.services.database,
  clock: city.services.clock,
  actor: city.as('system_admin'),
  commandId: newId(),
  requestId: 'test',
  subscribersOf: () => [],
})

const drill: WhistleKind = {
  kind: 'drill',
  effectiveFrom: tomorrow,
  ordinal: 9,
  name: { zh: '演练哨' },
  limits: { arrive: { value: 1, unit: 'work_hour' } },
  needsApproval: false,
  offered: true,
}

test('a kind of whistle holds from its day on, never from today, and never without a limit; every district is told', async () => {
  await expect(saveWhistleKind(city.services, doing(), { ...drill, effectiveFrom: today })).rejects.toMatchObject({ code: 'whistle.kindFromPast' })
  await expect(saveWhistleKind(city.services, doing(), { ...drill, limits: {} })).rejects.toMatchObject({ code: 'whistle.kindWithoutLimit' })
  await saveWhistleKind(city.services, doing(), drill)
  const changed = { ...drill, effectiveFrom: later, limits: { arrive: { value: 2, unit: 'work_hour' } } } as const
  await saveWhistleKind(city.services, doing(), changed)
  const all = await allKinds(city.services)
  const on = (day: LocalDate) => kindsOn(all, day).find(({ kind }) => kind === 'drill')
  expect([on(today), on(tomorrow), on(later)]).toEqual([undefined, drill, changed])
  await saveWhistleKind(city.services, doing(), { ...changed, offered: false })
  expect(kindsOn(await allKinds(city.services), later).map(({ kind }) => kind)).toEqual(['emergency', 'ordinary', 'hard'])
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from platform.event where type = 'whistle.kind_changed'`.execute(
    city.services.database.kysely,
  )
  expect(rows).toEqual([{ n: 6 }])
})

test('a ready sentence is changed and ended by the day: no day has both the old words and the new', async () => {
  const say = async (day: LocalDate): Promise<string[]> => {
    const all = await inTransaction(city.services.database, (tx: PhraseTx) => readPhrases(tx))
    return phrasesFor(all, '06', day).map(({ zh }) => zh)
  }
  const before = await say(today)
  await expect(
    savePhrase(city.services, doing(), { matterPrefix: '06', ordinal: 1, effectiveFrom: today, text: { zh: '已清运' } }),
  ).rejects.toMatchObject({ code: 'cases.phraseFromPast' })
  await savePhrase(city.services, doing(), { matterPrefix: '06', ordinal: 1, effectiveFrom: later, text: { zh: '以后的话' } })
  await savePhrase(city.services, doing(), { matterPrefix: '06', ordinal: 1, effectiveFrom: tomorrow, text: { zh: '已清运' } })
  expect(await say(today)).toEqual(before)
  // What was planned for later gave way to the newer plan.
  expect(await say(later)).toEqual(before.map((one) => (one === '已清理干净' ? '已清运' : one)))
  const added = await savePhrase(city.services, doing(), { matterPrefix: '06', ordinal: null, effectiveFrom: tomorrow, text: { zh: '已联系物业' } })
  expect(added).toEqual({ matterPrefix: '06', ordinal: 3 })
  await savePhrase(city.services, doing(), { matterPrefix: '06', ordinal: 1, effectiveFrom: later, text: null })
  expect([(await say(tomorrow))[0], (await say(later))[0]]).toEqual(['已清运', '已劝导，当场整改'])
})
