import type { Tables } from '#database/tables.ts'
import type { Instant, LocalDate } from '#kernel/clock.ts'
import type { DistrictCode } from '#kernel/codes.ts'
import { insertRows, sql, type Sql, type Tx } from '#platform/database/database.ts'
import type { AssignmentsTables } from '#contexts/assignments/index.ts'
import type { CaseRecord } from '../record.ts'
import type { CasesTables } from '../store.ts'
import type { CallBackOutcome } from './lifecycle.ts'

/** A reopening belongs to the transaction of the call back that asked for it. */
export type CallBackTables = Pick<Tables, 'cases.callBackDraw' | 'cases.callBack'> & CasesTables & AssignmentsTables
export type CallBackTx = Tx<CallBackTables>

export interface DrawRow {
  readonly districtCode: DistrictCode
  readonly id: string
  readonly areaCode: string
  readonly fromDay: LocalDate
  readonly toDay: LocalDate
  readonly percent: number
  readonly minimumPerStreet: number
  readonly seed: string
  readonly publishedAt: Instant
  readonly publishedBy: string | null
  readonly drawnAt: Instant | null
  /** street/number of every case drawn from. */
  readonly population: readonly string[]
}

export async function insertDraw(tx: CallBackTx, row: Omit<DrawRow, 'drawnAt' | 'population'>): Promise<void> {
  await insertRows(tx, 'cases.call_back_draw', [row])
}

/** One draw, locked where it is about to be changed. */
export async function findDraw(tx: CallBackTx, districtCode: string, id: string, lock = false): Promise<DrawRow | undefined> {
  const found = await sql<DrawRow>`select * from cases.call_back_draw where district_code = ${districtCode} and id = ${id}
    ${lock ? sql`for update` : sql``}`.execute(tx)
  return found.rows[0]
}

/** Draws that `mayRead` lets through, newest first, with how many cases of each were sampled and how many have an outcome. */
export async function newestDraws(tx: CallBackTx, mayRead: Sql, limit: number): Promise<(Omit<DrawRow, 'population'> & DrawCounts)[]> {
  const found = await sql<Omit<DrawRow, 'population'> & DrawCounts>`select d.district_code, d.id, d.area_code, d.from_day, d.to_day, d.percent,
      d.minimum_per_street, d.seed, d.published_at, d.published_by, d.drawn_at, cardinality(d.population) as size,
      count(b.id)::int as sampled, count(b.outcome)::int as answered
    from cases.call_back_draw d left join cases.call_back b on b.district_code = d.district_code and b.draw_id = d.id
    where ${mayRead} group by d.district_code, d.id order by d.published_at desc, d.id desc limit ${limit}`.execute(tx)
  return found.rows
}

export interface DrawCounts {
  readonly size: number
  readonly sampled: number
  readonly answered: number
}

export async function setDrawn(tx: CallBackTx, { districtCode, id }: DrawRow, at: Instant, population: readonly string[]): Promise<void> {
  await sql`update cases.call_back_draw set drawn_at = ${at}, population = ${[...population]}::text[]
    where district_code = ${districtCode} and id = ${id}`.execute(tx)
}

/**
 * Cases closed between two moments in an area, as they stand now, whose callers left a telephone: nobody else can be called back. What only a
 * district is known of counts as a street of its own.
 */
export async function closedCases(
  tx: CallBackTx,
  of: { districtCode: string; areaCode: string; since: Instant; until: Instant },
): Promise<{ id: string; number: string; street: string; organisationId: string | null }[]> {
  const found = await sql<{ id: string; number: string; street: string; organisationId: string | null }>`select c.id, c.number,
      left(c.area_code, 9) as street, c.lead_organisation_id as organisation_id
    from cases.case c where c.district_code = ${of.districtCode} and c.status = 'closed' and c.closed_at >= ${of.since} and c.closed_at < ${of.until}
      and c.area_code like ${`${of.areaCode}%`} and exists (select 1 from cases.caller k
        where k.district_code = c.district_code and k.case_id = c.id and k.phone_box is not null) order by c.number`.execute(tx)
  return found.rows
}

export async function insertSample(
  tx: CallBackTx,
  rows: readonly { districtCode: string; id: string; drawId: string; caseId: string; streetCode: string; organisationId: string | null }[],
): Promise<void> {
  await insertRows(tx, 'cases.call_back', rows)
}

/** A sampled case with what is needed to call back and to record. */
export interface SampleRow extends Pick<CaseRecord, 'id' | 'number' | 'status' | 'matterName' | 'areaCode' | 'result' | 'handledBy'> {
  readonly callBackId: string
  readonly streetCode: string
  readonly organisationId: string | null
  readonly outcome: CallBackOutcome | null
  readonly recordedAt: Instant | null
  readonly nameBox: string | null
  readonly phoneBox: string | null
  /** Keys of everybody who handled or checked it, in any round. */
  readonly workers: readonly string[]
}

export async function sampleRows(tx: CallBackTx, districtCode: string, drawId: string): Promise<SampleRow[]> {
  const found =
    await sql<SampleRow>`select c.id, c.number, c.status, c.matter_name, c.area_code, c.result, c.handled_by, b.id as call_back_id, b.street_code,
      b.organisation_id, b.outcome, b.recorded_at, p.name_box, p.phone_box,
      array(select distinct s.actor_key from cases.case_step s where s.district_code = b.district_code and s.case_id = b.case_id
        and s.step in ('handle', 'check')) as workers
    from cases.call_back b join cases.case c on c.district_code = b.district_code and c.id = b.case_id
    left join cases.caller p on p.district_code = b.district_code and p.case_id = b.case_id
    where b.district_code = ${districtCode} and b.draw_id = ${drawId} order by b.street_code, c.number`.execute(tx)
  return found.rows
}

/** Writes what a caller said, once. */
export async function saveOutcome(
  tx: CallBackTx,
  of: { districtCode: string; callBackId: string },
  said: { outcome: CallBackOutcome; at: Instant; actorKey: string; postId: string | null; note: string | null },
): Promise<void> {
  await sql`update cases.call_back set outcome = ${said.outcome}, recorded_at = ${said.at}, actor_key = ${said.actorKey}, post_id = ${said.postId}, note = ${said.note}
    where district_code = ${of.districtCode} and id = ${of.callBackId}`.execute(tx)
}

/** True while a sampled case waits for its caller's answer: that, and nothing else, is a reason to look at the caller of a closed case. */
export async function awaitsCallBack(tx: CallBackTx, districtCode: string, caseId: string): Promise<boolean> {
  const found =
    await sql`select 1 from cases.call_back where district_code = ${districtCode} and case_id = ${caseId} and outcome is null limit 1`.execute(tx)
  return found.rows.length > 0
}
