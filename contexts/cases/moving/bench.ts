import type { Assignment } from '#contexts/assignments/index.ts'
import type { Actor } from '#kernel/actor.ts'
import type { Instant } from '#kernel/clock.ts'
import type { NewEvent } from '#platform/event.ts'
import type { saveReceipts } from '#platform/receipt.ts'
import type { MoveRequest, PastDispatch } from '../move.ts'
import type { CaseRecord } from '../record.ts'
import type { NoteRow, StepRow } from '../store.ts'

/** One move of one case as a caller asks for it. */
export interface CaseMoveInput extends MoveRequest {
  readonly id: string
  /** The version that the person saw; undefined for the platform's own moves. */
  readonly expectedVersion?: number | undefined
  readonly commandId: string
  readonly happenedAt?: Instant | undefined
  readonly by: { readonly actor: Actor; readonly requestId: string; readonly isCaller?: boolean }
}

/** Cases on the bench of one transaction, and everything that their moves will write. */
export interface Workbench {
  readonly records: Map<string, CaseRecord>
  /** All assignments of each case, by the case's id: as they were loaded, and as they are now. */
  readonly assignments: Map<string, { before: readonly Assignment[]; after: readonly Assignment[] }>
  /** Of the cases that somebody wants to recall. */
  readonly dispatches: ReadonlyMap<string, PastDispatch>
  readonly touched: Set<string>
  readonly steps: StepRow[]
  readonly notes: NoteRow[]
  readonly events: NewEvent[]
  readonly receipts: Parameters<typeof saveReceipts>[1][number][]
}
