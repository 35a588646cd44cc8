import type { CaseView } from '#contexts/cases/contract.ts'
import type { Wording } from '#kernel/refusal.ts'
import { indicators, type IndicatorKey } from '../indicators.ts'
import { tallies, type TallyKey } from '../tallying/tallies.ts'

/** Where the cases behind a measure are: a view of the desk, the parts of a figure, or a tally. */
export type Behind =
  | { readonly kind: 'view'; readonly view: CaseView }
  | { readonly kind: 'figure'; readonly figure: IndicatorKey }
  | { readonly kind: 'tally'; readonly tally: TallyKey }

export interface Measure {
  readonly name: Wording
  readonly meaning: Wording
  readonly unit: 'cases' | 'share' | 'hours'
  readonly better: 'high' | 'low' | null
  readonly behind: Behind
}

/** The six measures of the cockpit, in their order. */
export const measures = {
  open: {
    name: { zh: '在办', en: 'Open' },
    meaning: {
      zh: '现在还没有结案、不予立案、撤回、移交、并案或拆分的案件',
      en: 'Cases that are not closed, rejected, withdrawn, moved, merged or split now',
    },
    unit: 'cases',
    better: null,
    behind: { kind: 'view', view: 'open' },
  },
  dispose_ontime: {
    name: { zh: '按期率', en: 'On time' },
    meaning: indicators.dispose_ontime.clock,
    unit: 'share',
    better: 'high',
    behind: { kind: 'figure', figure: 'dispose_ontime' },
  },
  overdue: {
    name: { zh: '超时', en: 'Overdue' },
    meaning: { zh: '在办案件中，当前时钟已经到期的', en: 'Open cases whose running clock has passed its limit now' },
    unit: 'cases',
    better: 'low',
    behind: { kind: 'view', view: 'overdue' },
  },
  repeated: {
    name: tallies.repeated.name,
    meaning: tallies.repeated.meaning,
    unit: 'cases',
    better: 'low',
    behind: { kind: 'tally', tally: 'repeated' },
  },
  satisfied: {
    name: { zh: '满意度', en: 'Satisfied' },
    meaning: {
      zh: '评价为 4 或 5 分的案件 ÷ 已评价案件；反映人评价落在期内',
      en: 'Cases rated 4 or 5 of 5 ÷ cases rated; the caller’s rating falls in the period',
    },
    unit: 'share',
    better: 'high',
    behind: { kind: 'figure', figure: 'satisfied' },
  },
  handling_time: {
    name: { zh: '平均处置', en: 'Mean handling time' },
    meaning: tallies.handled.meaning,
    unit: 'hours',
    better: 'low',
    behind: { kind: 'tally', tally: 'handled' },
  },
} as const satisfies Record<string, Measure>

export type MeasureKey = keyof typeof measures
export const measureKeys = Object.keys(measures) as [MeasureKey, ...MeasureKey[]]
