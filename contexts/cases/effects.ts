import { contact, finish, giveBack, isEnded, redo, settle, stop, takeUp, wasOnTime, type Assignment } from '#contexts/assignments/index.ts'
import type { EmergencyService } from '#kernel/emergency.ts'
import { callUp, sendDown } from './escalating/effects.ts'
import { recallDispatch } from './recalling/effects.ts'
import { askCandidates, openFor, take } from './joining/first-taker.ts'
import { caseSteps, moveReasons, type CaseMoveName } from './lifecycle.ts'
import type { DispatchPlan, Effect, MoveFacts, MoveRequest } from './move.ts'
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
  reject: (record, assignments, _request, facts) => ({ record, assignments: callOffOpen(assignments, facts) }),
  dispatch: (record, assignments, request, facts) => {
    // Whatever level it was called up to before, a dispatch begins at the matter's own.
    const tier = facts.matter(record.conditionId ?? '')?.tier ?? record.tier
    const sent = { ...record, tier, triageReason: null, triageNote: null, evaluation: null }
    if (request.candidateIds !== undefined) return askSeveral(sent, assignments, request, facts)
    const plan = facts.planDispatch(record, request, facts.at)
    const again = sameUnitAgain(record, assignments, plan)
    const lead = again ? takeUp(again, facts.at, facts.clocks) : openFor(record, 'handle', plan, facts.at)
    const assistance = (plan.assistance ?? []).map((one) => openFor(record, 'help', one, facts.at))
    const before = sentOn(assignments, facts)
    return {
      record: withLead(sent, lead, plan),
      assignments: [...(again ? before.map((one) => (one.id === lead.id ? lead : one)) : [...before, lead]), ...assistance],
    }
  },
  recall: (record, assignments, _request, facts) => recallDispatch(record, assignments, facts),
  reassign: (record, assignments, request, facts) => {
    const plan = facts.planDispatch(record, request, facts.at)
    const lead = openFor(record, 'handle', plan, facts.at)
    return { record: withLead(record, lead, plan), assignments: [...onLead(record, assignments, (one) => stop(one, 'relieve', facts.at)), lead] }
  },
  contact: (record, assignments, _request, facts) =>
    record.assignmentId === null
      ? take(record, assignments, facts)
      : { record, assignments: onLead(record, assignments, (lead) => contact(lead, facts.at)) },
  giveBack: (record, assignments, _request, facts) => {
    if (assignments.some((one) => one.purpose === 'convene' && !isEnded(one))) throw refuse.whistleOpen()
    const returned = assignments.map((one) => (one.id === record.assignmentId ? giveBack(one, facts.at) : one))
    return {
      record: { ...record, leadOrganisationId: null, leadPostId: null, assignmentId: null, why: null, returnCount: record.returnCount + 1 },
      assignments: [...callOffOpen(returned, facts), ...awaitingDispatch(record, facts)],
    }
  },
  callUp: (record, assignments, request, facts) => callUp(record, unasked(assignments, facts), request, facts),
  sendDown: (record, assignments, request, facts) => sendDown(record, unasked(assignments, facts), request, facts),
  handle: (record, assignments, request, facts) => ({
    record: handledBy(record, request, facts),
    assignments: onLead(record, unasked(releaseUnneeded(assignments, request, facts), facts), (lead) => finish(lead, facts.at)),
  }),
  // Contact and result in one: both clocks are met at this moment.
  settle: (record, assignments, request, facts) => ({
    record: handledBy(record, request, facts),
    assignments: onLead(record, unasked(releaseUnneeded(assignments, request, facts), facts), (lead) =>
      finish(lead.state === 'open' ? contact(lead, facts.at) : lead, facts.at),
    ),
  }),
  sendBack: (record, assignments, _request, facts) => ({
    record: { ...record, reworkCount: record.reworkCount + 1, steps: record.steps.filter((step) => step !== 'handle' && step !== 'feedback') },
    assignments: onLead(record, assignments, (lead) => redo(lead, facts.planRework(record, facts.at))),
  }),
  check: (record, assignments) => ({ record, assignments }),
  confirm: closed,
  close: closed,
  // The steps after filing are to be done again; filing and collecting are not undone by an unhappy answer.
  reopen: (record, assignments) => ({
    record: { ...record, reopenCount: record.reopenCount + 1, closedAt: null, closedBefore: record.closedAt, steps: ['collect', 'file'] },
    assignments,
  }),
  rate: (record, assignments, request, facts) => {
    if (!request.score || request.score < 1 || request.score > 5) throw refuse.scoreMissing({}, 'score')
    if (request.reasonCode && !(request.reasonCode in moveReasons.rate)) throw refuse.reasonMissing({}, 'reasonCode')
    return { record: { ...record, rating: request.score, ratedAt: facts.at }, assignments }
  },
  unrate: (record, assignments) => ({ record: { ...record, rating: null, ratedAt: null }, assignments }),
  // Its assignments ended when it was closed and were not touched since.
  reclose: (record, assignments) => ({
    record: { ...record, reopenCount: record.reopenCount - 1, closedAt: record.closedBefore, closedBefore: null, steps: [...caseSteps] },
    assignments,
  }),
  // A row never changes district: it ends here and goes on there under a number of its own (transferring/commands.ts).
  transfer: (record, assignments, _request, facts) => ({ record, assignments: callOffOpen(assignments, facts) }),
  merge: (record, assignments, request, facts) => ({
    record: { ...unheld(record), mergedInto: request.mainId ?? null, triageReason: null, triageNote: null },
    assignments: callOffOpen(assignments, facts),
  }),
  unmerge: (record, assignments) => ({ record: { ...record, mergedInto: null, steps: ['collect'] }, assignments }),
  // The parts become cases of their own in the same transaction (splitting/commands.ts).
  split: (record, assignments, request, facts) => {
    for (const { areaCode } of request.parts ?? []) if (areaCode !== undefined) takePlace(record, areaCode, facts)
    return { record: unheld(record), assignments: callOffOpen(assignments, facts) }
  },
  handOver: (record, assignments, request, facts) => ({
    record: { ...unheld(record), handOver: { service: request.reasonCode as EmergencyService, at: facts.at } },
    assignments: callOffOpen(assignments, facts),
  }),
  withdraw: (record, assignments, _request, facts) => ({ record: { ...record, mergedInto: null }, assignments: callOffOpen(assignments, facts) }),
}

/** Nobody leads a case that another one answers for. */
function unheld(record: CaseRecord): CaseRecord {
  return { ...record, leadOrganisationId: null, leadPostId: null, assignmentId: null, why: null }
}

function withLead(record: CaseRecord, lead: Assignment, { organisationId, postId, why }: DispatchPlan): CaseRecord {
  return {
    ...record,
    leadOrganisationId: organisationId,
    leadPostId: postId,
    assignmentId: lead.id,
    why,
    triageReason: null,
    triageNote: null,
    evaluation: null,
  }
}

/** The case comes back to the unit that returned it, under the same limits: its clocks go on with what was left (china.md 1.7). Another unit, or one that held it by a call only, starts in full. */
function sameUnitAgain({ ladder }: CaseRecord, assignments: readonly Assignment[], plan: DispatchPlan): Assignment | undefined {
  const last = assignments.findLast(({ purpose }) => purpose === 'handle')
  if (last?.state !== 'returned' || last.organisationId !== plan.organisationId) return undefined
  if (ladder.some(({ assignmentId }) => assignmentId === last.id)) return undefined
  const isSame = plan.milestones.every(({ kind, limit }) =>
    last.milestones.some((m) => m.kind === kind && m.limitValue === (limit?.value ?? null) && m.limitUnit === (limit?.unit ?? null)),
  )
  return isSame ? last : undefined
}

/** The command centre's clock for sending on what was given back. */
function awaitingDispatch(record: CaseRecord, facts: MoveFacts): Assignment[] {
  const plan = facts.planRedispatch(record, facts.at)
  return plan ? [openFor(record, 'redispatch', plan, facts.at)] : []
}

/** Sending it on is what the command centre was awaited for. */
function sentOn(assignments: readonly Assignment[], { at }: MoveFacts): Assignment[] {
  return assignments.map((one) => (one.purpose === 'redispatch' && !isEnded(one) ? settle(one, at) : one))
}

function askSeveral(record: CaseRecord, assignments: readonly Assignment[], request: MoveRequest, facts: MoveFacts): ReturnType<Effect> {
  const asked = askCandidates(record, request, facts)
  return {
    record: { ...record, leadOrganisationId: null, leadPostId: null, assignmentId: null, why: asked[0]?.why ?? null },
    assignments: [...sentOn(assignments, facts), ...asked],
  }
}

/** Whoever convened has done so; everybody else who is still awaited is not awaited any more. Raw overdue facts stay. */
function callOffOpen(assignments: readonly Assignment[], { at }: MoveFacts): Assignment[] {
  return assignments.map((one) => (isEnded(one) ? one : one.purpose === 'convene' ? finish(one, at) : stop(one, 'cancel', at)))
}

/**
 * A lead that finishes while other units have not answered says why. Those whose help is not needed any more are released; the others still owe
 * their answer, and their clocks run on.
 */
function releaseUnneeded(assignments: readonly Assignment[], { reasonCode = '' }: MoveRequest, facts: MoveFacts): readonly Assignment[] {
  const awaited = assignments.filter((one) => (one.purpose === 'help' || one.purpose === 'whistle') && !isEnded(one))
  if (awaited.length === 0 || facts.isSystem) return assignments
  if (!(reasonCode in moveReasons.handle)) throw refuse.unitsAwaited({ n: awaited.length }, 'reasonCode')
  if (reasonCode !== 'not_needed') return assignments
  return assignments.map((one) => (one.purpose === 'help' && awaited.includes(one) ? stop(one, 'cancel', facts.at) : one))
}

function handledBy(record: CaseRecord, { note }: MoveRequest, { actorKey }: MoveFacts): CaseRecord {
  return { ...record, result: note?.trim() ?? null, handledBy: [...new Set([...record.handledBy, actorKey])] }
}

function closed(record: CaseRecord, assignments: readonly Assignment[], _request: MoveRequest, facts: MoveFacts) {
  // Nobody stays awaited on a case that is closed: a unit left open would show as overdue for ever.
  return { record: { ...record, closedAt: facts.at, evaluation: evaluate(record, assignments) }, assignments: callOffOpen(assignments, facts) }
}

// Once the case has moved on, the unit that an objection proposed is asked no more.
function unasked(assignments: readonly Assignment[], facts: MoveFacts): readonly Assignment[] {
  return endOpinions(assignments, (one) => stop(one, 'cancel', facts.at))
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
  const building = record.building?.code.startsWith(code) ? record.building : null
  return {
    ...record,
    areaCode: code,
    gridCode: area.level === 'grid' ? code : null,
    unitGridCode: null,
    building,
    lng: null,
    lat: null,
    placeReason: null,
  }
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
