import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Actor } from '#kernel/actor.ts'
import type { LocalDate } from '#kernel/clock.ts'
import { newId } from '#kernel/id.ts'
import { sql } from '#platform/database/database.ts'
import type { Doing } from '#platform/event.ts'
import { listCases } from '../questions.ts'
import { testCity, testDistrict, type TestCity } from '../testing.ts'
import { drawSample, publishDraw, recordCallBack } from './commands.ts'
import { drawDetail, listDraws, repeatDraw, type DrawKey } from './questions.ts'
import { ticketOf } from './draw.ts'

let city: TestCity
let key: DrawKey
const day = '2026-03-02' as LocalDate
const closed: string[] = []
/** Closed as well, by a caller who left no telephone. */
let silent: string

const doing = (actor: Actor, commandId = newId()): Doing => ({ ...city.services, actor, commandId, requestId: 'test' })
const detail = (role = 'supervisor') => drawDetail(city.services, city.as(role), key)

async function close(callerPhone: string | undefined = '13800001234'): Promise<string> {
  const { id } = await city.call({ text: '墙上到处贴小广告，撕不掉', callerName: '测试居民', ...(callerPhone ? { callerPhone } : {}) })
  await city.move(id, 'file', city.as('dispatcher'))
  await city.move(id, 'dispatch', city.as('dispatcher'))
  await city.move(id, 'settle', city.as('grid_worker'), { note: '已清除' })
  await city.move(id, 'confirm', city.as('inspector'))
  return id
}

beforeAll(async () => {
  city = await testCity()
  for (let n = 0; n < 6; n += 1) closed.push(await close())
  silent = await close('')
  key = await publishDraw(doing(city.as('supervisor')), city.services, { areaCode: testDistrict, from: day, to: day })
})
afterAll(() => city.close())

test('the seed is published, in the record too, before anything is drawn', async () => {
  expect(await detail()).toMatchObject({ drawnAt: null, sampled: 0, population: 0, items: [], mayDraw: true })
  await expect(repeatDraw(city.services, city.as('supervisor'), key)).rejects.toMatchObject({ code: 'cases.notDrawn' })
  const { seed } = await detail()
  const { rows } = await sql<{ data: { seed: string } }>`select data from platform.event where type = 'case.sample_published'`.execute(
    city.services.database.kysely,
  )
  expect(rows.map(({ data }) => data.seed)).toEqual([seed])
})

test('only who may draw does so; drawn once, the list stays, and anybody with the right repeats it to the same list', async () => {
  await expect(drawSample(doing(city.as('dispatcher')), city.services, key)).rejects.toMatchObject({ code: 'cases.notYours' })
  await drawSample(doing(city.as('supervisor')), city.services, key)
  await expect(drawSample(doing(city.as('supervisor')), city.services, key)).rejects.toMatchObject({ code: 'cases.alreadyDrawn' })
  const drawn = await detail()
  expect(drawn).toMatchObject({ population: 6, sampled: 3, answered: 0, percent: 5, minimumPerStreet: 3 })
  const again = await repeatDraw(city.services, city.as('dispatcher'), key)
  expect(again).toMatchObject({ isSame: true, seed: drawn.seed })
  expect(again.sample.map((entry) => entry.slice(10)).toSorted()).toEqual(drawn.items.map(({ number }) => number).toSorted())
  // By hand, as anybody outside would: the three lowest tickets.
  const tickets = again.population
    .map((entry) => entry.split('/')[1] ?? '')
    .toSorted((a, b) => (ticketOf(drawn.seed, a) < ticketOf(drawn.seed, b) ? -1 : 1))
  expect(drawn.items.map(({ number }) => number).toSorted()).toEqual(tickets.slice(0, 3).toSorted())
  // A case that is closed later was not there to be drawn; a seed that was changed afterwards is found out.
  await close()
  expect((await repeatDraw(city.services, city.as('dispatcher'), key)).isSame).toBe(true)
  const withSeed = (seed: string) => sql`update cases.call_back_draw set seed = ${seed}`.execute(city.services.database.kysely)
  // One seed in twenty draws the same three of six by chance, all of ten do not.
  const found: boolean[] = []
  for (let n = 0; n < 10; n += 1) {
    await withSeed(`another seed ${n}`)
    found.push((await repeatDraw(city.services, city.as('dispatcher'), key)).isSame)
  }
  expect(found).toContain(false)
  await withSeed(drawn.seed)
})

test('whoever left no telephone is not drawn, because nobody could call him', async () => {
  const { population, sample } = await repeatDraw(city.services, city.as('dispatcher'), key)
  const { rows } = await sql<{ number: string }>`select number from cases.case where id = ${silent}`.execute(city.services.database.kysely)
  expect(rows.length).toBe(1)
  expect([...population, ...sample].some((entry) => entry.endsWith(rows[0]?.number ?? ''))).toBe(false)
})

test('whoever handled or checked a case does not call its caller back', async () => {
  const [first] = (await detail()).items
  const dispatcher = city.as('dispatcher')
  const both = { ...city.as('inspector'), posts: [...city.as('inspector').posts, ...dispatcher.posts] }
  const said = { caseId: first?.caseId ?? '', outcome: 'solved' } as const
  await expect(recordCallBack(doing(both), city.services, key, said)).rejects.toMatchObject({ code: 'cases.ownCallBack' })
  expect((await drawDetail(city.services, both, key)).items.every(({ mayRecord }) => !mayRecord)).toBe(true)
})

test('what callers say is recorded once; “not solved” reopens the case to the supervisor', async () => {
  const [one, two, three] = (await detail('dispatcher')).items.map(({ caseId }) => caseId) as [string, string, string]
  const record = (caseId: string, outcome: 'solved' | 'not_solved' | 'not_reached', commandId = newId()) =>
    recordCallBack(doing(city.as('dispatcher'), commandId), city.services, key, { caseId, outcome })
  const commandId = newId()
  await record(one, 'solved', commandId)
  await record(one, 'solved', commandId)
  await expect(record(one, 'not_solved')).rejects.toMatchObject({ code: 'cases.alreadyCalledBack' })
  await record(two, 'not_reached')
  // Weeks later still: a sample is drawn over a period that has ended.
  city.services.clock.advance({ days: 30 })
  await record(three, 'not_solved')
  expect((await detail()).items.map(({ outcome, status }) => [outcome, status])).toEqual([
    ['solved', 'closed'],
    ['not_reached', 'closed'],
    ['not_solved', 'reopened'],
  ])
  const page = await listCases(city.services, city.as('supervisor'), { view: 'reopened', limit: 10 })
  expect(page.items.map(({ id }) => id)).toEqual([three])
  const outside = closed.find((id) => ![one, two, three].includes(id)) ?? ''
  await expect(record(outside, 'solved')).rejects.toMatchObject({ code: 'cases.notSampled' })
})

test('a sample is there for its district only', async () => {
  expect((await listDraws(city.services, city.as('supervisor'), 10)).items.map(({ id }) => id)).toEqual([key.id])
  const elsewhere = { ...city.as('supervisor'), posts: city.as('supervisor').posts.map((post) => ({ ...post, areaCode: '990102' })) }
  expect((await listDraws(city.services, elsewhere, 10)).items).toEqual([])
  await expect(drawDetail(city.services, elsewhere, key)).rejects.toMatchObject({ code: 'cases.drawNotFound' })
})

test('a period that ends before it begins, or has not ended, is refused at its field', async () => {
  const publish = (from: string, to: string) =>
    publishDraw(doing(city.as('supervisor')), city.services, { areaCode: testDistrict, from: from as LocalDate, to: to as LocalDate })
  await expect(publish('2026-03-02', '2026-03-01')).rejects.toMatchObject({ code: 'cases.periodBackwards', field: 'from' })
  await expect(publish('2026-03-02', '2027-03-01')).rejects.toMatchObject({ code: 'cases.periodAhead', field: 'to' })
})
