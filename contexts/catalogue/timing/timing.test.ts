import { afterAll, beforeAll, expect, test } from 'vitest'
import { movableClock, type LocalDate } from '#kernel/clock.ts'
import { inTransaction } from '#platform/database/database.ts'
import { testDatabase, type TestDatabase } from '#platform/database/testing.ts'
import { newId } from '#kernel/id.ts'
import { systemActor } from '#kernel/actor.ts'
import type { Doing } from '#platform/event.ts'
import { loadCatalogue } from '../questions.ts'
import { saveLadder, saveSetting } from './commands.ts'

let db: TestDatabase
const clock = movableClock('2026-03-02T09:00:00+08:00')
const day = (text: string): LocalDate => text as LocalDate
const doing = (): Doing => ({
  database: db.database,
  clock,
  actor: systemActor('test'),
  commandId: newId(),
  requestId: 'test',
  subscribersOf: () => [],
})
const roles = new Set(['supervisor', 'leader'])
const mark = { percent: 100, minutesAfterDue: null, act: 'overdue', toRole: null } as const
const remind = (percent: number) => ({ percent, minutesAfterDue: null, act: 'remind', toRole: null }) as const
const escalate = (minutesAfterDue: number, toRole: string) => ({ percent: null, minutesAfterDue, act: 'escalate', toRole }) as const

beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.close())

const on = (text: string) => inTransaction(db.database, (tx) => loadCatalogue(tx, day(text)))

test('a ladder takes effect on its day and leaves the days before as they were', async () => {
  const before = await on('2026-03-31')
  const steps = [remind(50), mark, escalate(10, 'supervisor'), escalate(60, 'leader')]
  await saveLadder(doing(), { clock: 'dispose', effectiveFrom: day('2026-04-01'), steps }, roles)
  expect((await on('2026-03-31')).ladder).toEqual(before.ladder)
  const after = (await on('2026-04-01')).ladder
  expect(
    after.filter(({ milestone }) => milestone === 'dispose').map(({ act, percent, minutesAfterDue }) => [act, percent, minutesAfterDue]),
  ).toEqual([
    ['remind', 50, null],
    ['overdue', 100, null],
    ['escalate', null, 10],
    ['escalate', null, 60],
  ])
  expect(after.filter(({ milestone }) => milestone !== 'dispose')).toEqual(before.ladder.filter(({ milestone }) => milestone !== 'dispose'))
})

test('a setting takes effect on its day, with the meaning that came with it', async () => {
  expect((await on('2026-04-01')).redispatch).toEqual({ value: 0.25, unit: 'urgent_hour' })
  const saved = await saveSetting(doing(), { key: 'limit.redispatch', effectiveFrom: day('2026-04-01'), value: 0.5 })
  expect(saved.meaning.zh).toContain('再次派遣')
  expect((await on('2026-03-31')).redispatch.value).toBe(0.25)
  expect((await on('2026-04-01')).redispatch.value).toBe(0.5)
})

test('the past is not rewritten, not even today', async () => {
  for (const effectiveFrom of ['2020-01-01', '2026-03-02'].map(day)) {
    await expect(saveSetting(doing(), { key: 'limit.redispatch', effectiveFrom, value: 1 })).rejects.toMatchObject({
      code: 'catalogue.dayPassed',
      field: 'effectiveFrom',
      params: { earliest: '2026-03-03' },
    })
    await expect(saveLadder(doing(), { clock: 'respond', effectiveFrom, steps: [mark] }, roles)).rejects.toMatchObject({
      code: 'catalogue.dayPassed',
    })
  }
})

test.each([
  ['no mark of the overdue fact', [remind(75)], 'catalogue.ladderMark'],
  ['the mark before the limit', [{ ...mark, percent: 90 }], 'catalogue.ladderMark'],
  ['two marks', [mark, mark], 'catalogue.ladderMark'],
  ['a step with two times', [{ ...mark }, { ...escalate(5, 'leader'), percent: 100 }], 'catalogue.badLadder'],
  ['a reminder after the limit', [mark, { ...escalate(5, ''), act: 'remind' as const, toRole: null }], 'catalogue.lateReminder'],
  ['an escalation to nobody', [mark, escalate(5, 'mayor')], 'catalogue.roleUnknown'],
  ['steps out of order', [mark, remind(50)], 'catalogue.ladderOrder'],
])('a ladder with %s is refused', async (_what, steps, code) => {
  await expect(saveLadder(doing(), { clock: 'respond', effectiveFrom: day('2026-05-01'), steps }, roles)).rejects.toMatchObject({ code })
})

test('a setting that nothing reads, or that has an impossible value, is refused', async () => {
  const effectiveFrom = day('2026-05-01')
  await expect(saveSetting(doing(), { key: 'limit.redispatch', effectiveFrom, value: -1 })).rejects.toMatchObject({ code: 'catalogue.badSetting' })
  await expect(saveSetting(doing(), { key: 'no.such', effectiveFrom, value: 1 })).rejects.toMatchObject({ code: 'catalogue.unknownSetting' })
})

test('what the portal tells of itself changes on its day; what no telephone and no browser could use is refused', async () => {
  const effectiveFrom = day('2026-06-01')
  expect((await on('2026-05-31')).portal).toEqual({ phone: '12345', hours: { zh: '每天 24 小时', en: 'day and night' }, link: null })
  const rows = [
    ['portal.phone', '021 12345'],
    ['portal.hours.zh', ''],
    ['portal.link', 'https://example.org/district'],
  ] as const
  for (const [key, value] of rows) await saveSetting(doing(), { key, effectiveFrom, value })
  expect((await on('2026-05-31')).portal.phone).toBe('12345')
  expect((await on('2026-06-01')).portal).toEqual({
    phone: '021 12345',
    hours: null,
    link: { address: 'https://example.org/district', name: { zh: '本区政府网站', en: 'The district’s own site' } },
  })
  for (const [key, value] of [
    ['portal.phone', '请拨打总机'],
    ['portal.link', 'javascript:alert(1)'],
    ['portal.link', 'https://example.org/"><script>'],
  ] as const)
    await expect(saveSetting(doing(), { key, effectiveFrom, value })).rejects.toMatchObject({ code: 'catalogue.badSetting' })
})
