import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aPerson, aPost } from '#contexts/people/testing.ts'
import { systemActor, type Actor } from '#kernel/actor.ts'
import { addDays, instantAt, localDate, movableClock, systemClock, type Instant, type LocalDate } from '#kernel/clock.ts'
import { sql } from '#platform/database/database.ts'
import { moveCases, type CaseMoveInput } from '#contexts/cases/index.ts'
import { drawSample, publishDraw, recordCallBack } from '#contexts/cases/testing.ts'
import type { DistrictCode } from '#kernel/codes.ts'
import { newId } from '#kernel/id.ts'
import { preparedDatabase, testDataHome, type TestDatabase } from '#platform/database/testing.ts'
import { silentLogger } from '#platform/logger.ts'
import { compose, type World } from '#processes/compose.ts'
import { loadDemonstrationCity } from '#seed/load.ts'
import { figureCases, figuresOf, type FigureScope } from './index.ts'
import { indicatorKeys, type IndicatorKey } from './indicators.ts'

/** A second computation over the rows themselves, without the published views and without SQL that counts. */
interface CaseRow {
  id: string
  districtCode: string
  areaCode: string
  leadOrganisationId: string | null
  organisationIds: string[]
  status: string
  closedAt: Instant | null
  disposeDueAt: Instant | null
  exemptedAt: Instant | null
  rating: number | null
  mergedInto: string | null
}
interface ClockRow {
  assignmentId: string
  subjectId: string
  kind: string
  dueAt: Instant | null
  metAt: Instant | null
  cancelledAt: Instant | null
  pausedAt: Instant | null
  extensions: number
}
interface DispatchRow {
  id: string
  subjectId: string
  purpose: string
  organisationId: string
  state: string
  round: number
  openedAt: Instant
  endedAt: Instant | null
  why: { rule: string }
}
interface CallBackRow {
  caseId: string
  organisationId: string | null
  outcome: string | null
  recordedAt: Instant | null
}
interface RatedRow {
  subjectId: string
  happenedAt: Instant
}

const zone = 'Asia/Shanghai'
const now = systemClock.now()
const today = localDate(now, zone)
let db: TestDatabase
let world: World
let cases: CaseRow[]
let clocks: Map<string, ClockRow[]>
let dispatches: Map<string, DispatchRow[]>
let rated: Map<string, RatedRow[]>
let callBacks: Map<string, CallBackRow[]>

beforeAll(async () => {
  process.env['HUYING_KEY'] = '42'.repeat(32)
  db = await preparedDatabase('demonstration', (url) => loadDemonstrationCity(url, { cases: 600, filesAt: join(testDataHome(), 'files') }))
  world = await compose({ database: db.database, clock: movableClock(now), logger: silentLogger, key: new Uint8Array(32).fill(7) })
  await climbAndCallBack(world)
  const { kysely } = db.database
  await markSome()
  cases = (await sql<CaseRow>`select * from cases.case`.execute(kysely)).rows
  const bySubject = <R extends { subjectId: string }>(rows: R[]): Map<string, R[]> => Map.groupBy(rows, ({ subjectId }) => subjectId)
  // A unit that helped has clocks of its own; figures ask those of the lead.
  const led =
    await sql<ClockRow>`select m.* from assignments.milestone m join assignments.assignment a on a.id = m.assignment_id and a.purpose = 'handle'`.execute(
      kysely,
    )
  clocks = bySubject(led.rows)
  dispatches = bySubject((await sql<DispatchRow>`select * from assignments.assignment`.execute(kysely)).rows)
  rated = bySubject((await sql<RatedRow>`select subject_id, happened_at from platform.event where type = 'case.rated'`.execute(kysely)).rows)
  callBacks = Map.groupBy((await sql<CallBackRow>`select * from cases.call_back`.execute(kysely)).rows, ({ caseId }) => caseId)
}, 180_000)
afterAll(() => db.close())

/** The demonstration city asks for little, so some marks of requests are laid by hand: extended and paused clocks, exempted cases, adjudicated dispatches. */
async function markSome(): Promise<void> {
  const { kysely } = db.database
  const some = (table: string, condition: string, n: number) =>
    sql`select id from ${sql.raw(table)} where ${sql.raw(condition)} order by md5(id::text) limit ${n}`
  await sql`update assignments.milestone set extensions = 1 where id in (${some('assignments.milestone', "kind = 'dispose'", 60)})`.execute(kysely)
  await sql`update assignments.milestone set paused_at = due_at - interval '1 hour'
    where id in (${some('assignments.milestone', 'met_at is null and cancelled_at is null and paused_at is null', 10)})`.execute(kysely)
  await sql`update cases.case set exempted_at = closed_at where id in (${some('cases.case', 'closed_at > dispose_due_at', 10)})`.execute(kysely)
  await sql`update assignments.assignment set state = 'relieved' where id in (${some('assignments.assignment', "purpose = 'handle' and state = 'done'", 25)})`.execute(
    kysely,
  )
}

/** The demonstration's own three weeks, and besides: calls up, some of them bounced, and a sample of callers called back. */
async function climbAndCallBack({ cases: services, rules }: World): Promise<void> {
  const by = { actor: systemActor('test'), requestId: 'test' }
  const { rows } = await sql<{ id: string; districtCode: DistrictCode }>`select c.id, c.district_code from cases.case c
    join people.organisation o on o.id = c.lead_organisation_id
    where c.status in ('dispatched', 'contacted') and o.kind in ('community', 'street_office') order by c.number`.execute(db.database.kysely)
  for (const [districtCode, some] of Map.groupBy(rows, (row) => row.districtCode)) {
    const move = (id: string, name: CaseMoveInput['move'], reasonCode: string): CaseMoveInput => ({
      id,
      move: name,
      reasonCode,
      note: '试过',
      commandId: newId(),
      by,
    })
    await moveCases(
      services,
      districtCode,
      some.slice(0, 12).map(({ id }) => move(id, 'callUp', 'beyond_means')),
    )
    await moveCases(
      services,
      districtCode,
      some.slice(0, 4).map(({ id }) => move(id, 'sendDown', 'not_tried')),
    )
    await moveCases(
      services,
      districtCode,
      some.slice(4, 8).flatMap(({ id }) => [move(id, 'contact', ''), move(id, 'handle', '')]),
    )
    const post = [...rules().directory.posts.values()].find(({ role, areaCode }) => role === 'supervisor' && areaCode === districtCode)
    if (!post) throw new Error(`nobody supervises ${districtCode}`)
    const actor: Actor = { kind: 'person', personId: post.personId, name: post.personName, posts: [post] }
    const doing = () => ({ ...services, actor, commandId: newId(), requestId: 'test' })
    const key = await publishDraw(doing(), services, { areaCode: districtCode, from: addDays(today, -20), to: today })
    await drawSample(doing(), services, key)
    const { rows: drawn } = await sql<{ caseId: string }>`select case_id from cases.call_back where draw_id = ${key.id}`.execute(db.database.kysely)
    const outcomes = ['solved', 'not_solved', 'not_happy', 'not_reached'] as const
    for (const [index, { caseId }] of drawn.entries())
      await recordCallBack(doing(), services, key, { caseId, outcome: outcomes[index % 4] ?? 'solved' })
  }
}

const earlier = (...moments: (Instant | null)[]): Instant | null => moments.filter((moment) => moment !== null).toSorted()[0] ?? null

type Verdict = boolean | null
type Within = (moment: Instant | null | undefined) => boolean

/** True, false, or null where the case is not in the denominator. `unit`: only what this one did. */
function judge(one: CaseRow, since: Instant, until: Instant, unit?: string): Record<IndicatorKey, Verdict> {
  const within: Within = (moment) => !!moment && moment >= since && moment < until && moment <= now
  const satisfied = ratedWell(one, within, unit)
  // What was merged or split counts with the case that answers for it; only what its caller said is his own.
  if (one.mergedInto !== null || one.status === 'split') return { ...nothing, satisfied }
  const dispose = asking(one, 'dispose', within, unit)
  const leads = unit === undefined || one.leadOrganisationId === unit
  return {
    respond_ontime: onTime(asking(one, 'respond', within, unit)),
    dispose_ontime: onTime(dispose),
    ...handling(dispose, until),
    ...(leads ? closing(one, within) : { close_ontime: null, rework: null }),
    extension: dispose.length === 0 ? null : dispose.some(({ extensions }) => extensions > 0),
    first_dispatch: firstDispatch(one, within, unit),
    satisfied,
    bounced: bounced(one, within, unit),
    call_back: calledBack(one, within, unit),
  }
}

const nothing = Object.fromEntries(indicatorKeys.map((key) => [key, null])) as Record<IndicatorKey, Verdict>

const mainOf = (one: CaseRow): CaseRow => cases.find(({ id }) => id === one.mergedInto) ?? one

function ratedWell(one: CaseRow, within: Within, unit?: string): Verdict {
  const answers = unit === undefined || mainOf(one).leadOrganisationId === unit
  return answers && one.rating !== null && within(rated.get(one.id)?.at(-1)?.happenedAt) ? one.rating > 3 : null
}

const assignmentsOf = (one: CaseRow, unit?: string): DispatchRow[] =>
  (dispatches.get(one.id) ?? []).filter(({ organisationId }) => unit === undefined || organisationId === unit)

function bounced(one: CaseRow, within: Within, unit?: string): Verdict {
  const ended = assignmentsOf(one, unit).filter(
    ({ why, state, endedAt }) => why.rule === 'called_up' && !['cancelled', 'relieved'].includes(state) && within(endedAt),
  )
  return ended.length === 0 ? null : ended.some(({ state }) => state === 'returned')
}

function calledBack(one: CaseRow, within: Within, unit?: string): Verdict {
  const said = (callBacks.get(one.id) ?? []).filter(({ organisationId }) => unit === undefined || organisationId === unit)
  const reached = said.filter(({ outcome, recordedAt }) => outcome !== null && outcome !== 'not_reached' && within(recordedAt))
  return reached.length === 0 ? null : reached.every(({ outcome }) => outcome === 'solved')
}

function asking(one: CaseRow, kind: string, within: Within, unit?: string): ClockRow[] {
  const own = new Set(assignmentsOf(one, unit).map(({ id }) => id))
  const ofKind = (clocks.get(one.id) ?? []).filter((clock) => clock.kind === kind && clock.dueAt !== null && own.has(clock.assignmentId))
  const reached = ofKind.filter(({ cancelledAt, pausedAt, dueAt }) =>
    [cancelledAt, pausedAt].every((end) => end === null || dueAt === null || end >= dueAt),
  )
  return reached.filter(({ dueAt, metAt }) => within(earlier(dueAt, metAt)))
}

function onTime(some: readonly ClockRow[]): Verdict {
  return some.length === 0 ? null : some.every(({ metAt, dueAt }) => metAt !== null && dueAt !== null && metAt <= dueAt)
}

function handling(dispose: readonly ClockRow[], until: Instant): { waiting_overdue: Verdict; handled: Verdict } {
  if (dispose.length === 0) return { waiting_overdue: null, handled: null }
  const before = (moment: Instant | null): boolean => moment !== null && moment < until
  const waits = dispose.some(({ metAt, cancelledAt }) => !before(metAt) && !before(cancelledAt))
  return { waiting_overdue: waits, handled: !waits && dispose.some(({ metAt }) => before(metAt)) }
}

function closing(one: CaseRow, within: Within): { close_ontime: Verdict; rework: Verdict } {
  const { status, closedAt, disposeDueAt } = one
  const isOut = ['rejected', 'withdrawn', 'transferred'].includes(status) || disposeDueAt === null
  if (isOut || !within(earlier(closedAt, disposeDueAt))) return { close_ontime: null, rework: null }
  return {
    close_ontime: closedAt !== null && closedAt <= disposeDueAt,
    rework: assignmentsOf(one, one.leadOrganisationId ?? '').some(({ round }) => round > 1),
  }
}

function firstDispatch(one: CaseRow, within: Within, unit?: string): Verdict {
  const first = dispatches
    .get(one.id)
    ?.filter(({ purpose }) => purpose === 'handle')
    .toSorted((a, b) => (`${a.openedAt}${a.id}` < `${b.openedAt}${b.id}` ? -1 : 1))[0]
  if (
    !first ||
    (unit !== undefined && first.organisationId !== unit) ||
    !within(first.openedAt) ||
    first.state === 'open' ||
    first.state === 'cancelled'
  )
    return null
  return first.state !== 'relieved'
}

// The figures of timeliness; the others count an exempted case as any other.
const exempting = new Set<IndicatorKey>(['respond_ontime', 'dispose_ontime', 'close_ontime', 'waiting_overdue'])

function secondCount(scope: { from: LocalDate; to: LocalDate; areaCode?: string | undefined }, isVisible: (one: CaseRow) => boolean, unit?: string) {
  const since = instantAt(scope.from, 0, zone)
  const until = instantAt(addDays(scope.to, 1), 0, zone)
  const judged = cases
    .filter((one) => isVisible(mainOf(one)) && mainOf(one).areaCode.startsWith(scope.areaCode ?? ''))
    .map((one) => ({ verdict: judge(one, since, until, unit), isExempt: one.exemptedAt !== null }))
  return indicatorKeys.map((key) => {
    const due = judged.filter(({ verdict }) => verdict[key] !== null)
    const counted = due.filter(({ isExempt }) => !(isExempt && exempting.has(key)))
    const [some, of] = [counted.filter(({ verdict }) => verdict[key]).length, counted.length]
    return { key, numerator: some, denominator: of, value: of === 0 ? null : some / of, exempted: due.length - of }
  })
}

async function counted(actor: Actor, scope: FigureScope) {
  const { figures } = await figuresOf(world.figures, actor, scope)
  return figures.map(({ key, numerator, denominator, value, exempted }) => ({ key, numerator, denominator, value, exempted }))
}

const period = fc
  .tuple(fc.nat({ max: 100 }), fc.nat({ max: 60 }))
  .map(([ago, days]) => ({ from: addDays(today, -ago - days), to: addDays(today, 7 - ago) }))
const area = fc.constantFrom(undefined, '9901', '990101', '990102', '990101001', '990101001001', '990102002', '880101')

test('the figures of the demonstration city agree with a second computation, in any period and area', async () => {
  await fc.assert(
    fc.asyncProperty(period, area, async (days, areaCode) => {
      const expected = secondCount({ ...days, areaCode }, () => true)
      expect(await counted(systemActor('test'), { ...days, areaCode })).toEqual(expected)
    }),
    { numRuns: 60 },
  )
})

test('the comparison is not of nothing with nothing: every figure has cases on both sides, and appeals left some out', async () => {
  const figures = await counted(systemActor('test'), { from: addDays(today, -200), to: today })
  for (const { key, numerator, denominator } of figures) {
    expect(numerator, key).toBeGreaterThan(0)
    expect(denominator, key).toBeGreaterThan(numerator)
  }
  expect(figures.find(({ key }) => key === 'dispose_ontime')?.exempted).toBeGreaterThan(0)
  expect(figures.find(({ key }) => key === 'handled')?.exempted).toBe(0)
})

test('each clock says for which unit it runs and whether that unit leads, as its assignment does', async () => {
  const { rows } = await sql<{ all: number; other: number }>`select count(*)::int as all,
      (count(*) filter (where m.organisation_id <> a.organisation_id or m.leads <> (a.subject_kind = 'case' and a.purpose = 'handle')))::int as other
    from assignments.milestone m join assignments.assignment a on a.district_code = m.district_code and a.id = m.assignment_id`.execute(
    db.database.kysely,
  )
  expect(rows[0]?.all).toBeGreaterThan(500)
  expect(rows[0]?.other).toBe(0)
})

test('with 延期率 recorded the composite is whole', async () => {
  const { figures, composites } = await figuresOf(world.figures, systemActor('test'), {})
  const value = (key: IndicatorKey): number => figures.find((figure) => figure.key === key)?.value ?? Number.NaN
  const expected =
    30 * value('handled') +
    20 * value('dispose_ontime') +
    20 * (1 - value('rework')) +
    20 * (1 - value('waiting_overdue')) +
    10 * (1 - value('extension'))
  const [composite] = composites
  expect(composite).toMatchObject({ outOf: 100, missing: [] })
  expect(composite?.score).toBeCloseTo(expected, 9)
})

test('where nothing was due every figure is without data', async () => {
  const { figures, composites } = await figuresOf(world.figures, systemActor('test'), { from: '2019-01-01', to: '2019-12-31' })
  expect(figures.map(({ denominator, value }) => [denominator, value])).toEqual(figures.map(() => [0, null]))
  expect(composites[0]).toMatchObject({ score: null, outOf: 0 })
})

test('each list is as long as its number says, page by page, and both parts together are the denominator', async () => {
  const scope = { from: addDays(today, -60), to: today }
  const figures = await counted(systemActor('test'), scope)
  for (const { key, numerator, denominator, exempted } of figures) {
    const listed = { numerator: await all(key, 'numerator', scope), rest: await all(key, 'rest', scope) }
    expect((await all(key, 'exempted', scope)).length, key).toBe(exempted)
    expect(listed.numerator.length, key).toBe(numerator)
    expect(new Set([...listed.numerator, ...listed.rest]).size, key).toBe(denominator)
  }
})

async function all(key: IndicatorKey, part: 'numerator' | 'rest' | 'exempted', scope: FigureScope): Promise<string[]> {
  const ids: string[] = []
  let cursor: string | undefined
  do {
    const page = await figureCases(world.figures, systemActor('test'), key, { ...scope, part, cursor, limit: 120 })
    ids.push(...page.items.map(({ id }) => id))
    expect(page.total).toBeGreaterThanOrEqual(ids.length)
    cursor = page.cursor ?? undefined
  } while (cursor !== undefined)
  return ids
}

test('a reader counts the cases that he may see: a department its own, a leader those of his area, an administrator none', async () => {
  const scope = { from: addDays(today, -60), to: today }
  const [holder] = [...Map.groupBy(cases, (one) => one.leadOrganisationId ?? '')]
    .toSorted(([, a], [, b]) => b.length - a.length)
    .filter(([id]) => id !== '')
  const climbed = [...dispatches.values()].flat().filter(({ state, why }) => state === 'called_up' || why.rule === 'called_up')
  for (const organisationId of new Set([holder?.[0] ?? '', ...climbed.map((one) => one.organisationId)])) {
    const handler = aPerson(aPost({ role: 'handler', organisationId, areaCode: '990101' }))
    const own = secondCount(scope, (one) => one.organisationIds.includes(organisationId), organisationId)
    expect(own.some(({ denominator }) => denominator > 0)).toBe(true)
    expect(await counted(handler, scope)).toEqual(own)
  }
  const leader = aPerson(aPost({ role: 'leader', areaCode: '990101001' }))
  expect(await counted(leader, scope)).toEqual(secondCount(scope, (one) => one.areaCode.startsWith('990101001')))
  const nobody = await counted(aPerson(aPost({ role: 'system_admin', areaCode: '' })), scope)
  expect(nobody.every(({ denominator }) => denominator === 0)).toBe(true)
})
