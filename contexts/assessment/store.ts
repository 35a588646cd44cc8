import type { Tables } from '#database/tables.ts'
import type { Instant, LocalDate } from '#kernel/clock.ts'
import { z } from 'zod'
import type { Wording } from '#kernel/refusal.ts'
import { sql, type Sql, type Tx } from '#platform/database/database.ts'
import { CompositePart, type CompositeRule } from './composite.ts'
import type { CaseFact, FigureSource, Indicator, IndicatorKey } from './indicators.ts'
import { endOfSpan, spanOf, within, type Grouping } from './tallying/store.ts'

/** Views that cases and assignments publish. */
export type FigureTables = Pick<
  Tables,
  | 'cases.caseResult'
  | 'cases.caseLine'
  | 'cases.caseApart'
  | 'cases.callBackResult'
  | 'cases.mergedRating'
  | 'assignments.clockResult'
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
  /** Districts of the area asked about, so that an index that begins with the district can be used. */
  readonly districts: readonly string[]
  readonly areaCode?: string | undefined
  /** The policy's predicates over the case `c` and the unit `p` that it was about, all of which must hold; they cannot be left out. */
  readonly mayRead: readonly Sql[]
  /** The same over the district of `p` alone, for a reader whose rights go by whole districts; then nothing below the district may be asked. */
  readonly whole?: readonly Sql[] | undefined
  /** One row per case and unit: what each unit did, where figures are told by unit. */
  readonly perUnit?: boolean | undefined
  /** One row per case and span of time, each a period of its own. */
  readonly span?: Pick<Grouping, 'by' | 'zone'> | undefined
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

/** Where the facts of a source come from. `rows` name the case `c` and the unit `p`; `moment` puts a row into a period. */
interface Happened {
  readonly rows: Sql
  readonly moment: Sql
  readonly facts: Readonly<Partial<Record<CaseFact, Sql>>>
  /** True where one case has one row at most, so that the facts need not be gathered. */
  readonly single?: true
  /** True where the rows are the cases themselves. */
  readonly own?: true
  readonly mainId?: Sql
  readonly condition?: Sql
}

/**
 * Rows of a view with their cases. Where the reader's rights go by whole districts and nothing else is asked of the case, only the few cases that count otherwise
 * are looked at: finding each of the others would be five sixths of the work.
 */
const ofCase = (view: string, { whole }: FigureFilter): Sql =>
  whole
    ? sql<boolean>`${sql.table(view)} p left join cases.case_apart c on c.district_code = p.district_code and c.id = p.case_id`
    : sql<boolean>`${sql.table(view)} p join cases.case_result c on c.district_code = p.district_code and c.id = p.case_id`

/** The unit that leads a case answers for it as a whole. */
const LED = sql<boolean>`cross join lateral (select c.lead_organisation_id as organisation_id) p`
const TRUE = sql<boolean>`true`

// A clock is met in the period or waits at its end; later than that nothing is known of it.
function ofClock(kind: 'respond' | 'dispose', filter: FigureFilter, end: (moment: Sql) => Sql): Happened {
  const moment = sql<boolean>`least(p.due_at, p.met_at)`
  const rows = ofCase('assignments.clock_result', filter)
  const condition = sql<boolean>`p.kind = ${sql.lit(kind)}`
  const inTime = sql<boolean>`bool_and(coalesce(p.met_at <= p.due_at, false))`
  if (kind === 'respond') return { rows, condition, moment, facts: { respond_due: TRUE, responded_on_time: inTime } }
  const waits = sql<boolean>`bool_or((p.met_at is null or p.met_at >= ${end(moment)}) and (p.cancelled_at is null or p.cancelled_at >= ${end(moment)}))`
  return {
    rows,
    condition,
    moment,
    facts: {
      dispose_due: TRUE,
      disposed_on_time: inTime,
      waiting_overdue: waits,
      disposed: sql<boolean>`bool_or(p.met_at < ${end(moment)}) and not ${waits}`,
      extended: sql<boolean>`bool_or(p.extended)`,
    },
  }
}

function happenedIn(source: FigureSource, filter: FigureFilter, end: (moment: Sql) => Sql): Happened {
  switch (source) {
    case 'respond':
    case 'dispose':
      return ofClock(source, filter, end)
    case 'end':
      return {
        single: true,
        own: true,
        rows: sql<boolean>`cases.case_result c ${LED} left join (
            select distinct u.district_code, u.case_id, u.organisation_id from assignments.unit_part u
            where u.district_code = any(${[...filter.districts]}::text[]) and u.round > 1) again
          on again.district_code = c.district_code and again.case_id = c.id and again.organisation_id = c.lead_organisation_id`,
        moment: sql<boolean>`least(c.closed_at, c.dispose_due_at)`,
        facts: {
          close_due: sql<boolean>`c.status not in ('rejected', 'withdrawn', 'transferred') and c.dispose_due_at is not null`,
          closed_on_time: sql<boolean>`c.closed_at <= c.dispose_due_at`,
          reworked: sql<boolean>`again.case_id is not null`,
        },
      }
    case 'dispatch':
      return {
        single: true,
        rows: ofCase('assignments.first_dispatch', filter),
        moment: sql<boolean>`p.opened_at`,
        facts: {
          first_answered: sql<boolean>`p.state in ('contacted', 'done', 'returned', 'relieved', 'called_up')`,
          first_right: sql<boolean>`p.state <> 'relieved'`,
        },
      }
    case 'rating':
      return {
        single: true,
        own: true,
        // Whoever may open the main case reads what its merged callers said.
        rows: sql<boolean>`(select r.*, null::uuid as main_id from cases.case_result r union all select * from cases.merged_rating) c ${LED}`,
        moment: sql<boolean>`c.rated_at`,
        facts: { rated: TRUE, satisfied: sql<boolean>`c.rating >= 4` },
        mainId: sql<boolean>`c.main_id`,
      }
    case 'call':
      return {
        rows: ofCase('assignments.call_from_below', filter),
        moment: sql<boolean>`p.ended_at`,
        facts: { called: TRUE, bounced: sql<boolean>`bool_or(p.bounced)` },
      }
    case 'callBack':
      return {
        rows: ofCase('cases.call_back_result', filter),
        condition: sql<boolean>`p.organisation_id is not null`,
        moment: sql<boolean>`p.recorded_at`,
        facts: { called_back: TRUE, call_back_confirmed: sql<boolean>`bool_and(p.confirmed)` },
      }
  }
}

/**
 * One row per visible case with its facts in the period, of one source. Numbers and lists both read it, so they cannot disagree. A clock, a bounce and a
 * call-back count for the unit that they were about, the rest for the unit that leads; the reader's facts are those of the units that his figures reach.
 * Only what happened in the period is read: every case there ever was would take ten times as long, and change nothing.
 */
function factRows(source: FigureSource, filter: FigureFilter): Sql {
  const { until, districts, areaCode, mayRead, whole, perUnit = false, span } = filter
  const end = (moment: Sql): Sql =>
    span ? sql<boolean>`least(${until}::timestamptz(3), ${endOfSpan(span, moment)})` : sql<boolean>`${until}::timestamptz(3)`
  const happening = happenedIn(source, filter, end)
  const { rows, moment, facts, single = false, own = false, condition = TRUE } = happening
  const parts: FactParts = {
    happened: sql<boolean>`${within(filter, moment)} and ${condition} and ${sql.ref(own ? 'c.district_code' : 'p.district_code')} = any(${[...districts]}::text[])`,
    keys: sql<boolean>`${perUnit ? sql`p.organisation_id` : sql`null::uuid`} as unit_id, ${span ? spanOf(span, moment) : sql`''`} as span`,
    known: sql.join(Object.entries(facts).map(([name, fact]) => sql`${fact} as ${sql.ref(name)}`)),
    grouped: single ? sql<boolean>`` : sql<boolean>`group by 1, 2, 3, 4`,
  }
  if (!whole || own) return ofCases(happening, parts, { mayRead, areaCode })
  return sql`with fact as (
    select p.district_code, p.case_id as id, ${parts.keys}, coalesce(${single ? sql`c.exempted` : sql`bool_or(c.exempted)`}, false) as exempted, ${parts.known}
    from ${rows} where ${parts.happened} and c.counts_elsewhere is not true and ${sql.join(whole, sql` and `)} ${parts.grouped})`
}

interface FactParts {
  readonly happened: Sql
  readonly keys: Sql
  readonly known: ReturnType<typeof sql.join>
  readonly grouped: Sql
}

// What is not asked for is not computed: the planner leaves columns out that nobody reads.
function ofCases(
  { rows, single, mainId = sql<boolean>`null::uuid` }: Happened,
  { happened, keys, known, grouped }: FactParts,
  { mayRead, areaCode }: Pick<FigureFilter, 'mayRead' | 'areaCode'>,
): Sql {
  const columns = single
    ? sql`c.reported_at, c.area_code, c.matter_name, c.exempted`
    : sql`min(c.reported_at) as reported_at, min(c.area_code) as area_code, min(c.matter_name::text)::jsonb as matter_name, bool_or(c.exempted) as exempted`
  const inArea = areaCode === undefined ? TRUE : sql<boolean>`c.area_code like ${`${areaCode}%`}`
  return sql`with fact as (
    select c.district_code, c.id, ${keys}, ${columns}, ${mainId} as main_id, ${known}
    from ${rows} where ${happened} and ${sql.join(mayRead, sql` and `)} and ${inArea} ${grouped})`
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

/** Cases in the denominator and the numerator of each figure of one source, and those left out. With a span of time, by its key. */
export async function countFacts<K extends IndicatorKey>(
  tx: FigureTx,
  source: FigureSource,
  figures: readonly (readonly [K, Indicator])[],
  filter: FigureFilter,
): Promise<Map<string, Map<K, Counted>>> {
  const columns = figures.flatMap(([key, figure]) => [
    sql`count(*) filter (where ${counts(figure)})::int as ${sql.ref(`${key}_of`)}`,
    sql`count(*) filter (where ${counts(figure)} and ${isTrue(figure.numerator.fact)})::int as ${sql.ref(`${key}_in`)}`,
    sql`count(*) filter (where ${leftOut(figure)})::int as ${sql.ref(`${key}_out`)}`,
  ])
  const found = await sql<{ span: string; counted: Record<string, number> }>`${factRows(source, filter)}
    select span, to_jsonb(n) as counted from (select span, ${sql.join(columns)} from fact group by 1) n`.execute(tx)
  return new Map(
    found.rows.map(({ span, counted }) => {
      const value = (name: string): number => counted[name] ?? 0
      return [
        span,
        new Map(figures.map(([key]) => [key, { numerator: value(`${key}_in`), denominator: value(`${key}_of`), exempted: value(`${key}_out`) }])),
      ]
    }),
  )
}

/** A figure by at most two dimensions of its cases; time is the filter's span. Null gives one row or column with an empty name. */
export async function pivotFacts(
  tx: FigureTx,
  figure: Indicator,
  filter: FigureFilter,
  { by, across }: { by: Sql | null; across: Sql | null },
): Promise<{ row: string; column: string; numerator: number; denominator: number }[]> {
  const found = await sql<{ row: string; column: string; numerator: number; denominator: number }>`${factRows(figure.source, filter)}
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
  const found = await sql<FigureCaseRow & { total: number }>`${factRows(figure.source, { ...filter, whole: undefined })},
    page as (select * from (select district_code, id, reported_at, main_id, count(*) over ()::int as total
      from fact where ${inPart} and ${narrowed(filter)}) n ${from} order by reported_at desc, id desc limit ${page.limit})
    select n.*, l.number, l.status, m.matter_name, m.area_code, m.lead_organisation_id from page n
      join cases.case_line l on l.district_code = n.district_code and l.case_id = n.id
      join cases.case_line m on m.district_code = n.district_code and m.case_id = coalesce(n.main_id, n.id)
      order by n.reported_at desc, n.id desc`.execute(tx)
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
