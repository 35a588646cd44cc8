import { planMilestone, planRecorded, type PlannedMilestone } from '#contexts/assignments/index.ts'
import type { Condition } from '#contexts/catalogue/index.ts'
import { resolveDutyHolder, type DutyHolder } from '#contexts/people/index.ts'
import type { Instant } from '#kernel/clock.ts'
import type { Wording } from '#kernel/refusal.ts'
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
  const byRule = resolveDutyHolder(rules.directory, { level: condition.lead.level, functionCode: condition.lead.function }, record.areaCode, rules.on)
  const precedent = precedentFor(record, condition, rules)
  const expected = precedent?.organisationId ?? byRule?.organisationId
  if (request.organisationId !== undefined && (request.organisationId !== expected || request.move === 'reassign'))
    return chosenByHand(request, byRule, milestones, rules)
  if (precedent) return { ...precedent, milestones }
  if (!byRule) throw refuse.noDutyHolder({}, 'organisationId')
  return { ...followingRule(record, condition, byRule, rules), milestones }
}

function followingRule(record: CaseRecord, condition: Condition, byRule: DutyHolder, rules: Rules): Omit<DispatchPlan, 'milestones'> {
  const [onlyPost, ...others] = byRule.postIds
  return {
    organisationId: byRule.organisationId,
    postId: others.length === 0 ? (onlyPost ?? null) : null,
    why: { rule: byRule.why.rule, text: whyByRule(record, condition, byRule, rules) },
  }
}

/** A unit that a person names instead of the rules', or that an adjudication names; he must say why. */
function chosenByHand(request: MoveRequest, byRule: DutyHolder | null, milestones: PlannedMilestone[], rules: Rules): DispatchPlan {
  const chosen = rules.directory.organisations.get(request.organisationId ?? '')
  if (!chosen) throw refuse.unitUnknown({}, 'organisationId')
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

function whyByRule(record: CaseRecord, { lead, tier }: Condition, { organisationName }: DutyHolder, rules: Rules): Wording {
  const area = rules.territory.area(record.areaCode)?.name ?? { zh: record.areaCode }
  const matter = record.matterName ?? { zh: '' }
  return {
    zh: `“${matter.zh}”由${levelNames[lead.level]}负责（${tier}级），${area.zh}的责任单位是${organisationName.zh}`,
    en: `“${english(matter)}” is led at ${lead.level} level (tier ${tier}); the unit on duty for ${english(area)} is ${english(organisationName)}`,
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
