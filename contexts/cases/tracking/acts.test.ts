import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '#kernel/id.ts'
import { listCases } from '../questions.ts'
import { createIntake } from '../intake.ts'
import { testCity, testDistrict, type TestCity } from '../testing.ts'
import { callerActs, type CallerActs } from './commands.ts'
import { TRIES_AN_HOUR } from './proof.ts'

let city: TestCity
let caller: CallerActs

beforeAll(async () => {
  city = await testCity()
  caller = callerActs({ services: city.services, intake: createIntake(city.services) })
})
afterAll(() => city.close())

const rubbish = '小区门口的垃圾没人清理，一地都是'
const codeOf = (code: string) => expect.objectContaining({ code: `cases.${code}` })
const command = () => ({ commandId: newId() })

async function closed(): Promise<{ id: string; trackingCode: string; number: string }> {
  const { id, trackingCode, number } = await city.call({ text: rubbish, callerPhone: '138 0000 1234' })
  await city.move(id, 'file', city.as('dispatcher'))
  await city.move(id, 'dispatch', city.as('dispatcher'))
  await city.move(id, 'contact', city.as('street_handler'))
  await city.move(id, 'handle', city.as('street_handler'), { note: '垃圾已清运' })
  await city.move(id, 'check', city.as('inspector'))
  await city.move(id, 'close', city.as('dispatcher'))
  return { id, trackingCode, number }
}

test('number and the end of the telephone follow a report, show none of its words, rate it, and withdraw nothing', async () => {
  const { number } = await closed()
  const proof = { number, phoneTail: '1234' }
  expect(await caller.track(proof)).toMatchObject({ number, text: '', status: 'closed', result: '垃圾已清运', mayRate: true, mayWithdraw: false })
  expect(await caller.rate(proof, 'test', { ...command(), score: 5 })).toMatchObject({ rating: 5 })
  await expect(caller.withdraw(proof, 'test', command())).rejects.toEqual(codeOf('codeUnknown'))
})

test('whoever guesses is told nothing, and after five wrong tries the number answers nobody for an hour', async () => {
  const { number } = await closed()
  await expect(caller.track({ number: `${testDistrict}-20200101-00001`, phoneTail: '1234' })).rejects.toEqual(codeOf('tailUnknown'))
  await expect(caller.track({ number: 'nonsense', phoneTail: '1234' })).rejects.toEqual(codeOf('tailUnknown'))
  const tries = Array.from({ length: TRIES_AN_HOUR }, (_, n) => caller.track({ number, phoneTail: String(2000 + n) }))
  for (const tried of await Promise.allSettled(tries)) expect(tried).toMatchObject({ reason: { code: 'cases.tailUnknown' } })
  await expect(caller.track({ number, phoneTail: '1234' })).rejects.toEqual(codeOf('tailLocked'))
  city.services.clock.advance({ hours: 1 })
  expect((await caller.track({ number, phoneTail: '1234' })).number).toBe(number)
})

test('a report without a telephone cannot be followed by its number', async () => {
  const { number } = await city.call({ text: rubbish })
  for (const phoneTail of ['', '0000', 'null']) await expect(caller.track({ number, phoneTail })).rejects.toEqual(codeOf('tailUnknown'))
})

test('“not solved” reopens to the supervisor whatever the rating, and can be taken back for ten minutes', async () => {
  const { id, trackingCode } = await closed()
  const before = await caller.track(trackingCode)
  expect(await caller.rate(trackingCode, 'test', { ...command(), score: 4, reasonCode: 'not_solved' })).toMatchObject({
    status: 'reopened',
    mayUnrate: true,
  })
  const seen = await listCases(city.services, city.as('supervisor'), { view: 'reopened', limit: 50 })
  expect(seen.items.map((item) => item.id)).toContain(id)
  const after = await caller.unrate(trackingCode, 'test', command())
  expect(after).toMatchObject({ status: 'closed', rating: null, mayRate: true, mayUnrate: false, result: before.result })
  expect(await caller.rate(trackingCode, 'test', { ...command(), score: 5 })).toMatchObject({ status: 'closed', rating: 5 })
  city.services.clock.advance({ minutes: 11 })
  expect((await caller.track(trackingCode)).mayUnrate).toBe(false)
  await expect(caller.unrate(trackingCode, 'test', command())).rejects.toEqual(codeOf('tooLateToChange'))
})

test('what a rating reopened stays open once somebody has acted on it', async () => {
  const { id, trackingCode } = await closed()
  await caller.rate(trackingCode, 'test', { ...command(), score: 1 })
  await city.move(id, 'dispatch', city.as('supervisor'))
  expect((await caller.track(trackingCode)).mayUnrate).toBe(false)
  await expect(caller.unrate(trackingCode, 'test', command())).rejects.toEqual(codeOf('moveNotAllowed'))
})

test('a second answer may be rated anew', async () => {
  const { id, trackingCode } = await closed()
  await caller.rate(trackingCode, 'test', { ...command(), score: 1 })
  city.services.clock.advance({ minutes: 20 })
  await city.move(id, 'dispatch', city.as('supervisor'))
  await city.move(id, 'contact', city.as('street_handler'))
  await city.move(id, 'handle', city.as('street_handler'), { note: '再次清运' })
  await city.move(id, 'check', city.as('inspector'))
  await city.move(id, 'close', city.as('dispatcher'))
  expect(await caller.rate(trackingCode, 'test', { ...command(), score: 4 })).toMatchObject({ status: 'closed', rating: 4 })
})

test('a report may be taken back for ten minutes even when somebody has begun, and afterwards no more', async () => {
  const make = async () => {
    const { id, trackingCode } = await city.call({ text: rubbish })
    await city.move(id, 'file', city.as('dispatcher'))
    await city.move(id, 'dispatch', city.as('dispatcher'))
    await city.move(id, 'contact', city.as('street_handler'))
    return trackingCode
  }
  const soon = await make()
  expect(await caller.withdraw(soon, 'test', command())).toMatchObject({ status: 'withdrawn' })
  const late = await make()
  city.services.clock.advance({ minutes: 11 })
  expect((await caller.track(late)).mayWithdraw).toBe(false)
  await expect(caller.withdraw(late, 'test', command())).rejects.toEqual(codeOf('tooLateToChange'))
})

test('a resident learns that a thing is known and nothing of anybody; me-too joins it, and can be taken back', async () => {
  const where = { lng: 121.4925, lat: 31.2305 }
  const first = await city.call({ text: `${rubbish}，我是王五，电话13900001111`, address: '白鹭渡路 8 号 302 室', ...where })
  const alike = await caller.alike({ text: '垃圾没人清理，堆在小区门口', lng: 121.4926, lat: 31.2305 })
  const found = alike.find((one) => one.id === first.id)
  // Nobody asked this caller, so not even the day and the distance are told.
  expect(found).toMatchObject({ metres: null, reportedAt: null, status: 'reported' })
  expect(Object.keys(found ?? {}).toSorted()).toEqual(['districtCode', 'id', 'matter', 'metres', 'place', 'reportedAt', 'status'])
  expect(JSON.stringify(alike)).not.toMatch(/王五|1390000|302 ?室|一地都是/)
  const second = await city.call({ text: '垃圾没人清理，堆在小区门口', ...where })
  expect(await caller.join(second.trackingCode, 'test', newId())).toBe(false)
  expect(await caller.join(second.trackingCode, 'test', first.id)).toBe(true)
  expect(await caller.track(second.trackingCode)).toMatchObject({ mainNumber: first.number, mayWithdraw: true })
  expect(await caller.withdraw(second.trackingCode, 'test', command())).toMatchObject({ status: 'withdrawn', mainNumber: null })
})

test('whose caller agreed that it may be published, of that report day and distance are told too, and still no word', async () => {
  const where = { lng: 121.4945, lat: 31.2305 }
  const agreed = await city.call({ text: `${rubbish}，住302室`, channel: 'resident', flags: ['may_publish'], ...where })
  const asked = await city.call({ text: `${rubbish}，我看见的`, channel: 'resident', ...where })
  const seen = await city.call({ text: `${rubbish}，巡查发现`, channel: 'grid_worker', ...where })
  const alike = await caller.alike({ text: '垃圾没人清理，堆在小区门口', lng: 121.4946, lat: 31.2305 })
  const told = (id: string) => alike.find((one) => one.id === id)
  expect(told(agreed.id)?.metres).toBe(10)
  expect(told(agreed.id)?.reportedAt).toMatch(/^2026-/)
  expect(told(asked.id)).toMatchObject({ metres: null, reportedAt: null })
  expect(told(seen.id)?.metres).toBe(10)
  expect(JSON.stringify(alike)).not.toMatch(/302 ?室|一地都是|我看见的|巡查发现/)
})

test('words of danger join nothing: a person looks at them', async () => {
  const where = { lng: 121.4905, lat: 31.2305 }
  const first = await city.call({ text: rubbish, ...where })
  const second = await city.call({ text: `${rubbish}，现在着火了`, ...where })
  expect(await caller.join(second.trackingCode, 'test', first.id)).toBe(false)
})

test('a receipt names the date by the rules, or none where a person has to look', async () => {
  const sure = await city.call({ text: rubbish })
  expect(await caller.expected(sure.trackingCode)).toMatch(/^2026-/)
  const vague = await city.call({ text: '我想问一下事情' })
  expect(await caller.expected(vague.trackingCode)).toBeNull()
})
