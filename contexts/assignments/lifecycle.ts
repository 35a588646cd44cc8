/** An assignment asks one party to answer by two clocks. States and clocks as data, read by API, screens, database check and tests. */
import { msOf, type Instant } from '#kernel/clock.ts'
import type { Wording } from '#kernel/refusal.ts'

export const assignmentStates = ['open', 'contacted', 'done', 'returned', 'cancelled', 'called_up'] as const
export type AssignmentState = (typeof assignmentStates)[number]

export const assignmentStateNames = {
  open: { zh: '待响应', en: 'Awaiting response' },
  contacted: { zh: '处置中', en: 'In progress' },
  done: { zh: '已完成', en: 'Done' },
  returned: { zh: '已退回', en: 'Given back' },
  cancelled: { zh: '已取消', en: 'Cancelled' },
  called_up: { zh: '已上呼', en: 'Called up' },
} as const satisfies Record<AssignmentState, Wording>

/**
 * Moves of an assignment. `redo` is a result that did not pass its check: the same unit goes on under a new dispose clock.
 * `callUp` hands it to the level above: the duty of this level is met.
 */
export const assignmentMoves = {
  contact: { from: ['open'], to: 'contacted' },
  finish: { from: ['contacted'], to: 'done' },
  redo: { from: ['done'], to: 'contacted' },
  return: { from: ['open', 'contacted'], to: 'returned' },
  cancel: { from: ['open', 'contacted'], to: 'cancelled' },
  callUp: { from: ['open', 'contacted'], to: 'called_up' },
} as const satisfies Record<string, { from: readonly AssignmentState[]; to: AssignmentState }>
export type AssignmentMoveName = keyof typeof assignmentMoves

/** 呼应 respond: first real contact or arrival, counted from dispatch. 处置 dispose: the result is fed back. */
export const milestoneKinds = ['respond', 'dispose'] as const
export type MilestoneKind = (typeof milestoneKinds)[number]
export const milestoneNames = {
  respond: { zh: '呼应', en: 'Respond' },
  dispose: { zh: '处置', en: 'Dispose' },
} as const satisfies Record<MilestoneKind, Wording>

/** What a step of the ladder does when its moment comes. `overdue` marks the raw fact, which is never erased. */
export const timerActs = ['remind', 'overdue', 'escalate'] as const
export type TimerAct = (typeof timerActs)[number]
export const timerActNames = {
  remind: { zh: '临期提醒', en: 'Reminder' },
  overdue: { zh: '超时', en: 'Overdue' },
  escalate: { zh: '升级督办', en: 'Escalated' },
} as const satisfies Record<TimerAct, Wording>

/** How a running clock looks to a person: by words and sign, never by colour alone. */
export type ClockLook = 'met' | 'met_late' | 'running' | 'soon' | 'overdue' | 'none'

/** Look of a milestone at `now`; `soon` from three quarters of its span on. All instants are UTC text. */
export function clockLook(
  milestone: { startsAt: string; dueAt: string | null; metAt: string | null; overdueAt: string | null },
  now: string,
): ClockLook {
  const { startsAt, dueAt, metAt, overdueAt } = milestone
  if (metAt !== null) return overdueAt !== null ? 'met_late' : 'met'
  if (dueAt === null) return 'none'
  if (overdueAt !== null || now > dueAt) return 'overdue'
  const start = msOf(startsAt as Instant)
  return msOf(now as Instant) - start >= (msOf(dueAt as Instant) - start) * 0.75 ? 'soon' : 'running'
}
