import { sql, type RawBuilder } from 'kysely'
import type { Instant, LocalDate } from '#kernel/clock.ts'
import type { Tx } from '#platform/database/database.ts'
import { screenRole } from '../lifecycle.ts'
import type { PeopleTables } from '../store.ts'

type PeopleTx = Tx<PeopleTables>

/** The link of a wall with the post that it opens. */
export interface ScreenRow {
  id: string
  postId: string
  name: string
  areaCode: string
  validUntil: LocalDate
  validTo: LocalDate | null
  createdAt: Instant
  lastOpenedAt: Instant | null
  revokedAt: Instant | null
}

const screens = sql`select link.id, link.post_id, person.name, post.area_code, link.valid_until, post.valid_to, link.created_at, link.last_opened_at, link.revoked_at
  from people.post_link link join people.post post on post.id = link.post_id join people.person person on person.id = post.person_id
  where post.role = ${screenRole}`

/** The latest first; `visible` is over the columns of posts. */
export async function listScreens(tx: PeopleTx, visible: RawBuilder<boolean>): Promise<ScreenRow[]> {
  return (await sql<ScreenRow>`${screens} and ${visible} order by link.id desc`.execute(tx)).rows
}

/** One of them; its link stays locked until the transaction ends. */
export async function lockScreen(tx: PeopleTx, id: string): Promise<ScreenRow | undefined> {
  return (await sql<ScreenRow>`${screens} and link.id = ${id} for update of link`.execute(tx)).rows[0]
}
