/** Which clock a case shows in a list, and how it looks. Pure. */
import type { ClockLook, MilestoneKind } from '#contexts/assignments/lifecycle.ts'
import type { CaseSummary } from '../contract.ts'

export interface ListClock {
  readonly kind: MilestoneKind
  readonly dueAt: string
  readonly look: Extract<ClockLook, 'running' | 'soon' | 'overdue'>
}

/** The clock that somebody must meet next: 呼应 until first contact, then 处置. Null where nobody is being waited for by a clock. */
export function listClock(one: Pick<CaseSummary, 'status' | 'respondDueAt' | 'disposeDueAt' | 'soonAt'>, now: string): ListClock | null {
  const kind = one.status === 'dispatched' ? 'respond' : one.status === 'contacted' ? 'dispose' : null
  const dueAt = kind === 'respond' ? one.respondDueAt : kind === 'dispose' ? one.disposeDueAt : null
  if (kind === null || dueAt === null) return null
  return { kind, dueAt, look: lookOf(one.soonAt, dueAt, now) }
}

function lookOf(soonAt: string | null, dueAt: string, now: string): ListClock['look'] {
  if (now > dueAt) return 'overdue'
  return soonAt !== null && now >= soonAt ? 'soon' : 'running'
}
