import { planMilestone } from '#contexts/assignments/index.ts'
import type { Condition } from '#contexts/catalogue/index.ts'
import { resolveDutyHolder, type DirectoryOrganisation } from '#contexts/people/index.ts'
import type { Instant } from '#kernel/clock.ts'
import type { Wording } from '#kernel/refusal.ts'
import type { DispatchPlan } from '../move.ts'
import type { CaseRecord } from '../record.ts'
import { refuse } from '../refusals.ts'
import type { Rules } from '../rules.ts'

/** True for a unit below the district: a street, a community, or an office of theirs. */
export function isGrassroots({ areaCode }: Pick<DirectoryOrganisation, 'areaCode'>): boolean {
  return areaCode.length > 6
}

/** 履职事项清单: a street or community helps only where its lists say so, with its own duties or with those it assists (china.md 2.3). */
export function mayAssist(unit: Pick<DirectoryOrganisation, 'areaCode'>, { duty }: Pick<Condition, 'duty'>): boolean {
  return !isGrassroots(unit) || duty === 'assist' || duty === 'basic'
}

/**
 * The units that the condition names as helpers, at the place of the case, each with the two clocks of the condition. A helper that nobody is on
 * duty for, that leads already, or that its duty list does not allow, is left out. A case whose clock another system fixed has none.
 */
export function planAssistance(record: CaseRecord, leadOrganisationId: string, at: Instant, rules: Rules): DispatchPlan[] {
  const condition = rules.catalogue.condition(record.conditionId ?? '')
  if (!condition || record.recordedClock) return []
  const found = condition.helpers.flatMap(({ level, function: functionCode }) => {
    const holder = resolveDutyHolder(rules.directory, { level, functionCode }, record.areaCode, rules.on)
    const unit = holder && rules.directory.organisations.get(holder.organisationId)
    return unit && unit.id !== leadOrganisationId && mayAssist(unit, condition) ? [unit] : []
  })
  return [...new Map(found.map((unit) => [unit.id, unit])).values()].map((unit) => ({
    ...planOf(unit, condition, at, rules),
    why: {
      rule: 'catalogue_names',
      text: {
        zh: `事项清单规定“${condition.name.zh}”由${unit.name.zh}协同`,
        en: `The catalogue names ${english(unit.name)} as a helper for “${english(condition.name)}”`,
      },
    },
  }))
}

/** A helper that a dispatcher names, with his reason. Refuses a unit that is unknown, takes part already, or may not help with this. */
export function planAssistant(record: CaseRecord, asked: { organisationId: string; note: string }, at: Instant, rules: Rules): DispatchPlan {
  const unit = rules.directory.organisations.get(asked.organisationId)
  if (!unit || !unit.areaCode.startsWith(record.districtCode)) throw refuse.unitUnknown({}, 'organisationId')
  const condition = rules.catalogue.condition(record.conditionId ?? '')
  if (!condition) throw refuse.matterMissing({}, 'conditionId')
  if (!mayAssist(unit, condition)) throw refuse.notOnList({ unit: unit.name.zh, unitEn: english(unit.name) }, 'organisationId')
  if (!asked.note.trim()) throw refuse.reasonMissing({}, 'note')
  return {
    ...planOf(unit, condition, at, rules),
    why: { rule: 'dispatcher', text: { zh: `派遣员请${unit.name.zh}协同`, en: `The dispatcher asked ${english(unit.name)} to help` } },
  }
}

function planOf(unit: DirectoryOrganisation, { respond, dispose }: Condition, at: Instant, { catalogue }: Rules): Omit<DispatchPlan, 'why'> {
  const milestones = [planMilestone('respond', at, respond, catalogue), planMilestone('dispose', at, dispose, catalogue)]
  return { organisationId: unit.id, postId: null, milestones }
}

const english = (name: Wording): string => name.en ?? name.zh
