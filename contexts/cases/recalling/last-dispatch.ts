import type { DistrictCode } from '#kernel/codes.ts'
import { lastEventsOf, type PastEvent } from '#platform/history.ts'
import { eventOfMove } from '../events.ts'
import type { PastDispatch } from '../move.ts'
import type { CasesTx } from '../store.ts'

const told = ({ happenedAt, fromState, subjectVersion }: Pick<PastEvent, 'happenedAt' | 'fromState' | 'subjectVersion'>): PastDispatch => ({
  at: happenedAt,
  from: fromState,
  version: subjectVersion,
})

/** Of a case whose history is at hand. */
export function lastDispatchIn(events: readonly PastEvent[]): PastDispatch | undefined {
  const last = events.findLast(({ type }) => type === eventOfMove.dispatch)
  return last && told(last)
}

/** Of each of several cases, by id; asked only where somebody wants to recall. */
export async function lastDispatches(tx: CasesTx, districtCode: DistrictCode, ids: readonly string[]): Promise<Map<string, PastDispatch>> {
  const found = await lastEventsOf(tx, districtCode, ids, eventOfMove.dispatch)
  return new Map([...found].map(([id, event]) => [id, told(event)]))
}
