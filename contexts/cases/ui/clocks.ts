/** Which clock a case shows in a list, and how it looks. Pure. */
import type { ClockLook } from '#contexts/assignments/lifecycle.ts'
import type { CaseSummary } from '../contract.ts'

export interface ListClock {
  readonly dueAt: string
  readonly look: Extract<ClockLook, 'running' | 'soon' | 'overdue'>
}

/** The clock that somebody must meet next: 呼应 until first contact, then 处置; 再派遣 after a return. Null where nobody is being waited for by a clock. */
export function listClock({ clockDueAt, soonAt }: Pick<CaseSummary, 'clockDueAt' | 'soonAt'>, now: string): ListClock | null {
  return clockDueAt === null ? null : { dueAt: clockDueAt, look: lookOf(soonAt, clockDueAt, now) }
}

function lookOf(soonAt: string | null, dueAt: string, now: string): ListClock['look'] {
  if (now > dueAt) return 'overdue'
  return soonAt !== null && now >= soonAt ? 'soon' : 'running'
}
