import { afterAll, beforeAll, expect, test } from 'vitest'
import { inTransaction } from '#platform/database/database.ts'
import { testDatabase, type TestDatabase } from '#platform/database/testing.ts'
import { openDistrict } from '#platform/district.ts'
import { importAreaCodes } from '../commands.ts'
import { day, testDoing } from '../testing.ts'
import { importBuildings, importHouseholds } from './commands.ts'
import { BuildingColumns, HouseholdColumns } from './list.ts'
import { findBuilding, listBuildings } from './questions.ts'

let db: TestDatabase
const january = day('2026-01-01')
const july = day('2026-07-01')
const grid = '990101001001001'
const columns = BuildingColumns.parse({ code: 'code', name: 'name', address: 'address', use: 'use' })
const doors = HouseholdColumns.parse({ code: 'code', door: 'door', occupancy: 'occupancy' })
const heading = 'code,name,address,use\n'

beforeAll(async () => {
  db = await testDatabase()
  await inTransaction(db.database, (tx) => openDistrict(tx, { code: '990101', name: { zh: '东岸区' }, sample: true }))
  const areas = `code,name\n9901,滨江市\n990101,东岸区\n990101001,一街\n990101001001,甲社区\n${grid},甲一\n990101001001002,甲二\n`
  await importAreaCodes(testDoing(db.database), areas, { columns: [{ code: 'code', name: 'name' }], validFrom: january })
})
afterAll(() => db.close())

const list = (within: string, said = '', on = january) => listBuildings(db.database, on, { within, said, limit: 50 })

test('buildings come in below their grids, once, and are found by name and by address in an area', async () => {
  const file = `${heading}${grid}001,一号楼,示例路1号,dwelling\n${grid}002,二号楼,示例路2号,business\n990101001001002001,示例学校,学堂弄5号,public\n`
  const doing = testDoing(db.database)
  expect(await importBuildings(doing, file, { validFrom: january, columns })).toMatchObject({ rows: 3, written: true, accepted: 3, orphans: [] })
  expect(await importBuildings(doing, file, { validFrom: january, columns })).toMatchObject({ accepted: 0, updated: 0, unchanged: 3 })
  expect((await list('990101001001')).map(({ name }) => name.zh)).toEqual(['一号楼', '二号楼', '示例学校'])
  expect((await list(grid)).map(({ gridCode }) => gridCode)).toEqual([grid, grid])
  expect((await list('990101001001', '学堂')).map(({ name }) => name.zh)).toEqual(['示例学校'])
  expect(await list('990101001001', '%')).toEqual([])
  const said = await db.database.pool.query("select data from platform.event where type = 'territory.imported' order by recorded_at desc limit 1")
  expect(said.rows).toEqual([{ data: { accepted: 3, updated: 0, validFrom: january } }])
})

test('a building in a grid that nobody knows keeps the whole file out, and says which', async () => {
  const file = `${heading}${grid}009,九号楼,,dwelling\n990101001001077001,孤楼,,dwelling\n`
  const report = await importBuildings(testDoing(db.database), file, { validFrom: january, columns })
  expect(report).toMatchObject({ written: false, orphans: [{ code: '990101001001077001', parentCode: '990101001001077' }] })
  expect(report.rejected).toMatchObject([{ line: 3, reason: 'territory.parentMissing' }])
  expect(await findBuilding(db.database, january, `${grid}009`)).toBeUndefined()
})

test('a list without a column of the profile is refused before anything is read', async () => {
  await expect(importBuildings(testDoing(db.database), 'code,name\n', { validFrom: january, columns })).resolves.toMatchObject({ rows: 0 })
  await expect(importBuildings(testDoing(db.database), `code,name\n${grid}001,一号楼\n`, { validFrom: january, columns })).rejects.toMatchObject({
    code: 'territory.columnMissing',
  })
})

test('a renamed building has the old name before and the new one after', async () => {
  const file = `${heading}${grid}002,新二号楼,示例路2号,business\n`
  expect(await importBuildings(testDoing(db.database), file, { validFrom: july, columns })).toMatchObject({ updated: 1 })
  expect(await findBuilding(db.database, day('2026-06-30'), `${grid}002`)).toEqual({ code: `${grid}002`, name: { zh: '二号楼' } })
  expect(await findBuilding(db.database, july, `${grid}002`)).toEqual({ code: `${grid}002`, name: { zh: '新二号楼' } })
})

test('dwellings come in below their buildings and are counted, with those that somebody lives in', async () => {
  const file = `code,door,occupancy\n${grid}0010101,101,occupied\n${grid}0010102,102,vacant\n${grid}0010201,201,occupied\n`
  const doing = testDoing(db.database)
  expect(await importHouseholds(doing, file, { validFrom: january, columns: doors })).toMatchObject({ written: true, accepted: 3 })
  expect(await importHouseholds(doing, file, { validFrom: january, columns: doors })).toMatchObject({ unchanged: 3 })
  expect((await list(grid))[0]).toMatchObject({ dwellings: 3, occupied: 2 })
  const moved = `code,door,occupancy\n${grid}0010102,102,occupied\n`
  expect(await importHouseholds(doing, moved, { validFrom: july, columns: doors })).toMatchObject({ updated: 1 })
  expect((await list(grid))[0]).toMatchObject({ occupied: 2 })
  expect((await list(grid, '', july))[0]).toMatchObject({ dwellings: 3, occupied: 3 })
})

test('a dwelling in no building is refused', async () => {
  const file = `code,door,occupancy\n${grid}0770101,101,occupied\n`
  const report = await importHouseholds(testDoing(db.database), file, { validFrom: january, columns: doors })
  expect(report).toMatchObject({ written: false, orphans: [{ code: `${grid}0770101`, parentCode: `${grid}077` }] })
})
