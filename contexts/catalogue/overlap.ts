/** Rules that hide each other: a filing condition whose words all speak for another one too is never found by them. */
import type { Refusal } from '#kernel/refusal.ts'
import type { MatterVersion } from './catalogue.ts'
import { wordsOf } from './matching.ts'
import { matterTitle } from './matter.ts'
import { refuse } from './refusals.ts'

interface Rule {
  readonly version: MatterVersion
  readonly index: number
  readonly title: string
  /** Weight of each word, the matter's and the condition's together. */
  readonly weights: ReadonlyMap<string, number>
  /** A condition without words of its own is chosen by people; it may be hidden. */
  readonly isWorded: boolean
}

/**
 * What stands against `checked` among `others` that hold on a common day: each refusal names the rule that hides and the one that is hidden.
 * A rule is hidden when another has every word of it with the same weight or more, whether at the condition or, wider, at its matter.
 */
export function overlapRefusals(checked: readonly MatterVersion[], others: readonly MatterVersion[]): Refusal[] {
  const own = new Set(checked)
  const rules = [...others.filter((version) => !own.has(version)), ...checked].flatMap(rulesOf)
  const byWord = new Map<string, number[]>()
  rules.forEach(({ weights }, at) => {
    for (const [word, weight] of weights) if (weight > 0) byWord.set(word, [...(byWord.get(word) ?? []), at])
  })
  return rules.flatMap((hidden, at) => {
    if (!hidden.isWorded) return []
    const hiding = rarest(hidden, byWord).find((other) => {
      const rule = rules[other]
      if (!rule || other === at || !(own.has(rule.version) || own.has(hidden.version)) || !meet(rule.version, hidden.version)) return false
      // Two that say the same hide each other; the later one is told.
      return hides(rule, hidden) && (other < at || !hides(hidden, rule))
    })
    const by = hiding === undefined ? undefined : rules[hiding]
    if (!by) return []
    const { index } = own.has(hidden.version) ? hidden : by
    return [refuse.shadowed({ condition: hidden.title, by: by.title }, `conditions.${index}.words`)]
  })
}

function rulesOf(version: MatterVersion): Rule[] {
  return version.conditions.map((condition, index) => {
    const worded = { id: condition.id, matterId: version.matterId, matterName: version.name, matterWords: version.words, words: condition.words }
    return {
      version,
      index,
      title: `${matterTitle(version)}：${condition.code} ${condition.description.zh}`,
      weights: new Map([...wordsOf(worded)].map(([word, { weight }]) => [word, weight])),
      isWorded: condition.words.some(({ weight }) => weight > 0),
    }
  })
}

/** Rules that have the word of this one that the fewest have: whatever hides it is among them. */
function rarest({ weights }: Rule, byWord: ReadonlyMap<string, readonly number[]>): readonly number[] {
  const lists = [...weights].flatMap(([word, weight]) => (weight > 0 ? [byWord.get(word) ?? []] : []))
  return lists.reduce((least, list) => (list.length < least.length ? list : least), lists[0] ?? [])
}

function hides(one: Rule, other: Rule): boolean {
  for (const [word, weight] of other.weights) if (weight > 0 && (one.weights.get(word) ?? 0) < weight) return false
  // A word that speaks against the first alone leaves a text that only the second answers.
  for (const [word, weight] of one.weights) if (weight < 0 && (other.weights.get(word) ?? 0) > weight) return false
  return true
}

function meet(one: MatterVersion, other: MatterVersion): boolean {
  const starts = (version: MatterVersion): string => version.effectiveFrom ?? ''
  const ends = (version: MatterVersion): string => version.effectiveTo ?? '9999-12-31'
  return starts(one) < ends(other) && starts(other) < ends(one)
}
