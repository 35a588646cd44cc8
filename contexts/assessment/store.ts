import type { Tables } from '#database/tables.ts'
import type { Instant, LocalDate } from '#kernel/clock.ts'
import { z } from 'zod'
import type { Wording } from '#kernel/refusal.ts'
import { sql, type Sql, type Tx } from '#platform/database/database.ts'
import { CompositePart, type CompositeRule } from './composite.ts'
import type { CaseFact, Indicator, IndicatorKey } from './indicators.ts'

/** Views that cases and assignments publish. */
export type FigureTables = Pick<
  Tables,
  | 'cases.caseResult'
  | 'cases.caseReader'
  | 'cases.callBackResult'
  | 'cases.caseRating'
  | 'assignments.clockResult'
  | 'assignments.clockHolder'
  | 'assignments.firstDispatch'
  | 'assignments.callFromBelow'
  | 'assignments.unitPart'
  | 'assessment.composite'
>
export type FigureTx = Tx<FigureTables>

export interface FigureFilter {
  readonly since: Instant
  readonly until: Instant
  readonly now: Instant
  readonly areaCode?: string | undefined
  /** The policy's predicates over the case `c`, its unit `p` and its readers `r`, all of which must hold; they cannot be left out. */
  readonly mayRead: readonly Sql[]
  /** One row per case and unit: what each unit did, where figures are told by unit. */
  readonly perUnit?: boolean | undefined
  /** Chinese name of a matter; empty for cases without one. */
  readonly matter?: string | undefined
  /** With `perUnit`: the one unit asked about. */
  readonly organisationId?: string | undefined
}

export interface FigureCaseRow {
  readonly districtCode: string
  readonly id: string
  readonly number: string
  readonly status: string
  readonly matterName: Wording | null
  readonly areaCode: string
  readonly leadOrganisationId: string | null
  readonly reportedAt: Instant
  /** Of a merged call: the case that answered it. */
  readonly mainId: string | null
}

/**
 * One row per visible case with its facts in the period. Numbers and lists both read it, so they cannot disagree. A clock, a bounce and a call-back
 * count for the unit that they were about, the rest for the unit that leads; the reader's facts are those of the units that his figures reach.
 * Of a merged call only its rating is a fact, of the unit that leads its main case.
 */
function factRows({ since, until, now, areaCode, mayRead, perUnit = false }: FigureFilter): Sql {
  const within = (moment: Sql): Sql => sql`(${moment} >= ${since} and ${moment} < ${until} and ${moment} <= ${now})`
  const area: Sql = areaCode === undefined ? sql`` : sql`and c.area_code like ${`${areaCode}%`}`
  const seenBy = (table: string): Sql =>
    sql`join seen s on s.district_code = ${sql.ref(`${table}.district_code`)} and s.case_id = ${sql.ref(`${table}.case_id`)} and coalesce(s.organisation_id = ${sql.ref(`${table}.organisation_id`)}, false)`
  const unit = perUnit ? sql`, k.organisation_id` : sql``
  // Wrapped, because the planner takes three equal columns for a handful of rows and then loops over thousands.
  const same = (table: string): Sql => (perUnit ? sql`and coalesce(${sql.ref(`${table}.organisation_id`)} = o.organisation_id, false)` : sql``)
  // Only what happened in the period: reading every case there ever was would take ten times as long, and change nothing.
  return sql`with clock as (
      select k.*, h.organisation_id, k.met_at is not null and k.met_at < ${until} as is_met, k.met_at is not null and k.met_at <= k.due_at as in_time,
        (k.met_at is null or k.met_at >= ${until}) and (k.cancelled_at is null or k.cancelled_at >= ${until}) as is_waiting
      from assignments.clock_result k join assignments.clock_holder h on h.district_code = k.district_code and h.id = k.id
      where ${within(sql`least(k.due_at, k.met_at)`)}
    ), call as (select * from assignments.call_from_below b where ${within(sql`b.ended_at`)}
    ), call_back as (select * from cases.call_back_result b where ${within(sql`b.recorded_at`)}
    ), part as (
      select district_code, case_id, organisation_id from clock union
      select d.district_code, d.case_id, d.organisation_id from assignments.first_dispatch d where ${within(sql`d.opened_at`)} union
      select district_code, case_id, organisation_id from call union select district_code, case_id, organisation_id from call_back
      union select e.district_code, e.id, e.lead_organisation_id from cases.case_result e where ${within(sql`least(e.closed_at, e.dispose_due_at)`)}
      union select g.district_code, e.id, e.lead_organisation_id from cases.case_rating g
        join cases.case_result e on e.district_code = g.district_code and e.id = g.case_id where ${within(sql`g.at`)}
    ), seen as (
      select p.*, p.organisation_id is not distinct from c.lead_organisation_id as leads
      from part p join cases.case_result c on c.district_code = p.district_code and c.id = p.case_id
      join cases.case_reader r on r.district_code = p.district_code and r.case_id = p.case_id
      where ${sql.join(mayRead, sql` and `)} ${area}
    ), clocks as (
      select k.district_code, k.case_id${unit},
        bool_or(kind = 'respond') as respond_due, bool_and(in_time) filter (where kind = 'respond') as responded_on_time,
        bool_or(kind = 'dispose') as dispose_due, bool_and(in_time) filter (where kind = 'dispose') as disposed_on_time,
        bool_or(extended) filter (where kind = 'dispose') as extended,
        bool_or(is_met) filter (where kind = 'dispose') as has_met, bool_or(is_waiting) filter (where kind = 'dispose') as waiting_overdue
      from clock k ${seenBy('k')} group by k.district_code, k.case_id${unit}
    ), calls as (select k.district_code, k.case_id${unit}, bool_or(k.bounced) as bounced from call k ${seenBy('k')} group by k.district_code, k.case_id${unit}
    ), backs as (select k.district_code, k.case_id${unit}, bool_and(k.confirmed) as confirmed from call_back k ${seenBy('k')} group by k.district_code, k.case_id${unit}
    ), own as (select k.district_code, k.case_id${unit}, bool_or(leads) as leads from seen k group by k.district_code, k.case_id${unit}
    ), fact as (
      select c.*, null::uuid as main_id, ${perUnit ? sql`o.organisation_id` : sql`c.lead_organisation_id`} as unit_id, k.respond_due, k.responded_on_time, k.dispose_due, k.disposed_on_time, k.waiting_overdue, k.extended, k.has_met and not k.waiting_overdue as disposed,
        o.leads and c.status not in ('rejected', 'withdrawn', 'transferred') and c.dispose_due_at is not null and ${within(sql`least(c.closed_at, c.dispose_due_at)`)} as close_due,
        c.closed_at <= c.dispose_due_at as closed_on_time,
        exists (select 1 from assignments.unit_part u where u.district_code = c.district_code and u.case_id = c.id
          and u.organisation_id = c.lead_organisation_id and u.round > 1) as reworked,
        s.case_id is not null and f.state in ('contacted', 'done', 'returned', 'relieved', 'called_up') and ${within(sql`f.opened_at`)} ${same('f')} as first_answered, f.state <> 'relieved' as first_right,
        o.leads and ${within(sql`c.rated_at`)} as rated, c.rating >= 4 as satisfied,
        b.case_id is not null as called, b.bounced, t.case_id is not null as called_back, t.confirmed as call_back_confirmed
      from own o
      join cases.case_result c on c.district_code = o.district_code and c.id = o.case_id
      left join clocks k on k.district_code = o.district_code and k.case_id = o.case_id ${same('k')}
      left join calls b on b.district_code = o.district_code and b.case_id = o.case_id ${same('b')}
      left join backs t on t.district_code = o.district_code and t.case_id = o.case_id ${same('t')}
      left join assignments.first_dispatch f on f.district_code = o.district_code and f.case_id = o.case_id
      left join seen s on s.district_code = f.district_code and s.case_id = f.case_id and coalesce(s.organisation_id = f.organisation_id, false)
      union all ${mergedRatings(within, { area, mayRead })}
    )`
}

// Whoever may open the main case reads what its merged callers said. A figure's row of a rating has no other fact, so the columns between are null.
function mergedRatings(within: (moment: Sql) => Sql, { area, mayRead }: { area: Sql; mayRead: readonly Sql[] }): Sql {
  const nulls = (n: number): Sql => sql`${sql.join(Array.from({ length: n }, () => sql`null::boolean`))}`
  return sql`select c.*, c.lead_organisation_id, ${nulls(12)}, ${within(sql`c.rated_at`)}, c.rating >= 4, ${nulls(4)}
      from cases.merged_rating c
      join (select *, lead_organisation_id as organisation_id from cases.case_result) p on p.district_code = c.district_code and p.id = c.main_id
      join cases.case_reader r on r.district_code = c.district_code and r.case_id = c.main_id
      where ${sql.join(mayRead, sql` and `)} ${area}`
}

/** What a figure counts, in cases. */
export interface Counted {
  readonly numerator: number
  readonly denominator: number
  readonly exempted: number
}

const isTrue = (fact: CaseFact): Sql => sql`${sql.ref(fact)} is true`

/** Of a figure: the cases that count, and those of them that a granted appeal left out. */
const counts = ({ denominator, exempts }: Indicator): Sql => (exempts ? sql`${isTrue(denominator.fact)} and not exempted` : isTrue(denominator.fact))
const leftOut = ({ denominator, exempts }: Indicator): Sql => (exempts ? sql`${isTrue(denominator.fact)} and exempted` : sql`false`)

/** Cases in the denominator and the numerator of each figure, and those left out. */
export async function countFacts<K extends IndicatorKey>(
  tx: FigureTx,
  figures: readonly (readonly [K, Indicator])[],
  filter: FigureFilter,
): Promise<Map<K, Counted>> {
  const columns = figures.flatMap(([key, figure]) => [
    sql`count(*) filter (where ${counts(figure)})::int as ${sql.ref(`${key}_of`)}`,
    sql`count(*) filter (where ${counts(figure)} and ${isTrue(figure.numerator.fact)})::int as ${sql.ref(`${key}_in`)}`,
    sql`count(*) filter (where ${leftOut(figure)})::int as ${sql.ref(`${key}_out`)}`,
  ])
  const found = await sql<{ counted: Record<string, number> }>`${factRows(filter)}
    select to_jsonb(n) as counted from (select ${sql.join(columns)} from fact) n`.execute(tx)
  const counted = found.rows[0]?.counted ?? {}
  const value = (name: string): number => counted[name] ?? 0
  return new Map(figures.map(([key]) => [key, { numerator: value(`${key}_in`), denominator: value(`${key}_of`), exempted: value(`${key}_out`) }]))
}

/** A figure by at most two dimensions of its cases; time is another period, and not asked here. Null gives one row or column with an empty name. */
export async function pivotFacts(
  tx: FigureTx,
  figure: Indicator,
  filter: FigureFilter,
  { by, across }: { by: Sql | null; across: Sql | null },
): Promise<{ row: string; column: string; numerator: number; denominator: number }[]> {
  const found = await sql<{ row: string; column: string; numerator: number; denominator: number }>`${factRows(filter)}
    select ${by ?? sql`''`} as "row", ${across ?? sql`''`} as "column", count(*) filter (where ${isTrue(figure.numerator.fact)})::int as numerator, count(*)::int as denominator
    from fact where ${counts(figure)} group by 1, 2`.execute(tx)
  return found.rows
}

function narrowed({ matter, organisationId }: FigureFilter): Sql {
  const ofMatter = matter === undefined ? sql<boolean>`true` : sql<boolean>`coalesce(matter_name ->> 'zh', '') = ${matter}`
  const ofUnit = organisationId === undefined ? sql<boolean>`true` : sql<boolean>`coalesce(unit_id::text, '') = ${organisationId}`
  return sql<boolean>`${ofMatter} and ${ofUnit}`
}

/** A page of the cases of one part of a figure, newest first, with how many there are in all. */
export async function casesOfFigure(
  tx: FigureTx,
  figure: Indicator,
  part: 'numerator' | 'rest' | 'exempted',
  filter: FigureFilter,
  page: { after: readonly [string, string] | undefined; limit: number },
): Promise<{ rows: FigureCaseRow[]; total: number }> {
  const counted = sql`${counts(figure)} and (${isTrue(figure.numerator.fact)}) = ${part === 'numerator'}`
  const inPart = part === 'exempted' ? leftOut(figure) : counted
  const from = page.after ? sql`where (reported_at, id) < (${page.after[0]}::timestamptz, ${page.after[1]}::uuid)` : sql``
  const found = await sql<FigureCaseRow & { total: number }>`${factRows(filter)}
    select * from (select district_code, id, number, status, matter_name, area_code, lead_organisation_id, reported_at, main_id, count(*) over ()::int as total
      from fact where ${inPart} and ${narrowed(filter)}) n ${from} order by reported_at desc, id desc limit ${page.limit}`.execute(tx)
  return { rows: found.rows, total: found.rows[0]?.total ?? 0 }
}

/** The composites in force on a day, in their order. Fails loudly on a row that names a figure nobody counts. */
export async function compositesOn(tx: FigureTx, on: LocalDate): Promise<CompositeRule[]> {
  const found = await sql<Omit<CompositeRule, 'parts'> & { parts: unknown }>`select key, name, source, parts from assessment.composite c
    where effective_from <= ${on} and not exists (
      select 1 from assessment.composite later where later.key = c.key and later.effective_from <= ${on} and later.effective_from > c.effective_from)
    order by ordinal`.execute(tx)
  return found.rows.map((row) => ({ ...row, parts: z.array(CompositePart).parse(row.parts) }))
}
