import { afterAll, beforeAll, expect, test } from 'vitest'
import { sweepDistrict } from '#contexts/assignments/index.ts'
import type { Actor } from '#kernel/actor.ts'
import { newId } from '#kernel/id.ts'
import { sql } from '#platform/database/database.ts'
import { addHelper, answerCase, type CaseCommand } from '../joining/commands.ts'
import type { AnswerMoveName } from '../joining/lifecycle.ts'
import { moveCase } from '../contract.ts'
import { caseDetail, listCases, remindersOf } from '../questions.ts'
import { publicCase } from '../tracking/questions.ts'
import { testCity, testDistrict, type TestCity } from '../testing.ts'
import { moveWhistle, rateWhistle, startWhistle, type By, type WhistleInput } from './commands.ts'
import type { WhistleMoveName } from './lifecycle.ts'
import { listWhistles, oneWhistle, whistleRates, whistleSettings, whistleSuggestion } from './questions.ts'

let city: TestCity

beforeAll(async () => {
  city = await testCity()
})
afterAll(() => city.close())

const unit = (code: string): string => city.unit(code)
const street = (): Actor => city.as('street_handler')
/** Somebody of the sanitation department. */
const sanitation = (): Actor => city.as('handler2')
const by = (actor: Actor): By => ({ actor, commandId: newId(), requestId: 'test' })
const detail = (id: string, actor: Actor) => caseDetail(city.services, actor, { districtCode: testDistrict, id })
const command = async (id: string, actor: Actor): Promise<CaseCommand> => {
  const { version } = await detail(id, actor)
  return { ...by(actor), id, districtCode: testDistrict, expectedVersion: version }
}
const answer = async (id: string, actor: Actor, move: AnswerMoveName, more: { note?: string; reasonCode?: string } = {}): Promise<void> => {
  const { units } = await detail(id, actor)
  const own =
    units.find((one) => one.answers.includes(move)) ?? units.find((one) => actor.posts.some((post) => post.organisationId === one.organisationId))
  await answerCase(city.services, await command(id, actor), { assignmentId: own?.assignmentId ?? newId(), move, ...more })
}

/** A case that the street holds and works on. */
async function heldByStreet(): Promise<string> {
  const { id } = await city.call({ text: '小区门口的垃圾没人清理，一地都是' })
  await city.move(id, 'file', city.as('dispatcher'))
  await city.move(id, 'dispatch', city.as('dispatcher'), { organisationId: unit('street'), note: '属地牵头' })
  await city.move(id, 'contact', street())
  return id
}

async function inputFor(id: string, actor: Actor, change: Partial<WhistleInput> = {}): Promise<WhistleInput> {
  const { version } = await detail(id, actor)
  return {
    case: { districtCode: testDistrict, id, expectedVersion: version },
    kind: 'ordinary',
    tried: '已劝导三次',
    missing: '没有执法权',
    units: [
      { organisationId: unit('sanitation'), basis: '负责清运' },
      { organisationId: unit('roads'), basis: '负责路面' },
    ],
    ...change,
  }
}
const move = async (key: { districtCode: string; id: string }, actor: Actor, name: WhistleMoveName, note?: string): Promise<void> => {
  const { caseVersion } = await oneWhistle(city.services, actor, key)
  await moveWhistle(city.services, by(actor), key, { move: name, expectedVersion: caseVersion, note })
}

test('a street whistles two departments: each has clocks of its own, the late one is escalated, and the street rates both', async () => {
  const { clock } = city.services
  clock.set('2026-03-02T09:00:00+08:00')
  const id = await heldByStreet()
  const asked = by(street())
  const input = await inputFor(id, street())
  const key = await startWhistle(city.services, asked, input)
  // A repeat finds the same whistle.
  expect(await startWhistle(city.services, asked, input)).toEqual(key)
  const sounded = await oneWhistle(city.services, street(), key)
  expect(sounded).toMatchObject({ state: 'sounded', column: 'answering', late: false })
  expect(sounded.units.map(({ part }) => part?.milestones.map(({ kind, dueAt }) => `${kind} ${dueAt}`))).toEqual(
    [0, 1].map(() => ['sign 2026-03-02T02:00:00.000Z', 'respond 2026-03-03T01:00:00.000Z', 'arrive 2026-03-05T01:00:00.000Z']),
  )
  // The department finds it in what it helps with and not among its own, and sees that case and no other.
  expect((await listCases(city.services, sanitation(), { view: 'mine', limit: 50 })).items.map((one) => one.id)).not.toContain(id)
  const owed = await listCases(city.services, sanitation(), { view: 'helping', limit: 50 })
  expect(owed.items.map((one) => one.id)).toContain(id)

  clock.advance({ minutes: 20 })
  await answer(id, sanitation(), 'sign')
  await expect(answer(id, sanitation(), 'finish', { note: '人还没到' })).rejects.toMatchObject({ code: 'assignments.arriveFirst' })
  await answer(id, sanitation(), 'arrive')
  await answer(id, sanitation(), 'finish', { note: '垃圾已清运' })
  await expect(city.move(id, 'handle', street(), { note: '已恢复' })).rejects.toMatchObject({ code: 'cases.unitsAwaited' })

  clock.set('2026-03-02T11:00:00+08:00')
  while ((await sweepDistrict(city.services, testDistrict)) > 0);
  const told = await remindersOf(city.services, city.as('supervisor'), 100)
  expect(told.filter((one) => one.caseId === id).map(({ act, milestone }) => `${act} ${milestone}`)).toContain('escalate sign')
  const late = await listWhistles(city.services, street(), { late: true, limit: 50 })
  expect(late.items.map((one) => one.id)).toEqual([key.id])
  // Departments answer whistles and start none, whatever their posts allow.
  expect(late.mayStart).toBe(true)
  expect(await listWhistles(city.services, sanitation(), { limit: 50 })).toMatchObject({ mayStart: false })
  const after = await oneWhistle(city.services, street(), key)
  expect(after.units.map(({ part }) => [part?.state, part?.late])).toEqual([
    ['done', false],
    ['open', true],
  ])

  const { caseVersion } = after
  await expect(move(key, street(), 'close')).rejects.toMatchObject({ code: 'whistle.unrated' })
  await rateWhistle(city.services, by(street()), key, {
    organisationId: unit('sanitation'),
    score: 4,
    note: '来得快',
    expectedVersion: caseVersion,
  })
  const rate = async (organisationId: string, score: number, note: string): Promise<void> => {
    const { caseVersion: expectedVersion } = await oneWhistle(city.services, street(), key)
    await rateWhistle(city.services, by(street()), key, { organisationId, score, note, expectedVersion })
  }
  await rate(unit('sanitation'), 5, '来得快，办得好')
  await rate(unit('roads'), 1, '超时未签收')
  await move(key, street(), 'close')
  await expect(rate(unit('roads'), 2, '后来来了')).rejects.toMatchObject({ code: 'whistle.notOpen' })
  const closed = await oneWhistle(city.services, street(), key)
  expect(closed).toMatchObject({ state: 'closed', column: 'ended' })
  expect(closed.units.map(({ score, part }) => [score, part?.state, part?.late])).toEqual([
    [5, 'done', false],
    [1, 'cancelled', true],
  ])
  const { timeline } = await detail(id, street())
  expect(timeline.filter(({ type }) => type === 'whistle.unit_summoned').map(({ organisation }) => organisation?.zh)).toEqual([
    '部门sanitation',
    '部门roads',
  ])
})

test('whoever is not summoned sees nothing of it, and nobody but its unit answers', async () => {
  const id = await heldByStreet()
  const key = await startWhistle(
    city.services,
    by(street()),
    await inputFor(id, street(), { units: [{ organisationId: unit('roads'), basis: '负责路面' }] }),
  )
  await expect(detail(id, sanitation())).rejects.toMatchObject({ code: 'cases.notFound' })
  await expect(oneWhistle(city.services, sanitation(), key)).rejects.toMatchObject({ code: 'cases.notFound' })
  const { units } = await detail(id, street())
  const [part] = units
  await expect(
    answerCase(city.services, await command(id, street()), { assignmentId: part?.assignmentId ?? '', move: 'sign' }),
  ).rejects.toMatchObject({
    code: 'cases.notYours',
  })
  expect(part?.answers).toEqual(['drop'])
})

test('a hard whistle waits for a leader of the district; the street’s own leader does not let it sound', async () => {
  const id = await heldByStreet()
  const key = await startWhistle(city.services, by(street()), await inputFor(id, street(), { kind: 'hard' }))
  expect(await oneWhistle(city.services, street(), key)).toMatchObject({ state: 'waiting', column: 'asked', moves: ['callOff'] })
  expect((await detail(id, street())).units).toEqual([])
  const leader = city.as('leader')
  const ofDistrict: Actor = { ...leader, posts: leader.posts.map((post) => ({ ...post, areaCode: testDistrict })) }
  const ofStreet: Actor = { ...leader, posts: leader.posts.map((post) => ({ ...post, areaCode: '990101001' })) }
  await expect(move(key, ofStreet, 'approve')).rejects.toMatchObject({ code: 'cases.notYours' })
  await move(key, ofDistrict, 'approve')
  const sounded = await oneWhistle(city.services, street(), key)
  expect(sounded.state).toBe('sounded')
  expect(sounded.units[0]?.part?.milestones.map(({ kind }) => kind)).toEqual(['sign', 'respond', 'dispose'])
})

test('without a case one is opened, the street holds it, and it is dispatched in the same breath', async () => {
  const condition = city.services.rules().catalogue.matcher.match('小区门口的垃圾没人清理，一地都是')[0]
  const matter = { conditionId: condition?.conditionId ?? '', areaCode: '990101001001', text: '后巷积存垃圾，多次清理仍反复' }
  const { case: _, ...input } = await inputFor(await heldByStreet(), street())
  const key = await startWhistle(city.services, by(street()), { ...input, matter })
  const view = await oneWhistle(city.services, street(), key)
  expect(view).toMatchObject({ state: 'sounded', text: matter.text })
  expect(await detail(view.caseId, street())).toMatchObject({ status: 'dispatched', channel: 'department' })
  await expect(startWhistle(city.services, by(street()), { ...input, matter: { ...matter, areaCode: '990102001001' } })).rejects.toMatchObject({
    code: 'whistle.notHeld',
  })
})

test('a street may lead by its own will what it only assists with, and nobody else sends it down', async () => {
  const assisted = [...city.services.rules().catalogue.conditions.values()].find(({ duty }) => duty === 'assist')
  const conditionId = assisted?.id ?? ''
  const areaCode = '990101001001'
  expect(await whistleSuggestion(city.services, { areaCode, conditionId })).toMatchObject({ duty: 'assist' })
  const { case: _, ...input } = await inputFor(await heldByStreet(), street())
  const key = await startWhistle(city.services, by(street()), { ...input, matter: { conditionId, areaCode, text: '后巷油烟直排，多次反映' } })
  const { caseId } = await oneWhistle(city.services, street(), key)
  expect(await detail(caseId, street())).toMatchObject({ status: 'dispatched', holder: { zh: '单位street' } })

  const { id } = await city.call({ text: '小区门口的垃圾没人清理，一地都是' })
  const dispatcher = city.as('dispatcher')
  await city.move(id, 'file', dispatcher, { conditionId })
  await expect(city.move(id, 'dispatch', dispatcher, { organisationId: unit('street'), note: '属地牵头' })).rejects.toMatchObject({
    code: 'cases.notForGrassroots',
  })
  // The right is the whistle's alone: whoever moves a case cannot ask for it.
  expect('convenes' in moveCase.body.shape).toBe(false)
})

test('a whistle that is refused leaves no case behind: everything is one transaction', async () => {
  const count = async (): Promise<number> => {
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from cases.case`.execute(city.services.database.kysely)
    return rows[0]?.n ?? 0
  }
  const condition = city.services.rules().catalogue.matcher.match('小区门口的垃圾没人清理，一地都是')[0]
  const matter = { conditionId: condition?.conditionId ?? '', areaCode: '990101001001', text: '后巷积存垃圾' }
  const { case: _, ...input } = await inputFor(await heldByStreet(), street(), { units: [{ organisationId: unit('community'), basis: '属地' }] })
  const before = await count()
  await expect(startWhistle(city.services, by(street()), { ...input, matter })).rejects.toMatchObject({ code: 'whistle.unitNotSummoned' })
  expect(await count()).toBe(before)
})

test('only streets and communities whistle, only departments are summoned, and every ground must be named', async () => {
  const id = await heldByStreet()
  const attempt = async (actor: Actor, change: Partial<WhistleInput>) => startWhistle(city.services, by(actor), await inputFor(id, street(), change))
  await expect(attempt(city.as('dispatcher'), {})).rejects.toMatchObject({ code: 'whistle.notAStreet' })
  await expect(attempt(street(), { tried: ' ' })).rejects.toMatchObject({ code: 'whistle.triedMissing' })
  await expect(attempt(street(), { missing: '' })).rejects.toMatchObject({ code: 'whistle.missingMissing' })
  await expect(attempt(street(), { units: [] })).rejects.toMatchObject({ code: 'whistle.unitsMissing' })
  await expect(attempt(street(), { units: [{ organisationId: unit('community'), basis: '属地' }] })).rejects.toMatchObject({
    code: 'whistle.unitNotSummoned',
  })
  await expect(attempt(street(), { units: [{ organisationId: unit('roads'), basis: ' ' }] })).rejects.toMatchObject({ code: 'whistle.basisMissing' })
  await expect(attempt(street(), { kind: 'none' })).rejects.toMatchObject({ code: 'whistle.kindUnknown' })
  expect((await detail(id, street())).whistles).toEqual([])
})

test('a closed case leaves no unit awaited and no whistle open, and what was late stays late', async () => {
  const { clock } = city.services
  const id = await heldByStreet()
  const key = await startWhistle(city.services, by(street()), await inputFor(id, street(), { kind: 'emergency' }))
  clock.advance({ hours: 1 })
  await city.move(id, 'handle', street(), { note: '街道自行清理', reasonCode: 'no_answer' })
  await city.move(id, 'check', city.as('inspector'))
  await city.move(id, 'close', city.as('dispatcher'))
  const closed = await oneWhistle(city.services, street(), key)
  expect(closed.state).toBe('closed')
  expect(closed.units.map(({ part }) => part?.state)).toEqual(['cancelled', 'cancelled'])
  const { rows } = await sql<{
    n: number
  }>`select count(*)::int as n from cases.case where id = ${id} and cardinality(awaited_organisation_ids) > 0`.execute(city.services.database.kysely)
  expect(rows).toEqual([{ n: 0 }])
})

test('the first of several units to take a case leads, and the others help', async () => {
  const { id, trackingCode } = await city.call({ text: '小区门口的垃圾没人清理，一地都是' })
  await city.move(id, 'file', city.as('dispatcher'))
  const candidateIds = [unit('sanitation'), unit('roads')]
  await city.move(id, 'dispatch', city.as('dispatcher'), { candidateIds, othersThen: 'help', note: '谁先接谁牵头' })
  const asked = await detail(id, city.as('dispatcher'))
  expect(asked).toMatchObject({ status: 'dispatched', holder: null, overdue: false })
  expect(asked.respondDueAt).not.toBeNull()
  expect(asked.units.map(({ purpose }) => purpose)).toEqual(['candidate', 'candidate'])
  await city.move(id, 'contact', sanitation())
  const taken = await detail(id, city.as('dispatcher'))
  expect(taken).toMatchObject({ status: 'contacted', holder: { zh: '部门sanitation' } })
  expect(taken.units.map(({ purpose, organisation }) => [purpose, organisation?.zh])).toEqual([['help', '部门roads']])
  expect((await publicCase(city.services, city.services.secrets.hash(trackingCode))).others).toEqual([{ zh: '部门roads' }])
})

test('when every candidate says no the case goes back to the dispatcher', async () => {
  const { id } = await city.call({ text: '小区门口的垃圾没人清理，一地都是' })
  await city.move(id, 'file', city.as('dispatcher'))
  const candidateIds = [unit('sanitation'), unit('street')]
  await city.move(id, 'dispatch', city.as('dispatcher'), { candidateIds, othersThen: 'release', note: '谁先接谁牵头' })
  await answer(id, sanitation(), 'return', { reasonCode: 'not_our_duty' })
  expect(await detail(id, city.as('dispatcher'))).toMatchObject({ status: 'dispatched' })
  await answer(id, street(), 'return', { reasonCode: 'not_our_duty' })
  expect(await detail(id, city.as('dispatcher'))).toMatchObject({ status: 'filed', holder: null })
})

test('a helper has its own part: it answers, the lead says why he does not wait, and who helped does not check', async () => {
  const id = await heldByStreet()
  const dispatcher = city.as('dispatcher')
  await addHelper(city.services, await command(id, dispatcher), { organisationId: unit('sanitation'), note: '需要清运车' })
  await expect(addHelper(city.services, await command(id, dispatcher), { organisationId: unit('sanitation'), note: '再派' })).rejects.toMatchObject({
    code: 'cases.alreadyTakesPart',
  })
  expect((await listCases(city.services, sanitation(), { view: 'helping', limit: 50 })).items.map((one) => one.id)).toContain(id)
  await expect(city.move(id, 'handle', street(), { note: '已恢复' })).rejects.toMatchObject({ code: 'cases.unitsAwaited' })
  await answer(id, sanitation(), 'contact')
  await answer(id, sanitation(), 'finish', { note: '已派车清运' })
  const [helper] = (await detail(id, street())).units
  expect(helper).toMatchObject({ state: 'done', feedback: '已派车清运', late: false })
  await city.move(id, 'handle', street(), { note: '已恢复' })
  const { rows } = await sql<{ handledBy: string[] }>`select handled_by from cases.case where id = ${id}`.execute(city.services.database.kysely)
  expect(rows[0]?.handledBy).toEqual([`person:${sanitation().personId}`, `person:${street().personId}`])
})

test('help that is not needed any more is released; other help is still owed after the lead has finished', async () => {
  for (const [reasonCode, state] of [
    ['not_needed', 'cancelled'],
    ['goes_on_apart', 'open'],
  ] as const) {
    const id = await heldByStreet()
    await addHelper(city.services, await command(id, city.as('dispatcher')), { organisationId: unit('sanitation'), note: '需要清运车' })
    await city.move(id, 'handle', street(), { note: '已恢复', reasonCode })
    expect((await detail(id, street())).units.map((one) => one.state)).toEqual([state])
  }
})

test('words and kinds are data: the settings name them, and the timeline speaks them', async () => {
  const { words, kinds } = await whistleSettings(city.services)
  expect(words.word).toEqual({ zh: '吹哨', en: 'Whistle' })
  expect(kinds.map(({ code, needsApproval }) => [code, needsApproval])).toEqual([
    ['emergency', false],
    ['ordinary', false],
    ['hard', true],
  ])
})

test('a whistle rate is of the whole street, for whoever may read its figures', async () => {
  const { items } = await whistleRates(city.services, city.as('supervisor'))
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from cases.whistle where sounded_at is not null`.execute(
    city.services.database.kysely,
  )
  expect(items).toMatchObject([{ organisation: { id: unit('street') }, whistles: rows[0]?.n, band: 'none' }])
  expect((await whistleRates(city.services, sanitation())).items).toEqual([])
})

test('a repeated answer counts once', async () => {
  const id = await heldByStreet()
  await startWhistle(city.services, by(street()), await inputFor(id, street()))
  const { units } = await detail(id, sanitation())
  const own = units.find(({ answers }) => answers.includes('sign'))
  const once = await command(id, sanitation())
  await answerCase(city.services, once, { assignmentId: own?.assignmentId ?? '', move: 'sign' })
  await answerCase(city.services, once, { assignmentId: own?.assignmentId ?? '', move: 'sign' })
  const signed = (await detail(id, street())).timeline.filter(({ type }) => type === 'case.unit_signed')
  expect(signed.length).toBe(1)
})
