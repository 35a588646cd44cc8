/** An assignment asks one party to answer by two clocks. States and clocks as data, read by API, screens, database check and tests. */
import { msOf, type Instant } from '#kernel/clock.ts'
import type { Wording } from '#kernel/refusal.ts'

export const assignmentStates = ['open', 'contacted', 'done', 'returned', 'relieved', 'cancelled'] as const
export type AssignmentState = (typeof assignmentStates)[number]

export const assignmentStateNames = {
  open: { zh: '待响应', en: 'Awaiting response' },
  contacted: { zh: '处置中', en: 'In progress' },
  done: { zh: '已完成', en: 'Done' },
  returned: { zh: '已退回', en: 'Given back' },
  relieved: { zh: '已裁定移出', en: 'Relieved by adjudication' },
  cancelled: { zh: '已取消', en: 'Cancelled' },
} as const satisfies Record<AssignmentState, Wording>

/**
 * Moves of an assignment. `redo` is a result that did not pass its check: the same unit goes on under a new dispose clock. `takeUp`: what
 * was given back comes to the same unit again. `settle`: a decision that was asked for was made. `relieve`: adjudication gave it to another unit.
 */
export const assignmentMoves = {
  contact: { from: ['open'], to: 'contacted' },
  finish: { from: ['contacted'], to: 'done' },
  redo: { from: ['done'], to: 'contacted' },
  return: { from: ['open', 'contacted'], to: 'returned' },
  takeUp: { from: ['returned'], to: 'open' },
  settle: { from: ['open'], to: 'done' },
  relieve: { from: ['open', 'contacted'], to: 'relieved' },
  cancel: { from: ['open', 'contacted'], to: 'cancelled' },
} as const satisfies Record<string, { from: readonly AssignmentState[]; to: AssignmentState }>
export type AssignmentMoveName = keyof typeof assignmentMoves

/** 呼应 respond: first real contact or arrival, counted from dispatch. 处置 dispose: the result is fed back. 派遣 dispatch: sent on after a return. */
export const milestoneKinds = ['respond', 'dispose', 'dispatch'] as const
export type MilestoneKind = (typeof milestoneKinds)[number]
export const milestoneNames = {
  respond: { zh: '呼应', en: 'Respond' },
  dispose: { zh: '处置', en: 'Dispose' },
  dispatch: { zh: '再派遣', en: 'Dispatch again' },
} as const satisfies Record<MilestoneKind, Wording>

/** Why a clock stands still: the unit gave the case back, or it was put on the long list (挂账). */
export const pauseReasons = ['returned', 'suspended'] as const
export type PauseReason = (typeof pauseReasons)[number]

/** What a step of the ladder does when its moment comes. `overdue` marks the raw fact, which is never erased. */
export const timerActs = ['remind', 'overdue', 'escalate'] as const
export type TimerAct = (typeof timerActs)[number]
export const timerActNames = {
  remind: { zh: '临期提醒', en: 'Reminder' },
  overdue: { zh: '超时', en: 'Overdue' },
  escalate: { zh: '升级督办', en: 'Escalated' },
} as const satisfies Record<TimerAct, Wording>

/** How a running clock looks to a person: by words and sign, never by colour alone. */
export type ClockLook = 'met' | 'met_late' | 'running' | 'soon' | 'overdue' | 'paused' | 'none'

/** Look of a milestone at `now`; `soon` from three quarters of its span on. All instants are UTC text. */
export function clockLook(
  milestone: { startsAt: string; dueAt: string | null; metAt: string | null; overdueAt: string | null; pausedAt?: string | null },
  now: string,
): ClockLook {
  const { startsAt, dueAt, metAt, overdueAt, pausedAt = null } = milestone
  if (metAt !== null) return overdueAt !== null ? 'met_late' : 'met'
  if (dueAt === null) return 'none'
  if (overdueAt !== null) return 'overdue'
  if (pausedAt !== null) return pausedAt > dueAt ? 'overdue' : 'paused'
  if (now > dueAt) return 'overdue'
  const start = msOf(startsAt as Instant)
  return msOf(now as Instant) - start >= (msOf(dueAt as Instant) - start) * 0.75 ? 'soon' : 'running'
}
