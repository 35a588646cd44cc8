import { contact, finish, isEnded, openAssignment, redo, stop, wasOnTime, type Assignment } from '#contexts/assignments/index.ts'
import type { EmergencyService } from '#kernel/emergency.ts'
import type { CaseMoveName } from './lifecycle.ts'
import type { Effect, MoveFacts } from './move.ts'
import type { CaseRecord } from './record.ts'
import { refuse } from './refusals.ts'

/** The effect of each move on the case and its assignments. What follows from the assignments for the case is copied afterwards (standing.ts). */
export const effects: Record<CaseMoveName, Effect> = {
  correct: (record, assignments, request, facts) => {
    if (request.conditionId === undefined && request.areaCode === undefined) throw refuse.nothingToCorrect()
    return { record: request.areaCode === undefined ? record : takePlace(record, request.areaCode, facts), assignments }
  },
  file: (record, assignments) => ({ record: { ...record, triageReason: null, triageNote: null }, assignments }),
  reject: (record, assignments) => ({ record, assignments }),
  dispatch: (record, assignments, request, facts) => {
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
      assignments: [...assignments, opened],
    }
  },
  contact: (record, assignments, _request, facts) => ({ record, assignments: onLead(record, assignments, (lead) => contact(lead, facts.at)) }),
  giveBack: (record, assignments, _request, facts) => ({
    record: { ...record, leadOrganisationId: null, leadPostId: null, assignmentId: null, why: null, returnCount: record.returnCount + 1 },
    assignments: onLead(record, assignments, (lead) => stop(lead, 'return', facts.at)),
  }),
  handle: (record, assignments, request, facts) => ({
    record: { ...record, result: request.note?.trim() ?? null, handledBy: [...new Set([...record.handledBy, facts.actorKey])] },
    assignments: onLead(record, assignments, (lead) => finish(lead, facts.at)),
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
  transfer: (record, assignments) => ({ record, assignments }),
  merge: (record, assignments, request, facts) => ({
    record: { ...unheld(record), mergedInto: request.mainId ?? null, triageReason: null, triageNote: null },
    assignments: cancelled(assignments, facts),
  }),
  unmerge: (record, assignments) => ({ record: { ...record, mergedInto: null, steps: ['collect'] }, assignments }),
  // The parts become cases of their own in the same transaction (splitting/commands.ts).
  split: (record, assignments, request, facts) => {
    for (const { areaCode } of request.parts ?? []) if (areaCode !== undefined) takePlace(record, areaCode, facts)
    return { record: unheld(record), assignments: cancelled(assignments, facts) }
  },
  handOver: (record, assignments, request, facts) => ({
    record: { ...unheld(record), handOver: { service: request.reasonCode as EmergencyService, at: facts.at } },
    assignments: cancelled(assignments, facts),
  }),
  withdraw: (record, assignments, _request, facts) => ({ record, assignments: cancelled(assignments, facts) }),
}

/** Nobody leads a case that another one answers for. */
function unheld(record: CaseRecord): CaseRecord {
  return { ...record, leadOrganisationId: null, leadPostId: null, assignmentId: null, why: null }
}

function cancelled(assignments: readonly Assignment[], facts: MoveFacts): Assignment[] {
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
  return { ...record, areaCode: code, gridCode: area.level === 'grid' ? code : null, unitGridCode: null, lng: null, lat: null, placeReason: null }
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
