import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inTransaction } from '#platform/database/database.ts'
import { testDatabase, type TestDatabase } from '#platform/database/testing.ts'
import { openDistrict } from '#platform/district.ts'
import { createApp } from '#platform/http/app.ts'
import { silentLogger } from '#platform/logger.ts'
import { importAreaCodes, importAreaPolygons, keepTerritory } from './index.ts'
import { territoryRoutes } from './routes.ts'
import { collection, day, rectangle, testDoing } from './testing.ts'

let db: TestDatabase
let app: FastifyInstance
const asked: string[] = []
const validFrom = day('2026-01-01')

beforeAll(async () => {
  db = await testDatabase()
  const doing = testDoing(db.database)
  await inTransaction(db.database, (tx) => openDistrict(tx, { code: '990101', name: { zh: '东岸区' }, sample: true }))
  const list = 'code,name\n9901,滨江市\n990101,东岸区\n990102,西岸区\n990101001,一街\n990102001,二街\n990101001001,甲社区\n'
  await importAreaCodes(doing, list, { columns: [{ code: 'code', name: 'name' }], validFrom })
  const cells = [0, 1, 2].map((i) => ({
    properties: { code: `99010100100100${i + 1}` },
    coordinates: rectangle(121.4 + i / 100, 31.2, 121.41 + i / 100, 31.21),
  }))
  await importAreaPolygons(doing, collection(cells), { level: 'grid', datum: 'CGCS2000', codeProperty: 'code', validFrom })
  const live = await keepTerritory(db.database, doing.clock, 'Asia/Shanghai')
  app = await createApp({
    database: db.database,
    clock: doing.clock,
    logger: silentLogger,
    subscribersOf: () => [],
    identify: () => doing.actor,
    authorise: (_, permission) => void asked.push(permission),
  })
  territoryRoutes(app, { database: db.database, territory: live.current })
  await app.ready()
})
afterAll(async () => {
  await app.close()
  await db.close()
})

async function get(url: string): Promise<{ status: number; body: Record<string, unknown> }> {
  asked.length = 0
  const answer = await app.inject({ url })
  return { status: answer.statusCode, body: answer.json() }
}

test('areas are listed below their parent, with the way down to it', async () => {
  expect((await get('/api/territory/areas')).body).toMatchObject({ path: [], items: [{ code: '9901' }] })
  expect((await get('/api/territory/areas?parent=990101')).body).toEqual({
    path: [
      { code: '9901', level: 'city', gridKind: null, name: { zh: '滨江市' } },
      { code: '990101', level: 'district', gridKind: null, name: { zh: '东岸区' } },
    ],
    items: [{ code: '990101001', level: 'street', gridKind: null, name: { zh: '一街' } }],
  })
  expect(asked).toEqual(['territory.read'])
  expect((await get('/api/territory/areas?parent=990109')).body).toMatchObject({ status: 404, code: 'territory.unknownArea' })
})

test('a coordinate is located in the datum that the caller names', async () => {
  const { body } = await get('/api/territory/location?lng=121.405&lat=31.205')
  expect(body).toMatchObject({
    located: { areaCode: '990101001001001', gridCode: '990101001001001', unitGridCode: null, candidates: ['990101001001001'] },
  })
  // Half a kilometre west once the shift of the web map is taken off.
  expect((await get('/api/territory/location?lng=121.405&lat=31.205&datum=GCJ02')).body).toMatchObject({ located: { areaCode: '990101001001001' } })
  expect((await get('/api/territory/location?lng=121.4215&lat=31.205&datum=GCJ02')).body).toMatchObject({ located: { areaCode: '990101001001002' } })
  expect((await get('/api/territory/location?lng=10&lat=10')).body).toEqual({ located: null })
  expect((await get('/api/territory/location?lng=400&lat=10')).status).toBe(400)
})

test('the map gets the borders of one level, of a part of the territory or of what it shows', async () => {
  const whole = (await get('/api/territory/borders?level=grid')).body
  expect(whole).toMatchObject({
    type: 'FeatureCollection',
    complete: true,
    features: [{ type: 'Feature', properties: { code: '990101001001001', level: 'grid' } }, {}, {}],
  })
  expect(whole['features']).toMatchObject([{ geometry: { type: 'Polygon', coordinates: rectangle(121.4, 31.2, 121.41, 31.21) } }, {}, {}])
  const shown = (await get('/api/territory/borders?level=grid&west=121.411&south=31.2&east=121.412&north=31.3')).body
  expect(shown['features']).toHaveLength(1)
  expect((await get('/api/territory/borders?level=grid&limit=2')).body).toMatchObject({ complete: false, features: [{}, {}] })
  expect((await get('/api/territory/borders?level=grid&within=990102')).body['features']).toEqual([])
  expect((await get('/api/territory/borders?level=grid&gridKind=unit')).body['features']).toEqual([])
})

test('the public sees districts that take reports, their streets and communities, and nothing deeper or elsewhere', async () => {
  expect((await get('/api/public/areas')).body).toEqual({ items: [{ code: '990101', level: 'district', name: { zh: '东岸区' } }] })
  expect(asked).toEqual(['public'])
  expect((await get('/api/public/areas?parent=990101')).body).toMatchObject({ items: [{ code: '990101001' }] })
  expect((await get('/api/public/areas?parent=990101001')).body).toMatchObject({ items: [{ code: '990101001001' }] })
  expect((await get('/api/public/areas?parent=990101001001')).status).toBe(400)
  expect((await get('/api/public/areas?parent=990102')).body).toMatchObject({ status: 404, code: 'territory.notPublic' })
})
