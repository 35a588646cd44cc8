import type { CaseMoveInput, CaseRecord, Rules } from '#contexts/cases/index.ts'
import { publicActor, systemActor, type Actor } from '#kernel/actor.ts'
import { addDays, addMs, HOUR_MS, instantAt, localDate, MINUTE_MS, msOf, wallClock, type Instant } from '#kernel/clock.ts'
import type { CasePlan, Pace } from './plan.ts'
import type { Cast } from './staff.ts'

/** One step of a case: moves by one person at one moment, made together. */
export interface Step {
  readonly at: Instant
  readonly moves: readonly Omit<CaseMoveInput, 'id' | 'commandId' | 'happenedAt'>[]
}

/** A case under way: its plan, how it stands, and when that came about. */
export interface Living {
  readonly plan: CasePlan
  readonly record: CaseRecord
  readonly since: Instant
  /** Unit that held it last; a case that was given back no longer says by whom. */
  readonly lastHolder: string
  /** Any number that stays with the case, to pick people by. */
  readonly lot: number
}

export interface Stage {
  readonly rules: Rules
  readonly cast: Cast
  /** Id of the filing condition in force for `matter.condition`. */
  readonly conditionId: (about: string) => string | undefined
}

const ZONE = 'Asia/Shanghai'
const RULE = systemActor('dispatch')
const REQUEST = 'demonstration'

/** What happens next to a case, by its plan and its present state; undefined when nobody does anything more. */
export function nextStep(living: Living, stage: Stage): Step | undefined {
  return living.record.status === living.plan.restsIn ? undefined : next[living.record.status](living, stage)
}

type Next = (living: Living, stage: Stage) => Step | undefined

const next: Record<CaseRecord['status'], Next> = {
  reported: (living, stage) => (living.record.triageReason === null ? byRule(living) : byDispatcher(living, stage)),
  filed: (living, stage) => redispatch(living, stage),
  dispatched: (living, stage) => answer(living, stage),
  contacted: (living, stage) => handle(living, stage),
  handled: (living, stage) => check(living, stage),
  checked: (living, stage) =>
    step(inOfficeHours(addMs(living.since, paceOf(living).closeMinutes * MINUTE_MS)), dispatcherOf(living, stage), { move: 'close' }),
  closed: (living) => rate(living),
  reopened: ({ since, record, lot }, { cast }) =>
    step(inOfficeHours(addMs(since, 90 * MINUTE_MS)), cast.inRole('supervisor', record.districtCode, lot), { move: 'dispatch' }),
  rejected: () => undefined,
  withdrawn: () => undefined,
  transferred: () => undefined,
  merged: () => undefined,
  split: () => undefined,
  handed_over: () => undefined,
}

type Move = Omit<Step['moves'][number], 'by'>

function step(at: Instant, actor: Actor, ...moves: Move[]): Step {
  return { at, moves: moves.map((move) => ({ ...move, by: { actor, requestId: REQUEST } })) }
}

function byCaller(at: Instant, move: Move): Step {
  return { at, moves: [{ ...move, by: { actor: publicActor, requestId: REQUEST, isCaller: true } }] }
}

function paceOf({ plan, record }: Living): Pace {
  const round = record.reworkCount + record.reopenCount + record.returnCount
  return plan.paces[Math.min(round, plan.paces.length - 1)] as Pace
}

function dispatcherOf({ record, lot }: Living, { cast }: Stage): Actor {
  return cast.inRole('dispatcher', record.districtCode, lot)
}

function byRule(living: Living): Step {
  return step(addMs(living.since, paceOf(living).ruleSeconds * 1000), RULE, { move: 'file' }, { move: 'dispatch' })
}

/** What the rules left to a person: found out and sent on, or turned down. */
function byDispatcher(living: Living, stage: Stage): Step | undefined {
  const { plan, since, lot } = living
  if (plan.fate === 'unseen') return undefined
  const at = inOfficeHours(addMs(since, paceOf(living).triageMinutes * MINUTE_MS))
  if (plan.fate === 'misplaced') {
    const move = { move: 'transfer', areaCode: plan.gridCode.slice(0, 12), note: '经联系反映人，问题在外区（示例）' } as const
    return step(addMs(since, paceOf(living).triageMinutes * MINUTE_MS), dispatcherOf(living, stage), move)
  }
  const conditionId = plan.about === null ? undefined : stage.conditionId(plan.about)
  if (conditionId === undefined) {
    const note = '多次联系反映人未能了解具体地点和事由（示例）'
    return step(addMs(at, 2 * HOUR_MS), dispatcherOf(living, stage), {
      move: 'reject',
      reasonCode: lot % 3 === 0 ? 'not_our_matter' : 'not_enough',
      note,
    })
  }
  return step(at, dispatcherOf(living, stage), ...foundPlace(living), { move: 'file', conditionId }, { move: 'dispatch' })
}

/** Asks the caller for the grid, where only the district or the community is known. */
function foundPlace({ plan, record }: Living): Move[] {
  return record.areaCode.length < 15 ? [{ move: 'correct', areaCode: plan.gridCode, note: '已向反映人核实位置（示例）' }] : []
}

/** Filed but with nobody: given back by a unit, or the rule found no worker because the place was too coarse. */
function redispatch(living: Living, stage: Stage): Step {
  const { record, since } = living
  const at = inOfficeHours(addMs(since, 12 * MINUTE_MS))
  if (record.returnCount === 0) return step(at, dispatcherOf(living, stage), ...foundPlace(living), { move: 'dispatch' })
  const isOwnDuty = stage.rules.catalogue.condition(record.conditionId ?? '')?.duty === 'basic'
  const organisationId = stage.cast.otherUnit(living.lastHolder, record.areaCode, isOwnDuty)
  return step(at, dispatcherOf(living, stage), { move: 'dispatch', organisationId, note: '核对职责后改派（示例）' })
}

function answer(living: Living, stage: Stage): Step {
  const { plan, record, since, lot } = living
  const at = within(since, record.respondDueAt, paceOf(living).answer)
  if (plan.fate === 'withdrawn' && plan.caller !== null) return byCaller(at, { move: 'withdraw' })
  const holder = stage.cast.holder(record.leadOrganisationId ?? '', record.leadPostId, record.areaCode, lot)
  if (plan.fate === 'given_back' && record.returnCount === 0) {
    return step(at, holder, { move: 'giveBack', reasonCode: 'wrong_place', note: '经现场核实，该处不在本单位辖区（示例）' })
  }
  return step(at, holder, { move: 'contact', note: plan.caller === null ? '已到现场查看（示例）' : '已电话联系反映人，正在前往（示例）' })
}

function handle(living: Living, stage: Stage): Step {
  const { record, since, lot } = living
  const at = within(since, record.disposeDueAt, paceOf(living).dispose)
  const holder = stage.cast.holder(record.leadOrganisationId ?? '', record.leadPostId, record.areaCode, lot)
  const closing = stage.rules.catalogue.conditions.get(record.conditionId ?? '')?.closing?.zh ?? '问题已解决'
  // Help that has not come by now is not waited for.
  const reasonCode = record.awaitedOrganisationIds.length > 1 ? 'not_needed' : undefined
  return step(at, holder, { move: 'handle', reasonCode, note: `经现场处置，${closing}（示例）` })
}

function check(living: Living, stage: Stage): Step {
  const { plan, record, since, lot } = living
  const inspector = stage.cast.inRole('inspector', record.areaCode, lot)
  const at = inOfficeHours(addMs(since, paceOf(living).checkMinutes * MINUTE_MS))
  if (plan.fate === 'sent_back' && record.reworkCount === 0)
    return step(at, inspector, { move: 'sendBack', reasonCode: 'not_fixed', note: '现场复核，问题仍在（示例）' })
  return step(at, inspector, { move: 'check' })
}

function rate(living: Living): Step | undefined {
  const { rating } = paceOf(living)
  if (rating === null || living.record.rating !== null) return undefined
  return byCaller(living.plan.ratedAt ?? inDaytime(addMs(living.since, rating.afterMinutes * MINUTE_MS)), { move: 'rate', score: rating.score })
}

/** A share of the time until `due`. By day where the clock allows it; in time when the share is below 1. */
function within(since: Instant, due: Instant | null, share: number): Instant {
  const span = due === null ? HOUR_MS : msOf(due) - msOf(since)
  const at = addMs(since, Math.max(2 * MINUTE_MS, Math.round(span * share)))
  const byDay = inDaytime(at)
  return share < 1 && due !== null && byDay > due ? at : byDay
}

const inOfficeHours = (at: Instant): Instant => between(at, 8, 18)
const inDaytime = (at: Instant): Instant => between(at, 7, 22)

/** The moment itself between these hours of the day, else as far into the next such span as the minutes say. */
function between(at: Instant, from: number, to: number): Instant {
  const { date, ms } = wallClock(at, ZONE)
  if (ms >= from * HOUR_MS && ms < to * HOUR_MS) return at
  const day = ms < from * HOUR_MS ? date : addDays(localDate(at, ZONE), 1)
  return instantAt(day, from * HOUR_MS + (ms % HOUR_MS), ZONE)
}
