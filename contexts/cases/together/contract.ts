import { z } from 'zod'
import { endpoint } from '#platform/http/endpoint.ts'
import { caseStatuses } from '../lifecycle.ts'
import { CaseKey, CommandId, ExpectedVersion, WordingView } from '../shapes/contract.ts'

/** Moves that need nothing but the case itself, so that one decision holds for many; `recall` undoes `dispatch`. */
export const bulkMoves = ['file', 'dispatch', 'recall', 'close'] as const
/** Cases of one decision; whoever wants more decides again. */
export const MOST_AT_ONCE = 500

export const OneOfMany = CaseKey.extend({ commandId: CommandId, expectedVersion: ExpectedVersion })

/** What became of each case, in the order asked. */
export const ResultOfOne = CaseKey.extend({
  done: z.boolean(),
  number: z.string().nullable().describe('Null for what the actor may not see'),
  version: z.number().int().nullable(),
  status: z.enum(caseStatuses).nullable(),
  refusal: z.object({ code: z.string(), text: WordingView }).nullable(),
})
export type ResultOfOne = z.infer<typeof ResultOfOne>

export const moveCasesTogether = endpoint({
  id: 'moveCasesTogether',
  method: 'POST',
  path: '/api/cases/moves',
  permission: 'signedIn',
  summary: 'Make one move on many cases; each is done or refused by itself, with its reason',
  body: z.object({ move: z.enum(bulkMoves), note: z.string().max(1000).optional(), cases: z.array(OneOfMany).min(1).max(MOST_AT_ONCE) }),
  reply: z.object({ results: z.array(ResultOfOne) }),
})
