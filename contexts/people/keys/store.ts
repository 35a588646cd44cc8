import { sql, type RawBuilder } from 'kysely'
import type { Post } from '#kernel/actor.ts'
import type { Instant, LocalDate } from '#kernel/clock.ts'
import type { Wording } from '#kernel/refusal.ts'
import { insertRows, type Tx } from '#platform/database/database.ts'
import type { PeopleTables } from '../store.ts'

type PeopleTx = Tx<PeopleTables>

export interface NewKeyRow {
  readonly id: string
  readonly postId: string
  readonly prefix: string
  readonly keyHash: string
  readonly callsPerMinute: number
  readonly createdAt: Instant
  readonly createdByPersonId: string
}

export async function insertKey(tx: PeopleTx, row: NewKeyRow): Promise<void> {
  await insertRows(tx, 'people.api_key', [row])
}

/** A key as the list shows it. */
export interface ListedKey {
  id: string
  postId: string
  name: string
  prefix: string
  organisationId: string
  organisationName: Wording
  areaCode: string
  validFrom: LocalDate
  validTo: LocalDate | null
  callsPerMinute: number
  createdAt: Instant
  lastUsedAt: Instant | null
  revokedAt: Instant | null
}

const columns = sql`k.id, k.post_id, person.name, k.prefix, post.organisation_id, organisation.name as organisation_name, post.area_code,
  post.valid_from, post.valid_to, k.calls_per_minute, k.created_at, k.last_used_at, k.revoked_at`
const joined = sql`people.api_key k join people.post post on post.id = k.post_id join people.person person on person.id = post.person_id
  join people.organisation organisation on organisation.id = post.organisation_id`

/** Keys in the order in which they were made, the latest first; `visible` is over the columns of posts. */
export async function listKeys(tx: PeopleTx, visible: RawBuilder<boolean>): Promise<ListedKey[]> {
  const { rows } = await sql<ListedKey>`select ${columns} from ${joined} where ${visible} order by k.id desc`.execute(tx)
  return rows
}

/** One key; its row stays locked until the transaction ends. */
export async function lockKey(tx: PeopleTx, id: string): Promise<ListedKey | undefined> {
  const { rows } = await sql<ListedKey>`select ${columns} from ${joined} where k.id = ${id} for update of k`.execute(tx)
  return rows[0]
}

export async function revoke(tx: PeopleTx, id: string, at: Instant): Promise<void> {
  await sql`update people.api_key set revoked_at = ${at} where id = ${id}`.execute(tx)
}

/** A key that opens on a day, with its post. */
export interface FoundKey extends Post {
  keyId: string
  personId: string
  name: string
  callsPerMinute: number
  lastUsedAt: Instant | null
}

/** The key of a hash, while it is not revoked and both its post and its organisation are in force. */
export async function findKey(tx: PeopleTx, keyHash: string, on: LocalDate): Promise<FoundKey | undefined> {
  const { rows } = await sql<FoundKey>`
    select k.id as key_id, k.calls_per_minute, k.last_used_at, person.id as person_id, person.name, post.id, post.organisation_id, post.role,
           post.area_code, post.valid_from, post.valid_to
      from ${joined}
     where k.key_hash = ${keyHash} and k.revoked_at is null
       and post.valid_from <= ${on} and (post.valid_to is null or post.valid_to > ${on})
       and organisation.valid_from <= ${on} and (organisation.valid_to is null or organisation.valid_to > ${on})`.execute(tx)
  return rows[0]
}

export async function touchKey(tx: PeopleTx, id: string, at: Instant): Promise<void> {
  await sql`update people.api_key set last_used_at = ${at} where id = ${id}`.execute(tx)
}
