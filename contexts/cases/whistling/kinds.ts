import { summonsClocks, planMilestone, type PlannedMilestone } from '#contexts/assignments/index.ts'
import type { Catalogue, Limit } from '#contexts/catalogue/index.ts'
import type { Instant, LocalDate } from '#kernel/clock.ts'
import type { Wording } from '#kernel/refusal.ts'
import { refuse } from './refusals.ts'
import type { MilestoneKind } from '../../assignments/lifecycle.ts'

/** A kind of whistle with its limits, from a day on. A clock without a limit does not run. */
export interface WhistleKind {
  readonly kind: string
  readonly effectiveFrom: LocalDate
  readonly ordinal: number
  readonly name: Wording
  readonly limits: Readonly<Partial<Record<MilestoneKind, Limit>>>
  /** A leader of the district approves it before it sounds. */
  readonly needsApproval: boolean
  readonly offered: boolean
}

/** Refuses rules of a kind that nothing could run by: without a limit a summons asks for nothing. */
export function checkKind({ limits }: WhistleKind): void {
  if (Object.keys(limits).length === 0) throw refuse.kindWithoutLimit({}, 'limits')
}

/** The kinds that may be chosen on a day, in their order: of each the latest row that is not after the day. */
export function kindsOn(rows: readonly WhistleKind[], on: LocalDate): WhistleKind[] {
  const latest = [...Map.groupBy(rows, (row) => row.kind).values()].flatMap((ofKind) =>
    ofKind
      .filter((row) => row.effectiveFrom <= on)
      .toSorted((a, b) => (a.effectiveFrom < b.effectiveFrom ? 1 : -1))
      .slice(0, 1),
  )
  return latest.filter((row) => row.offered).toSorted((a, b) => a.ordinal - b.ordinal)
}

/** The row under which a whistle was asked for, also when the kind has changed since. */
export function kindOf(rows: readonly WhistleKind[], { kind, kindFrom }: { kind: string; kindFrom: LocalDate }): WhistleKind | undefined {
  return rows.find((row) => row.kind === kind && row.effectiveFrom === kindFrom)
}

/** Starts the clocks of a summoned unit at `at`. Refuses with `catalogue.unknownYear` when a limit leaves the known calendars. */
export function planSummons({ limits }: WhistleKind, at: Instant, catalogue: Pick<Catalogue, 'calendar' | 'ladder'>): PlannedMilestone[] {
  return summonsClocks.flatMap((kind) => {
    const limit = limits[kind]
    return limit ? [planMilestone(kind, at, limit, catalogue)] : []
  })
}
