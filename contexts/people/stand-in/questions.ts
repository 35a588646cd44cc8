import { addDays, type LocalDate } from '#kernel/clock.ts'
import { codeDigits } from '#kernel/codes.ts'
import type { Wording } from '#kernel/refusal.ts'
import { inTransaction } from '#platform/database/database.ts'
import type { Doing } from '#platform/event.ts'
import { dayOf } from '../sign-in/charging/commands.ts'
import type { PeopleTables } from '../store.ts'
import { ownPost } from './commands.ts'
import { isColleague } from './rules.ts'
import * as store from './store.ts'

type Asking = Pick<Doing, 'database' | 'clock' | 'actor'>

/** More than a screen can use. */
const MOST_CANDIDATES = 200

/** Stand-ins that the actor gave and took, present and coming. */
export async function listStandIns({ database, clock, actor }: Asking): Promise<store.ListedStandIn[]> {
  const { personId } = actor
  if (personId === null) return []
  return inTransaction<PeopleTables, store.ListedStandIn[]>(database, (tx) => store.standInsOf(tx, personId, dayOf(clock.now())))
}

/** Somebody who may stand in: name, role and unit, nothing personal. */
export interface Candidate {
  readonly personId: string
  readonly personName: string
  readonly roleName: Wording
  readonly organisationName: Wording
}

/** Colleagues for one of the actor's own posts; those with the same role first, then by name. */
export async function listCandidates({ database, clock, actor }: Asking, postId: string): Promise<Candidate[]> {
  const on = dayOf(clock.now())
  return inTransaction<PeopleTables, Candidate[]>(database, async (tx) => {
    const post = await ownPost(tx, { actor }, postId, on)
    const community = post.role === 'grid_worker' ? post.areaCode.slice(0, codeDigits.community) : ''
    const isWhole = community.length === codeDigits.community
    const rows = await store.candidatePosts(tx, post, { community: isWhole ? community : '', on })
    const able = [...Map.groupBy(rows, (row) => row.personId).values()].filter((own) => isColleague(post, own))
    const shown = able.flatMap((own) => own.find(({ role }) => role === post.role) ?? own.find((one) => isColleague(post, [one])) ?? [])
    const [same, others] = [shown.filter(({ role }) => role === post.role), shown.filter(({ role }) => role !== post.role)]
    return [...same, ...others]
      .slice(0, MOST_CANDIDATES)
      .map(({ personId, personName, roleName, organisationName }) => ({ personId, personName, roleName, organisationName }))
  })
}

/** The present or next stand-in of each post, and the last day until which the actor stands in, as the lists of posts show them. */
export interface Standing {
  readonly id: string
  readonly personId: string
  readonly personName: string
  readonly validFrom: LocalDate
  readonly validUntil: LocalDate
}

/** The present or next stand-in of each of the posts. */
export async function standingAt(
  { database, clock }: Pick<Asking, 'database' | 'clock'>,
  postIds: readonly string[],
): Promise<Map<string, Standing>> {
  const rows = await inTransaction<PeopleTables, store.ListedStandIn[]>(database, (tx) => store.standInsOfPosts(tx, postIds, dayOf(clock.now())))
  const views = rows.map(({ id, postId, personId, personName, validFrom, validTo }) => {
    const view: Standing = { id, personId, personName, validFrom, validUntil: addDays(validTo, -1) }
    return [postId, view] as const
  })
  // The earliest is written last and stays.
  return new Map(views.toReversed())
}
