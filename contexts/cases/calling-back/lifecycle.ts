import type { Wording } from '#kernel/refusal.ts'

/** What a caller said when he was called back. `not_solved` reopens the case to the supervisor. */
export const callBackOutcomes = ['solved', 'not_happy', 'not_solved', 'not_reached'] as const
export type CallBackOutcome = (typeof callBackOutcomes)[number]

export const callBackOutcomeNames = {
  solved: { zh: '确认已解决', en: 'Confirmed as solved' },
  not_happy: { zh: '已解决但不满意', en: 'Solved, but not happy' },
  not_solved: { zh: '没有解决', en: 'Not solved' },
  not_reached: { zh: '未联系上', en: 'Not reached' },
} as const satisfies Record<CallBackOutcome, Wording>
