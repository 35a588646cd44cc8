/** A version of a matter as facts to read: names and values in the language shown. */
import { say, useText } from '#web/kit/text.ts'
import type { ConditionText, MatterVersionView, Party } from '../contract.ts'
import { dutyListNames, leadLevelNames, limitUnitNames, tierNames, workKindNames } from '../lifecycle.ts'
import { wordsText } from './edit.ts'
import { catalogueWords } from './words.ts'

export interface Fact {
  readonly name: string
  readonly value: string
}

/** A place in two versions side by side; `differs` where they do not say the same. */
export interface Compared {
  readonly name: string
  readonly values: readonly [string, string]
  readonly differs: boolean
}

export interface ComparedPart {
  /** Null for what the matter itself says, else the filing condition with its code. */
  readonly condition: string | null
  readonly rows: readonly Compared[]
}

export function useVersionFacts() {
  const t = useText(catalogueWords)
  const limit = (one: ConditionText['respond']): string => (one ? `${one.value} ${say(limitUnitNames[one.unit])}` : t('none'))
  const party = (one: Party | null): string => (one ? [say(leadLevelNames[one.level]), one.function].filter(Boolean).join(' · ') : t('none'))
  const evidence = (one: string): string => (one === 'photo_before' ? t('photoBefore') : one === 'photo_after' ? t('photoAfter') : one)

  const ofMatter = (version: MatterVersionView): Fact[] => [
    { name: t('duty'), value: version.duty ? say(dutyListNames[version.duty]) : t('dutyNone') },
    { name: t('workKind'), value: say(workKindNames[version.workKind]) },
    { name: t('legal'), value: say(version.legalBasis) || t('none') },
    { name: t('words'), value: wordsText(version.words) || t('none') },
  ]
  const ofCondition = (one: ConditionText): Fact[] => [
    { name: t('respond'), value: limit(one.respond) },
    { name: t('dispose'), value: limit(one.dispose) },
    { name: t('tier'), value: one.tier ? `${one.tier} ${say(tierNames[one.tier])}` : t('none') },
    { name: t('lead'), value: party(one.lead) },
    { name: t('helpers'), value: one.helpers.map(party).join(t('comma')) || t('none') },
    { name: t('closing'), value: say(one.closing) || t('none') },
    { name: t('words'), value: wordsText(one.words) || t('none') },
    { name: t('evidence'), value: one.evidence.map(evidence).join(t('comma')) || t('none') },
  ]
  const days = ({ effectiveFrom: from, effectiveTo: to }: MatterVersionView): string => {
    if (from === null) return t('noDay')
    return to === null ? t('from', { day: from }) : `${t('from', { day: from })} ${t('until', { day: to })}`
  }
  const compare = (left: MatterVersionView, right: MatterVersionView): ComparedPart[] =>
    comparedParts(left, right, { ofMatter, ofCondition }, t('absent'))
  return { ofMatter, ofCondition, days, compare }
}

interface Readers {
  readonly ofMatter: (version: MatterVersionView) => Fact[]
  readonly ofCondition: (one: ConditionText) => Fact[]
}

/** Conditions stand beside each other by their codes; one that a version lacks is `absent` there. */
export function comparedParts(left: MatterVersionView, right: MatterVersionView, { ofMatter, ofCondition }: Readers, absent: string): ComparedPart[] {
  const codes = [...new Set([...left.conditions, ...right.conditions].map(({ code }) => code))]
  const conditionParts = codes.map((code): ComparedPart => {
    const pair = [left, right].map(({ conditions }) => conditions.find((one) => one.code === code))
    const named = pair.find(Boolean)
    const facts = pair.map((one) => (one ? ofCondition(one) : []))
    const names = (named ? ofCondition(named) : []).map(({ name }) => name)
    return { condition: `${code} ${say(named?.description)}`, rows: names.map((name) => rowOf(name, facts, absent)) }
  })
  const facts = [ofMatter(left), ofMatter(right)]
  return [{ condition: null, rows: (facts[0] ?? []).map(({ name }) => rowOf(name, facts, absent)) }, ...conditionParts]
}

function rowOf(name: string, facts: readonly (readonly Fact[])[], absent: string): Compared {
  const [left = absent, right = absent] = facts.map((some) => some.find((one) => one.name === name)?.value ?? absent)
  return { name, values: [left, right], differs: left !== right }
}
