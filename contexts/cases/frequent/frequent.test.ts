import { afterAll, beforeAll, expect, test } from 'vitest'
import { prepareCall } from '../accept.ts'
import { acceptCalls } from '../commands.ts'
import { newId } from '#kernel/id.ts'
import { testCity, testDistrict, type TestCity } from '../testing.ts'
import { frequentMatters, TILES } from './questions.ts'

let city: TestCity

beforeAll(async () => {
  city = await testCity()
})
afterAll(() => city.close())

async function report(role: string, text: string): Promise<string | null> {
  const { services } = city
  const input = { commandId: newId(), channel: 'grid_worker' as const, text, lng: 121.4905, lat: 31.2305 }
  const call = prepareCall(input, { actor: city.as(role), requestId: 'test' }, services.clock.now(), services.rules(), services.secrets)
  await acceptCalls(services, testDistrict, [call])
  return call.record.conditionId
}

test('one’s own most frequent matters come first, each once, then what is usual in the district, eight at most', async () => {
  const lamp = await report('street_handler', '路灯不亮，晚上看不清路')
  for (let n = 0; n < 3; n += 1) await report('dispatcher', '小区门口的垃圾没人清理，一地都是')
  const rubbish = await report('dispatcher', '小区门口的垃圾没人清理，一地都是')
  const mine = await frequentMatters(city.services, city.as('street_handler'))
  expect(mine.map(({ conditionId }) => conditionId)).toEqual([lamp, rubbish])
  const others = await frequentMatters(city.services, city.as('dispatcher'))
  expect(others[0]?.conditionId).toBe(rubbish)
  expect(mine.length).toBeLessThanOrEqual(TILES)
  expect(Object.keys(mine[0] ?? {}).toSorted()).toEqual(['conditionId', 'detail', 'name'])
})

test('what was reported half a year ago is no habit any more', async () => {
  city.services.clock.advance({ days: 200 })
  const recent = await report('street_handler', '小区门口的垃圾没人清理，一地都是')
  expect((await frequentMatters(city.services, city.as('street_handler')))[0]?.conditionId).toBe(recent)
})
