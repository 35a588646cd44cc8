import { planMilestone, planRecorded, type PlannedMilestone } from '#contexts/assignments/index.ts'
import { dutyListNames, endOf, type Condition, type LeadNow } from '#contexts/catalogue/index.ts'
import { isGrassrootsKind, resolveDutyHolder, type DirectoryOrganisation, type DutyHolder } from '#contexts/people/index.ts'
import type { Instant } from '#kernel/clock.ts'
import { codeDigits } from '#kernel/codes.ts'
import { Refusal, type Wording } from '#kernel/refusal.ts'
import type { DispatchPlan, MoveRequest } from './move.ts'
import type { CaseRecord } from './record.ts'
import { precedentFor } from './requesting/precedents.ts'
import type { Rules } from './rules.ts'
import { refuse } from './refusals.ts'

const levelNames = { grid: '网格', community: '社区', street: '街镇', district: '区级部门' } as const

/**
 * Names the unit that must answer, says why, and starts its two clocks at `at`.
 * By rule: the condition's lead (level and function) at the place of the case. Another unit may be named by a person who says why.
 * Refuses with `cases.noDutyHolder`, or `catalogue.unknownYear` when a clock leaves the known calendars.
 */
export function planDispatch(record: CaseRecord, request: MoveRequest, at: Instant, rules: Rules): DispatchPlan {
  const condition = rules.catalogue.condition(record.conditionId ?? '')
  if (!condition) throw refuse.matterMissing({}, 'conditionId')
  const milestones = planClocks(record, at, rules)
  const leads = rules.catalogue.leadAt(condition, record.areaCode)
  const byRule = holderByRule(leads, record, rules)
  const ruled = planByPrecedent(record, condition, rules) ?? planByRule(record, condition, { leads, holder: byRule }, rules)
  const isRuled = !(ruled instanceof Refusal) && (request.organisationId ?? ruled.organisationId) === ruled.organisationId
  if (request.organisationId !== undefined && (!isRuled || request.move === 'reassign'))
    return chosenByHand(request, { byRule, duty: condition.duty }, milestones, rules)
  if (ruled instanceof Refusal) throw ruled
  return { ...ruled, milestones }
}

type Ruled = Omit<DispatchPlan, 'milestones'>

/** A precedent marked as a rule comes before the rule, but not past the duty lists. */
function planByPrecedent(record: CaseRecord, condition: Condition, rules: Rules): Ruled | Refusal | null {
  const precedent = precedentFor(record, condition, rules)
  const unit = rules.directory.organisations.get(precedent?.organisationId ?? '')
  return (unit && refusalToGrassroots(condition.duty, unit)) ?? precedent
}

function planByRule(
  record: CaseRecord,
  condition: Condition,
  { leads, holder }: { leads: LeadNow; holder: DutyHolder | null },
  rules: Rules,
): Ruled | Refusal {
  if (!holder) return refuse.noDutyHolder({}, 'organisationId')
  return refusalOfCommittee(record, condition, holder, rules) ?? followingRule(record, condition, { leads, holder }, rules)
}

/** A unit that a rule gives, and by which rule. */
interface Led {
  readonly leads: LeadNow
  readonly holder: DutyHolder
}

function followingRule(record: CaseRecord, condition: Condition, led: Led, rules: Rules): Ruled {
  const { leads, holder } = led
  const [onlyPost, ...others] = holder.postIds
  return {
    organisationId: holder.organisationId,
    postId: others.length === 0 ? (onlyPost ?? null) : null,
    why: { rule: leads.by === 'condition' ? holder.why.rule : leads.by, text: whyByRule(record, condition, led, rules) },
  }
}

// Delegated work goes to the level's own office of that function, where there is one, else to the street or community itself: it went down to them.
function holderByRule({ lead: { level, function: functionCode }, by }: LeadNow, { areaCode }: CaseRecord, rules: Rules): DutyHolder | null {
  const line = resolveDutyHolder(rules.directory, { level, functionCode }, areaCode, rules.on)
  if (line || by !== 'delegation') return line
  return resolveDutyHolder(rules.directory, { level, functionCode: null }, areaCode, rules.on)
}

// The residents' committee governs itself: only what stands on one of its lists reaches it by rule, whether at its own desk or through its grid workers.
function refusalOfCommittee({ areaCode }: CaseRecord, { matterId, matterName }: Condition, holder: DutyHolder, rules: Rules): Refusal | null {
  const unit = rules.directory.organisations.get(holder.organisationId)
  if (unit?.kind !== 'community') return null
  const community = areaCode.slice(0, codeDigits.community)
  if (rules.catalogue.committeeListAt(matterId, community) !== null) return null
  return refuse.notOnCommitteeList({ matter: matterName.zh, unit: unit.name.zh }, 'organisationId')
}

// 国办函〔2025〕66号: taken back (收回) never goes below the district, and what the grassroots only help with (配合) is not theirs to lead.
function refusalToGrassroots(duty: Condition['duty'], unit: DirectoryOrganisation): Refusal | null {
  if ((duty !== 'withdrawn' && duty !== 'assist') || !isGrassrootsKind(unit.kind)) return null
  return refuse.notForGrassroots({ duty: dutyListNames[duty].zh, unit: unit.name.zh }, 'organisationId')
}

/** A unit that a person names instead of the rules', or that an adjudication names; he must say why. */
function chosenByHand(
  request: MoveRequest,
  { byRule, duty }: { byRule: DutyHolder | null; duty: Condition['duty'] },
  milestones: PlannedMilestone[],
  rules: Rules,
): DispatchPlan {
  const chosen = rules.directory.organisations.get(request.organisationId ?? '')
  if (!chosen) throw refuse.unitUnknown({}, 'organisationId')
  // A street that whistles leads by its own will (属地牵头): what it may only help with is not sent down to it then.
  const refusal = request.convenes && duty === 'assist' ? null : refusalToGrassroots(duty, chosen)
  if (refusal) throw refusal
  if (!request.note?.trim()) throw refuse.unitNoteMissing({}, 'note')
  if (request.move === 'reassign') return { organisationId: chosen.id, postId: null, why: adjudicatedTo(chosen.name), milestones }
  const suggested = byRule ? `建议${byRule.organisationName.zh}` : '未找到责任单位'
  const text = { zh: `派遣员指定：${chosen.name.zh}（规则${suggested}）`, en: `Chosen by the dispatcher: ${english(chosen.name)}` }
  return { organisationId: chosen.id, postId: null, why: { rule: 'dispatcher', text }, milestones }
}

const adjudicatedTo = (unit: Wording): DispatchPlan['why'] => ({
  rule: 'adjudication',
  text: { zh: `异议裁定：由${unit.zh}负责`, en: `Adjudicated after an objection: ${english(unit)} is responsible` },
})

function whyByRule(record: CaseRecord, { tier }: Condition, { leads, holder }: Led, rules: Rules): Wording {
  const area = rules.territory.area(record.areaCode)?.name ?? { zh: record.areaCode }
  const matter = record.matterName ?? { zh: '' }
  const { level } = leads.lead
  const unit = holder.organisationName
  const terms = termsOf(leads, rules)
  return {
    zh: `“${matter.zh}”由${levelNames[level]}负责（${tier}级），${area.zh}的责任单位是${unit.zh}${terms.zh}`,
    en: `“${english(matter)}” is led at ${level} level (tier ${tier}); the unit on duty for ${english(area)} is ${english(unit)}${terms.en}`,
  }
}

/** By which delegation the grassroots lead a department's work, or why the department has it back. */
function termsOf({ by, delegation }: LeadNow, rules: Rules): Required<Wording> {
  if (by === 'condition') return { zh: '', en: '' }
  if (!delegation) return { zh: '；该处没有生效的下放，由部门牵头', en: '; nothing is delegated there, so the department leads' }
  const from = rules.directory.organisations.get(delegation.organisationId)?.name ?? { zh: delegation.functionCode }
  const end = endOf(delegation)
  return by === 'delegation'
    ? { zh: `；${from.zh}已下放，${end} 到期`, en: `; delegated by ${english(from)} until ${end}` }
    : {
        zh: `；${from.zh}的下放已于 ${end} 到期，牵头退回部门`,
        en: `; the delegation by ${english(from)} ended on ${end}, so the lead is the department’s again`,
      }
}

const english = (name: Wording): string => name.en ?? name.zh

/** Both clocks of the matter, whole from `at` on; a recorded case keeps the promise of the older system. */
export function planClocks(record: CaseRecord, at: Instant, rules: Rules): PlannedMilestone[] {
  const { calendar, ladder } = rules.catalogue
  // A recorded case keeps the promise that the older system made; it recorded no first contact to hold anybody to.
  if (record.recordedClock) return [planRecorded('dispose', at, record.recordedDueAt, ladder)]
  const condition = rules.catalogue.condition(record.conditionId ?? '')
  if (!condition) throw refuse.matterMissing({}, 'conditionId')
  return [planMilestone('respond', at, condition.respond, rules.catalogue), planMilestone('dispose', at, condition.dispose, { calendar, ladder })]
}

/** The new dispose clock after a failed check: the condition's whole limit again, from now. */
export function planRework(record: CaseRecord, at: Instant, rules: Rules): PlannedMilestone {
  const condition = rules.catalogue.condition(record.conditionId ?? '')
  if (!condition || record.recordedClock) return planRecorded('dispose', at, null, rules.catalogue.ladder)
  return planMilestone('dispose', at, condition.dispose, rules.catalogue)
}

/** The district's command centre sends on what a unit gave back, within the limit of the setting `limit.redispatch`. */
export function planRedispatch(record: CaseRecord, at: Instant, rules: Rules): DispatchPlan | null {
  const centre = resolveDutyHolder(rules.directory, { level: 'district', functionCode: null }, record.districtCode, rules.on)
  if (!centre) return null
  return {
    organisationId: centre.organisationId,
    postId: null,
    why: {
      rule: 'redispatch',
      text: { zh: '责任单位退回，由指挥中心再次派遣', en: 'Given back by the unit; the command centre dispatches it again' },
    },
    milestones: [planMilestone('dispatch', at, rules.catalogue.redispatch, rules.catalogue)],
  }
}
