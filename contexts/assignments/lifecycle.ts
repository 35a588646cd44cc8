/** An assignment asks one party to answer by two clocks. States and clocks as data, read by API, screens, database check and tests. */
import { addMs, msOf, type Instant } from '#kernel/clock.ts'
import type { Wording } from '#kernel/refusal.ts'

export const assignmentStates = [
  'open',
  'signed',
  'contacted',
  'arrived',
  'done',
  'returned',
  'relieved',
  'cancelled',
  'called_up',
  'recalled',
] as const
export type AssignmentState = (typeof assignmentStates)[number]

export const assignmentStateNames = {
  open: { zh: '待响应', en: 'Awaiting response' },
  signed: { zh: '已签收', en: 'Signed for' },
  contacted: { zh: '处置中', en: 'In progress' },
  arrived: { zh: '已到场', en: 'On site' },
  done: { zh: '已完成', en: 'Done' },
  returned: { zh: '已退回', en: 'Given back' },
  relieved: { zh: '已裁定移出', en: 'Relieved by adjudication' },
  cancelled: { zh: '已取消', en: 'Cancelled' },
  called_up: { zh: '已上呼', en: 'Called up' },
  recalled: { zh: '已撤回派遣', en: 'Recalled' },
} as const satisfies Record<AssignmentState, Wording>

/** What an assignment is for. A candidate leads if it is the first to take the work (首接负责); who convenes sees to it that summoned units answer. */
export const purposes = ['handle', 'candidate', 'help', 'whistle', 'convene', 'redispatch', 'opinion'] as const
export type Purpose = (typeof purposes)[number]
export const purposeNames = {
  handle: { zh: '牵头', en: 'Leads' },
  candidate: { zh: '待接办', en: 'May take it' },
  help: { zh: '协同', en: 'Helps' },
  whistle: { zh: '吹哨', en: 'Whistle' },
  convene: { zh: '召集', en: 'Convenes' },
  redispatch: { zh: '再派遣', en: 'Dispatches again' },
  opinion: { zh: '陈述意见', en: 'Gives an opinion' },
} as const satisfies Record<Purpose, Wording>

/**
 * 签收 sign: the unit has seen it. 呼应 respond: first real contact, counted from dispatch. 到场 arrive: on the site. 处置 dispose: the result is fed back.
 * 派遣 dispatch: sent on after a return.
 */
export const milestoneKinds = ['sign', 'respond', 'arrive', 'dispose', 'dispatch'] as const
export type MilestoneKind = (typeof milestoneKinds)[number]
/** The clocks that a summons may start. */
export const summonsClocks = ['sign', 'respond', 'arrive', 'dispose'] as const satisfies readonly MilestoneKind[]
/** The two clocks that every lead and every helper has. */
export const bothClocks = ['respond', 'dispose'] as const satisfies readonly MilestoneKind[]

interface AssignmentMove {
  readonly from: readonly AssignmentState[]
  readonly to: AssignmentState
  /** Clocks that the move meets: a contact is more than a signature, an arrival more than a contact. */
  readonly meets: readonly MilestoneKind[]
}

/**
 * Moves of an assignment. `redo` is a result that did not pass its check: the same unit goes on under a new dispose clock. `takeUp`: what
 * was given back comes to the same unit again. `settle`: a decision that was asked for was made. `relieve`: adjudication gave it to another unit.
 * `callUp` hands it to the level above: the duty of this level is met. `recall`: the dispatch was undone before anybody answered.
 */
export const assignmentMoves = {
  sign: { from: ['open'], to: 'signed', meets: ['sign'] },
  contact: { from: ['open', 'signed'], to: 'contacted', meets: ['sign', 'respond'] },
  arrive: { from: ['open', 'signed', 'contacted'], to: 'arrived', meets: ['sign', 'respond', 'arrive'] },
  finish: { from: ['contacted', 'arrived'], to: 'done', meets: ['dispose'] },
  redo: { from: ['done'], to: 'contacted', meets: [] },
  return: { from: ['open', 'signed', 'contacted'], to: 'returned', meets: [] },
  takeUp: { from: ['returned'], to: 'open', meets: [] },
  settle: { from: ['open'], to: 'done', meets: [] },
  relieve: { from: ['open', 'signed', 'contacted', 'arrived'], to: 'relieved', meets: [] },
  cancel: { from: ['open', 'signed', 'contacted', 'arrived'], to: 'cancelled', meets: [] },
  callUp: { from: ['open', 'contacted'], to: 'called_up', meets: [] },
  recall: { from: ['open', 'signed'], to: 'recalled', meets: [] },
} as const satisfies Record<string, AssignmentMove>
export type AssignmentMoveName = keyof typeof assignmentMoves

export const milestoneNames = {
  sign: { zh: '签收', en: 'Sign' },
  respond: { zh: '呼应', en: 'Respond' },
  arrive: { zh: '到场', en: 'Arrive' },
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

/** What a reminder says: a step of the ladder, or a person who urges 催办. */
export const reminderActs = ['remind', 'overdue', 'escalate', 'urge'] as const
export type ReminderAct = (typeof reminderActs)[number]

/** How a running clock looks to a person: by words and sign, never by colour alone. */
export type ClockLook = 'met' | 'met_late' | 'running' | 'soon' | 'overdue' | 'paused' | 'none'

const threeQuarters = (from: Instant, to: Instant): Instant => addMs(from, Math.floor((msOf(to) - msOf(from)) * 0.75))

/** Look of a milestone at `now`; `soon` from its `soonAt` on, or from three quarters of its plain span where it has none. All instants are UTC text. */
export function clockLook(
  milestone: {
    startsAt: string
    dueAt: string | null
    metAt: string | null
    overdueAt: string | null
    pausedAt?: string | null
    soonAt?: string | null
  },
  now: string,
): ClockLook {
  const { startsAt, dueAt, metAt, overdueAt, pausedAt = null, soonAt = null } = milestone
  if (metAt !== null) return overdueAt !== null ? 'met_late' : 'met'
  if (dueAt === null) return 'none'
  if (overdueAt !== null) return 'overdue'
  if (pausedAt !== null) return pausedAt > dueAt ? 'overdue' : 'paused'
  if (now > dueAt) return 'overdue'
  return now >= (soonAt ?? threeQuarters(startsAt as Instant, dueAt as Instant)) ? 'soon' : 'running'
}
