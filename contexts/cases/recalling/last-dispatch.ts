import type { PastEvent } from '#platform/history.ts'
import { eventOfMove } from '../events.ts'
import type { PastDispatch } from '../move.ts'

/** An event of a dispatch, as far as recalling it asks. */
export const told = ({ happenedAt, fromState, subjectVersion }: Pick<PastEvent, 'happenedAt' | 'fromState' | 'subjectVersion'>): PastDispatch => ({
  at: happenedAt,
  from: fromState,
  version: subjectVersion,
})

/** The last dispatch of a case whose history is at hand. */
export function lastDispatchIn(events: readonly PastEvent[]): PastDispatch | undefined {
  const last = events.findLast(({ type }) => type === eventOfMove.dispatch)
  return last && told(last)
}
