import type { DuplicateRules } from '#contexts/catalogue/index.ts'
import { addMs, DAY_MS, type Instant } from '#kernel/clock.ts'
import { codeDigits } from '#kernel/codes.ts'
import { isGuess } from '../guess.ts'
import { boxAround } from '../mapping/filter.ts'
import type { CaseRecord } from '../record.ts'
import type { Rules } from '../rules.ts'
import { compareCalls, type Comparable, type Likeness } from './likeness.ts'
import { openingOf, pairsOf } from './words.ts'

/** A call as it is compared: what a case or a report being written says. */
export type Call = Pick<CaseRecord, 'text' | 'lng' | 'lat' | 'areaCode' | 'conditionId' | 'confidence' | 'triageReason' | 'textMarks' | 'reportedAt'>

export function comparableOf(call: Call, phoneHash: string | null, rules: Pick<Rules, 'catalogue'>): Comparable {
  const { lng, lat, areaCode, reportedAt } = call
  const conditionId = sureCondition(call, rules)
  const matterId = rules.catalogue.condition(conditionId ?? '')?.matterId ?? null
  return { lng, lat, areaCode, conditionId, matterId, reportedAt, phoneHash, pairs: pairsOf(call.text), opening: openingOf(call.text) }
}

/** A guess is no sign that two calls are about the same. */
function sureCondition(call: Call, { catalogue }: Pick<Rules, 'catalogue'>): string | null {
  return isGuess(call, catalogue) ? null : call.conditionId
}

/** Days within which calls like this one are looked for: its matter's kind of work says. */
export function windowOf(call: Call, rules: Pick<Rules, 'catalogue'>): number {
  const { catalogue } = rules
  return catalogue.duplicates.days[catalogue.condition(sureCondition(call, rules) ?? '')?.workKind ?? 'daily']
}

/** The likeliest of the others, at most `most`. */
export function likeliest<T>(
  one: Comparable,
  others: readonly (readonly [T, Comparable])[],
  windowDays: number,
  rules: DuplicateRules,
  most: number,
): { of: T; likeness: Likeness }[] {
  return others
    .flatMap(([of, other]) => {
      const likeness = compareCalls(one, other, windowDays, rules)
      return likeness ? [{ of, likeness }] : []
    })
    .toSorted((a, b) => b.likeness.score - a.likeness.score)
    .slice(0, most)
}

/** Where to look for calls like one: the box around its point, its community, its window in time. */
export function surroundingsOf(call: Call, windowDays: number, { metres, closedDays }: DuplicateRules, now: Instant) {
  const { lng, lat, areaCode, reportedAt } = call
  return {
    from: addMs(reportedAt, -windowDays * DAY_MS),
    until: addMs(reportedAt, windowDays * DAY_MS),
    closedSince: addMs(now, -closedDays * DAY_MS),
    box: boxAround({ lng, lat }, metres) ?? null,
    community: areaCode.length >= codeDigits.community ? areaCode.slice(0, codeDigits.community) : null,
    marks: call.textMarks,
  }
}
