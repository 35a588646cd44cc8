/** Amounts of measures as words. Pure. */
import type { Language } from '#kernel/refusal.ts'
import { language } from '#web/kit/text.ts'
import { percentWords } from './percent.ts'

export type Unit = 'cases' | 'share' | 'hours'

const grouped = (value: number): string => value.toLocaleString('en-US')
const oneDigit = (value: number): string => (Math.round(value * 10) / 10).toFixed(1)

/** The number alone: `1,204`, `92.7%`, `5.3` or, from two days on, days. */
export function amount(value: number, unit: Unit): string {
  if (unit === 'share') return percentWords(value)
  if (unit === 'cases') return grouped(value)
  return oneDigit(value >= 48 ? value / 24 : value)
}

/** What stands behind it, small: 件, 小时, 天; nothing behind a percentage. */
export function unitWord(value: number, unit: Unit, chosen: Language = language.value): string {
  if (unit === 'share') return ''
  if (unit === 'cases') return chosen === 'zh' ? '件' : value === 1 ? 'case' : 'cases'
  const days = value >= 48
  return chosen === 'zh' ? (days ? '天' : '小时') : days ? 'days' : 'hours'
}

/** Both: `5.3 小时`. */
export function amountWords(value: number, unit: Unit, chosen: Language = language.value): string {
  return [amount(value, unit), unitWord(value, unit, chosen)].filter(Boolean).join(' ')
}

/** True where the value is at the target or on its better side. */
export function isReached(value: number, target: number, better: 'high' | 'low' | null): boolean {
  return better === 'low' ? value <= target : value >= target
}
