import type { Tables } from '#database/tables.ts'
import type { Instant } from '#kernel/clock.ts'
import type { Wording } from '#kernel/refusal.ts'
import { sql, type Sql, type Tx } from '#platform/database/database.ts'
import type { TallyKey } from './tallies.ts'

/** Views that cases and assignments publish. */
export type TallyTables = Pick<
  Tables,
  'cases.caseLine' | 'cases.caseTurn' | 'cases.whistleSounded' | 'assignments.callUpMade' | 'assignments.clockResult'
>
export type TallyTx = Tx<TallyTables>

export interface TallyFilter {
  readonly since: Instant
  readonly until: Instant
  readonly now: Instant
  /** The policy's predicates over the call `c`, all of which must hold; they cannot be left out. */
  readonly mayRead: readonly Sql[]
  /** Districts of the area asked about, so that an index that begins with the district can be used. */
  readonly districts: readonly string[]
  readonly areaCode?: string | undefined
  /** Chinese name of a matter; empty for calls without one. */
  readonly matter?: string | undefined
  /** The unit that leads; empty for cases without one. */
  readonly organisationId?: string | undefined
}

export interface TallyCaseRow {
  readonly districtCode: string
  readonly id: string
  readonly number: string
  readonly status: string
  readonly matterName: Wording | null
  readonly areaCode: string
  readonly leadOrganisationId: string | null
  readonly reportedAt: Instant
  /** When it happened that the tally counts. */
  readonly at: Instant
}

/** Groups of a pivot: what a key is and which cases fall under it. */
export type TallyDimension = 'matter' | 'area' | 'unit' | 'day' | 'week' | 'month'
export interface Grouping {
  readonly by: TallyDimension
  /** Digits of the area codes, where the dimension is the area. */
  readonly digits: number
  readonly zone: string
}

/** Moments that a tally counts, one row each; `hours` where the tally has a duration. */
function momentsOf(key: TallyKey, { since, until, now, districts }: TallyFilter): Sql {
  const within = (moment: Sql): Sql => sql`(${moment} >= ${since} and ${moment} < ${until} and ${moment} <= ${now})`
  const lines = (moment: Sql, condition: Sql): Sql => sql`select l.district_code, l.case_id, ${moment} as at, null::float8 as hours
    from cases.case_line l where l.district_code = any(${[...districts]}::text[]) and ${within(moment)} and ${condition}`
  const marks = (view: string, condition = sql<boolean>`true`): Sql =>
    sql`select m.district_code, m.case_id, m.at, null::float8 as hours from ${sql.table(view)} m where ${within(sql`m.at`)} and ${condition}`
  switch (key) {
    case 'reported':
      return lines(sql`l.reported_at`, sql`true`)
    case 'repeated':
      return lines(sql`l.reported_at`, sql`l.status = 'merged'`)
    case 'closed':
      return lines(sql`l.closed_at`, sql`l.status = 'closed'`)
    case 'reopened':
      return marks('cases.case_turn', sql`m.reopened`)
    case 'whistled':
      return marks('cases.whistle_sounded')
    case 'called_up':
      return marks('assignments.call_up_made')
    case 'handled':
      return sql`select k.district_code, k.case_id, k.met_at as at, extract(epoch from k.met_at - k.starts_at)::float8 / 3600 as hours
        from assignments.clock_result k where k.kind = 'dispose' and ${within(sql`k.met_at`)}`
    case 'overdue':
      return sql`select k.district_code, k.case_id, k.due_at as at, null::float8 as hours
        from assignments.clock_result k where ${within(sql`k.due_at`)} and ${lateSince(sql`k.due_at`)}`
  }
}

// Unmet and uncancelled at a moment after its limit. The first condition is that of the index milestone_late.
const lateSince = (moment: Sql): Sql => sql`(k.met_at is null or k.met_at > k.due_at)
  and (least(k.met_at, k.cancelled_at) is null or least(k.met_at, k.cancelled_at) > ${moment})`

function narrowed({ mayRead, areaCode, matter, organisationId }: TallyFilter): Sql {
  const parts = [...mayRead]
  if (areaCode !== undefined) parts.push(sql<boolean>`c.area_code like ${`${areaCode}%`}`)
  if (matter !== undefined) parts.push(sql<boolean>`coalesce(c.matter_name ->> 'zh', '') = ${matter}`)
  if (organisationId !== undefined) parts.push(sql<boolean>`coalesce(c.lead_organisation_id::text, '') = ${organisationId}`)
  return sql.join(parts, sql` and `) as Sql
}

/** One row per visible case of the tally; with a grouping by time, one per case and span of time. */
function tallyRows(key: TallyKey, filter: TallyFilter, span = sql`''`): Sql {
  return sql`with moment as (${momentsOf(key, filter)}
    ), once as (select district_code, case_id, ${span} as span, max(at) as at, avg(hours) as hours from moment group by 1, 2, 3
    ), line as (select c.*, o.span, o.at, o.hours from once o join cases.case_line c on c.district_code = o.district_code and c.case_id = o.case_id
      where ${narrowed(filter)})`
}

/** How many cases, and the mean of their hours where the tally has them. */
export async function countTally(tx: TallyTx, key: TallyKey, filter: TallyFilter): Promise<{ count: number; hours: number | null }> {
  const found = await sql<{ count: number; hours: number | null }>`${tallyRows(key, filter)}
    select count(*)::int as count, avg(hours) as hours from line`.execute(tx)
  return found.rows[0] ?? { count: 0, hours: null }
}

/** A page of the cases of a tally, newest report first, with how many there are in all. */
export async function casesOfTally(
  tx: TallyTx,
  key: TallyKey,
  filter: TallyFilter,
  page: { after: readonly [string, string] | undefined; limit: number },
): Promise<{ rows: TallyCaseRow[]; total: number }> {
  const from = page.after ? sql`where (reported_at, id) < (${page.after[0]}::timestamptz(3), ${page.after[1]}::uuid)` : sql``
  const found = await sql<TallyCaseRow & { total: number }>`${tallyRows(key, filter)}
    select * from (select district_code, case_id as id, number, status, matter_name, area_code, lead_organisation_id, reported_at, at,
      count(*) over ()::int as total from line) n ${from} order by reported_at desc, id desc limit ${page.limit}`.execute(tx)
  return { rows: found.rows, total: found.rows[0]?.total ?? 0 }
}

export interface TallyCell {
  readonly row: string
  readonly column: string
  readonly count: number
  readonly hours: number | null
}

const spans = { day: 'YYYY-MM-DD', week: 'YYYY-MM-DD', month: 'YYYY-MM' } as const
const isSpan = (by: TallyDimension): by is keyof typeof spans => by in spans

/** First day of the span of time in which a moment lies, as text. */
function spanOf({ by, zone }: Grouping, moment: Sql): Sql {
  return isSpan(by) ? sql`to_char(date_trunc(${sql.lit(by)}, ${moment} at time zone ${sql.lit(zone)}), ${sql.lit(spans[by])})` : sql`''`
}

/** The key of a dimension over rows with the columns of a case; time is the span that the rows were grouped by. */
export function keyOf({ by, digits }: Pick<Grouping, 'by' | 'digits'>, unit: 'lead_organisation_id' | 'unit_id' = 'lead_organisation_id'): Sql {
  if (by === 'matter') return sql`coalesce(matter_name ->> 'zh', '')`
  if (by === 'unit') return sql`coalesce(${sql.ref(unit)}::text, '')`
  if (by === 'area') return sql`case when length(area_code) >= ${sql.lit(digits)} then left(area_code, ${sql.lit(digits)}) else '' end`
  return sql`span`
}

/** The tally by at most two dimensions, of which one at most is time; null gives one row or column with an empty name. */
export async function pivotTally(
  tx: TallyTx,
  key: TallyKey,
  filter: TallyFilter,
  { by, across }: { by: Grouping | null; across: Grouping | null },
): Promise<TallyCell[]> {
  const time = [by, across].find((one) => one !== null && isSpan(one.by))
  const found = await sql<TallyCell>`${tallyRows(key, filter, time ? spanOf(time, sql`at`) : undefined)}
    select ${by ? keyOf(by) : sql`''`} as "row", ${across ? keyOf(across) : sql`''`} as "column", count(*)::int as count, avg(hours) as hours
    from line group by 1, 2`.execute(tx)
  return found.rows
}

/** Names of the matters that calls carry, by their Chinese name. */
export async function matterNames(tx: TallyTx, filter: Pick<TallyFilter, 'mayRead' | 'districts'>, names: readonly string[]): Promise<Wording[]> {
  const found = await sql<{ name: Wording }>`select distinct on (c.matter_name ->> 'zh') c.matter_name as name from cases.case_line c
    where c.district_code = any(${[...filter.districts]}::text[]) and c.matter_name ->> 'zh' = any(${[...names]}::text[]) and ${sql.join(filter.mayRead, sql` and `)}`.execute(
    tx,
  )
  return found.rows.map(({ name }) => name)
}

/** How many open cases came and went on each day of the city: `in` less `out` is what the stock grew by. */
export async function turnsByDay(tx: TallyTx, filter: TallyFilter, zone: string): Promise<{ day: string; change: number }[]> {
  const day = (moment: Sql): Sql => sql`to_char(${moment} at time zone ${sql.lit(zone)}, 'YYYY-MM-DD')`
  const within = (moment: Sql): Sql => sql`(${moment} >= ${filter.since} and ${moment} < ${filter.until})`
  const found = await sql<{ day: string; change: number }>`select day, sum(change)::int as change from (
      select ${day(sql`c.reported_at`)} as day, count(*) as change from cases.case_line c
      where c.district_code = any(${[...filter.districts]}::text[]) and ${within(sql`c.reported_at`)} and ${narrowed(filter)} group by 1
      union all
      select ${day(sql`t.at`)}, sum(t.change) from cases.case_turn t
      join cases.case_line c on c.district_code = t.district_code and c.case_id = t.case_id
      where ${within(sql`t.at`)} and ${narrowed(filter)} group by 1) n group by day`.execute(tx)
  return found.rows
}

/** Cases with a clock past its limit and unmet, at each of these moments. */
export async function overdueAt(tx: TallyTx, filter: TallyFilter, moments: readonly Instant[]): Promise<number[]> {
  const [first, last] = [moments[0] ?? filter.since, moments.at(-1) ?? filter.until]
  const found = await sql<{ at: number; count: number }>`with late as (
      select distinct c.district_code, c.case_id, k.due_at, least(k.met_at, k.cancelled_at) as ended_at
      from assignments.clock_result k join cases.case_line c on c.district_code = k.district_code and c.case_id = k.case_id
      where k.due_at < ${last} and (k.met_at is null or k.met_at > k.due_at)
        and (least(k.met_at, k.cancelled_at) is null or least(k.met_at, k.cancelled_at) > ${first}) and ${narrowed(filter)})
    select a.ordinal::int as at, (select count(distinct (l.district_code, l.case_id)) from late l
      where l.due_at < a.moment and (l.ended_at is null or l.ended_at >= a.moment))::int as count
    from unnest(${[...moments]}::timestamptz(3)[]) with ordinality as a (moment, ordinal)`.execute(tx)
  const byOrdinal = new Map(found.rows.map(({ at, count }) => [at, count]))
  return moments.map((_, index) => byOrdinal.get(index + 1) ?? 0)
}
