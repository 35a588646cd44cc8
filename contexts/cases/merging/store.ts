import { sql, type Sql } from '#platform/database/database.ts'
import type { Instant } from '#kernel/clock.ts'
import type { DistrictCode } from '#kernel/codes.ts'
import type { CaseRecord } from '../record.ts'
import type { CasesTx } from '../store.ts'

/** Ids of the cases that are merged with any of these: their main cases and what is merged into them. */
export async function mergedWith(tx: CasesTx, districtCode: DistrictCode, ids: readonly string[]): Promise<string[]> {
  const found = await sql<{ id: string }>`select merged_into as id from cases.case
      where district_code = ${districtCode} and id = any(${ids}::uuid[]) and merged_into is not null
    union select id from cases.case where district_code = ${districtCode} and merged_into = any(${ids}::uuid[])`.execute(tx)
  return found.rows.map((row) => row.id)
}

/** Cases that another one answers for, or the parts of a split call, oldest first. */
export async function casesBelow(tx: CasesTx, districtCode: string, column: 'merged_into' | 'parent_id', id: string): Promise<CaseRecord[]> {
  const found = await sql<CaseRecord>`select c.* from cases.case c
    where c.district_code = ${districtCode} and ${sql.ref(`c.${column}`)} = ${id} order by c.reported_at, c.number`.execute(tx)
  return found.rows
}

/** Where calls like one are looked for. */
export interface Surroundings {
  readonly districtCode: string
  /** The call itself, when it is a case already. */
  readonly exceptId: string | null
  readonly from: Instant
  readonly until: Instant
  readonly closedSince: Instant
  /** Degrees around the point; null without one. */
  readonly box: { readonly west: number; readonly south: number; readonly east: number; readonly north: number } | null
  /** Twelve digits; null where no more than the street is known. */
  readonly community: string | null
  readonly marks: readonly number[]
  readonly phoneHash: string | null
}

/** A case that may be about the same, with the keyed hash of its caller's telephone. */
export type Neighbour = CaseRecord & { readonly phoneHash: string | null }

/** More than this at one place within the window is a hot spot, and the nearest in time are the likeliest. */
const MOST_NEIGHBOURS = 300

/**
 * Cases of the district, open or closed lately, that lie near, in the same community, share a mark of their text, or come from the same telephone.
 * Each of the four has its index. `mayRead` is the policy's predicate over `c`.
 */
export async function neighboursOf(tx: CasesTx, around: Surroundings, mayRead: Sql): Promise<Neighbour[]> {
  const { districtCode, exceptId, from, until, closedSince, box, community, marks, phoneHash } = around
  const inTime = sql`n.reported_at between ${from} and ${until}`
  const near = [
    ...(box
      ? [sql`point(n.lng, n.lat) <@ box(point(${box.west}::float8, ${box.south}::float8), point(${box.east}::float8, ${box.north}::float8))`]
      : []),
    ...(community === null ? [] : [sql`left(n.area_code, 12) = ${community} and ${inTime}`]),
    ...(marks.length === 0 ? [] : [sql`n.text_marks && ${[...marks]}::integer[]`]),
    ...(phoneHash === null
      ? []
      : [sql`n.id = any(array(select k.case_id from cases.caller k where k.district_code = ${districtCode} and k.phone_hash = ${phoneHash}))`]),
  ]
  if (near.length === 0) return []
  // One look-up for each index: joined by `or`, the planner reads the whole window instead (of 250,000 cases 104 ms against 8, measured).
  const looked = near.map((is) => sql`select n.id from cases.case n where n.district_code = ${districtCode} and ${is}`)
  const found =
    await sql<Neighbour>`select c.*, (select k.phone_hash from cases.caller k where k.district_code = c.district_code and k.case_id = c.id) as phone_hash
    from cases.case c
    where c.district_code = ${districtCode} and c.id = any(array(${sql.join(looked, sql` union `)})) and c.id is distinct from ${exceptId}::uuid
      and c.reported_at between ${from} and ${until} and (c.closed_at is null or c.closed_at >= ${closedSince})
      and c.status not in ('rejected', 'withdrawn', 'transferred', 'merged', 'split', 'handed_over') and ${mayRead}
    order by c.reported_at desc limit ${MOST_NEIGHBOURS}`.execute(tx)
  return found.rows
}
