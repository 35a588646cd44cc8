import { afterAll, beforeAll, expect, test } from 'vitest'
import { publicActor } from '#kernel/actor.ts'
import { newId } from '#kernel/id.ts'
import { sql } from '#platform/database/database.ts'
import { statusNames } from '../lifecycle.ts'
import { moveCases } from '../moving/commands.ts'
import { caseDetail, countCases, listCases } from '../questions.ts'
import { splitCase } from '../splitting/commands.ts'
import { testCity, testDistrict, type TestCity } from '../testing.ts'
import { publicCase, publicCaseOf } from '../tracking/questions.ts'
import { transferCase } from '../transferring/commands.ts'
import { duplicatesOfCase, duplicatesOfReport } from './questions.ts'

let city: TestCity

beforeAll(async () => {
  city = await testCity()
})
afterAll(() => city.close())

const rubbish = '小区门口的垃圾没人清理，一地都是'
const again = '我们小区门口一地垃圾，好几天没人清理了'
const detail = (id: string, role: string) => caseDetail(city.services, city.as(role), { districtCode: testDistrict, id })
const track = (code: string) => publicCase(city.services, city.services.secrets.hash(code))
const alike = async (id: string, role = 'dispatcher') => duplicatesOfCase(city.services, city.as(role), { districtCode: testDistrict, id })

async function dispatched(id: string) {
  await city.move(id, 'file', city.as('dispatcher'))
  return city.move(id, 'dispatch', city.as('dispatcher'))
}

async function finished(id: string, result = '垃圾已清运') {
  await city.move(id, 'contact', city.as('street_handler'))
  await city.move(id, 'handle', city.as('street_handler'), { note: result })
  await city.move(id, 'check', city.as('inspector'))
  return city.move(id, 'close', city.as('dispatcher'))
}

async function rate(id: string, score: number) {
  const by = { actor: publicActor, requestId: 'test', isCaller: true }
  const [outcome] = await moveCases(city.services, testDistrict, [{ id, move: 'rate', score, commandId: newId(), by }])
  if (!outcome?.ok) throw outcome?.refusal ?? new Error('no outcome')
  return outcome.record
}

const codeOf = (code: string) => expect.objectContaining({ code: `cases.${code}` })

test('a call about the same is proposed with its reasons, to the dispatcher and while reporting; nothing is merged by itself', async () => {
  const first = await city.call({ text: rubbish, lng: 121.4905, lat: 31.2305 })
  const second = await city.call({ text: again, lng: 121.4907, lat: 31.2306 })
  await city.call({ text: '路灯不亮，晚上看不清路', lng: 121.4905, lat: 31.2305 })
  await city.call({ text: rubbish, lng: 121.4955, lat: 31.2315 })
  const found = await alike(second.id)
  expect(found.map(({ number }) => number)).toContain(first.number)
  const [likeliest] = found
  expect(likeliest?.metres).toBeGreaterThan(5)
  expect(likeliest?.metres).toBeLessThan(40)
  expect(likeliest?.reasons.map(({ zh }) => zh).join()).toMatch(/相距 \d+ 米.*同一事项.*文字相近 \d+%.*一天之内/)
  expect(found.every(({ text }) => text.includes('垃圾'))).toBe(true)
  expect((await detail(second.id, 'dispatcher')).status).toBe('reported')
  const writing = await duplicatesOfReport(city.services, city.as('dispatcher'), { text: again, lng: 121.4906, lat: 31.2305 })
  expect(writing.map(({ number }) => number)).toEqual(expect.arrayContaining([first.number, second.number]))
})

test('whoever may not read the other case is not told of it', async () => {
  const first = await city.call({ text: rubbish, lng: 121.4935, lat: 31.2305 })
  const second = await city.call({ text: rubbish, lng: 121.4935, lat: 31.2305 })
  await city.move(second.id, 'file', city.as('dispatcher'))
  await city.move(second.id, 'dispatch', city.as('dispatcher'), { organisationId: city.as('handler').posts[0]?.organisationId, note: '示例' })
  expect((await alike(second.id)).map(({ id }) => id)).toContain(first.id)
  expect((await alike(second.id, 'handler')).map(({ id }) => id)).not.toContain(first.id)
  await expect(alike(first.id, 'handler')).rejects.toEqual(codeOf('notFound'))
})

test('a repeated call of one telephone is proposed wherever it says it is', async () => {
  const phone = { callerPhone: '13800001234', lng: undefined, lat: undefined, areaCode: testDistrict }
  const first = await city.call({ ...phone, text: '公厕很臭没人打扫' })
  const second = await city.call({ ...phone, text: '公共厕所脏得进不去' })
  const found = await alike(second.id)
  expect(found.map(({ id, reasons }) => [id, reasons[0]?.zh])).toContainEqual([first.id, '同一反映人'])
})

test('a merged call ends, asks nobody, is never overdue, and its caller follows, gets and rates the answer of the main case', async () => {
  city.services.clock.set('2026-03-02T09:00:00+08:00')
  const main = await city.call({ text: rubbish })
  const other = await city.call({ text: again })
  await dispatched(main.id)
  const before = await dispatched(other.id)
  expect(before.clockDueAt).not.toBeNull()
  const merged = await city.move(other.id, 'merge', city.as('dispatcher'), { mainId: main.id, note: '同一处垃圾' })
  expect(merged).toMatchObject({ status: 'merged', mergedInto: main.id, clockDueAt: null, awaitedOrganisationIds: [], assignmentId: null })

  // Austin's fault (cityofaustin/atd-data-tech#1611): duplicates stayed open and ran overdue.
  city.services.clock.advance({ days: 30 })
  for (const view of ['open', 'overdue', 'soon', 'triage'] as const) {
    const { items } = await listCases(city.services, city.as('dispatcher'), { view, limit: 200 })
    expect(
      items.map(({ id }) => id),
      view,
    ).not.toContain(other.id)
  }
  const { rows } = await sql<{
    n: number
  }>`select count(*)::int as n from assignments.timer t join assignments.milestone m on m.district_code = t.district_code and m.id = t.milestone_id
    where m.subject_id = ${other.id} and t.acted_at is null and t.cancelled_at is null`.execute(city.services.database.kysely)
  expect(rows[0]?.n).toBe(0)
  city.services.clock.set('2026-03-02T10:00:00+08:00')

  const sheet = await detail(main.id, 'dispatcher')
  expect(sheet).toMatchObject({ callers: 2, merged: [{ number: other.number }] })
  expect(sheet.timeline.map(({ type }) => type)).toContain('case.joined')
  expect((await detail(other.id, 'dispatcher')).main).toMatchObject({ number: main.number })
  expect(await track(other.trackingCode)).toMatchObject({ number: other.number, mainNumber: main.number, status: 'dispatched', mayRate: false })
  await expect(rate(other.id, 5)).rejects.toEqual(codeOf('notAnswered'))

  await finished(main.id)
  expect(await track(other.trackingCode)).toMatchObject({ status: 'closed', result: '垃圾已清运', mayRate: true, rating: null })
  expect(JSON.stringify(await track(other.trackingCode))).not.toContain('同一处垃圾')
  await rate(other.id, 5)
  expect(await track(other.trackingCode)).toMatchObject({ rating: 5, mayRate: false })
  expect(await track(main.trackingCode)).toMatchObject({ rating: null, mayRate: true })
  await expect(rate(other.id, 5)).rejects.toEqual(codeOf('alreadyRated'))
})

test('an unhappy answer of any caller reopens the main case, once', async () => {
  const main = await city.call({ text: rubbish })
  const [one, two] = [await city.call({ text: again }), await city.call({ text: again })]
  await dispatched(main.id)
  for (const { id } of [one, two]) await city.move(id, 'merge', city.as('dispatcher'), { mainId: main.id })
  await finished(main.id)
  await rate(one.id, 1)
  expect(await detail(main.id, 'dispatcher')).toMatchObject({ status: 'reopened', reopenCount: 1 })
  expect((await detail(one.id, 'dispatcher')).status).toBe('merged')
  await expect(rate(two.id, 1)).rejects.toEqual(codeOf('notAnswered'))
  await city.move(main.id, 'dispatch', city.as('dispatcher'))
  await finished(main.id, '已再次清运')
  await rate(two.id, 2)
  expect(await detail(main.id, 'dispatcher')).toMatchObject({ status: 'reopened', reopenCount: 2 })
})

test('merging makes no chains: what was merged into a case goes with it', async () => {
  const [a, b, c] = [await city.call({ text: rubbish }), await city.call({ text: again }), await city.call({ text: again })]
  const dispatcher = city.as('dispatcher')
  await city.move(c.id, 'merge', dispatcher, { mainId: b.id })
  await expect(city.move(a.id, 'merge', dispatcher, { mainId: c.id })).rejects.toEqual(codeOf('mainEnded'))
  await city.move(b.id, 'merge', dispatcher, { mainId: a.id })
  expect((await detail(c.id, 'dispatcher')).main?.number).toBe(a.number)
  expect(await detail(a.id, 'dispatcher')).toMatchObject({ callers: 3 })
  expect(await detail(b.id, 'dispatcher')).toMatchObject({ callers: 1 })
})

test('a case is not merged into itself, into one that has ended, into one of elsewhere, or by somebody who does not dispatch', async () => {
  const [a, b] = [await city.call({ text: rubbish }), await city.call({ text: again })]
  const dispatcher = city.as('dispatcher')
  const merge = (mainId: string, actor = dispatcher) => city.move(b.id, 'merge', actor, { mainId })
  await expect(merge(b.id)).rejects.toEqual(codeOf('mainUnknown'))
  await expect(merge(newId())).rejects.toEqual(codeOf('mainUnknown'))
  await expect(merge(a.id, city.as('inspector'))).rejects.toEqual(codeOf('notYours'))
  await city.move(a.id, 'reject', dispatcher, { reasonCode: 'not_our_matter' })
  await expect(merge(a.id)).rejects.toEqual(codeOf('mainEnded'))
})

test('a merge can be undone until the main case is handled; then its result is everybody’s answer', async () => {
  const [a, b] = [await city.call({ text: rubbish }), await city.call({ text: again })]
  const dispatcher = city.as('dispatcher')
  await dispatched(a.id)
  await city.move(b.id, 'merge', dispatcher, { mainId: a.id })
  expect((await detail(b.id, 'dispatcher')).moves).toContain('unmerge')
  const back = await city.move(b.id, 'unmerge', dispatcher)
  expect(back).toMatchObject({ status: 'reported', mergedInto: null, steps: ['collect'] })
  expect(await detail(a.id, 'dispatcher')).toMatchObject({ callers: 1, merged: [] })
  await city.move(b.id, 'merge', dispatcher, { mainId: a.id })
  await finished(a.id)
  await expect(city.move(b.id, 'unmerge', dispatcher)).rejects.toEqual(codeOf('mainHandled'))
  expect((await detail(b.id, 'dispatcher')).moves).not.toContain('unmerge')
})

test('a case that answers for others cannot be withdrawn, moved away or split from under them', async () => {
  const [a, b] = [await city.call({ text: rubbish }), await city.call({ text: again })]
  await city.move(b.id, 'merge', city.as('dispatcher'), { mainId: a.id })
  const by = { actor: publicActor, requestId: 'test', isCaller: true }
  const [withdrawn] = await moveCases(city.services, testDistrict, [{ id: a.id, move: 'withdraw', commandId: newId(), by }])
  expect(withdrawn).toMatchObject({ ok: false, refusal: { code: 'cases.othersMerged' } })
  expect((await track(a.trackingCode)).mayWithdraw).toBe(false)
  await expect(city.move(a.id, 'transfer', city.as('dispatcher'), { areaCode: '990102001001' })).rejects.toEqual(codeOf('othersMerged'))
})

test('the figures count a merged call once, with its main case', async () => {
  const counted = async (): Promise<string[]> => {
    const { rows } = await sql<{ id: string }>`select id from cases.case_result`.execute(city.services.database.kysely)
    return rows.map((row) => row.id)
  }
  const main = await city.call({ text: rubbish })
  const other = await city.call({ text: again })
  await dispatched(other.id)
  expect(await counted()).toEqual(expect.arrayContaining([main.id, other.id]))
  await city.move(other.id, 'merge', city.as('dispatcher'), { mainId: main.id })
  expect(await counted()).toContain(main.id)
  expect(await counted()).not.toContain(other.id)
})

test('a call of several matters becomes cases of their own; its caller sees each of them, and that all are done', async () => {
  city.services.clock.set('2026-03-02T09:00:00+08:00')
  const call = await city.call({ text: '小区门口垃圾没人清理，路灯也不亮', callerPhone: '13800009999' })
  const dispatcher = city.as('dispatcher')
  const commandId = newId()
  const split = (parts: { text: string; areaCode?: string }[], id = commandId) =>
    splitCase(city.services, testDistrict, { id: call.id, move: 'split', parts, commandId: id, by: { actor: dispatcher, requestId: 'test' } })
  expect(await split([{ text: rubbish }], newId())).toMatchObject({ ok: false, refusal: { code: 'cases.partsCount' } })
  expect(await split([{ text: rubbish }, { text: '路' }], newId())).toMatchObject({ ok: false, refusal: { code: 'cases.partText' } })
  expect(await split([{ text: rubbish }, { text: rubbish, areaCode: '990102001001' }], newId())).toMatchObject({
    ok: false,
    refusal: { code: 'cases.otherDistrict' },
  })
  const parts = [{ text: rubbish }, { text: '路灯不亮，晚上很黑', areaCode: '990101001001002' }]
  expect(await split(parts)).toMatchObject({ ok: true, record: { status: 'split' } })
  await split(parts)

  const sheet = await detail(call.id, 'dispatcher')
  expect(sheet.parts.map(({ text }) => text)).toEqual(parts.map(({ text }) => text))
  expect(sheet.partsDone).toBe(false)
  const [first, second] = await Promise.all(sheet.parts.map(({ id }) => detail(id, 'dispatcher')))
  expect(first).toMatchObject({ parent: { number: call.number }, areaCode: '990101001001001', caller: { phone: '138****9999' } })
  expect(second).toMatchObject({ areaCode: '990101001001002' })
  expect(await track(call.trackingCode)).toMatchObject({
    status: 'split',
    partsDone: false,
    parts: [{ number: first?.number }, { number: second?.number }],
  })

  const byNumber = await publicCaseOf(city.services, { districtCode: testDistrict, caseId: call.id, byCode: false })
  expect(byNumber.parts.map(({ text }) => text)).toEqual(['', ''])

  await dispatched(first?.id ?? '')
  await finished(first?.id ?? '')
  await city.move(second?.id ?? '', 'reject', dispatcher, { reasonCode: 'not_our_matter' })
  expect(await track(call.trackingCode)).toMatchObject({ partsDone: true, parts: [{ result: '垃圾已清运' }, {}] })
  expect((await detail(call.id, 'dispatcher')).partsDone).toBe(true)
})

test('a part that turns out to lie in another district goes there, and the call stays where it is', async () => {
  const call = await city.call({ text: '两件事：垃圾和路灯' })
  const by = { actor: city.as('dispatcher'), requestId: 'test' }
  await splitCase(city.services, testDistrict, {
    id: call.id,
    move: 'split',
    parts: [{ text: rubbish }, { text: '路灯不亮' }],
    commandId: newId(),
    by,
  })
  const [part] = (await detail(call.id, 'dispatcher')).parts
  const moved = await transferCase(city.services, testDistrict, {
    id: part?.id ?? '',
    move: 'transfer',
    areaCode: '990102001001',
    commandId: newId(),
    by,
  })
  expect(moved).toMatchObject({ ok: true, record: { status: 'transferred', parentId: call.id } })
  const { rows } = await sql`select parent_id, text from cases.case where district_code = '990102' and origin_id = ${part?.id}`.execute(
    city.services.database.kysely,
  )
  expect(rows).toEqual([{ parentId: null, text: rubbish }])
})

test('words of danger put a call on top of the triage queue, with whom to dial first; a dispatcher hands it over and says who took it', async () => {
  const dispatcher = city.as('dispatcher')
  await city.call({ text: '不知道找谁' })
  const call = await city.call({ text: '三楼楼道煤气泄漏，味道很大' })
  expect(call.advice).toMatchObject({ service: '119' })
  const { items } = await listCases(city.services, dispatcher, { view: 'triage', limit: 5 })
  expect(items[0]).toMatchObject({ id: call.id, triageReason: 'danger' })
  expect((await detail(call.id, 'dispatcher')).triageNote?.zh).toBe('文中有“煤气泄漏”：先拨 119（消防救援）')
  await expect(city.move(call.id, 'handOver', dispatcher, { reasonCode: '114', note: '席位 3' })).rejects.toEqual(codeOf('reasonMissing'))
  await expect(city.move(call.id, 'handOver', dispatcher, { reasonCode: '119' })).rejects.toEqual(codeOf('takenByMissing'))
  await city.move(call.id, 'handOver', dispatcher, { reasonCode: '119', note: '席位 3，工号 0712' })
  const after = await detail(call.id, 'dispatcher')
  expect(after).toMatchObject({ status: 'handed_over', handOver: { service: '119', at: city.services.clock.now(), takenBy: '席位 3，工号 0712' } })
  expect(await track(call.trackingCode)).toMatchObject({ status: 'handed_over', handedTo: { zh: '消防救援 119' } })
  expect(JSON.stringify(await track(call.trackingCode))).not.toContain('0712')
})

test('triage pages on from its urgent calls without losing or repeating one', async () => {
  for (const text of ['有人持刀', '着火了', '随便说说', '再说一句']) await city.call({ text })
  const dispatcher = city.as('dispatcher')
  const seen: string[] = []
  let cursor: string | undefined
  do {
    const page = await listCases(city.services, dispatcher, { view: 'triage', limit: 3, cursor })
    seen.push(...page.items.map(({ id }) => id))
    cursor = page.cursor ?? undefined
  } while (cursor)
  expect(new Set(seen).size).toBe(seen.length)
  expect(seen).toHaveLength((await countCases(city.services, dispatcher, undefined)).triage)
  const all = await listCases(city.services, dispatcher, { view: 'triage', limit: 200 })
  const dangers = all.items.map(({ triageReason }) => triageReason === 'danger')
  expect(dangers).toEqual(dangers.toSorted((a, b) => Number(b) - Number(a)))
})

test('merged, split and handed-over cases have ended', () => {
  for (const status of ['merged', 'split', 'handed_over'] as const) expect(statusNames[status].open).toBe(false)
})
