import type { Tables } from '#database/tables.ts'
import type { Instant } from '#kernel/clock.ts'
import { insertRows, sql, type Tx } from '#platform/database/database.ts'
import { whereOf, type CasesTables, type QueueFilter } from '../store.ts'

export type ViewTables = CasesTables & Pick<Tables, 'cases.savedView' | 'cases.savedViewPin'>
export type ViewTx = Tx<ViewTables>

export interface ViewRow {
  readonly id: string
  readonly personId: string
  readonly organisationId: string
  readonly name: string
  readonly filter: unknown
  readonly shared: boolean
  readonly version: number
  readonly createdAt: Instant
  readonly updatedAt: Instant
}
export type SeenView = ViewRow & { readonly pinned: boolean }

/** Views that a person keeps, and those shared in the organisations; pinned ones first. One of them where `id` is given. */
export async function viewsOf(tx: ViewTx, personId: string, organisationIds: readonly string[], id: string | null = null): Promise<SeenView[]> {
  const found =
    await sql<SeenView>`select v.*, exists (select 1 from cases.saved_view_pin p where p.view_id = v.id and p.person_id = ${personId}) as pinned
    from cases.saved_view v
    where (v.person_id = ${personId} or (v.shared and v.organisation_id = any(${[...organisationIds]}::uuid[]))) and (${id}::uuid is null or v.id = ${id}::uuid)
    order by pinned desc, v.created_at, v.id`.execute(tx)
  return found.rows
}

export async function countViewsOf(tx: ViewTx, personId: string): Promise<number> {
  const found = await sql<{ count: number }>`select count(*)::int as count from cases.saved_view where person_id = ${personId}`.execute(tx)
  return found.rows[0]?.count ?? 0
}

export async function insertView(tx: ViewTx, row: ViewRow): Promise<void> {
  await insertRows(tx, 'cases.saved_view', [row])
}

/** True when the version was still the one that was seen. */
export async function updateView(tx: ViewTx, row: ViewRow, seen: number): Promise<boolean> {
  const found = await sql`update cases.saved_view set name = ${row.name}, filter = ${JSON.stringify(row.filter)}::jsonb, shared = ${row.shared},
      version = ${row.version}, updated_at = ${row.updatedAt} where id = ${row.id} and version = ${seen} returning id`.execute(tx)
  return found.rows.length === 1
}

export async function deleteView(tx: ViewTx, id: string): Promise<void> {
  await sql`delete from cases.saved_view where id = ${id}`.execute(tx)
}

export async function setPin(tx: ViewTx, personId: string, viewId: string, pinned: boolean): Promise<void> {
  if (pinned) await insertRows(tx, 'cases.saved_view_pin', [{ personId, viewId }], 'on conflict do nothing')
  else await sql`delete from cases.saved_view_pin where person_id = ${personId} and view_id = ${viewId}`.execute(tx)
}

/** How many cases a filter lets through, at most `most`. */
export async function countUpTo(tx: ViewTx, filter: QueueFilter, most: number): Promise<number> {
  const found = await sql<{
    count: number
  }>`select count(*)::int as count from (select 1 from cases.case c where ${whereOf(filter)} limit ${most}) counted`.execute(tx)
  return found.rows[0]?.count ?? 0
}
