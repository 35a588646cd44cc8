import { insertRows, sql, type Sql, type Tx } from '#platform/database/database.ts'
import type { Instant } from '#kernel/clock.ts'
import type { DistrictCode } from '#kernel/codes.ts'
import type { CaseRecord } from '../record.ts'
import type { Wording } from '#kernel/refusal.ts'
import type { Tables } from '#database/tables.ts'
import type { CasesTables, WorkTx } from '../store.ts'
import type { RequestKindRule, RulePrecedent } from './kind.ts'
import { requestFits, requestLevels, type RequestKind, type RequestLevel } from './lifecycle.ts'
import type { Request, RequestDecision } from './request.ts'

export type RequestTables = CasesTables & Pick<Tables, 'cases.request' | 'cases.requestDecision' | 'cases.precedent' | 'cases.requestKind'>
type RequestTx = Tx<RequestTables>

/** Another transaction of this context, seen with the tables of requests. */
export const requestTx = (tx: WorkTx | Tx<CasesTables>): RequestTx => tx as unknown as RequestTx

/** All requests of a case, oldest first. The case's own lock makes writers take turns. */
export async function requestsOf(tx: RequestTx, districtCode: string, caseId: string): Promise<Request[]> {
  const rows = await tx
    .selectFrom('cases.request')
    .selectAll()
    .where('districtCode', '=', districtCode)
    .where('caseId', '=', caseId)
    .orderBy('askedAt')
    .orderBy('id')
    .execute()
  return rows as unknown as Request[]
}

export async function findRequest(tx: RequestTx, districtCode: string, id: string): Promise<Request | undefined> {
  const row = await tx.selectFrom('cases.request').selectAll().where('districtCode', '=', districtCode).where('id', '=', id).executeTakeFirst()
  return row as unknown as Request | undefined
}

/** Decisions of requests, by level. */
export async function decisionsOf(tx: RequestTx, districtCodes: readonly string[], requestIds: readonly string[]): Promise<RequestDecision[]> {
  if (requestIds.length === 0) return []
  const rows = await tx
    .selectFrom('cases.requestDecision')
    .selectAll()
    .where('districtCode', 'in', districtCodes)
    .where('requestId', 'in', requestIds)
    .orderBy('level')
    .execute()
  return rows as unknown as RequestDecision[]
}

/** Key of whoever dispatched the case last: a person, or the rules. */
export async function lastDispatcher(tx: RequestTx, districtCode: string, caseId: string): Promise<string | null> {
  const row = await tx
    .selectFrom('cases.caseStep')
    .select('actorKey')
    .where('districtCode', '=', districtCode)
    .where('caseId', '=', caseId)
    .where('step', '=', 'dispatch')
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .executeTakeFirst()
  return row?.actorKey ?? null
}

export async function insertRequest(tx: RequestTx, request: Request): Promise<void> {
  await insertRows(tx, 'cases.request', [request])
}

export async function updateRequest(tx: RequestTx, request: Request): Promise<void> {
  const { state, version, approvals, counterOpinion, counterBy, counteredAt, endedAt } = request
  await tx
    .updateTable('cases.request')
    .set({ state, version, approvals, counterOpinion, counterBy, counteredAt, endedAt })
    .where('districtCode', '=', request.districtCode)
    .where('id', '=', request.id)
    .execute()
}

export async function insertDecision(tx: RequestTx, decision: RequestDecision): Promise<void> {
  await insertRows(tx, 'cases.request_decision', [decision])
}

/** What an adjudication leaves for the next time. */
export interface PrecedentRow {
  readonly districtCode: DistrictCode
  readonly id: string
  readonly requestId: string
  readonly caseId: string
  readonly caseNumber: string
  readonly matterId: string
  readonly conditionCode: string
  readonly areaCode: string
  readonly objectingOrganisationId: string
  /** Null where a summoned unit was relieved and nobody named instead. */
  readonly organisationId: string | null
  /** About a summons by whistle; dispatch does not follow it. */
  readonly summoned: boolean
  readonly upheld: boolean
  readonly opinion: string
  readonly isRule: boolean
  readonly scopeArea: string
  readonly decidedAt: Instant
}

export async function insertPrecedent(tx: RequestTx, precedent: PrecedentRow): Promise<void> {
  await insertRows(tx, 'cases.precedent', [precedent])
}

export async function findPrecedent(tx: RequestTx, districtCode: string, id: string): Promise<PrecedentRow | undefined> {
  const row = await tx
    .selectFrom('cases.precedent')
    .selectAll()
    .where('districtCode', '=', districtCode)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return row as unknown as PrecedentRow | undefined
}

export async function markRule(tx: RequestTx, districtCode: string, id: string, isRule: boolean): Promise<void> {
  await tx.updateTable('cases.precedent').set({ isRule }).where('districtCode', '=', districtCode).where('id', '=', id).execute()
}

/** Adjudications of the same condition of a matter: those of the same street first, then the newest. */
export async function precedentsOf(
  tx: RequestTx,
  of: { districtCode: string; matterId: string; conditionCode: string; areaCode: string },
): Promise<PrecedentRow[]> {
  const found = await sql<PrecedentRow>`select * from cases.precedent
    where district_code = ${of.districtCode} and matter_id = ${of.matterId} and condition_code = ${of.conditionCode}
    order by left(area_code, 9) = left(${of.areaCode}, 9) desc, decided_at desc limit 20`.execute(tx)
  return found.rows
}

/** What was adjudicated last about the summons of a unit to this condition of a matter. */
export interface SummonsPrecedent {
  readonly organisationId: string
  readonly upheld: boolean
  readonly decidedAt: Instant
}

/** Of each unit that objected to a summons about this condition in the district, the newest adjudication. */
export async function summonsPrecedents(
  tx: WorkTx | Tx<CasesTables>,
  of: { districtCode: string; matterId: string; conditionCode: string },
): Promise<SummonsPrecedent[]> {
  const found =
    await sql<SummonsPrecedent>`select distinct on (objecting_organisation_id) objecting_organisation_id as organisation_id, upheld, decided_at
    from cases.precedent
    where district_code = ${of.districtCode} and matter_id = ${of.matterId} and condition_code = ${of.conditionCode} and summoned
    order by objecting_organisation_id, decided_at desc`.execute(tx)
  return found.rows
}

/** Objections to whistles on these cases, oldest first. */
export async function summonsObjections(tx: WorkTx | Tx<CasesTables>, districtCode: string, caseIds: readonly string[]): Promise<Request[]> {
  if (caseIds.length === 0) return []
  const found = await sql<Request>`select * from cases.request
    where district_code = ${districtCode} and case_id = any(${[...caseIds]}::uuid[]) and whistle_id is not null order by asked_at, id`.execute(tx)
  return found.rows
}

/** All rows of the rules of kinds, past and future. */
export async function readKinds(tx: RequestTx): Promise<RequestKindRule[]> {
  const rows = await tx.selectFrom('cases.requestKind').selectAll().orderBy('kind').orderBy('effectiveFrom').execute()
  return rows as unknown as RequestKindRule[]
}

/** Writes the rules of a kind from one day on; those of the same day are replaced. */
export async function replaceKind(tx: RequestTx, rule: RequestKindRule): Promise<void> {
  await tx.deleteFrom('cases.requestKind').where('kind', '=', rule.kind).where('effectiveFrom', '=', rule.effectiveFrom).execute()
  await insertRows(tx, 'cases.request_kind', [rule])
}

/** Adjudications that dispatch follows, the newest first, over all districts. */
export async function rulePrecedents(tx: RequestTx): Promise<RulePrecedent[]> {
  const found = await sql<RulePrecedent>`select id, matter_id, condition_code, organisation_id, scope_area, case_number, decided_at
    from cases.precedent where is_rule order by decided_at desc, id desc`.execute(tx)
  return found.rows
}

/** Who asks for a list: his units, his key, and per level the predicate of what he may decide. */
export interface Reader {
  readonly mayRead: Sql
  readonly personId: string | null
  readonly actorKey: string
  readonly organisationIds: readonly string[]
  readonly mayDecide: Readonly<Record<RequestLevel, Sql>>
  /** Objections to a summons from before then are adjudicated without the other side's opinion. */
  readonly heardBefore: Instant
}

export interface ListedRequest extends Request {
  readonly number: string
  readonly caseStatus: string
  readonly caseAssignmentId: string | null
  readonly ladder: CaseRecord['ladder']
  readonly matterName: Wording | null
  readonly areaCode: string
  readonly organisationIds: readonly string[]
  readonly awaitedOrganisationIds: readonly string[]
}

// Twin of isLive (request.ts).
const fits = (kinds: readonly RequestKind[]): Sql =>
  sql<boolean>`(${sql.join(
    kinds.map((kind) => sql`(r.kind = ${kind} and c.status in (${sql.join(requestFits[kind])}))`),
    sql` or `,
  )})`
const LIVE = sql<boolean>`r.ended_at is null
  and case when r.whistle_id is null then r.assignment_id = c.assignment_id else r.organisation_id = any(c.awaited_organisation_ids) end and ${fits(['extension', 'suspension', 'appeal', 'objection'])}`

/** Twin of checkDecider (decide.ts), and an objection about which the reader's unit was asked. */
function waits({ personId, actorKey, organisationIds, mayDecide, heardBefore }: Reader): Sql {
  const levels = requestLevels.map((level) => sql`(r.levels[r.approvals + 1] = ${level} and ${mayDecide[level]})`)
  return sql<boolean>`${LIVE} and (
    ((${sql.join(levels, sql` or `)}) and r.asked_by is distinct from ${personId}::uuid and (r.kind <> 'objection' or r.dispatched_by is distinct from ${actorKey})
      and (r.whistle_id is null or r.countered_at is not null or r.asked_at <= ${heardBefore})
      and not exists (select 1 from cases.request_decision d where d.district_code = r.district_code and d.request_id = r.id and d.person_id = ${personId}::uuid))
    or (r.kind = 'objection' and r.countered_at is null and r.heard_organisation_id = any(${[...organisationIds]}::uuid[])))`
}

const asked = ({ organisationIds }: Reader): Sql => sql<boolean>`r.organisation_id = any(${[...organisationIds]}::uuid[])`

/** Requests of one list, the oldest that waits first, or the newest that was asked. */
export async function listedRequests(tx: RequestTx, reader: Reader, view: 'waiting' | 'asked', limit: number): Promise<ListedRequest[]> {
  // What a unit asked stays its own, also where the answer took the case from it.
  const narrowed = view === 'waiting' ? sql<boolean>`${reader.mayRead} and ${waits(reader)}` : asked(reader)
  const found =
    await sql<ListedRequest>`select r.*, c.number, c.status as case_status, c.assignment_id as case_assignment_id, c.ladder, c.matter_name, c.area_code, c.organisation_ids, c.awaited_organisation_ids
    from cases.request r join cases.case c on c.district_code = r.district_code and c.id = r.case_id
    where ${narrowed} order by r.asked_at ${view === 'waiting' ? sql`` : sql`desc`}, r.id limit ${limit}`.execute(tx)
  return found.rows
}

export async function countRequests(tx: RequestTx, reader: Reader): Promise<{ waiting: number; asked: number }> {
  const found = await sql<{ waiting: number; asked: number }>`select count(*) filter (where ${waits(reader)})::int as waiting,
      count(*) filter (where ${asked(reader)} and ${LIVE})::int as asked
    from cases.request r join cases.case c on c.district_code = r.district_code and c.id = r.case_id
    where r.ended_at is null and ${reader.mayRead}`.execute(tx)
  return found.rows[0] ?? { waiting: 0, asked: 0 }
}

/** Suspended cases whose day has come, locked; those that somebody else works on are left for the next turn. */
export async function dueSuspensions(tx: RequestTx, districtCode: DistrictCode, now: Instant, limit: number): Promise<string[]> {
  const found = await sql<{ id: string }>`select id from cases.case where district_code = ${districtCode} and suspended_until <= ${now}
    order by id limit ${limit} for update skip locked`.execute(tx)
  return found.rows.map((row) => row.id)
}
