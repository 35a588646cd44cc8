/** Leave and stand-in: a post is handed to a colleague for some days. */
import { addDays, type LocalDate } from '#kernel/clock.ts'
import { newId } from '#kernel/id.ts'
import { inTransaction, type Tx } from '#platform/database/database.ts'
import { emit, type Doing } from '#platform/event.ts'
import { peopleEvent, type PeopleEventType } from '../events.ts'
import { homeDistrict } from '../home-district.ts'
import type { Policy } from '../policy/store.ts'
import { refuse } from '../refusals.ts'
import { dayOf } from '../sign-in/charging/commands.ts'
import { openDistricts, type PeopleTables } from '../store.ts'
import { onceInTurn } from '../taking-turns/commands.ts'
import { standInRefusal, type SeatedPost, type StandInAsked } from './rules.ts'
import * as store from './store.ts'

type PeopleTx = Tx<PeopleTables>

/** Hands one of the actor's own posts to a colleague. */
export async function createStandIn(doing: Doing, { postId, ...asked }: StandInAsked & { readonly postId: string }): Promise<store.ListedStandIn> {
  const { id } = await onceInTurn(doing, 'createStandIn', async (tx, now) => {
    const today = dayOf(now)
    const post = await ownPost(tx, doing, postId, today)
    const own = await store.ownPosts(tx, asked.personId, today)
    const others = await store.standInsOfPosts(tx, [postId], today)
    const refusal = standInRefusal(post, asked, { today, own, hasAccount: await store.hasAccount(tx, asked.personId), others })
    if (refusal) throw refusal
    const { personId, validFrom, validUntil } = asked
    const made = { id: newId(), postId, personId, validFrom, validTo: addDays(validUntil, 1), givenAt: now, givenBy: post.personId, endedAt: null }
    await store.insertStandIn(tx, made)
    await say(tx, doing, 'people.stand_in_begun', { ...made, areaCode: post.areaCode })
    return { id: made.id }
  })
  return inTransaction<PeopleTables, store.ListedStandIn>(doing.database, (tx) => found(tx, id))
}

/** Ends a stand-in at once, by one of the two or by whoever may edit people there. Doing it again changes nothing. */
export async function endStandIn(doing: Doing, policy: Policy, id: string): Promise<store.ListedStandIn> {
  await onceInTurn(doing, 'endStandIn', async (tx, now) => {
    const standIn = await store.lockStandIn(tx, id)
    if (!standIn || !mayEnd(doing, policy, standIn)) throw refuse.noSuchStandIn()
    if (standIn.endedAt !== null || standIn.validTo <= dayOf(now)) return { id }
    await store.endStandIn(tx, id, now)
    await say(tx, doing, 'people.stand_in_ended', standIn)
    return { id }
  })
  return inTransaction<PeopleTables, store.ListedStandIn>(doing.database, (tx) => found(tx, id))
}

function mayEnd({ actor }: Doing, policy: Policy, { holderId, personId, areaCode, organisationId }: store.ListedStandIn): boolean {
  if (actor.personId !== null && (actor.personId === holderId || actor.personId === personId)) return true
  return policy.may(actor, 'people.edit', { areaCode, organisationIds: [organisationId] })
}

/** A post that the actor holds and does not merely stand in for. */
export async function ownPost(tx: PeopleTx, { actor }: Pick<Doing, 'actor'>, postId: string, on: LocalDate): Promise<SeatedPost> {
  const post = await store.seatedPost(tx, postId, on)
  if (!post || post.personId !== actor.personId) throw refuse.noSuchPost({}, 'postId')
  return post
}

async function found(tx: PeopleTx, id: string): Promise<store.ListedStandIn> {
  const standIn = await store.lockStandIn(tx, id)
  if (!standIn) throw new Error(`stand-in ${id} was written and is not there`)
  return standIn
}

interface Said {
  readonly id: string
  readonly postId: string
  readonly personId: string
  readonly validFrom: LocalDate
  readonly validTo: LocalDate
  readonly areaCode: string
}

async function say(tx: PeopleTx, doing: Doing, type: PeopleEventType, { id, postId, personId, validFrom, validTo, areaCode }: Said): Promise<void> {
  const districtCode = homeDistrict(areaCode, await openDistricts(tx))
  const data = { standsInPersonId: personId, validFrom, validTo, areaCode }
  const own = doing.actor.posts.some((post) => post.id === postId)
  await emit(tx, doing, [
    {
      ...peopleEvent(type, { districtCode, subjectId: id, happenedAt: doing.clock.now(), data: { ...data, postId } }),
      ...(own ? { postId } : {}),
    },
  ])
}
