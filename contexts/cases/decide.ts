import {
  contact,
  finish,
  isRunning,
  milestoneKinds,
  milestoneOf,
  openAssignment,
  redo,
  stop,
  wasOnTime,
  type Assignment,
  type Milestone,
  type PlannedMilestone,
} from '#contexts/assignments/index.ts'
import { addMs, DAY_MS, msOf, type Instant } from '#kernel/clock.ts'
import type { Wording } from '#kernel/refusal.ts'
import type { Area } from '#contexts/territory/index.ts'
import {
  caseMoves,
  caseSteps,
  moveReasons,
  statusNames,
  UNHAPPY_AT_MOST,
  type CaseMove,
  type CaseMoveName,
  type CaseNeed,
  type CaseStep,
} from './lifecycle.ts'
import type { CaseRecord } from './record.ts'
import { refuse } from './refusals.ts'

/** Days after closing in which a case may be reopened. */
export const REOPEN_WINDOW_DAYS = 15

/** What somebody asks for. */
export interface MoveRequest {
  readonly move: CaseMoveName
  readonly reasonCode?: string | undefined
  readonly note?: string | undefined
  readonly conditionId?: string | undefined
  readonly areaCode?: string | undefined
  readonly organisationId?: string | undefined
  readonly score?: number | undefined
}

/** The matter under which a case is decided, as the catalogue has it at that moment. */
export interface MatterFacts {
  readonly conditionId: string
  readonly matterVersionId: string
  readonly name: Wording
  readonly tier: string
}

/** Who must answer, why, and by which clocks. */
export interface DispatchPlan {
  readonly organisationId: string
  readonly postId: string | null
  readonly why: { readonly rule: string; readonly text: Wording }
  readonly milestones: readonly PlannedMilestone[]
}

/** Everything that a decision may look at besides the case. The functions are pure look-ups in rules already loaded. */
export interface MoveFacts {
  readonly actorKey: string
  readonly isSystem: boolean
  readonly isCaller: boolean
  readonly organisationIds: readonly string[]
  readonly may: (permission: string) => boolean
  /** When it happened; clocks are met at this moment. */
  readonly at: Instant
  readonly matter: (conditionId: string) => MatterFacts | undefined
  readonly area: (code: string) => Area | undefined
  /** Throws a refusal when nobody is on duty or a clock cannot be computed. */
  readonly planDispatch: (record: CaseRecord, request: MoveRequest, at: Instant) => DispatchPlan
  readonly planRework: (record: CaseRecord, at: Instant) => PlannedMilestone
}

/** The case and its assignment after a move. */
export interface Decision {
  readonly record: CaseRecord
  readonly assignment: Assignment | null
  readonly steps: readonly CaseStep[]
}

/** Decides one move by the state table. Pure; throws a refusal that names what failed. Status and version are set here and nowhere else. */
export function decideMove(record: CaseRecord, assignment: Assignment | null, request: MoveRequest, facts: MoveFacts): Decision {
  const move: CaseMove = caseMoves[request.move]
  if (!isPermitted(move, request, facts)) throw refuse.notYours({ move: move.zh })
  if (!move.from.includes(record.status)) throw refuse.moveNotAllowed({ status: statusNames[record.status].zh, move: move.zh })
  const prepared = takeMatter(record, request, facts)
  for (const need of move.needs) requireNeed[need](prepared, assignment, request, facts)
  const changed = effects[request.move](prepared, assignment, request, facts)
  const status = move.to === 'same' ? record.status : move.to
  const steps = [...new Set([...changed.record.steps, ...move.steps])]
  const done = { ...changed.record, status, steps, version: record.version + 1 }
  return { record: withRunningClock(done, changed.assignment), assignment: changed.assignment, steps: move.steps }
}

/** Moves that this actor may make now: the table's moves that his posts permit and whose conditions on the case itself hold. */
export function movesOpenTo(
  record: CaseRecord,
  moves: readonly CaseMoveName[],
  facts: Pick<MoveFacts, 'actorKey' | 'isSystem' | 'isCaller' | 'organisationIds' | 'may' | 'at'>,
): CaseMoveName[] {
  const standing: readonly CaseNeed[] = ['holdsAssignment', 'notOwnWork', 'withinReopenWindow', 'notRated', 'allSteps']
  return moves.filter((name) => {
    const move: CaseMove = caseMoves[name]
    if (!isPermitted(move, { move: name }, facts as MoveFacts)) return false
    return move.needs
      .filter((need) => standing.includes(need))
      .every((need) => holds(() => requireNeed[need](withFinalStep(record, name), null, { move: name }, facts as MoveFacts)))
  })
}

// Closing records the last step itself, so a look at what is open to whom counts it as given.
const withFinalStep = (record: CaseRecord, move: CaseMoveName): CaseRecord => ({ ...record, steps: [...record.steps, ...caseMoves[move].steps] })

function holds(check: () => void): boolean {
  try {
    check()
    return true
  } catch {
    return false
  }
}

function isPermitted(move: CaseMove, request: MoveRequest, facts: MoveFacts): boolean {
  if (facts.isCaller) return move.permission === 'caller' || (request.move === 'reopen' && request.reasonCode === 'caller_unhappy')
  return facts.isSystem ? move.permission !== 'caller' : facts.may(move.permission)
}

function takeMatter(record: CaseRecord, request: MoveRequest, facts: MoveFacts): CaseRecord {
  if (request.conditionId === undefined) return record
  const matter = facts.matter(request.conditionId)
  if (!matter) throw refuse.conditionUnknown({}, 'conditionId')
  return { ...record, conditionId: matter.conditionId, matterVersionId: matter.matterVersionId, matterName: matter.name, tier: matter.tier }
}

type Check = (record: CaseRecord, assignment: Assignment | null, request: MoveRequest, facts: MoveFacts) => void

const requireNeed: Record<CaseNeed, Check> = {
  matter: (record) => {
    if (record.conditionId === null) throw refuse.matterMissing({}, 'conditionId')
  },
  place: (record) => {
    // The district alone is where a call lands that nobody could locate. A recorded case was dispatched long ago, with or without a place.
    if (record.areaCode.length <= 6 && !record.recordedClock) throw refuse.placeMissing({}, 'areaCode')
  },
  // Answered by the plan itself, which refuses when nobody is on duty.
  dutyHolder: () => undefined,
  holdsAssignment: (record, _assignment, _request, facts) => {
    if (!facts.isSystem && !facts.organisationIds.includes(record.leadOrganisationId ?? '')) throw refuse.holdsNot()
  },
  reason: (_record, _assignment, request) => {
    const known: Record<string, object> = moveReasons
    if (!request.reasonCode || !(request.reasonCode in (known[request.move] ?? {}))) throw refuse.reasonMissing({}, 'reasonCode')
  },
  result: (_record, _assignment, request) => {
    if (!request.note?.trim()) throw refuse.resultMissing({}, 'note')
  },
  // 采办分离: handling and checking by different people, another person and not merely another post (Guangzhou matter-entry rule).
  notOwnWork: (record, _assignment, _request, facts) => {
    if (record.handledBy.includes(facts.actorKey)) throw refuse.ownWork()
  },
  allSteps: (record) => {
    const missing = caseSteps.filter((step) => step !== 'evaluate' && !record.steps.includes(step))
    if (missing.length > 0) throw refuse.stepsMissing({ steps: missing.join() })
  },
  withinReopenWindow: (record, _assignment, _request, facts) => {
    if (record.closedAt !== null && msOf(facts.at) - msOf(record.closedAt) > REOPEN_WINDOW_DAYS * DAY_MS)
      throw refuse.reopenTooLate({ days: REOPEN_WINDOW_DAYS })
  },
  otherDistrict: (record, _assignment, request, facts) => {
    const area = request.areaCode === undefined ? undefined : facts.area(request.areaCode)
    if (!area || area.code.length <= 6) throw refuse.areaUnknown({ code: request.areaCode ?? '' }, 'areaCode')
    if (area.code.startsWith(record.districtCode)) throw refuse.sameDistrict({}, 'areaCode')
  },
  notRated: (record) => {
    if (record.rating !== null) throw refuse.alreadyRated()
  },
}

type Effect = (
  record: CaseRecord,
  assignment: Assignment | null,
  request: MoveRequest,
  facts: MoveFacts,
) => { record: CaseRecord; assignment: Assignment | null }

function held(assignment: Assignment | null): Assignment {
  if (!assignment) throw new Error('a case that is being worked on has no assignment')
  return assignment
}

const effects: Record<CaseMoveName, Effect> = {
  correct: (record, assignment, request, facts) => {
    if (request.conditionId === undefined && request.areaCode === undefined) throw refuse.nothingToCorrect()
    return { record: request.areaCode === undefined ? record : takePlace(record, request.areaCode, facts), assignment }
  },
  file: (record, assignment) => ({ record: { ...record, triageReason: null, triageNote: null }, assignment }),
  reject: (record, assignment) => ({ record, assignment }),
  dispatch: (record, _assignment, request, facts) => {
    const plan = facts.planDispatch(record, request, facts.at)
    const opened = openAssignment({
      districtCode: record.districtCode,
      subjectKind: 'case',
      subjectId: record.id,
      purpose: 'handle',
      organisationId: plan.organisationId,
      postId: plan.postId,
      areaCode: record.areaCode,
      why: plan.why,
      openedAt: facts.at,
      milestones: plan.milestones,
    })
    return {
      record: {
        ...record,
        leadOrganisationId: plan.organisationId,
        leadPostId: plan.postId,
        assignmentId: opened.id,
        why: plan.why,
        triageReason: null,
        triageNote: null,
        evaluation: null,
      },
      assignment: opened,
    }
  },
  contact: (record, assignment, _request, facts) => ({ record, assignment: contact(held(assignment), facts.at) }),
  giveBack: (record, assignment, _request, facts) => ({
    record: { ...record, leadOrganisationId: null, leadPostId: null, assignmentId: null, why: null, returnCount: record.returnCount + 1 },
    assignment: stop(held(assignment), 'return', facts.at),
  }),
  handle: (record, assignment, request, facts) => ({
    record: { ...record, result: request.note?.trim() ?? null, handledBy: [...new Set([...record.handledBy, facts.actorKey])] },
    assignment: finish(held(assignment), facts.at),
  }),
  sendBack: (record, assignment, _request, facts) => ({
    record: { ...record, reworkCount: record.reworkCount + 1, steps: record.steps.filter((step) => step !== 'handle' && step !== 'feedback') },
    assignment: redo(held(assignment), facts.planRework(record, facts.at)),
  }),
  check: (record, assignment) => ({ record, assignment }),
  close: (record, assignment, _request, facts) => ({
    record: { ...record, closedAt: facts.at, evaluation: evaluate(record, assignment) },
    assignment,
  }),
  // The steps after filing are to be done again; filing and collecting are not undone by an unhappy answer.
  reopen: (record, assignment) => ({
    record: { ...record, reopenCount: record.reopenCount + 1, closedAt: null, steps: ['collect', 'file'] },
    assignment,
  }),
  rate: (record, assignment, request) => {
    if (!request.score || request.score < 1 || request.score > 5) throw refuse.scoreMissing({}, 'score')
    return { record: { ...record, rating: request.score }, assignment }
  },
  // A row never changes district: it ends here and goes on there under a number of its own (transferring/commands.ts).
  transfer: (record, assignment) => ({ record, assignment }),
  withdraw: (record, assignment, _request, facts) => ({
    record,
    assignment: assignment && record.status === 'dispatched' ? stop(assignment, 'cancel', facts.at) : assignment,
  }),
}

/** True when this answer of the caller reopens the case. */
export function isUnhappy(score: number): boolean {
  return score <= UNHAPPY_AT_MOST
}

function takePlace(record: CaseRecord, code: string, facts: MoveFacts): CaseRecord {
  const area = facts.area(code)
  if (!area) throw refuse.areaUnknown({ code }, 'areaCode')
  if (!code.startsWith(record.districtCode)) throw refuse.otherDistrict({ code: code.slice(0, 6) }, 'areaCode')
  // A corrected place replaces the coordinate as well: the two must not tell different stories.
  return { ...record, areaCode: code, gridCode: area.level === 'grid' ? code : null, unitGridCode: null, lng: null, lat: null }
}

/** 综合评价 at closing: were the promises kept. Null where nothing was promised. */
function evaluate(record: CaseRecord, assignment: Assignment | null): NonNullable<CaseRecord['evaluation']> {
  return {
    respondOnTime: assignment ? wasOnTime(assignment, 'respond') : null,
    disposeOnTime: assignment ? wasOnTime(assignment, 'dispose') : null,
    reworkCount: record.reworkCount,
  }
}

/** Copies the clocks onto the case: what was promised stays readable, and the queue sorts by the one that runs without asking another table. */
function withRunningClock(record: CaseRecord, assignment: Assignment | null): CaseRecord {
  const held = record.assignmentId === null ? null : assignment
  const clocks = held ? milestoneKinds.map((kind) => milestoneOf(held, kind)) : []
  const [respondDueAt = null, disposeDueAt = null] = clocks.map((clock) => clock?.dueAt ?? null)
  const works = record.status === 'dispatched' || record.status === 'contacted'
  const running = works ? clocks.find((clock) => clock !== undefined && isRunning(clock)) : undefined
  return { ...record, respondDueAt, disposeDueAt, clockDueAt: running?.dueAt ?? null, clockSoonAt: running ? soonAt(running) : null }
}

/** From three quarters of the span on, a clock is about to run out. */
function soonAt({ startsAt, dueAt }: Milestone): Instant | null {
  return dueAt === null ? null : addMs(startsAt, Math.floor((msOf(dueAt) - msOf(startsAt)) * 0.75))
}
