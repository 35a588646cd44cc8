import type { RejectedRow } from './area-draft.ts'
import type { ImportPlan } from './area-history.ts'
import type { Gap } from './gap.ts'
import type { Overlap } from './overlap.ts'

/** What came of a file. Counts are areas: a wide code list names many areas on a line, and made codes bring areas of their own. */
export interface ImportReport {
  /** Rows or features read. */
  readonly rows: number
  /** False when a row was rejected: a file goes in whole or not at all. */
  readonly written: boolean
  /** Areas that had no version on that day. */
  readonly accepted: number
  /** Areas whose name, parents, key or border changed. */
  readonly updated: number
  readonly unchanged: number
  readonly rejected: readonly { readonly line: number; readonly reason: string; readonly zh: string; readonly en: string }[]
  /** Codes whose parent is neither known on that day nor in the file; they are also among the rejected. */
  readonly orphans: ImportPlan['orphans']
  /** 代管: areas of the file that another area than their statistical parent governs. No fault, and told apart from the faults. */
  readonly administered: ImportPlan['administered']
  /** Neighbours that claim the same ground, largest first. Real borders do; nothing is refused for it. */
  readonly overlaps: readonly Overlap[]
  /** Parents whose children leave ground unclaimed, the largest first. */
  readonly gaps: readonly Gap[]
}

/** Called as an import writes: `done` of `total` areas. */
export type Progress = (progress: { readonly done: number; readonly total: number }) => void

/** Puts the plan and its rejected rows, in order of lines, into the report. */
export function reportOf(
  rows: number,
  plan: ImportPlan,
  rejected: readonly RejectedRow[],
  ground: { overlaps: readonly Overlap[]; gaps: readonly Gap[] },
): ImportReport {
  const all = [...rejected, ...plan.rejected].sort((a, b) => a.line - b.line)
  return {
    rows,
    written: all.length === 0,
    accepted: plan.accepted.length,
    updated: plan.updated.length,
    unchanged: plan.unchanged.length,
    rejected: all.map(({ line, refusal }) => ({ line, reason: refusal.code, zh: refusal.text('zh'), en: refusal.text('en') })),
    orphans: plan.orphans,
    administered: plan.administered,
    ...ground,
  }
}
