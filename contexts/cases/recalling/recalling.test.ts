import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '#kernel/id.ts'
import { sql } from '#platform/database/database.ts'
import { moveTogether } from '../together/commands.ts'
import { caseDetail } from '../questions.ts'
import { testCity, testDistrict, type TestCity } from '../testing.ts'
import { urgeTogether } from '../urging/commands.ts'

let city: TestCity
beforeAll(async () => {
  city = await testCity()
})
afterAll(() => city.close())

const rubbish = '小区门口的垃圾没人清理，一地都是'
const detail = (id: string) => caseDetail(city.services, city.as('dispatcher'), { districtCode: testDistrict, id })
const by = (role: string) => ({ actor: city.as(role), requestId: 'test' })

async function filed(): Promise<string> {
  const { id } = await city.call({ text: rubbish })
  await city.move(id, 'file', city.as('dispatcher'))
  return id
}

async function together(move: 'dispatch' | 'recall', ids: readonly string[], role = 'dispatcher') {
  const cases = await Promise.all(
    ids.map(async (id) => ({ districtCode: testDistrict, id, commandId: newId(), expectedVersion: (await detail(id)).version })),
  )
  return moveTogether(city.services, { move, cases }, by(role))
}

test('many are dispatched at once, each refused for its own reason; all that were done are recalled, and the record holds both', async () => {
  const ids = await Promise.all(Array.from({ length: 60 }, filed))
  const { id: unfiled } = await city.call({ text: '我想问一下事情' })
  const results = await together('dispatch', [...ids, unfiled])
  expect(results.filter(({ done }) => done)).toHaveLength(60)
  expect(results.at(-1)).toMatchObject({ done: false, status: 'reported', refusal: { code: 'cases.moveNotAllowed' } })
  expect((await together('recall', ids)).every(({ done, status }) => done && status === 'filed')).toBe(true)
  const after = await detail(ids[0] ?? '')
  expect(after).toMatchObject({ status: 'filed', holder: null, clockDueAt: null, moves: expect.arrayContaining(['dispatch']) as unknown })
  expect(after.timeline.map(({ type }) => type)).toEqual(['case.reported', 'case.filed', 'case.dispatched', 'case.recalled'])
})

test('a repeat under the same command ids does nothing twice', async () => {
  const id = await filed()
  const { version } = await detail(id)
  const asked = { move: 'dispatch' as const, cases: [{ districtCode: testDistrict, id, commandId: newId(), expectedVersion: version }] }
  const first = await moveTogether(city.services, asked, by('dispatcher'))
  expect(await moveTogether(city.services, asked, by('dispatcher'))).toEqual(first)
})

test('what somebody has begun to answer is not recalled, and nobody may who may not dispatch', async () => {
  const id = await filed()
  await city.move(id, 'dispatch', city.as('dispatcher'))
  await expect(city.move(id, 'recall', city.as('street_handler'))).rejects.toMatchObject({ code: 'cases.notYours' })
  await city.move(id, 'contact', city.as('street_handler'))
  expect((await detail(id)).moves).not.toContain('recall')
  await expect(city.move(id, 'recall', city.as('dispatcher'))).rejects.toMatchObject({ code: 'cases.moveNotAllowed' })
})

test('the clock of sending on again counts from the return, however often one dispatches and recalls', async () => {
  const id = await filed()
  await city.move(id, 'dispatch', city.as('dispatcher'))
  await city.move(id, 'giveBack', city.as('street_handler'), { reasonCode: 'wrong_place' })
  const { clockDueAt } = await detail(id)
  city.services.clock.advance({ minutes: 10 })
  await city.move(id, 'dispatch', city.as('dispatcher'))
  city.services.clock.advance({ minutes: 10 })
  await city.move(id, 'recall', city.as('dispatcher'))
  expect(await detail(id)).toMatchObject({ status: 'filed', clockDueAt })
  expect(clockDueAt).not.toBeNull()
  // The unit has returned it, as before, and gets it again with what was left of its time.
  await city.move(id, 'dispatch', city.as('dispatcher'))
  const { rows } = await sql<{ state: string }>`select state from assignments.assignment where subject_id = ${id} and purpose = 'handle'`.execute(
    city.services.database.kysely,
  )
  expect(rows.map(({ state }) => state)).toEqual(['open'])
})

test('urging reminds the unit that owes the answer, keeps the words, and is not repeated within the hour', async () => {
  const id = await filed()
  const urge = (kind: 'urge' | 'escalate' = 'urge') =>
    urgeTogether(city.services, { kind, words: '请尽快办理', cases: [{ districtCode: testDistrict, id, commandId: newId() }] }, by('supervisor'))
  expect((await urge())[0]?.refusal?.code).toBe('cases.nobodyAwaited')
  await city.move(id, 'dispatch', city.as('dispatcher'))
  expect((await urge())[0]).toMatchObject({ done: true })
  expect((await urge())[0]?.refusal?.code).toBe('cases.urgedJustNow')
  city.services.clock.advance({ minutes: 61 })
  expect((await urge())[0]).toMatchObject({ done: true })
  expect((await urge('escalate'))[0]).toMatchObject({ done: true })
  const { timeline } = await detail(id)
  expect(timeline.slice(-3).map(({ type, note }) => [type, note])).toEqual([
    ['case.urged', '请尽快办理'],
    ['case.urged', '请尽快办理'],
    ['case.escalated', '请尽快办理'],
  ])
})
