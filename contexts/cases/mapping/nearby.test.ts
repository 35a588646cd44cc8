import { afterAll, beforeAll, expect, test } from 'vitest'
import { testCity, testDistrict, type TestCity } from '../testing.ts'
import { listNearby } from './questions.ts'

let city: TestCity

beforeAll(async () => {
  city = await testCity()
})
afterAll(() => city.close())

const nearby = (id: string, role = 'dispatcher') => listNearby(city.services, city.as(role), { districtCode: testDistrict, id })

test('what is open within 300 metres is told, the nearest first; what has ended, lies further or has no coordinate is not', async () => {
  const here = await city.call({ text: '路灯不亮，晚上看不清路', lng: 121.4905, lat: 31.2305 })
  const second = await city.call({ text: '小区门口的垃圾没人清理', lng: 121.4925, lat: 31.2305 })
  const first = await city.call({ text: '井盖破损，路过很危险', lng: 121.4908, lat: 31.2305 })
  await city.call({ text: '路灯不亮', lng: 121.4905, lat: 31.2345 })
  await city.call({ text: '路灯不亮', areaCode: testDistrict, lng: undefined, lat: undefined })
  const ended = await city.call({ text: '垃圾没人清理', lng: 121.4906, lat: 31.2305 })
  await city.move(ended.id, 'reject', city.as('dispatcher'), { reasonCode: 'not_our_matter', note: '不属于管理范围' })
  const found = await nearby(here.id)
  expect(found.items.map(({ number }) => number)).toEqual([first.number, second.number])
  expect(found).toMatchObject({ metres: 300, total: 2 })
  // 0.0003 and 0.002 degrees of longitude at 31.2305 degrees north.
  expect(found.items.map(({ metres }) => metres)).toEqual([29, 190])
})

test('a case without a coordinate has nothing near it, and one that the asker may not see is not there', async () => {
  const nowhere = await city.call({ text: '路灯不亮', areaCode: testDistrict, lng: undefined, lat: undefined })
  expect(await nearby(nowhere.id)).toEqual({ metres: 300, total: 0, items: [] })
  await expect(nearby(nowhere.id, 'system_admin')).rejects.toMatchObject({ code: 'cases.notFound' })
})
