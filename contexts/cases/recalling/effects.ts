import { giveBack, isEnded, stop, type Assignment } from '#contexts/assignments/index.ts'
import { openFor } from '../joining/first-taker.ts'
import type { MoveFacts } from '../move.ts'
import type { CaseRecord } from '../record.ts'

/**
 * Undoes a dispatch that nobody has answered. Parts that it opened end as recalled; a unit that got its own return again has returned it as
 * before; and where the command centre was awaited, it is awaited again since the same moment.
 */
export function recallDispatch(
  record: CaseRecord,
  assignments: readonly Assignment[],
  facts: MoveFacts,
): { record: CaseRecord; assignments: readonly Assignment[] } {
  const since = facts.lastDispatch?.at ?? facts.at
  const taken = assignments.map((one) => {
    if (isEnded(one)) return one
    if (one.openedAt >= since) return stop(one, 'recall', facts.at)
    return one.id === record.assignmentId ? giveBack(one, facts.at) : one
  })
  return {
    record: {
      ...record,
      leadOrganisationId: null,
      leadPostId: null,
      assignmentId: null,
      why: null,
      steps: record.steps.filter((step) => step !== 'dispatch'),
    },
    assignments: [...taken, ...awaitedAgain(record, assignments, since, facts)],
  }
}

/** The centre's clock counts from when the case first came back, so that dispatching and recalling wins no time. */
function awaitedAgain(record: CaseRecord, assignments: readonly Assignment[], since: string, facts: MoveFacts): Assignment[] {
  const settled = assignments.findLast((one) => one.purpose === 'redispatch' && one.endedAt === since)
  const plan = settled && facts.planRedispatch(record, settled.openedAt)
  return settled && plan ? [openFor(record, 'redispatch', plan, settled.openedAt)] : []
}
