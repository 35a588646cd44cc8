import { openAssignment, stop, type Assignment } from '#contexts/assignments/index.ts'
import type { Effect, MoveFacts, MoveRequest, RungPlan } from '../move.ts'
import type { CaseRecord } from '../record.ts'

/** The level below has met its duty and its clocks stop; the next one starts with whole clocks of its own. The tier rises. */
export const callUp: Effect = (record, assignments, request, facts) =>
  takeStep(record, assignments, 'up', request, facts, facts.planCallUp(record, facts.at))

/** Back to whoever called, with whole clocks again. It stays written whose bounce it was. */
export const sendDown: Effect = (record, assignments, request, facts) =>
  takeStep(record, assignments, 'down', request, facts, facts.planSendDown(record, facts.at))

function takeStep(
  record: CaseRecord,
  assignments: readonly Assignment[],
  direction: 'up' | 'down',
  { reasonCode = '' }: MoveRequest,
  { at }: MoveFacts,
  { from, to, why, milestones }: RungPlan,
): { record: CaseRecord; assignments: readonly Assignment[] } {
  const lead = assignments.find(({ id }) => id === record.assignmentId)
  if (!lead) throw new Error('a case that is being worked on has no assignment')
  const { districtCode, areaCode } = record
  const { organisationId, postId, tier } = to
  const opened = openAssignment({
    districtCode,
    subjectKind: 'case',
    subjectId: record.id,
    purpose: 'handle',
    organisationId,
    postId,
    areaCode,
    why,
    openedAt: at,
    milestones,
  })
  const rung = { direction, at, reason: reasonCode, from, to, fromAssignmentId: lead.id, assignmentId: opened.id } as const
  const held = { leadOrganisationId: organisationId, leadPostId: postId, assignmentId: opened.id, why, tier }
  const ended = stop(lead, direction === 'up' ? 'callUp' : 'return', at)
  return {
    record: { ...record, ...held, ladder: [...record.ladder, rung] },
    assignments: [...assignments.map((one) => (one === lead ? ended : one)), opened],
  }
}
