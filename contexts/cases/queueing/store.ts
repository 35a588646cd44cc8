import { sql, type Sql } from '#platform/database/database.ts'
import type { Instant } from '#kernel/clock.ts'
import type { CaseRecord } from '../record.ts'
import { URGENCY, whereOf, type CasesTx, type QueueFilter } from '../store.ts'

/** Numbers of the cases of a view in the list's order, at most `limit`. `newest` is the order of the view of everything. */
export async function numbersInOrder(tx: CasesTx, filter: QueueFilter, newest: boolean, limit: number): Promise<string[]> {
  const order = newest ? sql`c.reported_at desc, c.id desc` : sql`${URGENCY}, c.reported_at, c.id`
  const found = await sql<{ number: string }>`select c.number from cases.case c where ${whereOf(filter)} order by ${order} limit ${limit}`.execute(tx)
  return found.rows.map(({ number }) => number)
}

/** Cases by number, of those that `mayRead` lets through. */
export async function casesByNumber(tx: CasesTx, numbers: readonly string[], mayRead: Sql): Promise<CaseRecord[]> {
  const districts = [...new Set(numbers.map((number) => number.slice(0, 6)))]
  const found = await sql<CaseRecord>`select c.* from cases.case c
    where c.district_code = any(${districts}::text[]) and c.number = any(${[...numbers]}::text[]) and ${mayRead}`.execute(tx)
  return found.rows
}

export interface OverdueGroup {
  readonly areaCode: string
  readonly unitId: string | null
  readonly overdue: number
  readonly soon: number
  readonly oldestDueAt: Instant | null
}

/** Overdue and nearly overdue cases by street and leading unit. */
export async function overdueGroups(tx: CasesTx, filter: QueueFilter, overdue: Sql, soon: Sql): Promise<OverdueGroup[]> {
  const found = await sql<OverdueGroup>`select left(c.area_code, 9) as area_code, c.lead_organisation_id as unit_id,
      count(*) filter (where ${overdue})::int as overdue, count(*) filter (where ${soon})::int as soon,
      min(c.clock_due_at) filter (where ${overdue}) as oldest_due_at
    from cases.case c where ${whereOf(filter)} and (${overdue} or ${soon})
    group by 1, 2 order by 1, 2`.execute(tx)
  return found.rows
}
