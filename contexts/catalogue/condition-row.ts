import type { Wording } from '#kernel/refusal.ts'
import type { MatterVersion } from './catalogue.ts'
import type { LeadLevel, LimitUnit, Tier } from './lifecycle.ts'
import type { CatalogueWord, Party } from './matter.ts'
import type { Limit } from './working-time.ts'

type StoredCondition = MatterVersion['conditions'][number]

/** catalogue.filing_condition: limits and lead as columns, so that the database can check them. */
export interface ConditionTable {
  id: string
  matterVersionId: string
  code: string
  ordinal: number
  description: Wording
  words: CatalogueWord[]
  respondValue: number | null
  respondUnit: LimitUnit | null
  disposeValue: number | null
  disposeUnit: LimitUnit | null
  closingCondition: Wording | null
  tier: Tier | null
  leadLevel: LeadLevel | null
  leadFunction: string | null
  helpers: Party[]
  evidence: string[]
}

export function conditionOfRow(row: ConditionTable): StoredCondition {
  const { id, code, description, words, closingCondition: closing, tier, leadLevel, leadFunction, helpers, evidence } = row
  const respond = limitOf(row.respondValue, row.respondUnit)
  const dispose = limitOf(row.disposeValue, row.disposeUnit)
  const lead = leadLevel === null ? null : { level: leadLevel, function: leadFunction }
  return { id, code, description, words, respond, dispose, closing, tier, lead, helpers, evidence }
}

function limitOf(value: number | null, unit: LimitUnit | null): Limit | null {
  return value === null || unit === null ? null : { value, unit }
}

export function rowsOfConditions(version: MatterVersion): ConditionTable[] {
  return version.conditions.map(({ respond, dispose, closing: closingCondition, lead, id, ...same }, ordinal) => {
    const [respondValue, respondUnit] = columnsOf(respond)
    const [disposeValue, disposeUnit] = columnsOf(dispose)
    const { code, description, words, tier, helpers, evidence } = same
    const text = { code, ordinal, description, words, closingCondition, tier, helpers, evidence }
    const leads = { leadLevel: lead?.level ?? null, leadFunction: lead?.function ?? null }
    return { id, matterVersionId: version.id, ...text, respondValue, respondUnit, disposeValue, disposeUnit, ...leads }
  })
}

function columnsOf(limit: Limit | null): [number | null, LimitUnit | null] {
  return limit === null ? [null, null] : [limit.value, limit.unit]
}
