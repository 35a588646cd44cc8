import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { sweepDistrict } from '#contexts/assignments/index.ts'
import type { Actor } from '#kernel/actor.ts'
import type { LocalDate } from '#kernel/clock.ts'
import { sql } from '#platform/database/database.ts'
import type { Doing } from '#platform/event.ts'
import { caseDetail, countCases, listCases } from '../questions.ts'
import { testCity, testDistrict, type TestCity } from '../testing.ts'
import * as commands from './commands.ts'
import type { RequestKind, Verdict } from './lifecycle.ts'
import { caseRequests, loadRequestRules, precedentsFor, requestCounts, requestList } from './questions.ts'

let city: TestCity
beforeAll(async () => {
  city = await testCity()
})
afterAll(() => city.close())
beforeEach(() => {
  city.services.clock.set('2026-03-02T09:00:00+08:00')
})

const rubbish = '小区门口的垃圾没人清理，一地都是'
const doing = (actor: Actor): Doing => city.doing(actor)
const key = (id: string) => ({ districtCode: testDistrict, id })
const detail = (id: string, role = 'dispatcher') => caseDetail(city.services, city.as(role), key(id))
const unit = (code: string): string => city.unit(code)
const after = (time: string): void => city.services.clock.set(`${time}+08:00`)

/** A case dispatched by the dispatcher to the street, and contacted unless told otherwise. */
async function held(upTo: 'dispatched' | 'contacted' = 'contacted'): Promise<string> {
  const { id } = await city.call({ text: rubbish })
  await city.move(id, 'file', city.as('dispatcher'))
  await city.move(id, 'dispatch', city.as('dispatcher'), { organisationId: unit('street'), note: '示例' })
  if (upTo === 'contacted') await city.move(id, 'contact', city.as('street_handler'))
  return id
}

async function asked(id: string, kind: RequestKind, more: object = {}, role = 'street_handler'): Promise<string> {
  const { version } = await detail(id)
  const reasons = { extension: 'materials', suspension: 'project', appeal: 'force_majeure', objection: 'not_our_duty' }
  const input = { kind, reasonCode: reasons[kind], note: '示例说明', expectedVersion: version, ...more }
  return (await commands.askFor(city.services, doing(city.as(role)), key(id), input)).id
}

async function decided(requestId: string, role: string, verdict: Verdict = 'approve', more: object = {}) {
  const found = await sql<{ version: number }>`select version from cases.request where id = ${requestId}`.execute(city.services.database.kysely)
  const input = { verdict, opinion: '同意', expectedVersion: found.rows[0]?.version ?? 0, asRule: false, ...more }
  return commands.decide(city.services, doing(city.as(role)), { districtCode: testDistrict, requestId }, input)
}

const clocksOf = async (id: string, kind: string) => (await detail(id)).milestones.filter((one) => one.kind === kind)

test('a return pauses the handling clock and gives the command centre fifteen minutes; the same unit goes on with what was left', async () => {
  const id = await held()
  const [before] = await clocksOf(id, 'dispose')
  after('2026-03-02T10:00:00')
  await city.move(id, 'giveBack', city.as('street_handler'), { reasonCode: 'wrong_place' })
  const returned = await detail(id)
  expect(returned).toMatchObject({ status: 'filed', disposeDueAt: null, clockDueAt: '2026-03-02T02:15:00.000Z' })
  const page = await listCases(city.services, city.as('dispatcher'), { view: 'triage', limit: 50 })
  expect(page.items.find((one) => one.id === id)?.clockDueAt).toBe('2026-03-02T02:15:00.000Z')

  after('2026-03-02T10:16:00')
  while ((await sweepDistrict(city.services, testDistrict)) > 0);
  const acts = await sql<{
    act: string
    kind: string
  }>`select act, milestone_kind kind from assignments.reminder where subject_id = ${id} order by at`.execute(city.services.database.kysely)
  expect(acts.rows.filter(({ kind }) => kind === 'dispatch').map(({ act }) => act)).toEqual(['remind', 'overdue'])
  expect((await countCases(city.services, city.as('dispatcher'), undefined)).overdue).toBeGreaterThan(0)

  after('2026-03-02T11:00:00')
  await city.move(id, 'dispatch', city.as('dispatcher'), { organisationId: unit('street'), note: '核对后仍在辖区内' })
  const again = await clocksOf(id, 'dispose')
  expect(again).toHaveLength(1)
  expect([before?.dueAt, again[0]?.dueAt]).toEqual(['2026-03-02T07:00:00.000Z', '2026-03-02T08:00:00.000Z'])
  expect(await clocksOf(id, 'dispatch')).toMatchObject([{ metAt: '2026-03-02T03:00:00.000Z', overdueAt: '2026-03-02T02:15:00.000Z' }])
})

test('another unit starts in full, and the clock of the one that returned it is neither met nor overdue', async () => {
  const id = await held('dispatched')
  after('2026-03-02T09:10:00')
  await city.move(id, 'giveBack', city.as('street_handler'), { reasonCode: 'wrong_place' })
  after('2026-03-02T09:20:00')
  await city.move(id, 'dispatch', city.as('dispatcher'), { organisationId: unit('sanitation'), note: '示例' })
  const clocks = await clocksOf(id, 'respond')
  expect(clocks.map(({ startsAt, pausedAt }) => [startsAt, pausedAt])).toEqual([
    ['2026-03-02T01:00:00.000Z', '2026-03-02T01:10:00.000Z'],
    ['2026-03-02T01:20:00.000Z', null],
  ])
  after('2026-03-20T09:00:00')
  while ((await sweepDistrict(city.services, testDistrict)) > 0);
  expect((await clocksOf(id, 'respond')).map(({ overdueAt }) => overdueAt !== null)).toEqual([false, true])
})

test('an extension needs two levels by two persons, adds one original limit, and may be granted twice', async () => {
  const id = await held()
  const [first] = await clocksOf(id, 'dispose')
  expect(first).toMatchObject({ limit: { value: 4, unit: 'work_hour' }, dueAt: '2026-03-02T07:00:00.000Z' })
  const requestId = await asked(id, 'extension')
  await expect(asked(id, 'extension')).rejects.toMatchObject({ code: 'cases.requestPending' })
  await expect(decided(requestId, 'street_handler')).rejects.toMatchObject({ code: 'cases.notYours' })
  expect(await requestCounts(city.services, city.as('dispatcher'))).toMatchObject({ waiting: 1 })
  await decided(requestId, 'dispatcher')
  expect((await clocksOf(id, 'dispose'))[0]?.dueAt).toBe(first?.dueAt)
  expect(await requestCounts(city.services, city.as('dispatcher'))).toMatchObject({ waiting: 0 })
  await expect(decided(requestId, 'dispatcher')).rejects.toMatchObject({ code: 'cases.notYours' })
  expect((await requestList(city.services, city.as('supervisor'), 'waiting', 10)).map((one) => one.id)).toContain(requestId)
  await decided(requestId, 'supervisor')
  const [longer] = await clocksOf(id, 'dispose')
  // Four working hours more: three until six in the evening, one the next morning.
  expect(longer).toMatchObject({ dueAt: '2026-03-03T01:00:00.000Z', extensions: 1 })

  const second = await asked(id, 'extension')
  await decided(second, 'supervisor')
  await expect(decided(second, 'supervisor')).rejects.toMatchObject({ code: 'cases.sameApprover' })
  await decided(second, 'leader')
  await expect(asked(id, 'extension')).rejects.toMatchObject({ code: 'cases.requestMost' })
  const shown = await caseRequests(city.services, city.as('street_handler'), key(id))
  expect(shown.items.map(({ state }) => state)).toEqual(['approved', 'approved'])
  expect(shown.items[0]?.levels.map(({ decision }) => decision?.who.zh)).toEqual(['示例dispatcher', '示例supervisor'])
})

test('a refused extension does not count and changes no clock, and a clock that ran out is not extended', async () => {
  const id = await held()
  const [before] = await clocksOf(id, 'dispose')
  const refusedOne = await asked(id, 'extension')
  await expect(decided(refusedOne, 'dispatcher', 'refuse', { opinion: ' ' })).rejects.toMatchObject({ code: 'cases.opinionMissing' })
  await decided(refusedOne, 'dispatcher', 'refuse', { opinion: '时限足够' })
  expect((await clocksOf(id, 'dispose'))[0]).toEqual(before)
  const late = await asked(id, 'extension')
  await decided(late, 'dispatcher')
  after('2026-03-20T09:00:00')
  await expect(decided(late, 'supervisor')).rejects.toMatchObject({ code: 'cases.clockRanOut' })
})

test('of two who decide the same level at the same moment one is told that somebody was first', async () => {
  const id = await held()
  const requestId = await asked(id, 'extension')
  const outcomes = await Promise.allSettled(['dispatcher', 'supervisor'].map((role) => decided(requestId, role, 'approve', { expectedVersion: 1 })))
  const lost = outcomes.filter((one) => one.status === 'rejected')
  expect(lost.map((one) => (one.reason as { code: string }).code)).toEqual(['cases.requestChanged'])
  const found = await sql<{
    approvals: number
    n: number
  }>`select approvals, (select count(*)::int from cases.request_decision d where d.request_id = r.id) n
    from cases.request r where id = ${requestId}`.execute(city.services.database.kysely)
  expect(found.rows).toEqual([{ approvals: 1, n: 1 }])
})

test('nobody decides his own request, whatever other post he holds', async () => {
  const id = await held()
  const both = { ...city.as('street_handler'), posts: [...city.as('street_handler').posts, ...city.as('dispatcher').posts] }
  const { version } = await detail(id)
  const input = { kind: 'extension', reasonCode: 'weather', note: '示例', expectedVersion: version } as const
  const { id: requestId } = await commands.askFor(city.services, doing(both), key(id), input)
  const verdict = { verdict: 'approve', opinion: '同意', expectedVersion: 1, asRule: false } as const
  await expect(commands.decide(city.services, doing(both), { districtCode: testDistrict, requestId }, verdict)).rejects.toMatchObject({
    code: 'cases.ownRequest',
  })
})

test('a suspension stops the clocks until its day, and they go on by themselves from that day with what was left', async () => {
  const id = await held()
  const [before] = await clocksOf(id, 'dispose')
  await expect(asked(id, 'suspension', { until: '2027-03-03' })).rejects.toMatchObject({ code: 'cases.termOutside', field: 'until' })
  const requestId = await asked(id, 'suspension', { until: '2026-03-09' as LocalDate })
  after('2026-03-02T09:30:00')
  await decided(requestId, 'supervisor')
  expect(await detail(id)).toMatchObject({ suspendedUntil: '2026-03-08T16:00:00.000Z', clockDueAt: null, disposeDueAt: null })
  await expect(asked(id, 'extension')).rejects.toMatchObject({ code: 'cases.alreadySuspended' })

  after('2026-03-08T23:59:59')
  expect(await commands.resumeSuspended(city.services, testDistrict)).toBe(0)
  while ((await sweepDistrict(city.services, testDistrict)) > 0);
  // The sweep comes late; the clocks went on at midnight all the same.
  after('2026-03-09T00:20:00')
  const rounds = await Promise.all([1, 2, 3].map(() => commands.resumeSuspended(city.services, testDistrict)))
  expect(rounds.reduce((sum, one) => sum + one)).toBe(1)
  const resumed = await detail(id)
  expect(resumed.suspendedUntil).toBeNull()
  const [later] = await clocksOf(id, 'dispose')
  expect(later).toMatchObject({ pausedAt: null, overdueAt: null })
  expect(later?.dueAt).toBe(resumed.disposeDueAt)
  expect((later?.dueAt ?? '') > (before?.dueAt ?? '')).toBe(true)
  expect(resumed.timeline.map(({ type }) => type)).toContain('case.resumed')
  await expect(asked(id, 'suspension', { until: '2026-03-20' })).rejects.toMatchObject({ code: 'cases.requestMost' })
})

test('whoever handles a suspended case ends the suspension with it', async () => {
  const id = await held()
  await decided(await asked(id, 'suspension', { until: '2026-04-01' }), 'supervisor')
  after('2026-03-10T09:00:00')
  expect(await city.move(id, 'handle', city.as('street_handler'), { note: '提前办完' })).toMatchObject({ suspendedUntil: null, status: 'handled' })
  expect((await clocksOf(id, 'dispose'))[0]).toMatchObject({ overdueAt: null, metAt: '2026-03-10T01:00:00.000Z' })
})

async function closedLate(): Promise<string> {
  after('2026-03-02T09:00:00')
  const id = await held()
  after('2026-03-20T09:00:00')
  await city.move(id, 'handle', city.as('street_handler'), { note: '已处理' })
  await city.move(id, 'check', city.as('inspector'))
  await city.move(id, 'close', city.as('dispatcher'))
  return id
}

test('an overtime appeal is made once after closing; success exempts the statistic and leaves the raw fact', async () => {
  const id = await closedLate()
  const requestId = await asked(id, 'appeal')
  await decided(requestId, 'dispatcher')
  expect((await caseRequests(city.services, city.as('dispatcher'), key(id))).exemptedAt).toBeNull()
  await decided(requestId, 'supervisor')
  const shown = await caseRequests(city.services, city.as('dispatcher'), key(id))
  expect(shown.exemptedAt).toBe('2026-03-20T01:00:00.000Z')
  expect((await clocksOf(id, 'dispose'))[0]?.overdueAt).not.toBeNull()
  await expect(asked(id, 'appeal')).rejects.toMatchObject({ code: 'cases.requestMost' })
  const other = await closedLate()
  await decided(await asked(other, 'appeal'), 'dispatcher', 'refuse', { opinion: '理由不足' })
  await expect(asked(other, 'appeal')).rejects.toMatchObject({ code: 'cases.requestTries' })
})

test('an objection leaves the case where it is until somebody else than the dispatcher adjudicates it with both opinions', async () => {
  const id = await held()
  await expect(city.move(id, 'giveBack', city.as('street_handler'), { reasonCode: 'not_our_duty' })).rejects.toMatchObject({
    code: 'cases.reasonMissing',
  })
  const [before] = await clocksOf(id, 'dispose')
  const requestId = await asked(id, 'objection', { organisationId: unit('sanitation') })
  expect((await clocksOf(id, 'dispose'))[0]).toEqual(before)
  // The unit proposed takes part until it is decided: it reads the case and answers once.
  const proposed = city.as('handler2')
  const [waiting] = (await requestList(city.services, proposed, 'waiting', 10)).filter((one) => one.id === requestId)
  expect(waiting).toMatchObject({ mayAnswer: true, mayDecide: false, note: '示例说明' })
  const opinion = { expectedVersion: 1, opinion: '该处属于街道管养' }
  await commands.answer(city.services, doing(proposed), { districtCode: testDistrict, requestId }, opinion)
  await expect(
    commands.answer(city.services, doing(proposed), { districtCode: testDistrict, requestId }, { ...opinion, expectedVersion: 2 }),
  ).rejects.toMatchObject({ code: 'cases.alreadyAnswered' })
  await expect(decided(requestId, 'dispatcher')).rejects.toMatchObject({ code: 'cases.ownDispatch' })
  const [seen] = (await requestList(city.services, city.as('supervisor'), 'waiting', 10)).filter((one) => one.id === requestId)
  expect(seen).toMatchObject({ mayDecide: true, counter: { opinion: '该处属于街道管养' } })
  expect(seen?.why?.zh).toContain('单位street')

  await decided(requestId, 'supervisor', 'approve', { opinion: '道路保洁由环卫负责', asRule: true })
  const moved = await detail(id)
  expect(moved).toMatchObject({ status: 'dispatched', holder: { zh: '部门sanitation' } })
  expect(moved.why?.text.zh).toContain('异议裁定')
  const states = await sql<{
    state: string
  }>`select state from assignments.assignment where subject_id = ${id} and purpose = 'handle' order by opened_at, id`.execute(
    city.services.database.kysely,
  )
  expect(states.rows.map(({ state }) => state)).toEqual(['relieved', 'open'])
  // The unit that objected has no more part in the case, and still reads what became of its objection.
  await expect(detail(id, 'street_handler')).rejects.toMatchObject({ code: 'cases.notFound' })
  const own = await requestList(city.services, city.as('street_handler'), 'asked', 50)
  expect(own.find((one) => one.id === requestId)).toMatchObject({ state: 'approved', mayOpen: false })
  // What was adjudicated binds: the unit named can neither return it nor object.
  await expect(city.move(id, 'giveBack', proposed, { reasonCode: 'wrong_place' })).rejects.toMatchObject({ code: 'cases.boundByAdjudication' })
  await expect(asked(id, 'objection', {}, 'handler2')).rejects.toMatchObject({ code: 'cases.boundByAdjudication' })
  expect((await caseDetail(city.services, proposed, key(id))).moves).toEqual(['contact'])
})

test('an adjudication is found the next time, and one that was marked as a rule decides the dispatch and says so', async () => {
  const { id } = await city.call({ text: rubbish })
  await city.move(id, 'file', city.as('dispatcher'))
  const found = await precedentsFor(city.services, city.as('dispatcher'), key(id))
  expect(found).toMatchObject([{ upheld: true, isRule: true, opinion: '道路保洁由环卫负责', responsible: { zh: '部门sanitation' } }])
  const requests = await loadRequestRules(city.services.database, city.services.rules().on)
  const before = city.services.rules
  const withPrecedents = { ...before(), requests }
  ;(city.services as { rules: typeof before }).rules = () => withPrecedents
  const sent = await city.move(id, 'dispatch', city.as('dispatcher'))
  expect(sent.leadOrganisationId).toBe(unit('sanitation'))
  expect(sent.why).toMatchObject({ rule: 'precedent', text: { zh: expect.stringContaining('按先例派遣') as string } })

  await commands.markPrecedent(city.services, doing(city.as('supervisor')), { districtCode: testDistrict, id: found[0]?.id ?? '' }, false)
  expect((await loadRequestRules(city.services.database, before().on)).precedents).toEqual([])
  ;(city.services as { rules: typeof before }).rules = before
})

test('a refused objection stays with the unit, which can neither object nor return it again', async () => {
  const id = await held('dispatched')
  const requestId = await asked(id, 'objection')
  await decided(requestId, 'supervisor', 'refuse', { opinion: '属地管理，由街道负责' })
  expect(await detail(id)).toMatchObject({ status: 'dispatched', holder: { zh: '单位street' } })
  await expect(asked(id, 'objection')).rejects.toMatchObject({ code: 'cases.requestTries' })
  await expect(city.move(id, 'giveBack', city.as('street_handler'), { reasonCode: 'wrong_place' })).rejects.toMatchObject({
    code: 'cases.boundByAdjudication',
  })
})

test('a unit that was proposed has no more part in a case that moved on before it was adjudicated', async () => {
  const id = await held()
  await asked(id, 'objection', { organisationId: unit('sanitation') })
  expect((await caseDetail(city.services, city.as('handler2'), key(id))).moves).toEqual([])
  await city.move(id, 'handle', city.as('street_handler'), { note: '已处理' })
  await expect(caseDetail(city.services, city.as('handler2'), key(id))).rejects.toMatchObject({ code: 'cases.notFound' })
})

test('a request whose case moved on has lapsed: nobody waits for it and nobody decides it', async () => {
  const id = await held()
  const requestId = await asked(id, 'extension')
  await city.move(id, 'handle', city.as('street_handler'), { note: '已处理' })
  expect((await caseRequests(city.services, city.as('dispatcher'), key(id))).items[0]).toMatchObject({ state: 'lapsed', mayDecide: false })
  expect((await requestList(city.services, city.as('dispatcher'), 'waiting', 100)).map((one) => one.id)).not.toContain(requestId)
  await expect(decided(requestId, 'dispatcher')).rejects.toMatchObject({ code: 'cases.requestLapsed' })
})

test('a repeated command asks once, and a withdrawn request may be made again', async () => {
  const id = await held()
  const { version } = await detail(id)
  const once = doing(city.as('street_handler'))
  const input = { kind: 'extension', reasonCode: 'weather', note: '示例', expectedVersion: version } as const
  const [first, second] = [await commands.askFor(city.services, once, key(id), input), await commands.askFor(city.services, once, key(id), input)]
  expect(second).toEqual(first)
  await commands.withdraw(city.services, doing(city.as('street_handler')), { districtCode: testDistrict, requestId: first.id }, 1)
  await expect(decided(first.id, 'dispatcher')).rejects.toMatchObject({ code: 'cases.requestEnded' })
  expect(await asked(id, 'extension')).not.toBe(first.id)
})
