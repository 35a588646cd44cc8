import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { sweepDistrict } from '#contexts/assignments/index.ts'
import type { Actor } from '#kernel/actor.ts'
import { newId } from '#kernel/id.ts'
import { sql } from '#platform/database/database.ts'
import type { Doing } from '#platform/event.ts'
import { answerCase } from '../joining/commands.ts'
import { caseDetail } from '../questions.ts'
import { testCity, testDistrict, type TestCity } from '../testing.ts'
import { rateWhistle, startWhistle } from '../whistling/commands.ts'
import { oneWhistle, whistleSuggestion } from '../whistling/questions.ts'
import * as commands from './commands.ts'
import type { Verdict } from './lifecycle.ts'
import { caseRequests, precedentsFor, requestList } from './questions.ts'

let city: TestCity
beforeAll(async () => {
  city = await testCity()
})
afterAll(() => city.close())
beforeEach(() => {
  city.services.clock.set('2026-03-02T09:00:00+08:00')
})

const rubbish = '小区门口的垃圾没人清理，一地都是'
const unit = (code: string): string => city.unit(code)
const street = (): Actor => city.as('street_handler')
const sanitation = (): Actor => city.as('handler2')
const doing = (actor: Actor): Doing => city.doing(actor)
const key = (id: string) => ({ districtCode: testDistrict, id })

interface Summoned {
  readonly id: string
  readonly whistleId: string
}

/** A case of the street on which it whistles sanitation and roads. */
async function summoned(): Promise<Summoned> {
  const { id } = await city.call({ text: rubbish })
  await city.move(id, 'file', city.as('dispatcher'))
  await city.move(id, 'dispatch', city.as('dispatcher'), { organisationId: unit('street'), note: '属地牵头' })
  await city.move(id, 'contact', street())
  return { id, whistleId: await whistle(id, ['sanitation', 'roads']) }
}

async function whistle(id: string, codes: readonly string[]): Promise<string> {
  const { version } = await caseDetail(city.services, street(), key(id))
  const by = { actor: street(), commandId: newId(), requestId: 'test' }
  const units = codes.map((code) => ({ organisationId: unit(code), basis: `职责${code}` }))
  const input = { case: { ...key(id), expectedVersion: version }, kind: 'ordinary', tried: '已劝导三次', missing: '没有执法权', units }
  return (await startWhistle(city.services, by, input)).id
}

async function object({ id, whistleId }: Summoned, actor: Actor, more: object = {}): Promise<string> {
  const { version } = await caseDetail(city.services, street(), key(id))
  const input = { kind: 'objection', reasonCode: 'not_our_duty', note: '清运属物业', whistleId, expectedVersion: version, ...more } as const
  return (await commands.askFor(city.services, doing(actor), key(id), input)).id
}
const about = (requestId: string) => ({ districtCode: testDistrict, requestId })
const streetSays = (requestId: string) =>
  commands.answer(city.services, doing(street()), about(requestId), { expectedVersion: 1, opinion: '清单写明由其清运' })
const adjudicate = (requestId: string, verdict: Verdict, more: object = {}, actor = city.as('supervisor')) =>
  commands.decide(city.services, doing(actor), about(requestId), { verdict, opinion: '按清单', expectedVersion: 2, asRule: false, ...more })
const view = ({ whistleId }: Summoned, actor = street()) => oneWhistle(city.services, actor, key(whistleId))
const partOf = async (one: Summoned, code: string) => (await view(one)).units.find(({ organisation }) => organisation.id === unit(code))

test('a summoned unit objects once: its clocks run on, and nobody adjudicates before the other side is heard', async () => {
  const one = await summoned()
  const before = await partOf(one, 'sanitation')
  expect((await view(one, sanitation())).units.map(({ mayObject }) => mayObject)).toEqual([true, false])
  const asking = await caseRequests(city.services, sanitation(), key(one.id))
  expect(asking.mayAsk).toMatchObject([{ kind: 'objection', whistleId: one.whistleId, precedent: null }])

  const requestId = await object(one, sanitation())
  await expect(object(one, sanitation())).rejects.toMatchObject({ code: 'cases.requestPending' })
  const pending = await partOf(one, 'sanitation')
  expect(pending).toMatchObject({ objection: 'waiting', mayObject: false })
  expect(pending?.part?.milestones).toEqual(before?.part?.milestones)
  // The other unit objects apart from it.
  expect((await caseRequests(city.services, street(), key(one.id))).items).toMatchObject([{ heard: { name: { zh: '单位street' } } }])

  // Nobody adjudicates before the street has said why it summons.
  expect((await requestList(city.services, city.as('supervisor'), 'waiting', 50)).map(({ id }) => id)).not.toContain(requestId)
  await expect(adjudicate(requestId, 'refuse', { expectedVersion: 1 })).rejects.toMatchObject({ code: 'cases.otherSideUnheard' })
  expect((await requestList(city.services, street(), 'waiting', 50)).find(({ id }) => id === requestId)).toMatchObject({
    mayAnswer: true,
    mayDecide: false,
  })
  await streetSays(requestId)
  const waiting = (await requestList(city.services, city.as('supervisor'), 'waiting', 50)).find(({ id }) => id === requestId)
  expect(waiting).toMatchObject({ mayDecide: true, note: '清运属物业', counter: { opinion: '清单写明由其清运' } })
  expect(waiting?.why?.zh).toContain('职责sanitation')
})

test('who loses is bound: it objects no more, returns nothing, and its clock runs out as any other', async () => {
  const one = await summoned()
  const before = await partOf(one, 'sanitation')
  const requestId = await object(one, sanitation())
  await streetSays(requestId)
  await adjudicate(requestId, 'refuse')

  const bound = await partOf(one, 'sanitation')
  expect(bound).toMatchObject({ objection: 'refused', part: { state: 'open' } })
  expect(bound?.part?.milestones).toEqual(before?.part?.milestones)
  await expect(object(one, sanitation())).rejects.toMatchObject({ code: 'cases.requestTries' })
  expect((await view(one, sanitation())).units[0]).toMatchObject({ mayObject: false, part: { answers: ['sign', 'contact', 'arrive'] } })
  // It stays on the hook of its clocks: the one that runs out is late, objection or not.
  city.services.clock.set('2026-03-02T11:00:00+08:00')
  while ((await sweepDistrict(city.services, testDistrict)) > 0);
  expect((await partOf(one, 'sanitation'))?.part?.late).toBe(true)
})

test('what was adjudicated is shown the next time: to the unit, to the street that summons, and to whoever adjudicates', async () => {
  const one = await summoned()
  const { mayAsk } = await caseRequests(city.services, sanitation(), key(one.id))
  expect(mayAsk).toMatchObject([{ precedent: { upheld: false } }])
  const { conditionId, areaCode } = await caseDetail(city.services, street(), key(one.id))
  const { units } = await whistleSuggestion(city.services, { areaCode, conditionId: conditionId ?? '' })
  expect(units.filter(({ precedent }) => precedent).map(({ id, precedent }) => [id, precedent?.upheld])).toEqual([[unit('sanitation'), false]])
  const found = await precedentsFor(city.services, city.as('supervisor'), key(one.id))
  expect(found).toMatchObject([{ summoned: true, upheld: false, isRule: false, responsible: { zh: '部门sanitation' }, opinion: '按清单' }])
  await expect(
    commands.markPrecedent(city.services, doing(city.as('supervisor')), { districtCode: testDistrict, id: found[0]?.id ?? '' }, true),
  ).rejects.toMatchObject({ code: 'cases.noRuleOfSummons' })
})

test('who wins is relieved and not summoned again; the unit named instead is summoned with clocks in full, and bound', async () => {
  const one = await summoned()
  const requestId = await object(one, sanitation(), { organisationId: unit('water') })
  expect((await caseRequests(city.services, street(), key(one.id))).items).toMatchObject([{ heard: { name: { zh: '部门water' } } }])
  city.services.clock.set('2026-03-02T14:00:00+08:00')
  // The street is not the other side where a unit is proposed; nobody of the proposed unit has a post here, so its time runs out.
  await expect(streetSays(requestId)).rejects.toMatchObject({ code: 'cases.notAsked' })
  await expect(adjudicate(requestId, 'approve', { expectedVersion: 1 })).rejects.toMatchObject({ code: 'cases.otherSideUnheard' })
  city.services.clock.set('2026-03-03T09:00:00+08:00')
  await expect(adjudicate(requestId, 'approve', { expectedVersion: 1, organisationId: unit('street') })).rejects.toMatchObject({
    code: 'cases.notToBeSummoned',
  })
  await adjudicate(requestId, 'approve', { expectedVersion: 1 })

  const { units, late } = await view(one)
  expect(units.map(({ organisation, part, objection }) => [organisation.name?.zh, part?.state, objection])).toEqual([
    ['部门sanitation', 'relieved', 'upheld'],
    ['部门roads', 'open', null],
    ['部门water', 'open', null],
  ])
  expect(units[2]?.part?.milestones[0]).toMatchObject({ kind: 'sign', startsAt: '2026-03-03T01:00:00.000Z' })
  expect(units[2]?.part?.why.zh).toContain('异议裁定')
  // Roads has kept the street waiting; the relieved unit is not rated though its clock had run out.
  expect([late, units.map(({ mayRate }) => mayRate)]).toEqual([true, [false, true, false]])
  await expect(caseDetail(city.services, sanitation(), key(one.id))).rejects.toMatchObject({ code: 'cases.notFound' })
  const own = await requestList(city.services, sanitation(), 'asked', 50)
  expect(own.find(({ id }) => id === requestId)).toMatchObject({ state: 'approved', mayOpen: false })
  await expect(whistle(one.id, ['sanitation'])).rejects.toMatchObject({ code: 'whistle.unitRelieved' })
  const { timeline } = await caseDetail(city.services, street(), key(one.id))
  expect(timeline.filter(({ type }) => type === 'whistle.unit_relieved').map(({ organisation }) => organisation?.zh)).toEqual(['部门sanitation'])
  const { rows } = await sql<{ why: string }>`select why ->> 'rule' as why from assignments.assignment
    where subject_id = ${one.id} and organisation_id = ${unit('water')} and purpose = 'whistle'`.execute(city.services.database.kysely)
  expect(rows).toEqual([{ why: 'adjudication' }])
})

test('whoever let the whistle sound does not adjudicate, and a unit that came to the site objects no more', async () => {
  const one = await summoned()
  const requestId = await object(one, sanitation())
  await streetSays(requestId)
  // A person of the street who may adjudicate besides.
  const both: Actor = { ...street(), posts: [...street().posts, ...city.as('supervisor').posts] }
  await expect(adjudicate(requestId, 'refuse', {}, both)).rejects.toMatchObject({ code: 'cases.ownWhistle' })
  const waitsFor = async (actor: Actor) => (await requestList(city.services, actor, 'waiting', 50)).map(({ id }) => id)
  expect(await waitsFor(both)).not.toContain(requestId)
  expect(await waitsFor(city.as('supervisor'))).toContain(requestId)

  const other = await summoned()
  const { units, version } = await caseDetail(city.services, sanitation(), key(other.id))
  const own = units.find(({ organisationId }) => organisationId === unit('sanitation'))
  const command = { actor: sanitation(), commandId: newId(), requestId: 'test', districtCode: testDistrict, id: other.id, expectedVersion: version }
  await answerCase(city.services, command, { assignmentId: own?.assignmentId ?? '', move: 'arrive' })
  await expect(object(other, sanitation())).rejects.toMatchObject({ code: 'cases.alreadyThere' })
})

test('an objection lapses when the unit has answered, or the street lets it go', async () => {
  const one = await summoned()
  const requestId = await object(one, sanitation())
  await streetSays(requestId)
  const { units, version } = await caseDetail(city.services, street(), key(one.id))
  const own = units.find(({ organisationId }) => organisationId === unit('sanitation'))
  const command = { actor: street(), commandId: newId(), requestId: 'test', districtCode: testDistrict, id: one.id, expectedVersion: version }
  await answerCase(city.services, command, { assignmentId: own?.assignmentId ?? '', move: 'drop', note: '不需要了' })
  expect(await partOf(one, 'sanitation')).toMatchObject({ objection: 'lapsed' })
  await expect(adjudicate(requestId, 'refuse')).rejects.toMatchObject({ code: 'cases.requestLapsed' })
  const { caseVersion } = await view(one)
  const rating = { organisationId: unit('sanitation'), score: 3, note: '没有来', expectedVersion: caseVersion }
  await expect(
    rateWhistle(city.services, { actor: street(), commandId: newId(), requestId: 'test' }, key(one.whistleId), rating),
  ).rejects.toMatchObject({ code: 'whistle.notAnswered' })
})
