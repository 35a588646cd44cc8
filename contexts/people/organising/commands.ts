import { localDate, type LocalDate } from '#kernel/clock.ts'
import { newId } from '#kernel/id.ts'
import type { Wording } from '#kernel/refusal.ts'
import type { Tx } from '#platform/database/database.ts'
import { emit, type Doing } from '#platform/event.ts'
import { peopleEvent } from '../events.ts'
import { homeDistrict } from '../home-district.ts'
import type { TieKind } from '../lifecycle.ts'
import type { Policy } from '../policy/store.ts'
import { refuse } from '../refusals.ts'
import { signInSettings } from '../sign-in/settings.ts'
import * as people from '../store.ts'
import { inTurn, onceInTurn } from '../taking-turns/commands.ts'
import * as store from './store.ts'
import { tieRefusal } from './structure.ts'
import type { FormerName, Tie } from './tie-row.ts'

type PeopleTx = Tx<people.PeopleTables>

/** What the commands ask of the rest of the product. */
export interface Organising {
  readonly policy: Policy
  /** How many pieces of work an organisation still holds, over all districts. */
  readonly openWork: (organisationId: string) => Promise<number>
}

export interface Seen {
  readonly organisationId: string
  /** `rowVersion` of the organisation that was on the screen. */
  readonly expectedVersion: number
}

/** Gives an organisation a new name from today on; the former one is kept with its days. */
export async function renameOrganisation(
  doing: Doing,
  { policy }: Pick<Organising, 'policy'>,
  { name, ...seen }: Seen & { readonly name: Wording },
): Promise<FormerName[]> {
  const on = today(doing)
  return onceInTurn(doing, 'renameOrganisation', async (tx) => {
    const found = await mayChange(tx, doing, policy, seen, on)
    const known = await store.formerNames(tx, [found.id])
    await store.rename(tx, found, name, { from: known.at(-1)?.validTo ?? found.validFrom, on })
    await say(tx, doing, 'people.organisation_renamed', found)
    return store.formerNames(tx, [found.id])
  })
}

/**
 * Ends an organisation today, with its posts and ties. Refused while it holds open work or others stand below it, and where nobody could manage accounts after
 * that. Work that is sent to it in the same moment finds it ended and goes to a person.
 */
export async function endOrganisation(doing: Doing, { policy, openWork }: Organising, seen: Seen): Promise<{ endedPosts: number }> {
  const on = today(doing)
  const count = await openWork(seen.organisationId)
  return onceInTurn(doing, 'endOrganisation', async (tx) => {
    const administrators = await people.lockPostsOfRole(tx, 'system_admin', on)
    const found = await mayChange(tx, doing, policy, seen, on)
    if (count > 0) throw refuse.holdsWork({ count })
    const below = await store.countBelow(tx, found.id, on)
    if (below > 0) throw refuse.hasBelow({ count: below })
    const posts = await store.postsOfOrganisation(tx, found.id, on)
    if (administrators.length > 0 && administrators.every((id) => posts.some((post) => post.id === id))) throw refuse.lastAdministrator()
    const validTo = found.validFrom > on ? found.validFrom : on
    await store.setOrganisationEnd(tx, found.id, validTo)
    await store.endPosts(tx, found.id, on)
    await store.endTiesOf(tx, found.id, on)
    await say(tx, doing, 'people.organisation_ended', found, { validTo, posts: posts.length })
    const districts = await people.openDistricts(tx)
    const happenedAt = doing.clock.now()
    const ended = posts.map(({ id, role, areaCode }) =>
      peopleEvent('people.post_ended', { districtCode: homeDistrict(areaCode, districts), subjectId: id, happenedAt, data: { role, validTo } }),
    )
    await emit(tx, doing, ended)
    return { endedPosts: posts.length }
  })
}

export interface NewTie {
  readonly kind: TieKind
  readonly organisationId: string
  readonly otherId: string
}

/** Ties two organisations from today on: a member to its joint team, a party organisation to the unit beside it or to the community where it reports. */
export async function tieOrganisations(doing: Doing, policy: Policy, asked: NewTie): Promise<{ id: string }> {
  const on = today(doing)
  return onceInTurn(doing, 'tieOrganisations', async (tx) => {
    const one = await existing(tx, asked.organisationId, on, 'organisationId')
    const other = await existing(tx, asked.otherId, on, 'otherId')
    if (!policy.may(doing.actor, 'people.edit', subjectOf(one))) throw refuse.notYours({ permission: 'people.edit' })
    if (one.id === other.id) throw refuse.notMember({}, 'otherId')
    const refusal = tieRefusal(asked.kind, one, other)
    if (refusal) throw refusal
    if (await store.findTie(tx, asked, on)) throw refuse.tiedAlready({}, 'otherId')
    const tie: Tie = { id: newId(), ...asked, validFrom: on, validTo: null }
    await store.insertTie(tx, tie)
    await say(tx, doing, 'people.organisation_tied', one, { kind: tie.kind, otherId: tie.otherId })
    return { id: tie.id }
  })
}

/** Ends a tie today. Ending it again changes nothing. */
export async function untieOrganisations(doing: Doing, policy: Policy, tieId: string): Promise<{ id: string }> {
  const on = today(doing)
  return inTurn(doing, async (tx) => {
    const tie = await store.lockTie(tx, tieId)
    const one = tie && (await store.lockOrganisation(tx, tie.organisationId))
    if (!tie || !one || !policy.may(doing.actor, 'people.read', subjectOf(one))) throw refuse.noSuchTie()
    if (!policy.may(doing.actor, 'people.edit', subjectOf(one))) throw refuse.notYours({ permission: 'people.edit' })
    if (tie.validTo !== null && tie.validTo <= on) return { id: tie.id }
    await store.setTieEnd(tx, tie.id, on)
    await say(tx, doing, 'people.organisation_untied', one, { kind: tie.kind, otherId: tie.otherId })
    return { id: tie.id }
  })
}

async function mayChange(tx: PeopleTx, doing: Doing, policy: Policy, seen: Seen, on: LocalDate): Promise<people.ListedOrganisation> {
  const found = await store.lockOrganisation(tx, seen.organisationId)
  if (!found || !policy.may(doing.actor, 'people.read', subjectOf(found))) throw refuse.organisationUnknown()
  if (!policy.may(doing.actor, 'people.edit', subjectOf(found))) throw refuse.notYours({ permission: 'people.edit' })
  if (found.validTo !== null && found.validTo <= on) throw refuse.organisationOver()
  if (found.rowVersion !== seen.expectedVersion) throw refuse.organisationChanged()
  return found
}

async function existing(tx: PeopleTx, id: string, on: LocalDate, field: string): Promise<people.ListedOrganisation> {
  const found = await store.lockOrganisation(tx, id)
  if (!found) throw refuse.noSuchOrganisation({}, field)
  if (found.validFrom > on || (found.validTo !== null && found.validTo <= on)) throw refuse.organisationNotThen({ on }, field)
  return found
}

const subjectOf = ({ id, areaCode }: people.ListedOrganisation) => ({ areaCode, organisationIds: [id] })

async function say(
  tx: PeopleTx,
  doing: Doing,
  type: 'people.organisation_renamed' | 'people.organisation_ended' | 'people.organisation_tied' | 'people.organisation_untied',
  { id, areaCode }: people.ListedOrganisation,
  data: Readonly<Record<string, string | number>> = {},
): Promise<void> {
  const districtCode = homeDistrict(areaCode, await people.openDistricts(tx))
  await emit(tx, doing, [peopleEvent(type, { districtCode, subjectId: id, happenedAt: doing.clock.now(), data })])
}

function today({ clock }: Doing): LocalDate {
  return localDate(clock.now(), signInSettings.timeZone)
}
