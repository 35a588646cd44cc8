import type { DistrictCode } from '#kernel/codes.ts'
import { lastEventsOf } from '#platform/history.ts'
import { eventOfMove } from '../events.ts'
import type { PastDispatch } from '../move.ts'
import type { CasesTx } from '../store.ts'
import { told } from './last-dispatch.ts'

/** The last dispatch of each of several cases, by id; asked only where somebody wants to recall. */
export async function lastDispatches(tx: CasesTx, districtCode: DistrictCode, ids: readonly string[]): Promise<Map<string, PastDispatch>> {
  const found = await lastEventsOf(tx, districtCode, ids, eventOfMove.dispatch)
  return new Map([...found].map(([id, event]) => [id, told(event)]))
}
