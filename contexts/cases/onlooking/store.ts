import type { Tables } from '#database/tables.ts'
import type { Instant } from '#kernel/clock.ts'
import { insertRows, sql, type Sql, type Tx } from '#platform/database/database.ts'

export type OnlookerTables = Pick<Tables, 'cases.onlooker' | 'cases.case'>
export type OnlookerTx = Tx<OnlookerTables>

export interface Onlooker {
  readonly screenId: string
  readonly personId: string
  readonly name: string
  readonly postId: string | null
  readonly districtCode: string
  readonly caseId: string
  readonly areaCode: string
  readonly organisationIds: readonly string[]
  readonly doing: 'looking' | 'writing'
  readonly seenAt: Instant
}

/** One screen shows one case at a time, so its row is replaced. */
export async function putOnlooker(tx: OnlookerTx, row: Onlooker): Promise<void> {
  await insertRows(
    tx,
    'cases.onlooker',
    [row],
    `on conflict (screen_id) do update set district_code = excluded.district_code, case_id = excluded.case_id, area_code = excluded.area_code,
      organisation_ids = excluded.organisation_ids, doing = excluded.doing, seen_at = excluded.seen_at, name = excluded.name, post_id = excluded.post_id
      where onlooker.person_id = excluded.person_id`,
  )
}

/** Takes away a screen of this person, where it still shows this case, and whatever nobody has confirmed since `before`. */
export async function dropOnlooker(tx: OnlookerTx, screenId: string, personId: string, caseId: string, before: Instant): Promise<void> {
  await sql`delete from cases.onlooker where (screen_id = ${screenId} and person_id = ${personId} and case_id = ${caseId}) or seen_at < ${before}`.execute(
    tx,
  )
}

/** Every screen that showed a case since `since`. */
export async function onlookersSince(tx: OnlookerTx, since: Instant): Promise<Onlooker[]> {
  const found = await sql<Onlooker>`select * from cases.onlooker where seen_at >= ${since} order by screen_id`.execute(tx)
  return found.rows
}

/** The same, of cases that `mayRead` lets through, of other persons. */
export async function colleaguesSince(tx: OnlookerTx, since: Instant, personId: string, mayRead: Sql): Promise<Onlooker[]> {
  const found = await sql<Onlooker>`select o.* from cases.onlooker o join cases.case c on c.district_code = o.district_code and c.id = o.case_id
    where o.seen_at >= ${since} and o.person_id <> ${personId} and ${mayRead} order by o.screen_id`.execute(tx)
  return found.rows
}
