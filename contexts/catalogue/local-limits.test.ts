/** The example of a city's own limits (seed/profiles/yuncheng-2026): it loads over the national directory, may be published, and its clocks are those of the table. */
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemActor } from '#kernel/actor.ts'
import { movableClock, parseInstant, type LocalDate } from '#kernel/clock.ts'
import { newId } from '#kernel/id.ts'
import { inTransaction } from '#platform/database/database.ts'
import { testDatabase, type TestDatabase } from '#platform/database/testing.ts'
import type { Doing } from '#platform/event.ts'
import type { Catalogue } from './catalogue.ts'
import { CatalogueFile, type CatalogueFileInput } from './catalogue-file.ts'
import { importCatalogue, loadCalendar, publishMatterVersion } from './commands.ts'
import { nationalDirectory } from './directory.ts'
import { loadCatalogue } from './questions.ts'
import * as store from './store.ts'
import { dueAt } from './working-time.ts'

const text = readFileSync(new URL('../../seed/profiles/yuncheng-2026/catalogue.json', import.meta.url), 'utf8')
const profile = JSON.parse(text) as CatalogueFileInput
const file = CatalogueFile.parse(profile)
const monday = parseInstant('2026-03-02T10:00:00+08:00')

let db: TestDatabase
let catalogue: Catalogue
const clock = movableClock('2026-07-01T09:00:00+08:00')
const doing = (): Doing => ({
  database: db.database,
  clock,
  actor: systemActor('test'),
  commandId: newId(),
  requestId: 'test',
  subscribersOf: () => [],
})

beforeAll(async () => {
  db = await testDatabase()
  await importCatalogue(doing(), nationalDirectory)
  await importCatalogue(doing(), profile)
  const drafts = await inTransaction<store.CatalogueTables, Awaited<ReturnType<typeof store.readVersions>>>(db.database, (tx) =>
    store.readVersions(tx),
  )
  for (const { id, rowVersion, status, conditions } of drafts)
    if (status === 'draft' && conditions.length > 0) await publishMatterVersion(doing(), { matterVersionId: id, expectedVersion: rowVersion })
  await loadCalendar(doing())
  catalogue = await inTransaction<store.CatalogueTables, Catalogue>(db.database, (tx) => loadCatalogue(tx, '2026-07-01' as LocalDate))
})
afterAll(() => db.close())

test('the file is one that a person may load: some thirty-five matters, all drafts with a day, a lead, a closing condition and a legal basis', () => {
  expect(file.matters.length).toBeGreaterThanOrEqual(33)
  for (const { name, status, effectiveFrom, legalBasis, conditions } of file.matters) {
    expect({ status, effectiveFrom }, name.zh).toEqual({ status: 'draft', effectiveFrom: '2026-07-01' })
    expect(legalBasis?.zh.length, name.zh).toBeGreaterThan(5)
    for (const one of conditions) expect([one.lead, one.closing, one.dispose, one.respond], name.zh).not.toContain(null)
  }
})

test('codes of the national directory are used where it has the thing, and its own are numbered downwards', () => {
  const known = new Set(nationalDirectory.matters?.filter(({ kind }) => kind === 'event').map(({ code, name }) => `${code} ${name.zh}`))
  for (const { kind, code, name } of file.matters) {
    if (kind === 'event') expect(known, name.zh).toContain(`${code} ${name.zh}`)
    else expect(Number(code.slice(2))).toBeGreaterThan(990)
  }
})

test('it loads over the directory and all of it may be published; loading the directory again changes nothing', async () => {
  expect(catalogue.conditions.size).toBe(file.matters.reduce((sum, { conditions }) => sum + conditions.length, 0))
  const again = await importCatalogue(doing(), nationalDirectory)
  expect(again).toMatchObject({ added: 0, changed: 0 })
})

// The table of the city (2026): class, condition, limit. Beside it when a case of Monday ten o'clock is due.
test.each([
  ['01023', '1', '2 urgent_hour', '2026-03-02T12:00:00+08:00'],
  ['01023', '2', '4 work_hour', '2026-03-02T16:00:00+08:00'],
  ['01023', '3', '2 work_day', '2026-03-04T10:00:00+08:00'],
  ['01023', '4', '5 work_day', '2026-03-09T10:00:00+08:00'],
  ['01004', '1', '1 work_day', '2026-03-03T10:00:00+08:00'],
  ['01037', '1', '2 work_day', '2026-03-04T10:00:00+08:00'],
  ['04002', '1', '15 work_day', '2026-03-23T10:00:00+08:00'],
  ['03001', '1', '4 work_hour', '2026-03-02T16:00:00+08:00'],
  ['06001', '1', '2 natural_day', '2026-03-04T10:00:00+08:00'],
  ['06001', '2', '15 work_day', '2026-03-23T10:00:00+08:00'],
  ['06010', '1', '4 work_hour', '2026-03-02T16:00:00+08:00'],
  ['06012', '1', '2 work_hour', '2026-03-02T12:00:00+08:00'],
  ['06013', '1', '5 work_day', '2026-03-09T10:00:00+08:00'],
  ['06029', '1', '2 urgent_hour', '2026-03-02T12:00:00+08:00'],
  ['07003', '2', '5 work_day', '2026-03-09T10:00:00+08:00'],
  ['08011', '1', '2 work_day', '2026-03-04T10:00:00+08:00'],
  ['09012', '1', '2 work_hour', '2026-03-02T12:00:00+08:00'],
  ['10001', '1', '4 work_hour', '2026-03-02T16:00:00+08:00'],
  ['01998', '1', '1 urgent_hour', '2026-03-02T11:00:00+08:00'],
  ['01998', '2', '5 work_day', '2026-03-09T10:00:00+08:00'],
  ['06998', '1', '2 urgent_hour', '2026-03-02T12:00:00+08:00'],
])('%s, condition %s, has %s', (matterCode, code, limit, due) => {
  const found = [...catalogue.conditions.values()].find((one) => one.matterCode === matterCode && one.code === code)
  expect(found && `${found.dispose.value} ${found.dispose.unit}`).toBe(limit)
  if (found) expect(dueAt(monday, found.dispose, catalogue.calendar)).toBe(parseInstant(due))
})
