import { systemActor, type Actor } from '#kernel/actor.ts'
import { newId } from '#kernel/id.ts'
import { inTransaction } from '#platform/database/database.ts'
import { againAfterTwin } from '#platform/receipt.ts'
import { prepareCall, type CallInput } from '../accept.ts'
import { acceptCallsIn, type CaseServices } from '../commands.ts'
import { moveCasesIn, type CaseMoveInput } from '../moving/commands.ts'
import { subjectOf } from '../record.ts'
import { refuse } from '../refusals.ts'
import { findCase, type WorkTx } from '../store.ts'

const byRule = systemActor('dispatch')

/**
 * 随手办: a grid worker reports what he found and settles it in one go. One transaction: the rules file and dispatch it as any report, and he
 * settles it. It is refused as a whole where the rules do not know the matter, name another unit, or call it more than a trifle.
 */
export async function settleOnSpot(
  services: CaseServices,
  input: Omit<CallInput, 'channel'> & { readonly result: string },
  by: { readonly actor: Actor; readonly requestId: string },
): Promise<{ districtCode: string; id: string; number: string }> {
  const { result, ...told } = input
  const rules = services.rules()
  const call = prepareCall({ ...told, channel: 'grid_worker' }, by, services.clock.now(), rules, services.secrets)
  if (!rules.policy.may(by.actor, 'case.report', subjectOf(call.record))) throw refuse.notYours({ move: '上报' })
  const { districtCode } = call
  return againAfterTwin(() =>
    inTransaction(services.database, async (tx: WorkTx) => {
      const [accepted] = await acceptCallsIn(tx, services, districtCode, [call])
      if (!accepted) throw new Error('a call was neither accepted nor refused')
      const { id, number } = accepted
      const record = await findCase(tx, districtCode, id)
      // The same command came before and was answered; what became of the case since then is not to be repeated.
      if (record?.status === 'reported') {
        const moves: CaseMoveInput[] = [
          { id, move: 'file', commandId: newId(), by: { actor: byRule, requestId: by.requestId } },
          { id, move: 'dispatch', commandId: newId(), by: { actor: byRule, requestId: by.requestId } },
          { id, move: 'settle', commandId: newId(), note: result, by },
        ]
        for (const outcome of await moveCasesIn(tx, services, districtCode, moves)) if (!outcome.ok) throw outcome.refusal
      }
      return { districtCode, id, number }
    }),
  )
}
