import { openAssignment, stop, type Assignment } from '#contexts/assignments/index.ts'
import type { Effect, MoveRequest, RungPlan } from '../move.ts'
import type { CaseRecord } from '../record.ts'
import type { Rung } from './rung.ts'

/** The level below has met its duty and its clocks stop; the next one starts with whole clocks of its own. The tier rises. */
export const callUp: Effect = (record, assignments, request, facts) =>
  takeStep(record, assignments, request, { direction: 'up', at: facts.at, ...facts.planCallUp(record, facts.at) })

/** Back to whoever called, with whole clocks again. It stays written whose bounce it was. */
export const sendDown: Effect = (record, assignments, request, facts) =>
  takeStep(record, assignments, request, { direction: 'down', at: facts.at, ...facts.planSendDown(record, facts.at) })

function takeStep(
  record: CaseRecord,
  assignments: readonly Assignment[],
  { reasonCode = '' }: MoveRequest,
  { direction, at, from, to, why, milestones }: RungPlan & Pick<Rung, 'direction' | 'at'>,
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
