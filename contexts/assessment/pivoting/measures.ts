import type { Wording } from '#kernel/refusal.ts'
import { indicatorKeys, indicators, type IndicatorKey } from '../indicators.ts'
import { tallies, tallyKeys, type TallyKey } from '../tallying/tallies.ts'

/** What the analysis can show: every tally, the mean handling time, and every figure. */
export const pivotMeasureKeys = [...tallyKeys, 'handling_time', ...indicatorKeys.filter((key) => key !== 'handled')] as [
  TallyKey,
  ...(TallyKey | 'handling_time' | Exclude<IndicatorKey, 'handled'>)[],
]
export type PivotMeasureKey = (typeof pivotMeasureKeys)[number]

interface PivotMeasure {
  readonly name: Wording
  readonly meaning: Wording
  readonly unit: 'cases' | 'share' | 'hours'
  readonly of: { readonly tally: TallyKey } | { readonly figure: IndicatorKey }
}

/** Name, meaning and unit of a measure of the analysis, and what it is counted from. */
export function pivotMeasure(key: PivotMeasureKey): PivotMeasure {
  if (key === 'handling_time') {
    return { name: { zh: '平均处置用时', en: 'Mean handling time' }, meaning: tallies.handled.meaning, unit: 'hours', of: { tally: 'handled' } }
  }
  const tally = tallyKeys.find((one) => one === key)
  if (tally) return { ...tallies[tally], unit: 'cases', of: { tally } }
  const figure = key as IndicatorKey
  const { name, clock, numerator, denominator } = indicators[figure]
  const meaning = {
    zh: `${numerator.name.zh} ÷ ${denominator.name.zh}；${clock.zh}`,
    en: `${numerator.name.en} ÷ ${denominator.name.en}. ${clock.en}`,
  }
  return { name, meaning, unit: 'share', of: { figure } }
}
