import { resolveDutyHolder, type DirectoryOrganisation } from '#contexts/people/index.ts'
import type { Actor } from '#kernel/actor.ts'
import type { Wording } from '#kernel/refusal.ts'
import { isGrassroots } from '../joining/assisting.ts'
import { subjectOf, type CaseRecord } from '../record.ts'
import type { Rules } from '../rules.ts'

/** Who whistles, and the street through which it does. */
export interface Callers {
  readonly callerOrganisationId: string
  readonly streetOrganisationId: string
}

/** True for a unit that a street of this district may summon today: one of the district's own, and not its command centre. */
export function maySummon(unit: DirectoryOrganisation | undefined, districtCode: string, { on }: Pick<Rules, 'on'>): boolean {
  if (!unit || isGrassroots(unit) || unit.kind === 'command_centre') return false
  return unit.areaCode === districtCode && unit.validFrom <= on && (unit.validTo === null || on < unit.validTo)
}

/** True for a leader whose post covers the whole district: a street's own leader does not let its whistle sound. */
export function mayApprove(actor: Actor, { districtCode }: Pick<CaseRecord, 'districtCode'>, { policy }: Rules): boolean {
  return policy.may(actor, 'whistle.approve', { districtCode, areaCode: districtCode })
}

/** True where this person's street or community holds the case and works on it. */
export function mayWhistle(record: CaseRecord, actor: Actor, rules: Rules): boolean {
  const { leadOrganisationId, status } = record
  if (leadOrganisationId === null || (status !== 'dispatched' && status !== 'contacted')) return false
  const subject = { ...subjectOf(record), organisationIds: [leadOrganisationId] }
  const isHeld = callersOf(actor, { holderId: leadOrganisationId, areaCode: record.areaCode }, rules) !== undefined
  return isHeld && rules.policy.may(actor, 'whistle.sound', subject)
}

/** True for whoever works at a street or a community and may whistle for it: nobody else starts one. */
export function startsWhistles(actor: Actor, { policy, directory }: Pick<Rules, 'policy' | 'directory'>): boolean {
  const isTheirs = ({ organisationId }: { organisationId: string }): boolean => {
    const kind = directory.organisations.get(organisationId)?.kind
    return kind === 'street_office' || kind === 'community'
  }
  return policy.may(actor, 'whistle.sound') && actor.posts.some(isTheirs)
}

/** Every unit that may be summoned in a district, by name. */
export function summonable(districtCode: string, rules: Rules): DirectoryOrganisation[] {
  return [...rules.directory.organisations.values()].filter((unit) => maySummon(unit, districtCode, rules))
}

/**
 * The street or community for which this person whistles: the one that holds the case, or without a case the one whose area the place lies in.
 * Undefined where none of his posts is in such a unit.
 */
export function callersOf(actor: Actor, subject: { holderId: string | null; areaCode: string }, rules: Rules): Callers | undefined {
  for (const post of actor.posts) {
    const unit = rules.directory.organisations.get(post.organisationId)
    if (unit?.kind !== 'street_office' && unit?.kind !== 'community') continue
    const fits = subject.holderId === null ? subject.areaCode.startsWith(unit.areaCode) : subject.holderId === unit.id
    const street = fits ? streetOf(unit, rules) : null
    if (street) return { callerOrganisationId: unit.id, streetOrganisationId: street }
  }
  return undefined
}

function streetOf(unit: DirectoryOrganisation, rules: Rules): string | null {
  if (unit.kind === 'street_office') return unit.id
  return resolveDutyHolder(rules.directory, { level: 'street', functionCode: null }, unit.areaCode, rules.on)?.organisationId ?? null
}

/** Units that the catalogue names for a matter at a place, its lead first, each with the duty that it has there. */
export function suggestedUnits(conditionId: string, areaCode: string, rules: Rules): { id: string; basis: Wording }[] {
  const condition = rules.catalogue.condition(conditionId)
  if (!condition) return []
  const named = [{ ...condition.lead, leads: true }, ...condition.helpers.map((party) => ({ ...party, leads: false }))]
  const found = named.flatMap(({ level, function: functionCode, leads }) => {
    const holder = resolveDutyHolder(rules.directory, { level, functionCode }, areaCode, rules.on)
    const unit = rules.directory.organisations.get(holder?.organisationId ?? '')
    return unit && maySummon(unit, areaCode.slice(0, 6), rules) ? [{ id: unit.id, basis: basisOf(condition.name, leads) }] : []
  })
  return [...new Map(found.toReversed().map((one) => [one.id, one])).values()].toReversed()
}

function basisOf(matter: Wording, leads: boolean): Wording {
  const en = matter.en ?? matter.zh
  return leads
    ? { zh: `事项清单：“${matter.zh}”的牵头部门`, en: `Catalogue: leads “${en}”` }
    : { zh: `事项清单：“${matter.zh}”的协同部门`, en: `Catalogue: helps with “${en}”` }
}
