import { insertRows, sql, type Sql, type Tx } from '#platform/database/database.ts'
import type { Instant, LocalDate } from '#kernel/clock.ts'
import { codeDigits, type DistrictCode } from '#kernel/codes.ts'
import type { AssignmentsTables } from '#contexts/assignments/index.ts'
import type { Tables } from '#database/tables.ts'
import { caseStatuses, statusNames } from './lifecycle.ts'
import type { Box, Lacking } from './mapping/filter.ts'
import type { CaseRecord } from './record.ts'

export type CasesTables = Pick<
  Tables,
  'cases.case' | 'cases.caseStep' | 'cases.caseNote' | 'cases.caller' | 'cases.caseCounter' | 'cases.channelDefault'
>
export type CasesTx = Tx<CasesTables>
/** A transaction of a command: cases together with the assignments that serve them. */
export type WorkTx = Tx<CasesTables & AssignmentsTables>

export interface StepRow {
  readonly districtCode: string
  readonly id: string
  readonly caseId: string
  readonly step: string
  readonly at: string
  readonly actorKey: string
  readonly postId: string | null
}
export interface NoteRow {
  readonly districtCode: string
  readonly id: string
  readonly caseId: string
  readonly commandId: string
  readonly move: string
  readonly text: string
  /** The assignment of the unit whose words they are, where it is not the lead’s. */
  readonly assignmentId?: string | null
}
export interface CallerRow {
  readonly districtCode: string
  readonly caseId: string
  readonly trackingHash: string
  readonly nameBox: string | null
  readonly phoneBox: string | null
  readonly phoneHash: string | null
}

/** Takes the next `count` numbers of a district's day and returns the first. The row stays locked until the transaction ends, so numbers have no gaps. */
export async function takeNumbers(tx: CasesTx, districtCode: DistrictCode, day: LocalDate, count: number): Promise<number> {
  const taken = await sql<{
    lastNumber: number
  }>`insert into cases.case_counter as c (district_code, day, last_number) values (${districtCode}, ${day}, ${count})
    on conflict (district_code, day) do update set last_number = c.last_number + excluded.last_number returning last_number`.execute(tx)
  return (taken.rows[0]?.lastNumber ?? count) - count + 1
}

export async function insertCases(tx: CasesTx, records: readonly CaseRecord[]): Promise<void> {
  await insertRows(tx, 'cases.case', records)
}

export async function insertSteps(tx: CasesTx, steps: readonly StepRow[]): Promise<void> {
  await insertRows(tx, 'cases.case_step', steps)
}

export async function insertNotes(tx: CasesTx, notes: readonly NoteRow[]): Promise<void> {
  await insertRows(
    tx,
    'cases.case_note',
    notes.map((note) => ({ ...note, assignmentId: note.assignmentId ?? null })),
  )
}

export async function insertCallers(tx: CasesTx, callers: readonly CallerRow[]): Promise<void> {
  await insertRows(tx, 'cases.caller', callers)
}

/** Cases by id, locked in one order so that two batches never wait for each other in a ring. */
export async function lockCases(tx: CasesTx, districtCode: DistrictCode, ids: readonly string[]): Promise<Map<string, CaseRecord>> {
  const rows = await tx
    .selectFrom('cases.case')
    .selectAll()
    .where('districtCode', '=', districtCode)
    .where('id', 'in', ids)
    .orderBy('id')
    .forUpdate()
    .execute()
  return new Map((rows as unknown as CaseRecord[]).map((row) => [row.id, row]))
}

export async function findCases(tx: CasesTx, districtCode: DistrictCode, ids: readonly string[]): Promise<CaseRecord[]> {
  const rows = await tx.selectFrom('cases.case').selectAll().where('districtCode', '=', districtCode).where('id', 'in', ids).execute()
  return rows as unknown as CaseRecord[]
}

export async function findCase(tx: CasesTx, districtCode: string, id: string): Promise<CaseRecord | undefined> {
  const row = await tx.selectFrom('cases.case').selectAll().where('districtCode', '=', districtCode).where('id', '=', id).executeTakeFirst()
  return row as unknown as CaseRecord | undefined
}

// Everything that a move may change, by column.
const columnsOf = (r: CaseRecord) => ({
  id: r.id,
  version: r.version,
  status: r.status,
  matter_version_id: r.matterVersionId,
  condition_id: r.conditionId,
  matter_name: r.matterName,
  confidence: r.confidence,
  match_reasons: r.matchReasons,
  tier: r.tier,
  triage_reason: r.triageReason,
  triage_note: r.triageNote,
  area_code: r.areaCode,
  grid_code: r.gridCode,
  unit_grid_code: r.unitGridCode,
  building: r.building,
  lng: r.lng,
  lat: r.lat,
  lead_organisation_id: r.leadOrganisationId,
  lead_post_id: r.leadPostId,
  assignment_id: r.assignmentId,
  ladder: r.ladder,
  organisation_ids: r.organisationIds,
  awaited_organisation_ids: r.awaitedOrganisationIds,
  why: r.why,
  respond_due_at: r.respondDueAt,
  dispose_due_at: r.disposeDueAt,
  clock_due_at: r.clockDueAt,
  clock_soon_at: r.clockSoonAt,
  suspended_until: r.suspendedUntil,
  exempted_at: r.exemptedAt,
  bound_organisation_ids: r.boundOrganisationIds,
  steps: r.steps,
  handled_by: r.handledBy,
  result: r.result,
  rating: r.rating,
  rated_at: r.ratedAt,
  evaluation: r.evaluation,
  rework_count: r.reworkCount,
  return_count: r.returnCount,
  reopen_count: r.reopenCount,
  closed_at: r.closedAt,
  closed_before: r.closedBefore,
  flags: r.flags,
  place_reason: r.placeReason,
  merged_into: r.mergedInto,
  hand_over: r.handOver,
})

/** Writes everything that a move may change, many cases with one statement. */
export async function updateCases(tx: CasesTx, districtCode: DistrictCode, records: readonly CaseRecord[]): Promise<void> {
  if (records.length === 0) return
  const rows = JSON.stringify(records.map(columnsOf))
  await sql`update cases.case t set version = r.version, status = r.status, matter_version_id = r.matter_version_id, condition_id = r.condition_id, matter_name = r.matter_name,
      confidence = r.confidence, match_reasons = r.match_reasons, tier = r.tier, triage_reason = r.triage_reason, triage_note = r.triage_note, area_code = r.area_code, grid_code = r.grid_code, unit_grid_code = r.unit_grid_code,
      building = r.building, lng = r.lng, lat = r.lat, lead_organisation_id = r.lead_organisation_id, lead_post_id = r.lead_post_id, assignment_id = r.assignment_id, ladder = r.ladder, why = r.why,
      organisation_ids = r.organisation_ids, awaited_organisation_ids = r.awaited_organisation_ids,
      respond_due_at = r.respond_due_at, dispose_due_at = r.dispose_due_at, clock_due_at = r.clock_due_at, clock_soon_at = r.clock_soon_at,
      suspended_until = r.suspended_until, exempted_at = r.exempted_at, bound_organisation_ids = r.bound_organisation_ids, steps = r.steps,
      handled_by = r.handled_by, result = r.result, rating = r.rating, rated_at = r.rated_at, evaluation = r.evaluation, rework_count = r.rework_count, return_count = r.return_count,
      reopen_count = r.reopen_count, closed_at = r.closed_at, closed_before = r.closed_before, flags = r.flags, place_reason = r.place_reason, merged_into = r.merged_into, hand_over = r.hand_over
    from jsonb_populate_recordset(null::cases.case, ${rows}::jsonb) r where t.district_code = ${districtCode} and t.id = r.id`.execute(tx)
}

/** The case behind a tracking code. The one look-up that does not know its district yet: the code is all that a caller has. */
export async function findByTracking(tx: CasesTx, trackingHash: string): Promise<{ districtCode: DistrictCode; caseId: string } | undefined> {
  const found = await sql<{
    districtCode: DistrictCode
    caseId: string
  }>`select district_code, case_id from cases.caller where tracking_hash = ${trackingHash}`.execute(tx)
  return found.rows[0]
}

/** Takes the caller off a case, because he goes with it to another district. */
export async function takeCaller(tx: CasesTx, districtCode: string, caseId: string): Promise<CallerRow | undefined> {
  return tx.deleteFrom('cases.caller').where('districtCode', '=', districtCode).where('caseId', '=', caseId).returningAll().executeTakeFirst()
}

export async function findCaller(tx: CasesTx, districtCode: string, caseId: string): Promise<CallerRow | undefined> {
  return tx.selectFrom('cases.caller').selectAll().where('districtCode', '=', districtCode).where('caseId', '=', caseId).executeTakeFirst()
}

export async function stepsOf(tx: CasesTx, districtCode: string, caseId: string): Promise<StepRow[]> {
  const found =
    await sql<StepRow>`select * from cases.case_step where district_code = ${districtCode} and case_id = ${caseId} order by at, id`.execute(tx)
  return found.rows
}

export async function notesOf(tx: CasesTx, districtCode: string, caseId: string): Promise<NoteRow[]> {
  const found = await sql<NoteRow>`select * from cases.case_note where district_code = ${districtCode} and case_id = ${caseId}`.execute(tx)
  return found.rows
}

export async function channelDefaults(tx: CasesTx): Promise<Map<string, DistrictCode>> {
  const found = await sql<{ channel: string; districtCode: DistrictCode }>`select channel, district_code from cases.channel_default`.execute(tx)
  return new Map(found.rows.map((row) => [row.channel, row.districtCode]))
}

export async function setChannelDefault(tx: CasesTx, channel: string, districtCode: string): Promise<void> {
  await sql`insert into cases.channel_default (channel, district_code) values (${channel}, ${districtCode})
    on conflict (channel) do update set district_code = excluded.district_code`.execute(tx)
}

/** What a list asks for. `mayRead` is the policy's predicate and is always applied. */
export interface QueueFilter {
  readonly mayRead: Sql
  /** Another right that must hold besides. */
  readonly mayAlso?: Sql | undefined
  readonly view: Sql
  readonly areaCode?: string | undefined
  readonly status?: string | undefined
  readonly q?: string | undefined
  readonly box?: Box | undefined
  readonly lacking?: Lacking | undefined
  readonly channel?: string | undefined
  readonly tier?: string | undefined
  /** Organisation that leads it. */
  readonly unitId?: string | undefined
}

// Literals, so that the planner recognises the condition of the index case_open.
const ended = caseStatuses.filter((status) => !statusNames[status].open).map((status) => sql.lit(status))
const OPEN = sql<boolean>`c.status not in (${sql.join(ended)})`

/** The views of the desk as predicates over `cases.case c`. `mine` and `check` need to know who asks. */
export function viewPredicate(
  view: string,
  now: Instant,
  who: { organisationIds: readonly string[]; postIds: readonly string[]; mayCheck: Sql; mayHandle: Sql; actorKey: string },
): Sql {
  switch (view) {
    case 'triage':
      return sql<boolean>`c.status in ('reported', 'filed')`
    case 'mine':
      // Led by one's unit, or by nobody until the first candidate takes it.
      return sql<boolean>`${who.mayHandle} and c.awaited_organisation_ids && ${[...who.organisationIds]}::uuid[]
        and (c.lead_organisation_id is null or (c.lead_organisation_id = any(${[...who.organisationIds]}::uuid[])
          and (c.lead_post_id is null or c.lead_post_id = any(${[...who.postIds]}::uuid[]))))`
    case 'helping':
      // Another unit leads: one's own answers for its part or its opinion. What was called up is followed under what is open.
      return sql<boolean>`${who.mayHandle} and c.awaited_organisation_ids && ${[...who.organisationIds]}::uuid[]
        and c.lead_organisation_id <> all(${[...who.organisationIds]}::uuid[])`
    case 'check':
      return sql<boolean>`c.status = 'handled' and ${who.mayCheck} and not (${who.actorKey} = any(c.handled_by))`
    case 'close':
      return sql<boolean>`c.status = 'checked'`
    case 'reopened':
      return sql<boolean>`c.status = 'reopened'`
    case 'soon':
      return sql<boolean>`${OPEN} and c.clock_soon_at <= ${now} and c.clock_due_at >= ${now}`
    case 'overdue':
      return sql<boolean>`${OPEN} and c.clock_due_at < ${now}`
    case 'open':
      return OPEN
    default:
      return sql<boolean>`true`
  }
}

/** The predicate of a filter over `cases.case c`: list, counts, squares of the map and file all ask by it. */
export function whereOf(filter: QueueFilter): Sql {
  const { mayRead, mayAlso, view, areaCode, status, q, channel, tier, unitId, box, lacking } = filter
  const conditions = [
    mayRead,
    mayAlso,
    view,
    given(areaCode, (code) => sql<boolean>`c.area_code like ${code} || '%'`),
    given(status, (one) => sql<boolean>`c.status = ${one}`),
    given(q, (words) => {
      const like = `%${words.replace(/[\\%_]/g, (special) => `\\${special}`)}%`
      return sql<boolean>`(c.number like ${like} or c.text like ${like})`
    }),
    given(channel, (one) => sql<boolean>`c.channel = ${one}`),
    given(tier, (one) => sql<boolean>`c.tier = ${one}`),
    given(unitId, (id) => sql<boolean>`c.lead_organisation_id = ${id}::uuid`),
    given(box, insideOf),
    given(lacking, lackingOf),
  ].filter((one) => one !== undefined)
  return sql<boolean>`${sql.join(
    conditions.map((one) => sql`(${one})`),
    sql` and `,
  )}`
}

const given = <T>(value: T | undefined, condition: (value: T) => Sql): Sql | undefined => (value === undefined ? undefined : condition(value))

const insideOf = ({ west, south, east, north }: Box): Sql =>
  sql<boolean>`(c.lng >= ${west} and c.lng < ${east} and c.lat >= ${south} and c.lat < ${north})`

const lackingOf = (lacking: Lacking): Sql =>
  lacking === 'point' ? sql<boolean>`(c.lng is null or c.lat is null)` : sql<boolean>`length(c.area_code) < ${codeDigits[lacking]}::int`

/** What the queue is sorted by: danger first, then the clock that runs out first; what has no clock follows by date of report. */
export const URGENCY = sql`case when c.status = 'reported' and c.triage_reason = 'danger' then '-infinity' else coalesce(c.clock_due_at, 'infinity') end`

/** The same of one case, for the cursor. */
export function urgencyOf({ status, triageReason, clockDueAt }: Pick<CaseRecord, 'status' | 'triageReason' | 'clockDueAt'>): string {
  return status === 'reported' && triageReason === 'danger' ? '-infinity' : (clockDueAt ?? 'infinity')
}

/** One page of a view, the most urgent case at the top. */
export async function pageOfCases(
  tx: CasesTx,
  filter: QueueFilter,
  after: readonly [string, string, string] | undefined,
  limit: number,
): Promise<CaseRecord[]> {
  const from = after ? sql`and (${URGENCY}, c.reported_at, c.id) > (${after[0]}::timestamptz, ${after[1]}::timestamptz, ${after[2]}::uuid)` : sql``
  const rows = await sql<CaseRecord>`select c.* from cases.case c where ${whereOf(filter)} ${from}
    order by ${URGENCY}, c.reported_at, c.id limit ${limit}`.execute(tx)
  return rows.rows
}

/** The newest cases first, for the view of everything. */
export async function newestCases(
  tx: CasesTx,
  filter: QueueFilter,
  after: readonly [string, string] | undefined,
  limit: number,
): Promise<CaseRecord[]> {
  const from = after ? sql`and (c.reported_at, c.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``
  const rows =
    await sql<CaseRecord>`select c.* from cases.case c where ${whereOf(filter)} ${from} order by c.reported_at desc, c.id desc limit ${limit}`.execute(
      tx,
    )
  return rows.rows
}

/** Views that hold cases which may have ended; each is asked for itself. */
const besideOpen = ['mine', 'all']

/** How many rows each view holds, under the same predicate as the list: the open ones with one scan of what is open, however many have ended. */
export async function countViews(
  tx: CasesTx,
  mayRead: Sql,
  areaCode: string | undefined,
  views: Readonly<Record<string, Sql>>,
): Promise<Record<string, number>> {
  const [beside, open] = [true, false].map((isBeside) => Object.entries(views).filter(([name]) => besideOpen.includes(name) === isBeside))
  const columns = (open ?? []).map(([name, view]) => sql`count(*) filter (where ${view})::int as ${sql.ref(name)}`)
  const statements = [
    ...(beside ?? []).map(
      ([name, view]) =>
        sql<Record<string, number>>`select count(*)::int as ${sql.ref(name)} from cases.case c where ${whereOf({ mayRead, view, areaCode })}`,
    ),
    ...(columns.length > 0
      ? [sql<Record<string, number>>`select ${sql.join(columns)} from cases.case c where ${whereOf({ mayRead, view: OPEN, areaCode })}`]
      : []),
  ]
  const found = await Promise.all(statements.map((statement) => statement.execute(tx)))
  return Object.assign({}, ...found.map(({ rows }) => rows[0] ?? {}))
}

/** Numbers of those of the cases that `mayRead` lets through, by id. */
export async function numbersOf(tx: CasesTx, keys: readonly { districtCode: string; id: string }[], mayRead: Sql): Promise<Map<string, string>> {
  if (keys.length === 0) return new Map()
  const districts = [...new Set(keys.map((key) => key.districtCode))]
  const found = await sql<{ id: string; number: string }>`select c.id, c.number from cases.case c
    where c.district_code = any(${districts}::text[]) and c.id = any(${keys.map((key) => key.id)}::uuid[]) and ${mayRead}`.execute(tx)
  return new Map(found.rows.map((row) => [row.id, row.number]))
}

export async function idOfNumber(tx: CasesTx, districtCode: string, number: string): Promise<string | undefined> {
  const found = await sql<{ id: string }>`select id from cases.case where district_code = ${districtCode} and number = ${number}`.execute(tx)
  return found.rows[0]?.id
}

/** Cases of one district in which a unit owes an answer, or that it led and that may still come back from the check. */
export async function countHeldBy(tx: CasesTx, districtCode: string, organisationId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) from cases.case where district_code = ${districtCode}
    and (awaited_organisation_ids @> array[${organisationId}]::uuid[] or (organisation_ids @> array[${organisationId}]::uuid[]
      and lead_organisation_id = ${organisationId} and status = 'handled'))`.execute(tx)
  return rows[0]?.count ?? 0
}
