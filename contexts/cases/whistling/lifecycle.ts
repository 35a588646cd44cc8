/** 街乡吹哨、部门报到, as data: states and moves of a whistle. What each summoned unit does stands in ../joining/lifecycle.ts. */
import type { Wording } from '#kernel/refusal.ts'
import type { ObjectionState, WhistleColumn, WhistleMoveName, WhistleState } from '../shapes/lifecycle.ts'

export { whistleColumns, whistleMoveNames, whistleStates, type WhistleColumn, type WhistleMoveName, type WhistleState } from '../shapes/lifecycle.ts'

/** `open` whistles still ask something of somebody. Names are Beijing's words; a city's own replace them (words.ts). */
export const whistleStateNames = {
  proposed: { zh: '待街道吹哨', en: 'Awaiting the street', open: true },
  waiting: { zh: '待区领导批准', en: 'Awaiting approval', open: true },
  sounded: { zh: '已吹哨', en: 'Whistled', open: true },
  closed: { zh: '已结束', en: 'Ended', open: false },
  declined: { zh: '未批准', en: 'Declined', open: false },
  called_off: { zh: '已撤销', en: 'Called off', open: false },
} as const satisfies Record<WhistleState, Wording & { open: boolean }>

interface WhistleMove extends Wording {
  readonly from: readonly WhistleState[]
  readonly to: WhistleState
  /** `street`: who convenes, with the right to whistle. `district`: a leader whose post covers the whole district. `either`: whoever must decide now. */
  readonly by: 'street' | 'district' | 'either'
  readonly needs: 'nothing' | 'note'
  /** Which kinds know the move. */
  readonly kinds: 'all' | 'approved' | 'free'
}

/** Every move of a whistle after it was asked for. */
export const whistleMoves = {
  sound: { zh: '吹哨', en: 'Whistle', from: ['proposed'], to: 'sounded', by: 'street', needs: 'nothing', kinds: 'free' },
  submit: { zh: '报区领导批准', en: 'Ask for approval', from: ['proposed'], to: 'waiting', by: 'street', needs: 'nothing', kinds: 'approved' },
  approve: { zh: '批准吹哨', en: 'Approve', from: ['waiting'], to: 'sounded', by: 'district', needs: 'nothing', kinds: 'approved' },
  decline: { zh: '不批准', en: 'Decline', from: ['proposed', 'waiting'], to: 'declined', by: 'either', needs: 'note', kinds: 'all' },
  callOff: { zh: '撤销', en: 'Call off', from: ['proposed', 'waiting', 'sounded'], to: 'called_off', by: 'street', needs: 'note', kinds: 'all' },
  close: { zh: '结束', en: 'End', from: ['sounded'], to: 'closed', by: 'street', needs: 'nothing', kinds: 'all' },
} as const satisfies Record<WhistleMoveName, WhistleMove>

export const whistleColumnNames = {
  asked: { zh: '待批准', en: 'Awaiting approval' },
  answering: { zh: '报到办理中', en: 'Units at work' },
  rating: { zh: '待街道评价', en: 'Awaiting the street’s rating' },
  ended: { zh: '近期结束', en: 'Recently ended' },
} as const satisfies Record<WhistleColumn, Wording>

/** Where the objection of a summoned unit stands. */
export const objectionStateNames = {
  waiting: { zh: '异议待裁定，时钟不停', en: 'Objection waits; the clocks run' },
  upheld: { zh: '异议成立，不再召集', en: 'Objection upheld; the unit is relieved' },
  refused: { zh: '异议不成立，仍须报到', en: 'Objection refused; the unit stays summoned' },
  lapsed: { zh: '异议已失效', en: 'Objection lapsed' },
} as const satisfies Record<ObjectionState, Wording>

/** The street's rating of one unit's answer. */
export const answerRatings = {
  5: { zh: '非常有力', en: 'Very strong' },
  4: { zh: '有力', en: 'Strong' },
  3: { zh: '一般', en: 'Fair' },
  2: { zh: '不力', en: 'Weak' },
  1: { zh: '没有作为', en: 'Nothing done' },
} as const satisfies Record<number, Wording>

/** Where a street's whistle rate stands. A diagnosis, never a score: both ends ask a question. */
export const rateBands = ['none', 'low', 'healthy', 'high'] as const
export type RateBand = (typeof rateBands)[number]
export const rateBandNames = {
  none: { zh: '无数据', en: 'No data' },
  low: { zh: '偏低', en: 'Low' },
  healthy: { zh: '适中', en: 'Healthy' },
  high: { zh: '偏高', en: 'High' },
} as const satisfies Record<RateBand, Wording>

export { reword, type WhistleWords } from '../wording/lifecycle.ts'
