import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Actor } from '#kernel/actor.ts'
import { newId } from '#kernel/id.ts'
import { sql } from '#platform/database/database.ts'
import { caseDetail } from '../questions.ts'
import { testCity, testDistrict, type TestCity } from '../testing.ts'
import { settleOnSpot } from './commands.ts'

let city: TestCity

beforeAll(async () => {
  city = await testCity()
})
afterAll(() => city.close())

const place = { lng: 121.4905, lat: 31.2305 }
const poster = '墙上到处贴小广告，撕不掉'
const detail = (id: string, role: string) => caseDetail(city.services, city.as(role), { districtCode: testDistrict, id })
const onSpot = (actor: Actor, text = poster, commandId = newId()) =>
  settleOnSpot(city.services, { commandId, text, ...place, result: '已清除' }, { actor, requestId: 'test' })
const countCases = async (): Promise<number> =>
  (await sql<{ n: number }>`select count(*)::int n from cases.case`.execute(city.services.database.kysely)).rows[0]?.n ?? -1

test('a trifle is closed by two people in two steps: both clocks are met at once, all seven steps stand, no photograph is asked', async () => {
  const { id } = await city.call({ text: poster })
  await city.move(id, 'file', city.as('dispatcher'))
  await city.move(id, 'dispatch', city.as('dispatcher'))
  city.services.clock.advance({ minutes: 15 })
  await city.move(id, 'settle', city.as('grid_worker'), { note: '已清除' })
  expect((await detail(id, 'grid_worker')).moves).not.toContain('confirm')
  await expect(city.move(id, 'confirm', city.as('grid_worker'))).rejects.toMatchObject({ code: 'cases.ownWork' })
  expect(await city.move(id, 'confirm', city.as('inspector'))).toMatchObject({ status: 'closed', result: '已清除' })
  const closed = await detail(id, 'dispatcher')
  expect(closed.steps.map(({ step }) => step)).toEqual(['collect', 'file', 'dispatch', 'handle', 'feedback', 'check', 'evaluate'])
  expect(new Set(closed.milestones.map(({ metAt, overdueAt }) => `${metAt !== null} ${overdueAt}`))).toEqual(new Set(['true null']))
  expect(closed.evaluation).toEqual({ respondOnTime: true, disposeOnTime: true, reworkCount: 0 })
})

test('what is no trifle keeps the whole way', async () => {
  const { id } = await city.call({ text: '小区门口的垃圾没人清理，一地都是' })
  await city.move(id, 'file', city.as('dispatcher'))
  await city.move(id, 'dispatch', city.as('dispatcher'))
  await expect(city.move(id, 'settle', city.as('street_handler'), { note: '已清运' })).rejects.toMatchObject({ code: 'cases.noTrifle' })
  await city.move(id, 'contact', city.as('street_handler'))
  await city.move(id, 'handle', city.as('street_handler'), { note: '已清运' })
  await expect(city.move(id, 'confirm', city.as('inspector'))).rejects.toMatchObject({ code: 'cases.noTrifle' })
})

test('随手办: found, reported and settled in one go, and confirmed by another; repeated, it is done once', async () => {
  const commandId = newId()
  const worker = city.as('grid_worker')
  const before = await countCases()
  const done = await onSpot(worker, poster, commandId)
  expect(await onSpot(worker, poster, commandId)).toEqual(done)
  expect(await countCases()).toBe(before + 1)
  expect(await detail(done.id, 'dispatcher')).toMatchObject({ status: 'handled', channel: 'grid_worker', result: '已清除', tier: 'D' })
  await expect(city.move(done.id, 'confirm', worker)).rejects.toMatchObject({ code: 'cases.ownWork' })
  expect(await city.move(done.id, 'confirm', city.as('inspector'))).toMatchObject({ status: 'closed' })
})

test.each([
  ['that is more than a trifle', '小区门口的垃圾没人清理，一地都是', 'cases.noTrifle'],
  ['whose matter nobody recognises', '我想问一下事情', 'cases.matterMissing'],
])('what one found %s is refused on the spot, and nothing is written', async (_what, text, code) => {
  const before = await countCases()
  await expect(onSpot(city.as('grid_worker'), text)).rejects.toMatchObject({ code })
  expect(await countCases()).toBe(before)
})

test('a trifle of somebody else’s unit is refused on the spot, and nothing is written', async () => {
  const before = await countCases()
  await expect(onSpot(city.as('handler2'))).rejects.toMatchObject({ code: 'cases.notYourTrifle', params: { unit: '单位community' } })
  expect(await countCases()).toBe(before)
})
