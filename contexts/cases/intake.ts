import type { Actor } from '#kernel/actor.ts'
import type { DistrictCode } from '#kernel/codes.ts'
import { gather } from '#platform/gather.ts'
import { prepareCall, type CallInput, type PreparedCall } from './accept.ts'
import { subjectOf, type CaseRecord } from './record.ts'
import { refuse } from './refusals.ts'
import { acceptCalls, type Accepted, type CaseServices } from './commands.ts'
import type { CaseMoveName } from './lifecycle.ts'
import type { CaseMoveInput } from './moving/bench.ts'
import { moveCases, type MoveOutcome } from './moving/commands.ts'
import { splitCase } from './splitting/commands.ts'
import { transferCase } from './transferring/commands.ts'

/** Many people at once, few transactions: calls and moves that arrive within milliseconds of each other share one, per district. */
export interface Intake {
  /** Answers after the call is committed. Throws a refusal that names what to put right. */
  accept(input: CallInput, by: { actor: Actor; requestId: string }): Promise<Accepted>
  /** Answers after the move is committed, with the case as it then is. */
  move(districtCode: DistrictCode, input: CaseMoveInput): Promise<CaseRecord>
}

export function createIntake(services: CaseServices): Intake {
  const calls = gather<PreparedCall, Accepted>({
    maxItems: 50,
    maxWaitMs: 4,
    run: (districtCode, items) => settled(acceptCalls(services, districtCode, items)),
  })
  const moves = gather<CaseMoveInput, MoveOutcome>({
    maxItems: 50,
    maxWaitMs: 4,
    run: (districtCode, items) => settled(moveCases(services, districtCode, items)),
  })
  return {
    accept: async (input, by) => {
      const rules = services.rules()
      const prepared = prepareCall(input, by, services.clock.now(), rules, services.secrets)
      // Staff report where their posts reach; a resident needs no right to call.
      if (by.actor.kind === 'person' && !rules.policy.may(by.actor, 'case.report', subjectOf(prepared.record)))
        throw refuse.notYours({ move: '上报' })
      return calls(prepared.districtCode, prepared)
    },
    move: async (districtCode, input) => {
      // A transfer and a split open other cases, so they share no transaction with other moves.
      const outcome = await (alone[input.move]?.(services, districtCode, input) ?? moves(districtCode, input))
      if (!outcome.ok) throw outcome.refusal
      return outcome.record
    },
  }
}

const alone: Partial<Record<CaseMoveName, typeof transferCase>> = { transfer: transferCase, split: splitCase }

async function settled<T>(work: Promise<T[]>): Promise<PromiseSettledResult<T>[]> {
  return (await work).map((value) => ({ status: 'fulfilled', value }))
}
