/** The editor's form of a matter: everything as a person types it, and back again. Pure. */
import type { Wording } from '#kernel/refusal.ts'
import type { DutyList, LeadLevel, LimitUnit, Tier, WorkKind } from '../lifecycle.ts'
import type { CatalogueWord, ConditionText, MatterText, Party } from '../contract.ts'

export interface LimitForm {
  value: string
  unit: LimitUnit
}
export interface PartyForm {
  level: LeadLevel | ''
  function: string
}
export interface WordingForm {
  zh: string
  en: string
}
export interface ConditionForm {
  code: string
  description: WordingForm
  words: string
  respond: LimitForm
  dispose: LimitForm
  closing: WordingForm
  tier: Tier | ''
  lead: PartyForm
  helpers: PartyForm[]
  evidence: string
}
export interface MatterForm {
  name: WordingForm
  category: WordingForm
  words: string
  duty: DutyList | ''
  workKind: WorkKind
  legalBasis: WordingForm
  effectiveFrom: string
  conditions: ConditionForm[]
}

const wordingForm = (wording: Wording | null): WordingForm => ({ zh: wording?.zh ?? '', en: wording?.en ?? '' })
const limitForm = (limit: ConditionText['respond'], unit: LimitUnit): LimitForm =>
  limit ? { value: String(limit.value), unit: limit.unit } : { value: '', unit }
const partyForm = (party: Party | null): PartyForm => ({ level: party?.level ?? '', function: party?.function ?? '' })

/** Words as one text, `、` between them: `-井盖厂` speaks against the matter, `井盖*1.5` weighs more. */
export function wordsText(words: readonly CatalogueWord[]): string {
  return words.map(({ text, weight }) => `${weight < 0 ? '-' : ''}${text}${Math.abs(weight) === 1 ? '' : `*${Math.abs(weight)}`}`).join('、')
}

export function wordsOf(text: string): CatalogueWord[] {
  return partsOf(text).flatMap((part) => {
    const against = part.startsWith('-')
    const [, said = '', times = '1'] = /^-?(.*?)(?:\*(\d+(?:\.\d+)?))?$/.exec(part) ?? []
    return said.trim() === '' ? [] : [{ text: said.trim(), weight: Number(times) * (against ? -1 : 1) }]
  })
}

function partsOf(text: string): string[] {
  return text
    .split(/[、，,;；\n]+/)
    .map((part) => part.trim())
    .filter(Boolean)
}

export function conditionForm(condition: ConditionText): ConditionForm {
  return {
    code: condition.code,
    description: wordingForm(condition.description),
    words: wordsText(condition.words),
    respond: limitForm(condition.respond, 'work_hour'),
    dispose: limitForm(condition.dispose, 'work_day'),
    closing: wordingForm(condition.closing),
    tier: condition.tier ?? '',
    lead: partyForm(condition.lead),
    helpers: condition.helpers.map(partyForm),
    evidence: condition.evidence.join('、'),
  }
}

/** An empty condition under the next code. */
export function newCondition(others: readonly ConditionForm[]): ConditionForm {
  const code = String(Math.max(0, ...others.map((one) => Number(one.code) || 0)) + 1)
  const nothing = { respond: null, dispose: null, closing: null, tier: null, lead: null }
  return conditionForm({ code, description: { zh: '' }, words: [], ...nothing, helpers: [], evidence: ['photo_before', 'photo_after'] })
}

export function matterForm(matter: MatterText, effectiveFrom: string | null): MatterForm {
  return {
    name: wordingForm(matter.name),
    category: wordingForm(matter.category),
    words: wordsText(matter.words),
    duty: matter.duty ?? '',
    workKind: matter.workKind,
    legalBasis: wordingForm(matter.legalBasis),
    effectiveFrom: effectiveFrom ?? '',
    conditions: matter.conditions.map(conditionForm),
  }
}

const wordingText = ({ zh, en }: WordingForm): { zh: string; en?: string } => (en.trim() ? { zh: zh.trim(), en: en.trim() } : { zh: zh.trim() })
const optionalWording = (form: WordingForm): { zh: string; en?: string } | null => (form.zh.trim() ? wordingText(form) : null)
const limitText = ({ value, unit }: LimitForm): ConditionText['respond'] => (Number(value) > 0 ? { value: Number(value), unit } : null)
const partyText = ({ level, function: code }: PartyForm): Party | null => (level === '' ? null : { level, function: code.trim() || null })

export function conditionText(form: ConditionForm): ConditionText {
  return {
    code: form.code.trim(),
    description: wordingText(form.description),
    words: wordsOf(form.words),
    respond: limitText(form.respond),
    dispose: limitText(form.dispose),
    closing: optionalWording(form.closing),
    tier: form.tier || null,
    lead: partyText(form.lead),
    helpers: form.helpers.flatMap((helper) => partyText(helper) ?? []),
    evidence: partsOf(form.evidence),
  }
}

export function matterText(form: MatterForm, key: Pick<MatterText, 'standard' | 'kind' | 'code'>): MatterText {
  return {
    ...key,
    name: wordingText(form.name),
    category: optionalWording(form.category),
    words: wordsOf(form.words),
    duty: form.duty || null,
    workKind: form.workKind,
    legalBasis: optionalWording(form.legalBasis),
    conditions: form.conditions.map(conditionText),
  }
}
