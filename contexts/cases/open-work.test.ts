import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWorkOf } from './questions.ts'
import { testCity, type TestCity } from './testing.ts'

let city: TestCity
beforeAll(async () => {
  city = await testCity()
})
afterAll(() => city.close())

test('what a unit still has in hand is counted from dispatch until its result has passed the check', async () => {
  const urban = [...city.services.rules().directory.organisations.values()].find((one) => one.code === 'urban')?.id ?? ''
  const counts: number[] = []
  const count = async (): Promise<number> => counts.push(await openWorkOf(city.services, urban))
  const { id } = await city.call({ text: '烧烤摊占道，油烟很大' })
  await city.move(id, 'file', city.as('dispatcher'))
  await count()
  await city.move(id, 'dispatch', city.as('dispatcher'))
  await count()
  await city.move(id, 'contact', city.as('handler'))
  await count()
  await city.move(id, 'handle', city.as('handler'), { note: '已处置' })
  await count()
  await city.move(id, 'check', city.as('inspector'))
  await count()
  expect(counts).toEqual([0, 1, 1, 1, 0])
})
