import type { Wording } from '#kernel/refusal.ts'

/** Facts of one case in one period, each true or false; the store computes them from published views. */
export type CaseFact =
  | 'respond_due'
  | 'responded_on_time'
  | 'dispose_due'
  | 'disposed'
  | 'disposed_on_time'
  | 'waiting_overdue'
  | 'close_due'
  | 'closed_on_time'
  | 'reworked'
  | 'extended'
  | 'first_answered'
  | 'first_right'
  | 'rated'
  | 'satisfied'
  | 'called'
  | 'bounced'
  | 'called_back'
  | 'call_back_confirmed'

/** What puts a case into a period: the end of a clock, of the case, its first dispatch, a rating, what became of a call from below, a call back. */
export const figureSources = ['respond', 'dispose', 'end', 'dispatch', 'rating', 'call', 'callBack'] as const
export type FigureSource = (typeof figureSources)[number]

export interface Indicator {
  readonly name: Wording
  /** Both its facts come from here. */
  readonly source: FigureSource
  readonly numerator: { readonly fact: CaseFact; readonly name: Wording }
  readonly denominator: { readonly fact: CaseFact; readonly name: Wording }
  /** Which moment puts a case into a period, and which clock decides. */
  readonly clock: Wording
  readonly better: 'high' | 'low'
  /** True where a granted 超时申诉 leaves a case out; how many were left out is shown beside the figure. */
  readonly exempts: boolean
}

const disposeDue = { fact: 'dispose_due', name: { zh: '应处置案件', en: 'cases due to be handled' } } as const
const closeDue = { fact: 'close_due', name: { zh: '应结案案件', en: 'cases due to be closed' } } as const
const disposeClock = {
  zh: '处置时钟：到期或办完（取先到者）落在期内；到期前停止的时钟不计，无时限的案件不计；批准挂账的时间不计，延期顺延',
  en: 'Handling clock: its limit or the feedback, whichever comes first, falls in the period; clocks stopped before their limit and cases without one do not count; approved suspension does not count as time, extensions move the limit',
} as const
const closeClock = {
  zh: '结案或处置期限（取先到者）落在期内；不予立案、撤回、移交的不计',
  en: 'Closing or the handling limit, whichever comes first, falls in the period; rejected, withdrawn and moved cases do not count',
} as const

/**
 * Every figure, fixed once: name, numerator, denominator, clock and direction (indicator list of digital city management; 呼应 and 处置 of the two clocks).
 * Each counts cases, never reports or persons, and a case is in the numerator only when it is in the denominator.
 */
export const indicators = {
  respond_ontime: {
    name: { zh: '呼应及时率', en: 'Answered in time' },
    source: 'respond',
    numerator: { fact: 'responded_on_time', name: { zh: '按时呼应案件', en: 'cases answered in time' } },
    denominator: { fact: 'respond_due', name: { zh: '应呼应案件', en: 'cases due for an answer' } },
    clock: {
      zh: '呼应时钟：自派遣起，至首次真实联系或到场止；到期或联系（取先到者）落在期内',
      en: 'Response clock: from dispatch to the first real contact or arrival; its limit or the contact, whichever comes first, falls in the period',
    },
    better: 'high',
    exempts: true,
  },
  dispose_ontime: {
    name: { zh: '处置及时率', en: 'Handled in time' },
    source: 'dispose',
    numerator: { fact: 'disposed_on_time', name: { zh: '按期处置案件', en: 'cases handled in time' } },
    denominator: disposeDue,
    clock: disposeClock,
    better: 'high',
    exempts: true,
  },
  close_ontime: {
    name: { zh: '按期结案率', en: 'Closed in time' },
    source: 'end',
    numerator: { fact: 'closed_on_time', name: { zh: '处置期限内结案的案件', en: 'cases closed within the handling limit' } },
    denominator: closeDue,
    clock: closeClock,
    better: 'high',
    exempts: true,
  },
  rework: {
    name: { zh: '返工率', en: 'Sent back for rework' },
    source: 'end',
    numerator: { fact: 'reworked', name: { zh: '返工案件', en: 'cases that a check sent back' } },
    denominator: closeDue,
    clock: closeClock,
    better: 'low',
    exempts: false,
  },
  waiting_overdue: {
    name: { zh: '超期待处置率', en: 'Overdue and waiting' },
    source: 'dispose',
    numerator: { fact: 'waiting_overdue', name: { zh: '期末仍超期未处置案件', en: 'cases overdue and unhandled at the end of the period' } },
    denominator: disposeDue,
    clock: disposeClock,
    better: 'low',
    exempts: true,
  },
  extension: {
    name: { zh: '延期率', en: 'Extended' },
    source: 'dispose',
    numerator: { fact: 'extended', name: { zh: '批准延期的案件', en: 'cases whose handling limit was extended' } },
    denominator: disposeDue,
    clock: disposeClock,
    better: 'low',
    exempts: false,
  },
  first_dispatch: {
    name: { zh: '首派准确率', en: 'First dispatch right' },
    source: 'dispatch',
    numerator: { fact: 'first_right', name: { zh: '首派单位未经裁定改派的案件', en: 'cases that no adjudication took from the first unit' } },
    denominator: { fact: 'first_answered', name: { zh: '首派单位已答复案件', en: 'cases whose first unit took them or gave them back' } },
    clock: {
      zh: '首次派遣落在期内；尚未答复的不计；是否派错以异议裁定为准，计入派遣方',
      en: 'The first dispatch falls in the period; those not answered yet do not count. Whether it was wrong is what adjudication says, and is charged to the dispatcher',
    },
    better: 'high',
    exempts: false,
  },
  satisfied: {
    name: { zh: '满意率', en: 'Satisfied' },
    source: 'rating',
    numerator: { fact: 'satisfied', name: { zh: '评价为 4 或 5 分的案件', en: 'cases rated 4 or 5 of 5' } },
    denominator: { fact: 'rated', name: { zh: '已评价案件', en: 'cases that were rated' } },
    clock: {
      zh: '反映人评价落在期内；已并案的反映由反映人各自评价，计入主案的责任单位',
      en: 'The caller’s rating falls in the period; each caller of a merged call rates by himself, which counts for the unit of the main case',
    },
    better: 'high',
    exempts: false,
  },
  bounced: {
    name: { zh: '上呼退回率', en: 'Calls sent back down' },
    source: 'call',
    numerator: { fact: 'bounced', name: { zh: '未办即退回的上呼案件', en: 'called up and sent back without work' } },
    denominator: { fact: 'called', name: { zh: '收到并已答复的上呼案件', en: 'cases called up and answered' } },
    clock: {
      zh: '上级办结、再上呼或退回落在期内；只计退回的单位，上呼的单位不因上呼减分',
      en: 'The unit above ended its part in the period; counted for whoever sent it back, never for whoever called',
    },
    better: 'low',
    exempts: false,
  },
  call_back: {
    name: { zh: '回访真实率', en: 'Confirmed when called back' },
    source: 'callBack',
    numerator: { fact: 'call_back_confirmed', name: { zh: '回访确认已解决的案件', en: 'cases that the caller confirmed as solved' } },
    denominator: { fact: 'called_back', name: { zh: '抽样回访并联系上的案件', en: 'sampled cases whose caller was reached' } },
    clock: {
      zh: '按公布的种子随机抽样；回访记录落在期内；未联系上的不计',
      en: 'Drawn at random by a published seed; the call back falls in the period; callers not reached do not count',
    },
    better: 'high',
    exempts: false,
  },
  handled: {
    name: { zh: '处置率', en: 'Handled' },
    source: 'dispose',
    numerator: { fact: 'disposed', name: { zh: '已处置案件', en: 'cases handled' } },
    denominator: disposeDue,
    clock: disposeClock,
    better: 'high',
    exempts: false,
  },
} as const satisfies Record<string, Indicator>

export type IndicatorKey = keyof typeof indicators
export const indicatorKeys = Object.keys(indicators) as [IndicatorKey, ...IndicatorKey[]]

/** Numerator over denominator, 0 to 1; null (无数据) where nothing was due, never 0 or 1. */
export function ratio(numerator: number, denominator: number): number | null {
  return denominator === 0 ? null : numerator / denominator
}
