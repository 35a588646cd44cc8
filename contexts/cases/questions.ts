import { assignmentsOf, countNaming, countRunning, remindersFor, type Assignment, type AssignmentsTables } from '#contexts/assignments/index.ts'
import type { Actor } from '#kernel/actor.ts'
import type { Instant } from '#kernel/clock.ts'
import { districtOf, type DistrictCode } from '#kernel/codes.ts'
import { packCursor, unpackCursor, type Page } from '#kernel/page.ts'
import { inTransaction, sql, type Tx } from '#platform/database/database.ts'
import { historyOf } from '#platform/history.ts'
import type { CaseServices } from './commands.ts'
import { factsFor } from './moving/commands.ts'
import { caseViews, type CaseDetail, type CaseSummary, type CaseView, type MilestoneView } from './contract.ts'
import { movesOpenTo } from './decide.ts'
import { ladderOf } from './escalating/view.ts'
import { eventOfMove } from './events.ts'
import { answerFacts } from './joining/commands.ts'
import { eventOfAnswer } from './joining/events.ts'
import { isWaitingCandidate } from './joining/first-taker.ts'
import { isBesideLead, milestoneView, unitView } from './joining/view.ts'
import { movesFrom, type CaseMoveName } from './lifecycle.ts'
import { readBox, type Lacking } from './mapping/filter.ts'
import { tiesOf, tiesView, type Ties } from './merging/questions.ts'
import { actorKey, subjectOf, type CaseRecord } from './record.ts'
import { lastDispatchIn } from './recalling/last-dispatch.ts'
import { refuse } from './refusals.ts'
import type { Rules } from './rules.ts'
import {
  channelDefaults,
  countHeldBy,
  countViews,
  findCaller,
  findCase,
  idOfNumber,
  newestCases,
  notesOf,
  numbersOf,
  pageOfCases,
  stepsOf,
  urgencyOf,
  viewPredicate,
  type CallerRow,
  type CasesTables,
  type CasesTx,
  type QueueFilter,
  type StepRow,
} from './store.ts'
import { timelineOf, whoseKey } from './timeline.ts'
import { maskedCaller, summaryOf } from './view.ts'
import { readKinds, whistlesOf } from './whistling/store.ts'
import { summonsObjections } from './requesting/store.ts'
import { mayApprove, mayWhistle } from './whistling/summons.ts'
import { kindOfWhistle, whistleFacts, whistleView } from './whistling/view.ts'
import type { Whistle } from './whistling/whistle.ts'

export type ReadTx = Tx<CasesTables & AssignmentsTables>

/** What list and map may be narrowed by. */
export interface Narrowing {
  readonly view: CaseView
  readonly areaCode?: string | undefined
  readonly status?: string | undefined
  readonly q?: string | undefined
  /** `west,south,east,north` */
  readonly box?: string | undefined
  readonly lacking?: Lacking | undefined
  readonly channel?: string | undefined
  readonly tier?: string | undefined
  readonly unitId?: string | undefined
  /** By which right; `case.count` where nothing but numbers comes of it. */
  readonly right?: 'case.read' | 'case.count' | undefined
}

/** Filters of a list; the policy's predicate is added here and cannot be left out. */
export interface ListInput extends Narrowing {
  readonly cursor?: string | undefined
  readonly limit: number
  /** A right that must hold for a row besides reading it. */
  readonly alsoNeeds?: string | undefined
}

export function viewOf(view: CaseView, actor: Actor, rules: Rules, now: Instant) {
  return viewPredicate(view, now, {
    organisationIds: actor.posts.map((post) => post.organisationId),
    postIds: actor.posts.map((post) => post.id),
    mayCheck: rules.policy.visible(actor, 'case.check', 'case', 'c'),
    mayHandle: rules.policy.visible(actor, 'case.handle', 'case', 'c'),
    actorKey: actorKey(actor),
  })
}

/** The store's filter of what somebody asked: the policy's predicate is in it. */
export function filterOf({ view, box, right = 'case.read', ...narrow }: Narrowing, actor: Actor, rules: Rules, now: Instant): QueueFilter {
  const { areaCode, status, q, channel, tier, unitId, lacking } = narrow
  const mayRead = rules.policy.visible(actor, right, 'case', 'c')
  return { mayRead, view: viewOf(view, actor, rules, now), areaCode, status, q, channel, tier, unitId, box: readBox(box), lacking }
}

/** A page of cases that the actor may see. */
export async function listCases(services: CaseServices, actor: Actor, input: ListInput): Promise<Page<CaseSummary>> {
  const rules = services.rules()
  const now = services.clock.now()
  const listed = filterOf(input, actor, rules, now)
  const mayAlso = input.alsoNeeds === undefined ? undefined : rules.policy.visible(actor, input.alsoNeeds, 'case', 'c')
  const filter = { ...listed, mayAlso }
  const after = input.cursor === undefined ? undefined : (unpackCursor(input.cursor)?.map(String) as [string, string, string] | undefined)
  const newest = input.view === 'all'
  const rows = await inTransaction(services.database, (tx: ReadTx) =>
    newest ? newestCases(tx, filter, after && [after[1], after[2]], input.limit + 1) : pageOfCases(tx, filter, after, input.limit + 1),
  )
  const page = rows.slice(0, input.limit)
  const last = page.at(-1)
  return {
    items: page.map((record) => summaryOf(record, rules, now, mayWork(record, actor, rules))),
    cursor: rows.length > input.limit && last ? packCursor([urgencyOf(last), last.reportedAt, last.id]) : null,
  }
}

/** How many cases each of the views holds for this actor; all of them unless some are named. */
export async function countCases<V extends CaseView = CaseView>(
  services: CaseServices,
  actor: Actor,
  areaCode: string | undefined,
  asked: readonly V[] = caseViews as readonly CaseView[] as readonly V[],
  right: 'case.read' | 'case.count' = 'case.read',
): Promise<Record<V, number>> {
  const rules = services.rules()
  const now = services.clock.now()
  const views = Object.fromEntries(asked.map((view) => [view, viewOf(view, actor, rules, now)]))
  const mayRead = rules.policy.visible(actor, right, 'case', 'c')
  return inTransaction(services.database, async (tx: ReadTx) => (await countViews(tx, mayRead, areaCode, views)) as Record<V, number>)
}

/** True when the actor has work to do here that needs the exact place. */
export function mayWork(record: CaseRecord, actor: Actor, rules: Rules): boolean {
  return (['case.handle', 'case.check', 'case.dispatch'] as const).some((permission) => rules.policy.may(actor, permission, subjectOf(record)))
}

/** Loads a case that the actor may see; anything else does not exist for him. */
export async function visibleCase(tx: ReadTx, actor: Actor, rules: Rules, key: { districtCode: string; id: string }): Promise<CaseRecord> {
  const record = await findCase(tx, key.districtCode, key.id)
  if (!record || !rules.policy.may(actor, 'case.read', subjectOf(record))) throw refuse.notFound()
  return record
}

/** One case with everything that this actor may read and do. */
export function caseDetail(services: CaseServices, actor: Actor, key: { districtCode: string; id: string }): Promise<CaseDetail> {
  return detailOf(services, actor, key, (tx, rules) => visibleCase(tx, actor, rules, key))
}

/** The same for somebody who has just moved the case: a unit that gave it back sees what became of it, though it is no longer its own. */
export function movedCase(services: CaseServices, actor: Actor, key: { districtCode: string; id: string }): Promise<CaseDetail> {
  return detailOf(services, actor, key, async (tx) => {
    const record = await findCase(tx, key.districtCode, key.id)
    if (!record) throw refuse.notFound()
    return record
  })
}

async function detailOf(
  services: CaseServices,
  actor: Actor,
  key: { districtCode: string; id: string },
  load: (tx: ReadTx, rules: Rules) => Promise<CaseRecord>,
): Promise<CaseDetail> {
  const rules = services.rules()
  const now = services.clock.now()
  return inTransaction(services.database, async (tx: ReadTx) => {
    const record = await load(tx, rules)
    const [assignments, events, notes, steps, caller, ties, whistles, objections, kinds] = await Promise.all([
      assignmentsOf(tx, key.districtCode, key.id),
      historyOf(tx, key.districtCode, key.id),
      notesOf(tx, key.districtCode, key.id),
      stepsOf(tx, key.districtCode, key.id),
      callerOf(tx, record),
      tiesOf(tx, record),
      whistlesOf(tx, key.districtCode, key.id),
      summonsObjections(tx as never, key.districtCode, [key.id]),
      readKinds(tx),
    ])
    const noteByEvent = new Map(notes.map((note) => [`${note.commandId}:${eventOfNote(note.move)}`, note.text]))
    const facts = answerFacts(actor, record, rules, now)
    const sightFacts = (whistle: Whistle) => whistleFacts(facts, kindOfWhistle(kinds, whistle), mayApprove(actor, record, rules), rules)
    const timeline = timelineOf(events, noteByEvent, rules)
    return {
      ...summaryOf(record, rules, now, mayWork(record, actor, rules)),
      ...factsOf(record),
      steps: presentSteps(record, steps).map((step) => ({
        step: step.step as CaseRecord['steps'][number],
        at: step.at,
        who: whoseKey(step.actorKey, step.postId, rules.directory),
      })),
      milestones: milestonesOf(assignments),
      units: assignments.filter(isBesideLead).map((one) => unitView(one, { assignments, notes, directory: rules.directory, facts })),
      whistles: whistles.map((whistle) => whistleView({ whistle, record, assignments, notes, objections, facts: sightFacts(whistle) }, rules)),
      mayWhistle: mayWhistle(record, actor, rules),
      timeline,
      ladder: ladderOf(record, timeline, rules),
      words: rules.catalogue.words,
      caller: maskedOf(caller, services),
      ...tiesView(ties, actor, rules),
      handOver: record.handOver && { ...record.handOver, takenBy: notes.findLast((note) => note.move === 'handOver')?.text ?? null },
      moves: movesOpenTo(record, movesFrom(record.status), {
        ...factsFor({ by: { actor, requestId: '' } }, record, rules, now, knownBy(ties)),
        lastDispatch: lastDispatchIn(events),
      }),
    }
  })
}

/** The event beside which a note stands: a move of the case, or an answer of one unit. */
function eventOfNote(move: string): string | undefined {
  const answer = move.startsWith('unit.') ? move.slice('unit.'.length) : undefined
  if (answer === 'add') return 'case.unit_added'
  if (move === 'urge') return 'case.urged'
  if (move === 'escalate') return 'case.escalated'
  return answer === undefined ? eventOfMove[move as CaseMoveName] : eventOfAnswer[answer as keyof typeof eventOfAnswer]
}

const knownBy = ({ main, merged }: Ties): Map<string, CaseRecord> => new Map([...(main ? [main] : []), ...merged].map((other) => [other.id, other]))

/** A part of a split call has the caller of the call. */
const callerOf = (tx: ReadTx, { districtCode, id, parentId }: CaseRecord): Promise<CallerRow | undefined> =>
  findCaller(tx, districtCode, parentId ?? id)

/** The steps of the present round: what was done before a reopening or a failed check is in the timeline, and is to be done again. */
function presentSteps(record: CaseRecord, steps: readonly StepRow[]): StepRow[] {
  const last = new Map(steps.map((step) => [step.step, step]))
  return [...last.values()]
    .filter(({ step }) => (record.steps as readonly string[]).includes(step))
    .toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
}

function factsOf(record: CaseRecord) {
  return {
    lng: record.lng,
    lat: record.lat,
    gridCode: record.gridCode,
    unitGridCode: record.unitGridCode,
    building: record.building,
    confidence: record.confidence,
    matchReasons: [...record.matchReasons],
    why: record.why,
    triageNote: record.triageNote,
    result: record.result,
    rating: record.rating,
    evaluation: record.evaluation,
    flags: [...record.flags],
    placeReason: record.placeReason && { words: [...record.placeReason.words], clear: record.placeReason.clear },
  }
}

/** Clocks of the units that led the case, and of whoever sends on what was given back; while several are asked, those of one of them, which are those of all. */
function milestonesOf(assignments: readonly Assignment[]): MilestoneView[] {
  const asked = assignments.filter(isWaitingCandidate).slice(0, 1)
  const leads = assignments.filter(({ purpose }) => purpose === 'handle' || purpose === 'redispatch')
  return [...leads, ...asked].flatMap(({ milestones }) => milestones.map(milestoneView))
}

function clearOf(row: CallerRow | undefined, services: CaseServices): { name: string | null; phone: string | null } {
  const open = (box: string | null | undefined): string | null => (box ? services.secrets.decrypt(box) : null)
  return { name: open(row?.nameBox), phone: open(row?.phoneBox) }
}

const maskedOf = (row: CallerRow | undefined, services: CaseServices) => maskedCaller(clearOf(row, services))

/** The caller in clear, for somebody whose work on this case is open. The look itself is recorded by the caller of this function in the same transaction. */
export async function callerInClear(tx: ReadTx, services: CaseServices, record: CaseRecord): Promise<{ name: string | null; phone: string | null }> {
  return clearOf(await callerOf(tx, record), services)
}

/** Reminders addressed to the actor's units and roles, newest first, of cases that he may see. */
export async function remindersOf(services: CaseServices, actor: Actor, limit: number) {
  const { districts, policy } = services.rules()
  const covered = districts.filter((code) =>
    actor.posts.some((post) => post.areaCode === '' || post.areaCode.startsWith(code) || code.startsWith(post.areaCode)),
  )
  return inTransaction(services.database, async (tx: ReadTx) => {
    const found = await remindersFor(tx, {
      districtCodes: covered,
      organisationIds: actor.posts.map((post) => post.organisationId),
      roles: actor.posts.map((post) => ({ role: post.role, areaCode: districtOf(post.areaCode) ?? post.areaCode })),
      // A case that went on to another unit takes its reminders out of sight, so more are read than shown.
      limit: limit * 2,
    })
    const keys = found.map((reminder) => ({ districtCode: reminder.districtCode, id: reminder.subjectId }))
    const numbers = await numbersOf(tx, keys, policy.visible(actor, 'case.read', 'case', 'c'))
    return found
      .filter((reminder) => numbers.has(reminder.subjectId))
      .slice(0, limit)
      .map(({ id, districtCode, subjectId, act, milestoneKind, at }) => ({
        id,
        districtCode,
        caseId: subjectId,
        number: numbers.get(subjectId) ?? '',
        act,
        milestone: milestoneKind,
        at,
      }))
  })
}

/** District per channel for calls that cannot be located. */
export async function loadChannelDefaults(database: CaseServices['database']): Promise<ReadonlyMap<string, DistrictCode>> {
  return inTransaction(database, (tx: CasesTx) => channelDefaults(tx))
}

/** Of the work that still runs, how many assignments name this post. */
export async function workNaming({ database, rules }: CaseServices, postId: string): Promise<number> {
  const counts = rules().districts.map((district) => inTransaction(database, (tx: ReadTx) => countNaming(tx, district, postId)))
  return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0)
}

/** Numbers of cases for who reads the records: a number says nothing of a case but that it is one. */
export const caseNumbers = ({ database }: Pick<CaseServices, 'database'>) => ({
  idOf: (districtCode: DistrictCode, number: string): Promise<string | undefined> =>
    inTransaction(database, (tx: CasesTx) => idOfNumber(tx, districtCode, number)),
  numbersOf: (districtCode: DistrictCode, ids: readonly string[]): Promise<ReadonlyMap<string, string>> =>
    inTransaction(database, (tx: CasesTx) =>
      numbersOf(
        tx,
        ids.map((id) => ({ districtCode, id })),
        sql<boolean>`true`,
      ),
    ),
})

/** How many pieces of work a unit holds in all districts: cases in its hands, and whatever else it still has to answer. */
export async function openWorkOf(services: CaseServices, organisationId: string): Promise<number> {
  const counts = services.rules().districts.map((district) =>
    inTransaction(services.database, async (tx: ReadTx) => {
      const held = await countHeldBy(tx, district, organisationId)
      return held + (await countRunning(tx, district, organisationId, 'case'))
    }),
  )
  return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0)
}
