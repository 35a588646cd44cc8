import { sql, type RawBuilder } from 'kysely'
import type { Instant, LocalDate } from '#kernel/clock.ts'
import type { Wording } from '#kernel/refusal.ts'
import { insertRows, type Tx } from '#platform/database/database.ts'
import type { PeopleTables } from '../store.ts'
import type { SeatedPost } from './rules.ts'
import type { StandIn } from './stand-in-row.ts'

type PeopleTx = Tx<PeopleTables>

// Posts in force on a day, in organisations that exist then, with what the rules of standing in ask.
async function seatedPosts(tx: PeopleTx, which: RawBuilder<boolean>, on: LocalDate): Promise<SeatedPost[]> {
  const { rows } = await sql<SeatedPost>`
    select post.id, post.person_id, post.organisation_id, post.role, post.area_code, post.valid_from, post.valid_to,
      organisation.kind as organisation_kind, organisation.area_code as organisation_area
    from people.post post join people.organisation organisation on organisation.id = post.organisation_id
    where ${which} and post.valid_from <= ${on} and (post.valid_to is null or post.valid_to > ${on})
      and organisation.valid_from <= ${on} and (organisation.valid_to is null or organisation.valid_to > ${on})
    order by post.valid_from, post.id`.execute(tx)
  return rows
}

export async function seatedPost(tx: PeopleTx, id: string, on: LocalDate): Promise<SeatedPost | undefined> {
  return (await seatedPosts(tx, sql<boolean>`post.id = ${id}`, on))[0]
}

export async function ownPosts(tx: PeopleTx, personId: string, on: LocalDate): Promise<SeatedPost[]> {
  return seatedPosts(tx, sql<boolean>`post.person_id = ${personId}`, on)
}

/** The own posts of a person, and those that the person stands in for on a day. By ids, so that an index finds both. */
export async function ownAndStoodIn(tx: PeopleTx, personId: string, on: LocalDate): Promise<SeatedPost[]> {
  const ids = sql`select id from people.post where person_id = ${personId}
    union all select s.post_id from people.stand_in s
      where s.person_id = ${personId} and s.ended_at is null and s.valid_from <= ${on} and s.valid_to > ${on}`
  return seatedPosts(tx, sql<boolean>`post.id = any(array(${ids}))`, on)
}

/** A stand-in as lists show it. */
export interface ListedStandIn extends StandIn {
  personName: string
  holderId: string
  holderName: string
  organisationId: string
  organisationName: Wording
  roleName: Wording
  areaCode: string
}

const listed = sql`select s.id, s.post_id, s.person_id, s.valid_from, s.valid_to, s.given_at, s.given_by, s.ended_at,
    person.name as person_name, post.person_id as holder_id, holder.name as holder_name,
    post.organisation_id, organisation.name as organisation_name, role.name as role_name, post.area_code
  from people.stand_in s
  join people.person person on person.id = s.person_id
  join people.post post on post.id = s.post_id
  join people.person holder on holder.id = post.person_id
  join people.organisation organisation on organisation.id = post.organisation_id
  join people.role role on role.code = post.role`

/** Stand-ins that a person gave or took and that are not over on a day, the earliest first. */
export async function standInsOf(tx: PeopleTx, personId: string, on: LocalDate): Promise<ListedStandIn[]> {
  const { rows } = await sql<ListedStandIn>`${listed}
    where (post.person_id = ${personId} or s.person_id = ${personId}) and s.ended_at is null and s.valid_to > ${on}
      and (post.valid_to is null or post.valid_to > ${on})
    order by s.valid_from, s.id`.execute(tx)
  return rows
}

/** Stand-ins of posts that are not over on a day, the earliest first. */
export async function standInsOfPosts(tx: PeopleTx, postIds: readonly string[], on: LocalDate): Promise<ListedStandIn[]> {
  if (postIds.length === 0) return []
  const { rows } = await sql<ListedStandIn>`${listed}
    where s.post_id = any(${[...postIds]}::uuid[]) and s.ended_at is null and s.valid_to > ${on} order by s.valid_from, s.id`.execute(tx)
  return rows
}

/** One of them; its row stays locked until the transaction ends. */
export async function lockStandIn(tx: PeopleTx, id: string): Promise<ListedStandIn | undefined> {
  const { rows } = await sql<ListedStandIn>`${listed} where s.id = ${id} for update of s`.execute(tx)
  return rows[0]
}

export async function insertStandIn(tx: PeopleTx, row: StandIn): Promise<void> {
  await insertRows(tx, 'people.stand_in', [row])
}

export async function endStandIn(tx: PeopleTx, id: string, at: Instant): Promise<void> {
  await tx.updateTable('people.standIn').set({ endedAt: at }).where('id', '=', id).execute()
}

export async function hasAccount(tx: PeopleTx, personId: string): Promise<boolean> {
  return (await tx.selectFrom('people.account').select('id').where('personId', '=', personId).executeTakeFirst()) !== undefined
}

/** A post of somebody with an account, for choosing among colleagues. */
export interface CandidatePost extends SeatedPost {
  personName: string
  organisationName: Wording
  roleName: Wording
}

/** Posts in force of everybody with an account who has one at the organisation of a post or in its community; all posts of each of them. */
export async function candidatePosts(
  tx: PeopleTx,
  post: SeatedPost,
  { community, on }: { community: string; on: LocalDate },
): Promise<CandidatePost[]> {
  const near = sql`select near.person_id from people.post near join people.organisation unit on unit.id = near.organisation_id
    where near.organisation_id = ${post.organisationId} or (${community} <> '' and (near.area_code like ${`${community}%`} or unit.area_code = ${community}))`
  const { rows } = await sql<CandidatePost>`
    select post.id, post.person_id, post.organisation_id, post.role, post.area_code, post.valid_from, post.valid_to,
      organisation.kind as organisation_kind, organisation.area_code as organisation_area,
      person.name as person_name, organisation.name as organisation_name, role.name as role_name
    from people.post post
    join people.organisation organisation on organisation.id = post.organisation_id
    join people.person person on person.id = post.person_id
    join people.role role on role.code = post.role
    where post.person_id in (${near}) and post.person_id <> ${post.personId}
      and exists (select from people.account account where account.person_id = post.person_id)
      and post.valid_from <= ${on} and (post.valid_to is null or post.valid_to > ${on})
      and organisation.valid_from <= ${on} and (organisation.valid_to is null or organisation.valid_to > ${on})
    order by person.name, post.id`.execute(tx)
  return rows
}
