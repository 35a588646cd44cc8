/** What this person has just done to cases, for as long as it can be taken back, and what became of each case. Kept outside the pages: leaving one changes nothing. */
import { shallowRef } from 'vue'
import type { BulkMove, Result, Urge } from './desk-queries.ts'

export interface Act {
  readonly what: BulkMove | Urge
  readonly results: readonly Result[]
  /** Milliseconds of the device's clock (`performance.now()`) until which it can be taken back; 0 for what cannot. */
  readonly until: number
}
export const UNDO_MS = 10_000

export const lastAct = shallowRef<Act>()
/** True where a screen shows acts; elsewhere a toast says them. */
export const actsAreShown = shallowRef(false)

/** Whether a dispatch of one of these can be recalled: what was reopened goes to its unit again, and nothing lies before that to go back to. */
export const mayBeRecalled = (before: readonly { readonly status: string }[]): boolean => before.some(({ status }) => status === 'filed')

/** Shows what was done. A dispatch can be taken back for ten seconds: the recall is an act of its own, recorded as the dispatch is. */
export function showAct(what: Act['what'], results: readonly Result[], mayUndo = false): void {
  const isUndoable = mayUndo && results.some(({ done }) => done)
  lastAct.value = { what, results, until: isUndoable ? performance.now() + UNDO_MS : 0 }
}
