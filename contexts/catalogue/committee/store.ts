import { sql } from 'kysely'
import type { LocalDate } from '#kernel/clock.ts'
import { insertRows, type Tx } from '#platform/database/database.ts'
import type { EntryStatus } from '../lifecycle.ts'
import type { CommitteeDuty, EntryRequest } from './committee.ts'

export interface CommitteeTables {
  'catalogue.committee_duty': CommitteeDuty
  'catalogue.entry_request': EntryRequest
}
type CommitteeTx = Tx<CommitteeTables>

/** Rows of all days; a community has some hundred matters at most. */
export async function readDuties(tx: CommitteeTx): Promise<CommitteeDuty[]> {
  return tx.selectFrom('catalogue.committee_duty').selectAll().orderBy('validFrom').orderBy('id').execute()
}

/** Rows that hold on the day or later and concern an area: those of areas around it and inside it. */
export async function dutiesAround(tx: CommitteeTx, areaCode: string, on: LocalDate): Promise<CommitteeDuty[]> {
  return tx
    .selectFrom('catalogue.committee_duty')
    .selectAll()
    .where(sql<boolean>`(starts_with(${areaCode}, area_code) or starts_with(area_code, ${areaCode}))`)
    .where(sql<boolean>`coalesce(valid_to > ${on}::date, true)`)
    .orderBy('list')
    .orderBy('areaCode')
    .orderBy('id')
    .execute()
}

export async function findDuty(tx: CommitteeTx, id: string): Promise<CommitteeDuty | undefined> {
  return tx.selectFrom('catalogue.committee_duty').selectAll().where('id', '=', id).executeTakeFirst()
}

export async function insertDuties(tx: CommitteeTx, rows: readonly CommitteeDuty[]): Promise<void> {
  await insertRows(tx, 'catalogue.committee_duty', rows)
}

export async function endDuty(tx: CommitteeTx, id: string, validTo: LocalDate, endReason: string): Promise<void> {
  await tx.updateTable('catalogue.committee_duty').set({ validTo, endReason }).where('id', '=', id).execute()
}

export async function openRequests(tx: CommitteeTx): Promise<EntryRequest[]> {
  return tx.selectFrom('catalogue.entry_request').selectAll().where('status', '=', 'asked').execute()
}

export async function lockRequest(tx: CommitteeTx, id: string): Promise<EntryRequest | undefined> {
  return tx.selectFrom('catalogue.entry_request').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
}

export async function findRequest(tx: CommitteeTx, id: string): Promise<EntryRequest | undefined> {
  return tx.selectFrom('catalogue.entry_request').selectAll().where('id', '=', id).executeTakeFirst()
}

export async function insertRequest(tx: CommitteeTx, request: EntryRequest): Promise<void> {
  await insertRows(tx, 'catalogue.entry_request', [request])
}

export async function decideRequest(
  tx: CommitteeTx,
  id: string,
  decision: Pick<EntryRequest, 'status' | 'decidedAt' | 'decidedBy' | 'decisionReason'>,
): Promise<void> {
  await tx.updateTable('catalogue.entry_request').set(decision).where('id', '=', id).execute()
}

export interface RequestFilter {
  readonly status: EntryStatus | undefined
  /** Key (asked at, id) of the last one of the page before. */
  readonly after: readonly [string, string] | undefined
  readonly limit: number
}

/** Requests, the newest first. */
export async function listRequests(tx: CommitteeTx, { status, after, limit }: RequestFilter): Promise<EntryRequest[]> {
  let query = tx.selectFrom('catalogue.entry_request').selectAll()
  if (status !== undefined) query = query.where('status', '=', status)
  if (after !== undefined) query = query.where(sql<boolean>`(asked_at, id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`)
  return query.orderBy('askedAt', 'desc').orderBy('id', 'desc').limit(limit).execute()
}
