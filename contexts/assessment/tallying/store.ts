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
  /** The same over the district of `k` alone, for a reader whose rights go by whole districts; then nothing below the district is asked. */
  readonly whole?: readonly Sql[] | undefined
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

/** In the period and not after now. One bound on each side, or the planner takes a month for a day. */
export function within({ since, until, now }: { since: Instant; until: Instant; now: Instant }, moment: Sql): Sql {
  return sql`(${moment} >= ${since} and ${now < until ? sql`${moment} <= ${now}` : sql`${moment} < ${until}`})`
}

/** What a call itself says, once in its life. */
const ownMoments = {
  reported: { at: sql`c.reported_at`, condition: sql`true` },
  repeated: { at: sql`c.reported_at`, condition: sql`c.status = 'merged'` },
  closed: { at: sql`c.closed_at`, condition: sql`c.status = 'closed'` },
} as const satisfies Partial<Record<TallyKey, { at: Sql; condition: Sql }>>
const isOwn = (key: TallyKey): key is keyof typeof ownMoments => key in ownMoments

/** Moments that a tally counts, one row each; `hours` where the tally has a duration. */
function momentsOf(key: Exclude<TallyKey, keyof typeof ownMoments>, filter: TallyFilter): Sql {
  const districts = [...filter.districts]
  const marks = (view: string, condition = sql<boolean>`true`): Sql =>
    sql`select m.district_code, m.case_id, m.at, null::float8 as hours from ${sql.table(view)} m where m.district_code = any(${districts}::text[]) and ${within(filter, sql`m.at`)} and ${condition}`
  switch (key) {
    case 'reopened':
      return marks('cases.case_turn', sql`m.reopened`)
    case 'whistled':
      return marks('cases.whistle_sounded')
    case 'called_up':
      return marks('assignments.call_up_made')
    case 'handled':
      return sql`select k.district_code, k.case_id, k.met_at as at, extract(epoch from k.met_at - k.starts_at)::float8 / 3600 as hours
        from assignments.clock_result k where k.district_code = any(${districts}::text[]) and k.kind = 'dispose' and ${within(filter, sql`k.met_at`)}`
    case 'overdue':
      return sql`select k.district_code, k.case_id, k.due_at as at, null::float8 as hours
        from assignments.clock_result k where k.district_code = any(${districts}::text[]) and ${within(filter, sql`least(k.due_at, k.met_at)`)}
          and (k.met_at is null or k.met_at > k.due_at) and (k.cancelled_at is null or k.cancelled_at > k.due_at)`
  }
}

function narrowed({ mayRead, areaCode, matter, organisationId }: TallyFilter): Sql {
  const parts = [...mayRead]
  if (areaCode !== undefined) parts.push(sql<boolean>`c.area_code like ${`${areaCode}%`}`)
  if (matter !== undefined) parts.push(sql<boolean>`coalesce(c.matter_name ->> 'zh', '') = ${matter}`)
  if (organisationId !== undefined) parts.push(sql<boolean>`coalesce(c.lead_organisation_id::text, '') = ${organisationId}`)
  return sql.join(parts, sql` and `) as Sql
}

/** One row per visible case of the tally; with a grouping by time, one per case and span of time. `isBare`: of the case nothing but its key is asked. */
function tallyRows(key: TallyKey, filter: TallyFilter, spanAt: (moment: Sql) => Sql = () => sql`''`, isBare = false): Sql {
  if (isOwn(key)) {
    const { at, condition } = ownMoments[key]
    return sql`with line as (select c.*, ${spanAt(at)} as span, ${at} as at, null::float8 as hours from cases.case_line c
      where c.district_code = any(${[...filter.districts]}::text[]) and ${within(filter, at)} and ${condition} and ${narrowed(filter)})`
  }
  const once = sql`with moment as (${momentsOf(key, filter)}), once as (
      select district_code, case_id, ${spanAt(sql`at`)} as span, max(at) as at, avg(hours) as hours from moment group by 1, 2, 3)`
  if (isBare && filter.whole) return sql`${once}, line as (select * from once k where ${sql.join(filter.whole, sql` and `)})`
  return sql`${once}, line as (select c.*, o.span, o.at, o.hours from once o join cases.case_line c on c.district_code = o.district_code and c.case_id = o.case_id
      where ${narrowed(filter)})`
}

/** How many cases, and the mean of their hours where the tally has them. */
export async function countTally(tx: TallyTx, key: TallyKey, filter: TallyFilter): Promise<{ count: number; hours: number | null }> {
  const found = await sql<{ count: number; hours: number | null }>`${tallyRows(key, filter, undefined, true)}
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
export function spanOf({ by, zone }: Pick<Grouping, 'by' | 'zone'>, moment: Sql): Sql {
  return isSpan(by) ? sql`to_char(date_trunc(${sql.lit(by)}, ${moment} at time zone ${sql.lit(zone)}), ${sql.lit(spans[by])})` : sql`''`
}

/** First moment after the span of time in which a moment lies. */
export function endOfSpan({ by, zone }: Pick<Grouping, 'by' | 'zone'>, moment: Sql): Sql {
  return sql`(date_trunc(${sql.lit(by)}, ${moment} at time zone ${sql.lit(zone)}) + interval ${sql.lit(`1 ${by}`)}) at time zone ${sql.lit(zone)}`
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
  const found = await sql<TallyCell>`${tallyRows(
    key,
    filter,
    time ? (at) => spanOf(time, at) : undefined,
    [by, across].every((one) => one === null || isSpan(one.by)),
  )}
    select ${by ? keyOf(by) : sql`''`} as "row", ${across ? keyOf(across) : sql`''`} as "column", count(*)::int as count, avg(hours) as hours
    from line group by 1, 2`.execute(tx)
  return found.rows
}

/** Names of the matters that calls carry, by their Chinese name: of each that of one call, whichever is found first. */
export async function matterNames(tx: TallyTx, filter: Pick<TallyFilter, 'mayRead' | 'districts'>, names: readonly string[]): Promise<Wording[]> {
  const found = await sql<{ name: Wording }>`select one.name from unnest(${[...names]}::text[]) n (zh) cross join lateral (
      select c.matter_name as name from cases.case_line c
      where c.district_code = any(${[...filter.districts]}::text[]) and c.matter_name ->> 'zh' = n.zh and ${sql.join(filter.mayRead, sql` and `)} limit 1) one`.execute(
    tx,
  )
  return found.rows.map(({ name }) => name)
}

/** The case of a row, where the reader's rights ask for more than its district. */
const seen = (filter: TallyFilter): { join: Sql; where: Sql } =>
  filter.whole
    ? { join: sql<boolean>``, where: sql.join(filter.whole, sql` and `) as Sql }
    : { join: sql<boolean>`join cases.case_line c on c.district_code = k.district_code and c.case_id = k.case_id`, where: narrowed(filter) }

/** How many open cases came and went on each day of the city: `in` less `out` is what the stock grew by. */
export async function turnsByDay(tx: TallyTx, filter: TallyFilter, zone: string): Promise<{ day: string; change: number }[]> {
  const day = (moment: Sql): Sql => sql`to_char(${moment} at time zone ${sql.lit(zone)}, 'YYYY-MM-DD')`
  const districts = [...filter.districts]
  const during = (moment: Sql): Sql => sql`(${moment} >= ${filter.since} and ${moment} < ${filter.until})`
  const { join, where } = seen(filter)
  const found = await sql<{ day: string; change: number }>`select day, sum(change)::int as change from (
      select ${day(sql`c.reported_at`)} as day, count(*) as change from cases.case_line c
      where c.district_code = any(${districts}::text[]) and ${during(sql`c.reported_at`)} and ${narrowed(filter)} group by 1
      union all
      select ${day(sql`k.at`)}, sum(k.change) from cases.case_turn k ${join}
      where k.district_code = any(${districts}::text[]) and ${during(sql`k.at`)} and ${where} group by 1) n group by day`.execute(tx)
  return found.rows
}

/** Cases with a clock past its limit and unmet, at each of these moments; oldest first, sixty-two at most. */
export async function overdueAt(tx: TallyTx, filter: TallyFilter, moments: readonly Instant[]): Promise<number[]> {
  const [first, last] = [moments[0] ?? filter.since, moments.at(-1) ?? filter.until]
  const all = sql`${[...moments]}::timestamptz(3)[]`
  const { join, where } = seen(filter)
  // One bit for each moment: a clock is late at those after its limit up to its end, and a case where one of its clocks is.
  const found = await sql<{ at: number; count: number }>`with late as (
      select k.case_id, width_bucket(k.due_at, ${all}) as after, case when least(k.met_at, k.cancelled_at) is null then ${moments.length}::int
        else width_bucket(least(k.met_at, k.cancelled_at), ${all}) end as upto
      from assignments.clock_result k ${join}
      where k.district_code = any(${[...filter.districts]}::text[]) and k.due_at < ${last} and (k.met_at is null or k.met_at > k.due_at)
        and coalesce(least(k.met_at, k.cancelled_at), 'infinity') > ${first} and ${where}),
    marked as materialized (select case_id, bit_or((1::bigint << upto) - (1::bigint << after)) as mask from late where upto > after group by case_id)
    select a.at, (select count(*) from marked where mask >> a.at & 1 = 1)::int as count from generate_series(0, ${moments.length - 1}::int) a (at)`.execute(
    tx,
  )
  return found.rows.map(({ count }) => count)
}
