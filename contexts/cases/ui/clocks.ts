/** Which clock a case shows in a list, and how it looks. Pure. */
import { msOf, DAY_MS, type Instant } from '#kernel/clock.ts'
import type { ClockLook, MilestoneKind } from '#contexts/assignments/lifecycle.ts'
import type { CaseSummary } from '../contract.ts'

export interface ListClock {
  readonly kind: MilestoneKind
  readonly dueAt: string
  readonly look: Extract<ClockLook, 'running' | 'soon' | 'overdue'>
}

/** The clock that somebody must meet next: 呼应 until first contact, then 处置. Null where nobody is being waited for by a clock. */
export function listClock(
  one: Pick<CaseSummary, 'status' | 'respondDueAt' | 'disposeDueAt' | 'reportedAt' | 'overdue'>,
  now: string,
): ListClock | null {
  const kind = one.status === 'dispatched' ? 'respond' : one.status === 'contacted' ? 'dispose' : null
  const dueAt = kind === 'respond' ? one.respondDueAt : kind === 'dispose' ? one.disposeDueAt : null
  if (kind === null || dueAt === null) return null
  return { kind, dueAt, look: lookOf(one.reportedAt, dueAt, now) }
}

// A row knows when the case was reported, not when this clock started; a reopened case is old, so `soon` also needs less than a day left.
function lookOf(reportedAt: string, dueAt: string, now: string): ListClock['look'] {
  if (now > dueAt) return 'overdue'
  const left = msOf(dueAt as Instant) - msOf(now as Instant)
  const whole = msOf(dueAt as Instant) - msOf(reportedAt as Instant)
  return left <= whole / 4 && left < DAY_MS ? 'soon' : 'running'
}
