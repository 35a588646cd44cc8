import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '#kernel/id.ts'
import { inTransaction } from '#platform/database/database.ts'
import { testDatabase, type TestDatabase } from '#platform/database/testing.ts'
import { openDistrict } from '#platform/district.ts'
import type { Doing } from '#platform/event.ts'
import { followArea, importAreaCodes, importAreaPolygons, loadTerritory, type Territory } from '../index.ts'
import type { TerritoryTables } from '../store.ts'
import { collection, day, rectangle, testDoing } from '../testing.ts'
import { checkGrids, redrawGrids } from './commands.ts'
import type { Redrawing } from './contract.ts'

let db: TestDatabase
let doing: Doing
const ZONE = 'Asia/Shanghai'
const COMMUNITY = '990101001001'
const [one, two] = [`${COMMUNITY}001`, `${COMMUNITY}002`]
const july = day('2026-07-01')

// One history, told in order. The community is 0.02 wide; its two grids share the line at 121.41.
beforeAll(async () => {
  db = await testDatabase()
  doing = testDoing(db.database)
  await inTransaction(db.database, (tx) => openDistrict(tx, { code: '990101', name: { zh: '东岸区' }, sample: true }))
  const validFrom = day('2026-01-01')
  await importAreaCodes(doing, 'code,name\n9901,滨江市\n990101,东岸区\n990101001,一街\n', { columns: [{ code: 'code', name: 'name' }], validFrom })
  const community = [{ properties: { code: COMMUNITY, name: '甲社区' }, coordinates: rectangle(121.4, 31.2, 121.42, 31.21) }]
  const columns = { datum: 'CGCS2000', codeProperty: 'code', nameProperty: 'name', validFrom } as const
  await importAreaPolygons(doing, collection(community), { level: 'community', ...columns })
  const grids = [
    { properties: { code: one, name: '一格' }, coordinates: rectangle(121.4, 31.2, 121.41, 31.21) },
    { properties: { code: two, name: '二格' }, coordinates: rectangle(121.41, 31.2, 121.42, 31.21) },
  ]
  await importAreaPolygons(doing, collection(grids), { level: 'grid', ...columns })
})
afterAll(() => db.close())

const command = (): Doing => ({ ...doing, commandId: newId() })
const ring = (west: number, east: number): number[][] => rectangle(west, 31.2, east, 31.21)[0].map((at) => [...at])
const change = (part: Partial<Redrawing>): Redrawing => ({ communityCode: COMMUNITY, validFrom: july, grids: [], ended: [], ...part })
const on = (date: string): Promise<Territory> => inTransaction<TerritoryTables, Territory>(db.database, (tx) => loadTerritory(tx, day(date)))

test('an overlap is refused in words with the place, and nothing is written', async () => {
  const bad = change({ grids: [{ code: one, name: { zh: '一格' }, ring: ring(121.4, 121.412) }] })
  const { faults } = await checkGrids(doing, ZONE, bad)
  expect(faults).toMatchObject([{ kind: 'overlap', codes: [one, two] }])
  expect(faults[0]?.text.zh).toMatch(/^一格、二格在 121\.411\d+, 31\.205\d+ 处重叠，约 \d+ 平方米，最宽 \d/)
  await expect(redrawGrids(command(), ZONE, bad)).rejects.toThrow(/一格, 二格 overlap at 121\.411\d+, 31\.205\d+, about \d+ m²/)
  const short = change({ grids: [{ code: one, name: { zh: '一格' }, ring: ring(121.4, 121.409) }] })
  await expect(redrawGrids(command(), ZONE, short)).rejects.toThrow(/A gap beside/)
  expect((await on('2026-08-01')).locate({ lng: 121.4095, lat: 31.205 })?.areaCode).toBe(one)
})

test('a split keeps the grid for one half and gives the other the next number, from its day on', async () => {
  const split = change({
    grids: [
      { code: one, name: { zh: '一格' }, ring: ring(121.4, 121.405) },
      { code: null, name: { zh: '三格', en: 'Grid Three' }, ring: ring(121.405, 121.41) },
    ],
  })
  const doingIt = command()
  const done = await redrawGrids(doingIt, ZONE, split)
  expect(done).toEqual({ codes: [one, `${COMMUNITY}003`], ended: [] })
  // The same command again answers the same and writes nothing.
  expect(await redrawGrids(doingIt, ZONE, split)).toEqual(done)
  expect((await on('2026-06-30')).locate({ lng: 121.408, lat: 31.205 })?.areaCode).toBe(one)
  expect((await on('2026-07-01')).locate({ lng: 121.408, lat: 31.205 })?.areaCode).toBe(`${COMMUNITY}003`)
})

test('a merge ends one grid, which names the other as what became of it', async () => {
  const august = day('2026-08-01')
  const merged = change({
    validFrom: august,
    grids: [{ code: two, name: { zh: '二格' }, ring: ring(121.405, 121.42) }],
    ended: [{ code: `${COMMUNITY}003`, successor: 0 }],
  })
  expect(await redrawGrids(command(), ZONE, merged)).toEqual({ codes: [two], ended: [`${COMMUNITY}003`] })
  expect((await on('2026-08-01')).locate({ lng: 121.408, lat: 31.205 })?.areaCode).toBe(two)
  const became = await inTransaction<TerritoryTables, string | undefined>(
    db.database,
    async (tx) => (await followArea(tx, `${COMMUNITY}003`, july, august))?.code,
  )
  expect(became).toBe(two)
})

test('each change is told to the log of its district', async () => {
  const { rows } = await sql<{ type: string; data: object }>`select type, data from platform.event where data ->> 'validFrom' >= '2026-07-01'
    or data ->> 'validTo' >= '2026-07-01' order by recorded_at, type`.execute(db.database.kysely)
  expect(rows).toEqual([
    { type: 'territory.imported', data: { accepted: 1, updated: 1, validFrom: '2026-07-01' } },
    { type: 'territory.imported', data: { accepted: 0, updated: 1, validFrom: '2026-08-01' } },
    { type: 'territory.retired', data: { areas: 1, validTo: '2026-08-01' } },
  ])
})

test('a day that has passed, a grid of elsewhere and no change at all are refused', async () => {
  const same = { code: two, name: { zh: '二格' }, ring: ring(121.405, 121.42) }
  await expect(redrawGrids(command(), ZONE, change({ validFrom: '2026-01-05', grids: [same] }))).rejects.toThrow(/has passed/)
  await expect(redrawGrids(command(), ZONE, change({ grids: [{ ...same, code: '990101001002001' }] }))).rejects.toThrow(/does not lie in community/)
  await expect(redrawGrids(command(), ZONE, change({ validFrom: '2026-08-01', grids: [same] }))).rejects.toThrow(/Nothing was changed/)
})
