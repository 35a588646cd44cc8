import { sql, type Sql } from '#platform/database/database.ts'
import type { CaseRecord } from '../record.ts'
import { URGENCY, whereOf, type CasesTx, type QueueFilter } from '../store.ts'
import type { Box } from './filter.ts'

/** What an area or a square holds. */
export interface Counted {
  readonly count: number
  readonly overdue: number
}

/** Cases, overdue cases and those soon due per code of so many digits, under the predicate of the list. A null code gathers what only a wider area is known of. */
export async function countByArea(
  tx: CasesTx,
  filter: QueueFilter,
  digits: number,
  { overdue, soon }: { readonly overdue: Sql; readonly soon: Sql },
): Promise<(Counted & { areaCode: string | null; soon: number })[]> {
  const found = await sql<Counted & { areaCode: string | null; soon: number }>`select
      case when length(c.area_code) >= ${digits}::int then left(c.area_code, ${digits}::int) end as area_code,
      count(*)::int as count, count(*) filter (where ${overdue})::int as overdue, count(*) filter (where ${soon})::int as soon
    from cases.case c where ${whereOf(filter)} group by 1 order by 1`.execute(tx)
  return found.rows
}

/** A point of the map: a case with a coordinate. */
export type PointRow = Pick<CaseRecord, 'districtCode' | 'id' | 'number' | 'status'> & {
  readonly lng: number
  readonly lat: number
  readonly overdue: boolean
}

/** The most urgent cases with a coordinate, at most `limit`. */
export async function pointsOf(tx: CasesTx, filter: QueueFilter, overdue: Sql, limit: number): Promise<PointRow[]> {
  const found = await sql<PointRow>`select c.district_code, c.id, c.number, c.status, c.lng, c.lat, coalesce(${overdue}, false) as overdue
    from cases.case c where ${whereOf(filter)} and c.lng is not null and c.lat is not null
    order by ${URGENCY}, c.reported_at, c.id limit ${limit}`.execute(tx)
  return found.rows
}

/** How many cases of a filter have no coordinate. */
export async function countWithoutPoint(tx: CasesTx, filter: QueueFilter): Promise<number> {
  const found = await sql<{ count: number }>`select count(*)::int as count from cases.case c
    where ${whereOf(filter)} and (c.lng is null or c.lat is null)`.execute(tx)
  return found.rows[0]?.count ?? 0
}

/** A square of the map with the middle of its cases. */
export interface Bin extends Counted {
  readonly lng: number
  readonly lat: number
}
export interface Bins {
  readonly items: Bin[]
  readonly outside: number
  readonly withoutPoint: number
}

// Squares of 64 pixels at the finest zoom, as the index case_open_cell holds them, letter for letter: a coarser square is a shift. Latitudes of Web Mercator end
// at 85 degrees; nothing lies beyond, but the logarithm must not fail on it.
const LATITUDE = sql`radians(least(85::float8, greatest(-85::float8, c.lat)))`
const X = sql`floor((c.lng + 180) / 360 * 16777216::float8)`
const Y = sql`floor((1 - ln(tan(${LATITUDE}) + 1 / cos(${LATITUDE})) / pi()) / 2 * 16777216::float8)`
const FINEST = 22

/** Cases per square of 64 pixels of a zoom, and, in the same pass, what lies outside the box and what has no coordinate. */
export async function binsOf(tx: CasesTx, filter: QueueFilter, overdue: Sql, { zoom, box }: { zoom: number; box: Box | undefined }): Promise<Bins> {
  const inside = box
    ? sql<boolean>`(c.lng >= ${box.west} and c.lng < ${box.east} and c.lat >= ${box.south} and c.lat < ${box.north})`
    : sql<boolean>`true`
  const wide = sql`${2 ** (FINEST - zoom)}::float8`
  // One number per square, and -1 and -2 for the rest: grouping by it costs half of grouping by three columns.
  const found = await sql<Bin & { square: number }>`
    select square, count(*)::int as count, (count(*) filter (where late))::int as overdue, sum(lng) as lng, sum(lat) as lat
    from (select c.lng, c.lat, ${overdue} as late, case when c.lng is null or c.lat is null then -1 when ${inside}
        then floor(${X} / ${wide}) * 16777216::float8 + floor(${Y} / ${wide}) else -2 end as square
      from cases.case c where ${whereOf(filter)}) one
    group by square`.execute(tx)
  const sum = (square: number): number => found.rows.find((row) => row.square === square)?.count ?? 0
  const items = found.rows.flatMap(({ square, lng, lat, count, overdue: late }) =>
    square < 0 ? [] : [{ lng: lng / count, lat: lat / count, count, overdue: late }],
  )
  return { items, outside: sum(-2), withoutPoint: sum(-1) }
}

/** The cases of a filter on a piece of ground of a district, found by the index of their points. */
export async function casesIn(tx: CasesTx, districtCode: string, box: Box, filter: QueueFilter): Promise<CaseRecord[]> {
  const found = await sql<CaseRecord>`select c.* from cases.case c where c.district_code = ${districtCode} and ${whereOf(filter)}
      and point(c.lng, c.lat) <@ box(point(${box.west}::float8, ${box.south}::float8), point(${box.east}::float8, ${box.north}::float8))`.execute(tx)
  return found.rows
}

/** Where the open cases of a piece of ground lie, and in which grid they are. */
export async function openIn(tx: CasesTx, filter: QueueFilter): Promise<{ gridCode: string | null; lng: number; lat: number }[]> {
  const found = await sql<{ gridCode: string | null; lng: number; lat: number }>`select c.grid_code, c.lng, c.lat
    from cases.case c where ${whereOf(filter)}`.execute(tx)
  return found.rows
}
