import type { Condition } from '#contexts/catalogue/index.ts'
import { localDate } from '#kernel/clock.ts'
import { liesWithin } from '#kernel/codes.ts'
import type { DispatchPlan } from '../move.ts'
import type { CaseRecord } from '../record.ts'
import type { Rules } from '../rules.ts'
import type { RulePrecedent } from './kind.ts'

/**
 * The unit that an adjudication, marked as a rule, made responsible for this condition where the case lies: the narrowest area first, then
 * the newest decision. A unit that is no longer in force binds nobody.
 */
export function precedentFor(record: CaseRecord, condition: Condition, rules: Rules): Omit<DispatchPlan, 'milestones'> | null {
  const fitting = rules.requests.precedents.filter(
    (one) => one.matterId === condition.matterId && one.conditionCode === condition.code && liesWithin(record.areaCode, one.scopeArea),
  )
  const narrowest = Math.max(...fitting.map(({ scopeArea }) => scopeArea.length))
  const found = fitting.find((one) => one.scopeArea.length === narrowest && isInForce(one, rules))
  const unit = rules.directory.organisations.get(found?.organisationId ?? '')
  if (!found || !unit) return null
  const day = localDate(found.decidedAt as CaseRecord['reportedAt'], rules.catalogue.calendar.zone)
  const english = unit.name.en ?? unit.name.zh
  const text = {
    zh: `按先例派遣：${day} 案件 ${found.caseNumber} 裁定同一事项由${unit.name.zh}负责`,
    en: `By precedent: case ${found.caseNumber}, adjudicated on ${day}, made ${english} responsible for the same matter`,
  }
  return { organisationId: unit.id, postId: null, why: { rule: 'precedent', text } }
}

function isInForce({ organisationId }: RulePrecedent, { directory, on }: Rules): boolean {
  const unit = directory.organisations.get(organisationId)
  return unit !== undefined && unit.validFrom <= on && (unit.validTo === null || on < unit.validTo)
}
