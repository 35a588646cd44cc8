import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inTransaction } from '#platform/database/database.ts'
import { testDatabase, type TestDatabase } from '#platform/database/testing.ts'
import { openDistrict } from '#platform/district.ts'
import type { Doing } from '#platform/event.ts'
import { territoryEvents } from './events.ts'
import {
  findArea,
  followArea,
  importAreaCodes,
  importAreaPolygons,
  keepTerritory,
  loadTerritory,
  retireAreas,
  type ImportReport,
  type Territory,
} from './index.ts'
import type { TerritoryTables } from './store.ts'
import { collection, day, rectangle, testDoing } from './testing.ts'

let db: TestDatabase
let doing: Doing

const january = day('2026-01-01')
const july = day('2026-07-01')
const columns = [{ code: 'code', name: 'name' }]
const list = `code,name
9901,滨江市
990101,东岸区
990102,西岸区
990101001,一街
990101002,二街
990101001001,甲社区
990101001002,乙社区
990101002001,丙社区
`

// One history, told in order: each story goes on where the one before ended.
beforeAll(async () => {
  db = await testDatabase()
  doing = testDoing(db.database)
  await inTransaction(db.database, (tx) => openDistrict(tx, { code: '990101', name: { zh: '东岸区' }, sample: true }))
})
afterAll(() => db.close())

const on = (date: string): Promise<Territory> => inTransaction<TerritoryTables, Territory>(db.database, (tx) => loadTerritory(tx, day(date)))
const reasons = (report: ImportReport): (string | number)[][] => report.rejected.map(({ line, reason }) => [line, reason])
async function events(): Promise<unknown[]> {
  const { rows } = await sql<{
    type: keyof typeof territoryEvents
    data: unknown
  }>`select type, district_code, data from platform.event order by recorded_at, type`.execute(db.database.kysely)
  for (const { type, data } of rows) territoryEvents[type].parse(data)
  return rows
}
const grids = (features: Parameters<typeof collection>[0], more: { gridKind?: 'unit' } = {}): Promise<ImportReport> =>
  importAreaPolygons(doing, collection(features), {
    level: 'grid',
    datum: 'CGCS2000',
    codeProperty: 'code',
    nameProperty: 'name',
    validFrom: january,
    ...more,
  })

test('a file with one bad row writes nothing and says which row', async () => {
  const report = await importAreaCodes(doing, `${list}990301001,孤儿街\n99010,短\n`, { columns, validFrom: january })
  expect(report).toMatchObject({ rows: 10, written: false, accepted: 8, orphans: [{ code: '990301001', parentCode: '990301' }] })
  expect(report.rejected).toMatchObject([
    { line: 10, reason: 'territory.parentMissing', zh: '编码 990301001 的上级 990301 在该日不存在：请先导入上级' },
    { line: 11, reason: 'territory.codeDigits' },
  ])
  expect((await on('2026-03-02')).size).toBe(0)
  expect(await events()).toEqual([])
})

test('a code list comes in whole, with an event for the served district only', async () => {
  const live = await keepTerritory(db.database, doing.clock, 'Asia/Shanghai')
  expect(await importAreaCodes(doing, list, { columns, validFrom: january })).toMatchObject({
    rows: 8,
    written: true,
    accepted: 8,
    rejected: [],
    orphans: [],
  })
  expect(await events()).toMatchObject([
    { type: 'territory.imported', districtCode: '990101', data: { accepted: 6, updated: 0, validFrom: '2026-01-01' } },
  ])
  expect([live.current().size, await live.refresh(), live.current().size, await live.refresh()]).toEqual([0, true, 8, false])
})

test('the same list again changes nothing and tells nobody', async () => {
  expect(await importAreaCodes(doing, list, { columns, validFrom: january })).toMatchObject({ accepted: 0, updated: 0, unchanged: 8 })
  expect(await importAreaCodes(doing, list, { columns, validFrom: july })).toMatchObject({ accepted: 0, updated: 0, unchanged: 8 })
  expect(await events()).toHaveLength(1)
})

test('a file that is no table, lacks a column or is no collection is refused as a whole', async () => {
  await expect(importAreaCodes(doing, 'code,name\n9901,"滨江\n', { columns, validFrom: january })).rejects.toMatchObject({
    code: 'territory.unreadableFile',
  })
  await expect(importAreaCodes(doing, 'code,title\n9901,x\n', { columns, validFrom: january })).rejects.toMatchObject({
    code: 'territory.columnMissing',
    params: { column: 'name' },
  })
  const polygons = { level: 'grid', datum: 'CGCS2000', validFrom: january } as const
  await expect(importAreaPolygons(doing, {}, { ...polygons, codeProperty: 'code' })).rejects.toMatchObject({
    code: 'territory.notAFeatureCollection',
  })
  await expect(importAreaPolygons(doing, collection([]), polygons)).rejects.toMatchObject({ code: 'territory.noCodeRule' })
})

test('a grid under a street is refused, whether its code or its file says so', async () => {
  const square = rectangle(121.4, 31.2, 121.41, 31.21)
  const report = await importAreaPolygons(
    doing,
    collection([
      { properties: { code: '990101001001', parent: '990101001' }, coordinates: square },
      { properties: { code: '990101001001001', parent: '990101001' }, coordinates: square },
      { properties: { code: '990101001001002', parent: '990101001001' }, coordinates: [[[0, 0]]] },
      { properties: { code: '990101009001001', parent: '990101009001' }, coordinates: square },
    ]),
    { level: 'grid', datum: 'CGCS2000', codeProperty: 'code', parentProperty: 'parent', validFrom: january },
  )
  expect(reasons(report)).toEqual([
    [1, 'territory.gridUnderStreet'],
    [2, 'territory.gridUnderStreet'],
    [3, 'territory.ringShort'],
    [4, 'territory.parentMissing'],
  ])
})

test('service grids and unit grids lie over each other, are numbered apart, and a point has one of each', async () => {
  const service = await grids([
    { properties: { code: '990101001001001', name: '一格' }, coordinates: rectangle(121.4, 31.2, 121.41, 31.21) },
    { properties: { code: '990101001001002', name: '二格' }, coordinates: rectangle(121.409, 31.2, 121.42, 31.21) },
  ])
  expect(service).toMatchObject({ written: true, accepted: 2, overlaps: [{ codes: ['990101001001001', '990101001001002'], share: 0.1 }] })
  expect(
    await grids([{ properties: { code: '990101001001001', name: '单元' }, coordinates: rectangle(121.4, 31.2, 121.402, 31.202) }], {
      gridKind: 'unit',
    }),
  ).toMatchObject({
    accepted: 1,
    overlaps: [],
  })
  const territory = await on('2026-03-02')
  expect(territory.locate({ lng: 121.401, lat: 31.201 })).toMatchObject({
    areaCode: '990101001001001',
    gridCode: '990101001001001',
    unitGridCode: '990101001001001',
    path: [{ code: '9901' }, { code: '990101' }, { code: '990101001' }, { code: '990101001001' }, { name: { zh: '一格' } }],
  })
  expect(territory.locate({ lng: 121.4095, lat: 31.205 })).toMatchObject({
    areaCode: '990101001001001',
    candidates: ['990101001001001', '990101001001002'],
  })
  expect(territory.locate({ lng: 120, lat: 30 })).toBeNull()
  expect(territory.area('990101001001001', 'unit')?.name.zh).toBe('单元')
  expect(territory.children('990101001001').map(({ code, gridKind }) => [code, gridKind])).toEqual([
    ['990101001001001', 'service'],
    ['990101001001001', 'unit'],
    ['990101001001002', 'service'],
  ])
})

test('a border of a web map is stored in CGCS2000 with its datum kept, and a gap in the parent is told', async () => {
  const polygons = { datum: 'GCJ02', codeProperty: 'code', validFrom: january } as const
  const community = collection([{ properties: { code: '990101001002' }, coordinates: rectangle(121.44, 31.2, 121.46, 31.21) }])
  expect(await importAreaPolygons(doing, community, { ...polygons, level: 'community' })).toMatchObject({ updated: 1, accepted: 0 })
  const grid = collection([{ properties: { code: '990101001002001' }, coordinates: rectangle(121.44, 31.2, 121.455, 31.21) }])
  expect(await importAreaPolygons(doing, grid, { ...polygons, level: 'grid' })).toMatchObject({
    accepted: 1,
    gaps: [{ parentCode: '990101001002', share: 0.25 }],
  })
  const found = await inTransaction<TerritoryTables, unknown>(db.database, (tx) => findArea(tx, '990101001002', day('2026-03-02')))
  expect(found).toMatchObject({ name: { zh: '乙社区' }, datum: 'GCJ02' })
  expect(JSON.stringify(found)).not.toContain('121.44,')
})

test('a renamed area has the old name before and the new one after, and every code is found by its date', async () => {
  await importAreaCodes(doing, 'code,name\n990101002,新二街\n', { columns, validFrom: july })
  expect((await on('2026-06-30')).area('990101002')?.name.zh).toBe('二街')
  expect((await on('2026-07-01')).area('990101002')?.name.zh).toBe('新二街')
  expect((await on('2025-12-31')).area('990101002')).toBeUndefined()
})

test('a merged area ends with its successor, and nothing below it may be left hanging', async () => {
  const merge = [{ code: '990101002', successorCode: '990101001' }]
  await expect(retireAreas(doing, merge, day('2026-09-01'))).rejects.toMatchObject({
    code: 'territory.hasChildren',
    params: { child: '990101002001' },
  })
  await expect(retireAreas(doing, [{ code: '990101777' }], july)).rejects.toMatchObject({ code: 'territory.unknownArea' })
  await expect(retireAreas(doing, [...merge, { code: '990101002001' }], july)).rejects.toMatchObject({ code: 'territory.endsTooEarly' })
  await retireAreas(doing, [...merge, { code: '990101002001', successorCode: '990101001002' }], day('2026-09-01'))
  expect((await on('2026-08-31')).area('990101002')).toBeDefined()
  expect((await on('2026-09-01')).area('990101002')).toBeUndefined()
  const follow = (code: string, now: string): Promise<string | undefined> =>
    inTransaction<TerritoryTables, string | undefined>(db.database, async (tx) => (await followArea(tx, code, day('2026-03-02'), day(now)))?.code)
  expect(await follow('990101002', '2026-08-31')).toBe('990101002')
  expect(await follow('990101002001', '2026-10-01')).toBe('990101001002')
  expect((await events()).at(-1)).toMatchObject({ type: 'territory.retired', data: { areas: 2, validTo: '2026-09-01' } })
})

test('areas that another district governs keep both parents', async () => {
  const governed = columns.map((group) => ({ ...group, administeringParent: 'governs' }))
  await importAreaCodes(doing, 'code,name,governs\n990102001,园区街,990101\n', { columns: governed, validFrom: january })
  expect((await on('2026-03-02')).area('990102001')).toMatchObject({ parentCode: '990102', administeringParentCode: '990101' })
})

test('the database itself refuses a code of the wrong length and two areas with one code', async () => {
  const insert = (id: string, code: string): Promise<unknown> =>
    sql`with a as (insert into territory.area (id, level) values (${id}::uuid, 'city'))
      insert into territory.area_version (id, area_id, level, code, name, valid_from, changed_at)
      values (${id}::uuid, ${id}::uuid, 'city', ${code}, '{"zh":"x"}', '2026-01-02', '2026-01-02T00:00:00Z')`.execute(db.database.kysely)
  await expect(insert('00000000-0000-7000-8000-000000000001', '99')).rejects.toMatchObject({ constraint: 'area_version_code_digits' })
  await expect(insert('00000000-0000-7000-8000-000000000002', '9901')).rejects.toMatchObject({ constraint: 'area_version_open_code' })
})
