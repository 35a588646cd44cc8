import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { importPeople, loadDirectory } from '#contexts/people/index.ts'
import { systemActor } from '#kernel/actor.ts'
import { movableClock, type LocalDate } from '#kernel/clock.ts'
import { newId } from '#kernel/id.ts'
import { inTransaction, type Database } from '#platform/database/database.ts'
import { testDatabase, type TestDatabase } from '#platform/database/testing.ts'
import { openDistrict } from '#platform/district.ts'
import type { Doing } from '#platform/event.ts'
import type { CatalogueFileInput } from '../catalogue-file.ts'
import { importCatalogue } from '../commands.ts'
import { delegate, endDelegation } from './commands.ts'
import { exportCatalogue, loadCatalogue } from '../questions.ts'
import { aCatalogueFile } from '../testing.ts'

let db: TestDatabase
const clock = movableClock('2026-03-02T09:00:00+08:00')
const doing = (database: Database = db.database): Doing => ({
  database,
  clock,
  actor: systemActor('test'),
  commandId: newId(),
  requestId: 'test',
  subscribersOf: () => [],
})

const department = { code: 'urban', name: { zh: '示例城管局' }, kind: 'department', lineOrBlock: 'line', validFrom: '2025-01-01' } as const
async function open(database: Database): Promise<void> {
  await inTransaction(database, (tx) => openDistrict(tx, { code: '990101', name: { zh: '示例区' }, sample: true }))
  const organisations = [{ ...department, functionCode: 'urban_management', areaCode: '990101', parent: null }]
  await importPeople(doing(database), { organisations, persons: [], accounts: [], posts: [] })
}

beforeAll(async () => {
  db = await testDatabase()
  await open(db.database)
})
afterAll(() => db.close())
beforeEach(() =>
  sql`truncate catalogue.delegation, catalogue.committee_duty, catalogue.entry_request, catalogue.matter, catalogue.matter_version, catalogue.filing_condition`.execute(
    db.database.kysely,
  ),
)

const [first] = aCatalogueFile().matters ?? []
if (!first) throw new Error('the sample file has no matter')
const key = { standard: first.standard, kind: first.kind, code: first.code }
const lead = { level: 'street', function: 'urban_management' } as const
const condition = { ...first.conditions![0]!, lead, tier: 'B' as const }
const delegation = {
  ...key,
  organisation: 'urban',
  function: 'urban_management',
  level: 'street' as const,
  areaCode: '990101001',
  authority: { zh: '委托执法' },
  people: { zh: '下沉执法队员 4 人' },
  legalBasis: { zh: '行政处罚法第二十四条' },
  from: '2025-01-01',
  to: '2026-01-01',
  signedBy: '示例区人民政府',
}
const running = { ...delegation, from: '2026-01-01', to: '2027-01-01' }
const file = (change: Partial<CatalogueFileInput> = {}): CatalogueFileInput => ({
  format: 'huying-catalogue/1',
  matters: [{ ...first, duty: 'basic', effectiveFrom: '2026-02-01', conditions: [condition] }],
  delegations: [delegation, running],
  ...change,
})

test('what a file delegates allows what it publishes, and loading it again changes nothing', async () => {
  await expect(importCatalogue(doing(), file({ delegations: [] }))).rejects.toMatchObject({ code: 'catalogue.departmentWorkToGrassroots' })
  await expect(importCatalogue(doing(), file({ delegations: [delegation] }))).rejects.toMatchObject({ code: 'catalogue.departmentWorkToGrassroots' })
  expect(await importCatalogue(doing(), file())).toEqual({ added: 3, changed: 0, unchanged: 0 })
  expect(await importCatalogue(doing(), file())).toEqual({ added: 0, changed: 0, unchanged: 3 })
  const catalogue = await inTransaction(db.database, (tx) => loadCatalogue(tx, '2026-03-02' as LocalDate))
  const [led] = catalogue.conditions.values()
  expect(catalogue.leadAt(led!, '990101001001')).toMatchObject({ by: 'delegation', lead })
  expect(catalogue.leadAt(led!, '990101002001')).toMatchObject({ by: 'return', lead: { level: 'district' } })
})

test('delegations that run, that ended before their term, and committees’ lists with their exceptions travel to another city', async () => {
  const committee = [
    { list: 'own' as const, ...key, areaCode: '990101001', from: '2025-01-01', to: '2026-01-01' },
    { list: 'assist' as const, ...key, areaCode: '990101001001', listed: false, from: '2025-06-01', reason: '试点' },
  ]
  await importCatalogue(doing(), file({ delegations: [delegation, running], committee }))
  const matterId = (await sql<{ id: string }>`select id from catalogue.matter`.execute(db.database.kysely)).rows[0]?.id ?? ''
  const directory = await inTransaction(db.database, (tx) => loadDirectory(tx))
  const around = { organisation: (id: string) => directory.organisations.get(id), isArea: () => true }
  const day = (text: string): LocalDate => text as LocalDate
  const means = { authority: { zh: '委托' }, people: null, goods: { zh: '车辆 2 台' }, money: { zh: '每年 10 万元' }, legalBasis: { zh: '示例' } }
  const asked = { matterId, conditionCode: '1', organisationId: [...directory.organisations.keys()][0] ?? '', level: 'community' as const }
  const term = { areaCode: '990101002', validFrom: day('2026-02-01'), validTo: day('2026-09-01'), signedBy: '示例' }
  const { id } = await delegate(doing(), around, { ...asked, ...means, ...term })
  await endDelegation(doing(), id, '力量已收回')
  const written = await inTransaction(db.database, (tx) => exportCatalogue(tx))
  expect(written.delegations.map(({ from, ended }) => [from, ended])).toEqual([
    ['2025-01-01', null],
    ['2026-01-01', null],
    ['2026-02-01', { on: '2026-03-02', reason: '力量已收回' }],
  ])
  expect(written.committee.map(({ list, listed, reason }) => [list, listed, reason])).toEqual([
    ['own', true, null],
    ['assist', false, '试点'],
  ])
  const other = await testDatabase()
  try {
    await open(other.database)
    const copy = JSON.parse(JSON.stringify(written)) as CatalogueFileInput
    await importCatalogue(doing(other.database), copy)
    expect(await inTransaction(other.database, (tx) => exportCatalogue(tx))).toEqual(written)
    expect(await importCatalogue(doing(other.database), copy)).toMatchObject({ added: 0, changed: 0 })
  } finally {
    await other.close()
  }
})

test.each([
  ['an unknown department', { organisation: 'nobody' }, 'departmentUnknown'],
  ['a matter that does not exist', { code: '09999' }, 'matterNotFound'],
  ['no means', { people: null }, 'meansMissing'],
  ['an end before the beginning', { to: '2024-01-01' }, 'termReversed'],
  ['a place outside its department', { areaCode: '990102' }, 'notBelowDepartment'],
  ['days that another one has', { from: '2026-06-01', to: '2028-01-01' }, 'delegatedAlready'],
])('a delegation with %s refuses the file', async (_what, change, code) => {
  const asked = importCatalogue(doing(), file({ delegations: [running, { ...delegation, ...change }] }))
  await expect(asked).rejects.toMatchObject({ code: `catalogue.${code}` })
})

test('work that was taken back does not travel down', async () => {
  const conditions = [{ ...condition, lead: { level: 'district' as const, function: 'urban_management' } }]
  const matters = [{ ...first, duty: 'withdrawn' as const, effectiveFrom: '2026-02-01', conditions }]
  await expect(importCatalogue(doing(), file({ matters }))).rejects.toMatchObject({ code: 'catalogue.importRefused', params: { count: 2 } })
})
