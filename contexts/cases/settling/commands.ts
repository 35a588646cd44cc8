import { systemActor, type Actor } from '#kernel/actor.ts'
import { newId } from '#kernel/id.ts'
import type { Refusal } from '#kernel/refusal.ts'
import { inTransaction } from '#platform/database/database.ts'
import { againAfterTwin } from '#platform/receipt.ts'
import { prepareCall, type CallInput } from '../accept.ts'
import { acceptCallsIn, type Accepted, type CaseServices } from '../commands.ts'
import type { CaseMoveInput } from '../moving/bench.ts'
import { moveCasesIn, type MoveOutcome } from '../moving/commands.ts'
import { subjectOf } from '../record.ts'
import { refuse } from '../refusals.ts'
import type { Rules } from '../rules.ts'
import { findCase, type WorkTx } from '../store.ts'
import { organisationName } from '../view.ts'

const byRule = systemActor('dispatch')

/** What the rules sent to somebody else is hidden from the finder, or is not his to settle. He is told whose it is. */
const rightsAreMissing = ({ code }: Refusal): boolean => ['cases.notFound', 'cases.notYours', 'cases.holdsNot'].includes(code)

function unitOf(sent: MoveOutcome | undefined, rules: Rules): string {
  return (sent?.ok && organisationName(sent.record.leadOrganisationId, rules)?.zh) || '其他单位'
}

/**
 * 随手办: a grid worker reports what he found and settles it in one go. One transaction: the rules file and dispatch it as any report, and he
 * settles it. It is refused as a whole where the rules do not know the matter, name another unit, or call it more than a trifle.
 */
export async function settleOnSpot(
  services: CaseServices,
  input: Omit<CallInput, 'channel'> & { readonly result: string },
  by: { readonly actor: Actor; readonly requestId: string },
): Promise<Accepted> {
  const { result, ...told } = input
  const rules = services.rules()
  const call = prepareCall({ ...told, channel: 'grid_worker' }, by, services.clock.now(), rules, services.secrets)
  if (!rules.policy.may(by.actor, 'case.report', subjectOf(call.record))) throw refuse.notYours({ move: '上报' })
  const { districtCode } = call
  return againAfterTwin(() =>
    inTransaction(services.database, async (tx: WorkTx) => {
      const [accepted] = await acceptCallsIn(tx, services, districtCode, [call])
      if (!accepted) throw new Error('a call was neither accepted nor refused')
      const { id } = accepted
      const record = await findCase(tx, districtCode, id)
      // The same command came before and was answered; what became of the case since then is not to be repeated.
      if (record?.status === 'reported') {
        const moves: CaseMoveInput[] = [
          { id, move: 'file', commandId: newId(), by: { actor: byRule, requestId: by.requestId } },
          { id, move: 'dispatch', commandId: newId(), by: { actor: byRule, requestId: by.requestId } },
          { id, move: 'settle', commandId: newId(), note: result, by },
        ]
        const [filed, sent, settled] = await moveCasesIn(tx, services, districtCode, moves)
        if (filed && !filed.ok) throw filed.refusal
        if (sent && !sent.ok) throw sent.refusal
        if (settled && !settled.ok) throw rightsAreMissing(settled.refusal) ? refuse.notYourTrifle({ unit: unitOf(sent, rules) }) : settled.refusal
      }
      return accepted
    }),
  )
}
