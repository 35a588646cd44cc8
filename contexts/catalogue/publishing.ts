/** When a matter may take effect: what it must say, who may lead it, and where its version stands among the others. */
import type { LocalDate } from '#kernel/clock.ts'
import type { Refusal } from '#kernel/refusal.ts'
import type { IsDelegated } from './delegating/delegation.ts'
import { clockKinds, type LeadLevel } from './lifecycle.ts'
import { matterTitle, type ConditionText, type MatterText, type Party } from './matter.ts'
import { refuse } from './refusals.ts'

const grassroots = new Set<LeadLevel>(['grid', 'community', 'street'])

/** Everything that stands against publishing, in the order of the conditions; empty when the matter may be published. `isDelegated` answers for its first day. */
export function publishingRefusals(matter: MatterText, isDelegated: IsDelegated): Refusal[] {
  if (matter.conditions.length === 0) return [refuse.noCondition({ matter: matterTitle(matter) }, 'conditions')]
  return [...matter.conditions.flatMap((condition, index) => conditionRefusals(matter, condition, index, isDelegated)), ...sameCodeRefusals(matter)]
}

/** Conditions that bear the code of an earlier one; not even a draft may hold them, because a case names its condition by it. */
export function sameCodeRefusals(matter: MatterText): Refusal[] {
  const codes = new Set<string>()
  return matter.conditions.flatMap((condition, index) => {
    const isNew = codes.size < codes.add(condition.code).size
    return isNew ? [] : [refuse.sameConditionTwice(...about(matter, condition, `conditions.${index}.code`))]
  })
}

function conditionRefusals(matter: MatterText, condition: ConditionText, index: number, isDelegated: IsDelegated): Refusal[] {
  const found: Refusal[] = []
  const field = (name: string): string => `conditions.${index}.${name}`
  for (const clock of clockKinds) if (condition[clock] === null) found.push(refuse.noLimit(...about(matter, condition, field(clock))))
  if (condition.tier === null) found.push(refuse.noTier(...about(matter, condition, field('tier'))))
  if (condition.lead === null) found.push(refuse.noLead(...about(matter, condition, field('lead'))))
  else found.push(...leadRefusals(matter, condition, condition.lead, field('lead'), isDelegated))
  // Work that was taken back stays away from the grassroots altogether, also as a helping hand (china.md 2.3).
  if (matter.duty === 'withdrawn')
    condition.helpers.forEach((helper, at) => {
      if (grassroots.has(helper.level)) found.push(refuse.withdrawnToGrassroots(...about(matter, condition, field(`helpers.${at}`))))
    })
  return found
}

// A department's work reaches the grassroots as lead only with a delegation. What they only help with (配合) is not theirs to lead even then.
function leadRefusals(matter: MatterText, condition: ConditionText, lead: Party, field: string, isDelegated: IsDelegated): Refusal[] {
  if (!grassroots.has(lead.level)) return []
  const [params, at] = about(matter, condition, field)
  if (matter.duty === 'withdrawn') return [refuse.withdrawnToGrassroots(params, at)]
  if (lead.function !== null && !isDelegated(condition.code, lead))
    return [refuse.departmentWorkToGrassroots({ ...params, function: lead.function }, at)]
  return matter.duty === 'assist' ? [refuse.assistAsLead(params, at)] : []
}

function about(matter: MatterText, condition: ConditionText, field: string): [{ matter: string; condition: string; field: string }, string] {
  return [{ matter: matterTitle(matter), condition: `${condition.code} ${condition.description.zh}`, field }, field]
}

/** A version's days: from `from` until the day before `to`. */
export interface Period {
  readonly from: LocalDate
  readonly to: LocalDate | null
}

export interface Placement<V extends Period> {
  /** First day on which the new version no longer holds: the next version's first day, where there is one. */
  readonly to: LocalDate | null
  /** Versions that end on the new one's first day. One that would not hold for a single day is retired. */
  readonly ended: readonly { readonly version: V; readonly retired: boolean }[]
}

/**
 * Where a version that takes effect on `wanted.from` stands among the published ones. Refuses to rewrite days that have passed under another version:
 * cases were decided by it.
 */
export function placeVersion<V extends Period>(matter: string, wanted: Period, published: readonly V[], today: LocalDate): Placement<V> {
  const { from } = wanted
  if (wanted.to !== null && wanted.to <= from) throw refuse.datesReversed({ matter, from, to: wanted.to }, 'effectiveTo')
  const next = published.filter((version) => version.from > from && version.to !== version.from).sort((a, b) => (a.from < b.from ? -1 : 1))[0]
  const to = next && (wanted.to === null || next.from < wanted.to) ? next.from : wanted.to
  const current = published.filter((version) => version.from <= from && (version.to === null || version.to > from))
  // Days before today that another version already covers.
  if (from < today && current.length > 0) throw refuse.pastTaken({ matter, from, today }, 'effectiveFrom')
  return { to, ended: current.map((version) => ({ version, retired: version.from === from })) }
}
