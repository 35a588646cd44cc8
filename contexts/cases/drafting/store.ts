import type { Tables } from '#database/tables.ts'
import type { Instant } from '#kernel/clock.ts'
import { sql, type Tx } from '#platform/database/database.ts'

export type DraftTables = Pick<Tables, 'cases.reportDraft' | 'cases.reportDraftPhoto'>
type DraftTx = Tx<DraftTables>

/** A picture of a draft; both boxes are encrypted base64. */
export interface DraftPhotoRow {
  readonly keyHash: string
  readonly id: string
  readonly fullBox: string
  readonly smallBox: string
}

export async function findDraft(tx: DraftTx, keyHash: string, now: Instant): Promise<string | undefined> {
  const found = await sql<{ box: string }>`select box from cases.report_draft where key_hash = ${keyHash} and expires_at > ${now}`.execute(tx)
  return found.rows[0]?.box
}

export async function putDraft(tx: DraftTx, keyHash: string, box: string, expiresAt: Instant): Promise<void> {
  await sql`insert into cases.report_draft (key_hash, box, expires_at) values (${keyHash}, ${box}, ${expiresAt})
    on conflict (key_hash) do update set box = excluded.box, expires_at = excluded.expires_at`.execute(tx)
}

export async function removeDraft(tx: DraftTx, keyHash: string): Promise<void> {
  await sql`delete from cases.report_draft where key_hash = ${keyHash}`.execute(tx)
}

export async function removeExpired(tx: DraftTx, now: Instant): Promise<number> {
  const removed = await sql`delete from cases.report_draft where expires_at <= ${now}`.execute(tx)
  return Number(removed.numAffectedRows ?? 0)
}

/** Photos in the order in which they came. */
export async function draftPhotos(tx: DraftTx, keyHash: string, which: 'full' | 'small'): Promise<{ id: string; box: string }[]> {
  const found = await sql<{ id: string; box: string }>`select id, ${sql.ref(`${which}_box`)} as box from cases.report_draft_photo
    where key_hash = ${keyHash} order by id`.execute(tx)
  return found.rows
}

export async function addDraftPhoto(tx: DraftTx, { keyHash, id, fullBox, smallBox }: DraftPhotoRow): Promise<void> {
  await sql`insert into cases.report_draft_photo (key_hash, id, full_box, small_box) values (${keyHash}, ${id}, ${fullBox}, ${smallBox})`.execute(tx)
}

/** Takes one picture away, or all of them. */
export async function removeDraftPhotos(tx: DraftTx, keyHash: string, id?: string): Promise<void> {
  await sql`delete from cases.report_draft_photo where key_hash = ${keyHash} and (${id ?? null}::uuid is null or id = ${id ?? null}::uuid)`.execute(
    tx,
  )
}
