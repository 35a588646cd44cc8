import { systemActor } from '#kernel/actor.ts'
import type { DistrictCode } from '#kernel/codes.ts'
import { newId } from '#kernel/id.ts'
import type { OutboxRow } from '#platform/outbox.ts'
import type { CaseServices } from './commands.ts'
import type { CaseMoveInput } from './moving/bench.ts'
import { holdForPerson, moveCasesIn } from './moving/commands.ts'
import { findCases, type WorkTx } from './store.ts'

/** Subscriber of `case.reported`: files and dispatches by rule what the rules are sure of; everything else waits for a person, with the reason. */
export const DISPATCH_BY_RULE = 'cases.dispatch-by-rule'
const dispatcher = systemActor('dispatch')

/** Acts on new calls of one district inside the transaction that claimed them, so each is dispatched exactly once. */
export async function dispatchByRule(tx: WorkTx, services: CaseServices, districtCode: DistrictCode, rows: readonly OutboxRow[]): Promise<void> {
  const records = await findCases(
    tx,
    districtCode,
    rows.map((row) => row.subjectId),
  )
  const sure = records.filter((record) => record.status === 'reported' && record.triageReason === null)
  const by = { actor: dispatcher, requestId: 'outbox' }
  const inputs = sure.flatMap((record): CaseMoveInput[] => [
    { id: record.id, move: 'file', commandId: newId(), by },
    { id: record.id, move: 'dispatch', commandId: newId(), by },
  ])
  const outcomes = await moveCasesIn(tx, services, districtCode, inputs)
  const refused = sure.flatMap((record, index) => {
    const outcome = outcomes[index * 2 + 1]
    // Whoever joined another case between the look and the lock is held by nothing.
    const isHeld = outcome && !outcome.ok && outcome.refusal.code !== 'cases.moveNotAllowed'
    return isHeld ? [{ record, refusal: outcome.refusal }] : []
  })
  await holdForPerson(tx, services, districtCode, refused, by)
}
