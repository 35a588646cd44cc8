import { afterAll, beforeAll, expect, test } from 'vitest'
import { sweepDistrict } from '#contexts/assignments/index.ts'
import { publicActor } from '#kernel/actor.ts'
import { newId } from '#kernel/id.ts'
import { inTransaction, sql } from '#platform/database/database.ts'
import { moveCases } from './moving/commands.ts'
import { caseDetail, countCases, listCases, remindersOf } from './questions.ts'
import { publicCase } from './tracking/questions.ts'
import { dispatchByRule } from './reactions.ts'
import { otherTestDistrict, testCity, testDistrict, type TestCity } from './testing.ts'
import { transferCase } from './transferring/commands.ts'

let city: TestCity

beforeAll(async () => {
  city = await testCity()
})
afterAll(() => city.close())

const rubbish = '小区门口的垃圾没人清理，一地都是'

/** What the outbox would do with a new call. */
async function byRule(id: string): Promise<void> {
  await inTransaction(city.services.database, (tx) =>
    dispatchByRule(tx as never, city.services, testDistrict, [
      {
        districtCode: testDistrict,
        id: newId(),
        eventId: newId(),
        eventType: 'case.reported',
        subjectId: id,
        recordedAt: city.services.clock.now(),
        attempts: 0,
      },
    ]),
  )
}

const detail = (id: string, role: string) => caseDetail(city.services, city.as(role), { districtCode: testDistrict, id })

test('a report is located, matched, dispatched by rule, answered, handled, checked by another, closed and rated', async () => {
  const { clock } = city.services
  clock.set('2026-03-02T09:00:00+08:00')
  const { id, number, trackingCode } = await city.call({ text: rubbish, callerName: '测试居民', callerPhone: '13800001234' })
  expect(number).toMatch(/^990101-20260302-\d{5}$/)
  await byRule(id)
  const sent = await detail(id, 'dispatcher')
  expect(sent).toMatchObject({ status: 'dispatched', triageReason: null, caller: { name: '测**', phone: '138****1234' } })
  expect(sent.areaCode).toBe('990101001001001')
  expect(sent.matchReasons.length).toBeGreaterThan(0)
  expect(sent.why?.text.zh).toContain(sent.holder?.zh)
  expect(sent.milestones.map(({ kind, startsAt, metAt }) => ({ kind, startsAt, metAt }))).toEqual([
    { kind: 'respond', startsAt: '2026-03-02T01:00:00.000Z', metAt: null },
    { kind: 'dispose', startsAt: '2026-03-02T01:00:00.000Z', metAt: null },
  ])

  const handler = city.as('street_handler')
  clock.advance({ minutes: 30 })
  await city.move(id, 'contact', handler, { note: '已电话联系' })
  clock.advance({ minutes: 60 })
  await city.move(id, 'handle', handler, { note: '垃圾已清运' })
  await city.move(id, 'check', city.as('inspector'))
  await city.move(id, 'close', city.as('dispatcher'))
  const closed = await detail(id, 'dispatcher')
  expect(closed.status).toBe('closed')
  expect(closed.steps.map(({ step }) => step)).toEqual(['collect', 'file', 'dispatch', 'handle', 'feedback', 'check', 'evaluate'])
  expect(closed.evaluation).toEqual({ respondOnTime: true, disposeOnTime: true, reworkCount: 0 })

  const hash = city.services.secrets.hash(trackingCode)
  const seen = await publicCase(city.services, hash)
  expect(seen).toMatchObject({ number, result: '垃圾已清运', mayRate: true })
  expect(JSON.stringify(seen)).not.toMatch(/示例street_handler|1380000/)
  const caller = { actor: publicActor, requestId: 'test', isCaller: true }
  const [rated] = await moveCases(city.services, testDistrict, [{ id, move: 'rate', score: 5, commandId: newId(), by: caller }])
  expect(rated).toMatchObject({ ok: true, record: { status: 'closed', rating: 5 } })
})

test('an unhappy answer reopens the case to the supervisor, who sees it and may dispatch it again', async () => {
  const { id } = await city.call({ text: rubbish })
  await byRule(id)
  await city.move(id, 'contact', city.as('street_handler'))
  await city.move(id, 'handle', city.as('street_handler'), { note: '已处理' })
  await city.move(id, 'check', city.as('inspector'))
  await city.move(id, 'close', city.as('dispatcher'))
  const caller = { actor: publicActor, requestId: 'test', isCaller: true }
  const [rated] = await moveCases(city.services, testDistrict, [{ id, move: 'rate', score: 1, note: '还在', commandId: newId(), by: caller }])
  expect(rated).toMatchObject({ ok: true, record: { status: 'reopened', reopenCount: 1, rating: 1 } })
  const supervisor = city.as('supervisor')
  const page = await listCases(city.services, supervisor, { view: 'reopened', limit: 10 })
  expect(page.items.map((item) => item.id)).toContain(id)
  expect((await detail(id, 'supervisor')).moves).toContain('dispatch')
  expect(await city.move(id, 'dispatch', supervisor)).toMatchObject({ status: 'dispatched' })
})

test('whoever handled it may not check it, whatever other post he holds', async () => {
  const { id } = await city.call({ text: rubbish })
  await byRule(id)
  const handler = city.as('street_handler')
  await city.move(id, 'contact', handler)
  await city.move(id, 'handle', handler, { note: '已处理' })
  const twoPosts = { ...handler, posts: [...handler.posts, ...city.as('inspector').posts] }
  await expect(city.move(id, 'check', twoPosts)).rejects.toMatchObject({ code: 'cases.ownWork' })
})

test('words that fit nothing, and a place that is unknown, wait for a person who says what and where', async () => {
  const vague = await city.call({ text: '我想问一下事情' })
  expect(await detail(vague.id, 'dispatcher')).toMatchObject({
    status: 'reported',
    triageReason: 'no_match',
    moves: ['correct', 'reject'].length ? expect.arrayContaining(['correct', 'reject']) : [],
  })
  await byRule(vague.id)
  expect((await detail(vague.id, 'dispatcher')).status).toBe('reported')
  await expect(city.move(vague.id, 'file', city.as('dispatcher'))).rejects.toMatchObject({ code: 'cases.matterMissing', field: 'conditionId' })

  const nowhere = await city.call({ text: rubbish, lng: undefined, lat: undefined })
  expect(await detail(nowhere.id, 'dispatcher')).toMatchObject({ triageReason: 'not_located', areaCode: testDistrict })
  await city.move(nowhere.id, 'correct', city.as('dispatcher'), { areaCode: '990101001001002' })
  await city.move(nowhere.id, 'file', city.as('dispatcher'))
  expect(await city.move(nowhere.id, 'dispatch', city.as('dispatcher'))).toMatchObject({ status: 'dispatched' })
})

test('a clock that runs out reminds, marks and escalates, each exactly once, and the raw fact stays', async () => {
  const { clock, database } = city.services
  clock.set('2026-03-03T09:00:00+08:00')
  const { id } = await city.call({ text: rubbish })
  await byRule(id)
  clock.set('2026-03-05T09:00:00+08:00')
  await Promise.all([1, 2, 3].map(() => sweepDistrict(city.services, testDistrict)))
  while ((await sweepDistrict(city.services, testDistrict)) > 0);
  const { rows } = await sql<{
    type: string
    count: number
  }>`select type, count(*)::int count from platform.event where subject_id = ${id} and type like 'assignment.%' group by type order by type`.execute(
    database.kysely,
  )
  expect(rows).toEqual([
    { type: 'assignment.escalated', count: 2 },
    { type: 'assignment.overdue', count: 2 },
    { type: 'assignment.reminded', count: 2 },
  ])
  await city.move(id, 'contact', city.as('street_handler'))
  await city.move(id, 'handle', city.as('street_handler'), { note: '已处理' })
  const late = await detail(id, 'dispatcher')
  expect(late.milestones.every((m) => m.metAt !== null && m.overdueAt === m.dueAt)).toBe(true)
  expect((await countCases(city.services, city.as('dispatcher'), undefined)).overdue).toBeGreaterThanOrEqual(0)
})

test('a repeated command does nothing twice and gets the same answer', async () => {
  const commandId = newId()
  const one = await city.call({ commandId, text: rubbish })
  const two = await city.call({ commandId, text: rubbish })
  expect(two).toEqual(one)
  const file = newId()
  await city.move(one.id, 'file', city.as('dispatcher'), { commandId: file })
  expect((await city.move(one.id, 'file', city.as('dispatcher'), { commandId: file })).version).toBe(2)
})

test('a person who saw an older version is told so and changes nothing', async () => {
  const { id } = await city.call({ text: rubbish })
  await city.move(id, 'file', city.as('dispatcher'))
  await expect(city.move(id, 'dispatch', city.as('dispatcher'), { expectedVersion: 1 })).rejects.toMatchObject({
    code: 'cases.versionConflict',
    params: { expected: 1, actual: 2 },
  })
})

test('what one person may not see does not exist for him, in the list, the detail and the moves alike', async () => {
  const { id } = await city.call({ text: rubbish })
  const stranger = city.as('handler2')
  expect((await listCases(city.services, stranger, { view: 'all', limit: 200 })).items.map((item) => item.id)).not.toContain(id)
  await expect(caseDetail(city.services, stranger, { districtCode: testDistrict, id })).rejects.toMatchObject({ code: 'cases.notFound' })
  await expect(city.move(id, 'file', stranger)).rejects.toMatchObject({ code: 'cases.notFound' })
})

test('pages of a view join without a gap or a repeat, and their length is the count', async () => {
  const dispatcher = city.as('dispatcher')
  const ids: string[] = []
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<typeof listCases>> = await listCases(city.services, dispatcher, {
      view: 'open',
      limit: 2,
      ...(cursor ? { cursor } : {}),
    })
    ids.push(...page.items.map((item) => item.id))
    cursor = page.cursor
  } while (cursor)
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids.length).toBe((await countCases(city.services, dispatcher, undefined)).open)
})

test('a call that lies in another district ends here and goes on there, linked, and the caller’s code follows', async () => {
  const { id, trackingCode } = await city.call({ text: rubbish, lng: undefined, lat: undefined, callerPhone: '13800001234' })
  const dispatcher = city.as('dispatcher')
  await expect(city.move(id, 'correct', dispatcher, { areaCode: '990102001001' })).rejects.toMatchObject({ code: 'cases.otherDistrict' })
  const commandId = newId()
  const input = { id, move: 'transfer', areaCode: '990102001001', commandId, by: { actor: dispatcher, requestId: 'test' } } as const
  expect(await transferCase(city.services, testDistrict, input)).toMatchObject({ ok: true, record: { status: 'transferred' } })
  expect(await transferCase(city.services, testDistrict, input)).toMatchObject({ ok: true, repeated: true })
  const found = await publicCase(city.services, city.services.secrets.hash(trackingCode))
  expect(found).toMatchObject({ districtCode: otherTestDistrict, status: 'reported', text: rubbish })
  expect(found.number).toMatch(/^990102-/)
  const { rows } = await sql<{
    originId: string
    n: number
  }>`select origin_id, count(*)::int n from cases.case where district_code = ${otherTestDistrict} group by origin_id`.execute(
    city.services.database.kysely,
  )
  expect(rows).toEqual([{ originId: id, n: 1 }])
  expect((await detail(id, 'dispatcher')).timeline.at(-1)).toMatchObject({ type: 'case.transferred', note: found.number })
})

test('a building says the grid where nothing else does, and must stand where the rest of the call says', async () => {
  const building = { code: '990101001001002001', name: { zh: '示例楼' } }
  const somewhere = { lng: undefined, lat: undefined, areaCode: '990101001001' }
  const { id } = await city.call({ text: rubbish, ...somewhere, building })
  expect(await detail(id, 'dispatcher')).toMatchObject({ areaCode: '990101001001002', gridCode: '990101001001002', building })
  // The point of a call lies in the first grid: across the path, but in the same community.
  const beside = await city.call({ text: rubbish, building })
  expect(await detail(beside.id, 'dispatcher')).toMatchObject({ gridCode: '990101001001001', building })
  await expect(city.call({ text: rubbish, ...somewhere, building: { ...building, code: '990101001002001001' } })).rejects.toMatchObject({
    code: 'cases.buildingElsewhere',
    field: 'buildingCode',
  })
  await expect(city.call({ text: rubbish, building: { ...building, code: '990102001001001001' } })).rejects.toMatchObject({
    code: 'cases.buildingElsewhere',
  })
  // A corrected place elsewhere takes the building with it.
  const corrected = await city.move(id, 'correct', city.as('dispatcher'), { areaCode: '990101001001003', note: '位置更正' })
  expect(corrected.building).toBeNull()
})

test('a matter that nobody is sure of is a guess to whoever works on the case, and is not told to the caller', async () => {
  const { id, trackingCode } = await city.call({ text: '有问题，麻烦来看看垃圾' })
  await sql`update cases.case set confidence = 0.1, triage_reason = 'low_confidence' where id = ${id}`.execute(city.services.database.kysely)
  const told = async () => (await publicCase(city.services, city.services.secrets.hash(trackingCode))).matter
  const before = await detail(id, 'dispatcher')
  expect(before.matter).not.toBeNull()
  expect(before.guess).toBe(true)
  expect(await told()).toBeNull()
  // One press files nothing that nobody has read: the matter is named, be it the same.
  await expect(city.move(id, 'file', city.as('dispatcher'))).rejects.toMatchObject({ code: 'cases.matterUnconfirmed' })
  await city.move(id, 'file', city.as('dispatcher'), { conditionId: before.conditionId ?? '' })
  expect((await detail(id, 'dispatcher')).guess).toBe(false)
  expect(await told()).toEqual(before.matter)
})

test('the bell tells of clocks that run: one that ran out is told once, and one that was met no more', async () => {
  const { clock } = city.services
  const { id } = await city.call({ text: rubbish })
  await city.move(id, 'file', city.as('dispatcher'))
  await city.move(id, 'dispatch', city.as('dispatcher'))
  const rings = async () => (await remindersOf(city.services, city.as('street_handler'), 100)).filter(({ caseId }) => caseId === id)
  clock.advance({ days: 30 })
  while ((await sweepDistrict(city.services, testDistrict)) > 0);
  expect((await rings()).map(({ milestone, act }) => `${milestone} ${act}`).toSorted()).toEqual(['dispose overdue', 'respond overdue'])
  await city.move(id, 'contact', city.as('street_handler'))
  expect((await rings()).map(({ milestone, act }) => `${milestone} ${act}`)).toEqual(['dispose overdue'])
  await city.move(id, 'handle', city.as('street_handler'), { note: '已清运' })
  expect(await rings()).toEqual([])
})
