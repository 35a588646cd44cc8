import {
  contact,
  finish,
  giveBack,
  isEnded,
  openAssignment,
  redo,
  settle,
  stop,
  takeUp,
  wasOnTime,
  type Assignment,
} from '#contexts/assignments/index.ts'
import type { CaseMoveName } from './lifecycle.ts'
import type { DispatchPlan, Effect, MoveFacts } from './move.ts'
import type { CaseRecord } from './record.ts'
import { endOpinions } from './requesting/opinions.ts'
import { refuse } from './refusals.ts'

/** The effect of each move on the case and its assignments. What follows from the assignments for the case is copied afterwards (standing.ts). */
export const effects: Record<CaseMoveName, Effect> = {
  correct: (record, assignments, request, facts) => {
    if (request.conditionId === undefined && request.areaCode === undefined) throw refuse.nothingToCorrect()
    return { record: request.areaCode === undefined ? record : takePlace(record, request.areaCode, facts), assignments }
  },
  file: (record, assignments) => ({ record: { ...record, triageReason: null, triageNote: null }, assignments }),
  reject: (record, assignments, _request, facts) => ({ record, assignments: callOff(assignments, facts) }),
  dispatch: (record, assignments, request, facts) => {
    const plan = facts.planDispatch(record, request, facts.at)
    const again = sameUnitAgain(assignments, plan)
    const sent = again ? takeUp(again, facts.at, facts.clocks) : opened(record, plan, 'handle', facts)
    const settled = assignments.map((one) => (one.purpose === 'redispatch' && !isEnded(one) ? settle(one, facts.at) : one))
    return {
      record: withLead(record, sent, plan),
      assignments: again ? settled.map((one) => (one.id === sent.id ? sent : one)) : [...settled, sent],
    }
  },
  reassign: (record, assignments, request, facts) => {
    const plan = facts.planDispatch(record, request, facts.at)
    const sent = opened(record, plan, 'handle', facts)
    return { record: withLead(record, sent, plan), assignments: [...onLead(record, assignments, (lead) => stop(lead, 'relieve', facts.at)), sent] }
  },
  contact: (record, assignments, _request, facts) => ({ record, assignments: onLead(record, assignments, (lead) => contact(lead, facts.at)) }),
  giveBack: (record, assignments, _request, facts) => ({
    record: { ...record, leadOrganisationId: null, leadPostId: null, assignmentId: null, why: null, returnCount: record.returnCount + 1 },
    assignments: [...onLead(record, unasked(assignments, facts), (lead) => giveBack(lead, facts.at)), ...awaitingDispatch(record, facts)],
  }),
  handle: (record, assignments, request, facts) => ({
    record: { ...record, result: request.note?.trim() ?? null, handledBy: [...new Set([...record.handledBy, facts.actorKey])] },
    assignments: onLead(record, unasked(assignments, facts), (lead) => finish(lead, facts.at)),
  }),
  sendBack: (record, assignments, _request, facts) => ({
    record: { ...record, reworkCount: record.reworkCount + 1, steps: record.steps.filter((step) => step !== 'handle' && step !== 'feedback') },
    assignments: onLead(record, assignments, (lead) => redo(lead, facts.planRework(record, facts.at))),
  }),
  check: (record, assignments) => ({ record, assignments }),
  close: (record, assignments, _request, facts) => ({
    record: { ...record, closedAt: facts.at, evaluation: evaluate(record, assignments) },
    assignments,
  }),
  // The steps after filing are to be done again; filing and collecting are not undone by an unhappy answer.
  reopen: (record, assignments) => ({
    record: { ...record, reopenCount: record.reopenCount + 1, closedAt: null, steps: ['collect', 'file'] },
    assignments,
  }),
  rate: (record, assignments, request) => {
    if (!request.score || request.score < 1 || request.score > 5) throw refuse.scoreMissing({}, 'score')
    return { record: { ...record, rating: request.score }, assignments }
  },
  // A row never changes district: it ends here and goes on there under a number of its own (transferring/commands.ts).
  transfer: (record, assignments, _request, facts) => ({ record, assignments: callOff(assignments, facts) }),
  withdraw: (record, assignments, _request, facts) => ({ record, assignments: callOff(assignments, facts) }),
}

function opened(record: CaseRecord, plan: DispatchPlan, purpose: string, facts: MoveFacts): Assignment {
  const { organisationId, postId, why, milestones } = plan
  const { districtCode, id: subjectId, areaCode } = record
  return openAssignment({
    districtCode,
    subjectKind: 'case',
    subjectId,
    purpose,
    organisationId,
    postId,
    areaCode,
    why,
    openedAt: facts.at,
    milestones,
  })
}

function withLead(record: CaseRecord, lead: Assignment, { organisationId, postId, why }: DispatchPlan): CaseRecord {
  const held = { leadOrganisationId: organisationId, leadPostId: postId, assignmentId: lead.id, why }
  return { ...record, ...held, triageReason: null, triageNote: null, evaluation: null }
}

/** The case comes back to the unit that returned it, under the same limits: its clocks go on with what was left (china.md 1.7). Another unit starts in full. */
function sameUnitAgain(assignments: readonly Assignment[], plan: DispatchPlan): Assignment | undefined {
  const last = assignments.findLast(({ purpose }) => purpose === 'handle')
  if (last?.state !== 'returned' || last.organisationId !== plan.organisationId) return undefined
  const isSame = plan.milestones.every(({ kind, limit }) =>
    last.milestones.some((m) => m.kind === kind && m.limitValue === (limit?.value ?? null) && m.limitUnit === (limit?.unit ?? null)),
  )
  return isSame ? last : undefined
}

/** The command centre's clock for sending on what was given back. */
function awaitingDispatch(record: CaseRecord, facts: MoveFacts): Assignment[] {
  const plan = facts.planRedispatch(record, facts.at)
  return plan ? [opened(record, plan, 'redispatch', facts)] : []
}

// Once the case has moved on, the unit that an objection proposed is asked no more.
function unasked(assignments: readonly Assignment[], facts: MoveFacts): readonly Assignment[] {
  return endOpinions(assignments, (one) => stop(one, 'cancel', facts.at))
}

function callOff(assignments: readonly Assignment[], facts: MoveFacts): Assignment[] {
  return assignments.map((one) => (isEnded(one) ? one : stop(one, 'cancel', facts.at)))
}

/** The assignment of the unit that leads now. */
function leadOf(record: CaseRecord, assignments: readonly Assignment[]): Assignment | undefined {
  return assignments.find(({ id }) => id === record.assignmentId)
}

function onLead(record: CaseRecord, assignments: readonly Assignment[], change: (lead: Assignment) => Assignment): Assignment[] {
  const lead = leadOf(record, assignments)
  if (!lead) throw new Error('a case that is being worked on has no assignment')
  return assignments.map((one) => (one === lead ? change(lead) : one))
}

function takePlace(record: CaseRecord, code: string, facts: MoveFacts): CaseRecord {
  const area = facts.area(code)
  if (!area) throw refuse.areaUnknown({ code }, 'areaCode')
  if (!code.startsWith(record.districtCode)) throw refuse.otherDistrict({ code: code.slice(0, 6) }, 'areaCode')
  // A corrected place replaces the coordinate as well: the two must not tell different stories.
  return { ...record, areaCode: code, gridCode: area.level === 'grid' ? code : null, unitGridCode: null, lng: null, lat: null }
}

/** 综合评价 at closing: were the promises kept. Null where nothing was promised. */
function evaluate(record: CaseRecord, assignments: readonly Assignment[]): NonNullable<CaseRecord['evaluation']> {
  const lead = leadOf(record, assignments)
  return {
    respondOnTime: lead ? wasOnTime(lead, 'respond') : null,
    disposeOnTime: lead ? wasOnTime(lead, 'dispose') : null,
    reworkCount: record.reworkCount,
  }
}
