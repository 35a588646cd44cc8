import { insertRows, type Tx } from '#platform/database/database.ts'
import type { Tables } from '#database/tables.ts'
import type { Instant } from '#kernel/clock.ts'

export type PhotoTables = Pick<Tables, 'cases.photo'>

export interface PhotoRow {
  readonly districtCode: string
  readonly id: string
  readonly caseId: string
  readonly origin: 'caller' | 'unit'
  readonly fullHash: string
  readonly smallHash: string
  readonly width: number
  readonly height: number
  readonly actorKey: string
  readonly postId: string | null
  readonly addedAt: Instant
}

export async function insertPhoto(tx: Tx<PhotoTables>, row: PhotoRow): Promise<void> {
  await insertRows(tx, 'cases.photo', [row])
}

export async function photosOf(tx: Tx<PhotoTables>, districtCode: string, caseId: string): Promise<PhotoRow[]> {
  const rows = await tx
    .selectFrom('cases.photo')
    .selectAll()
    .where('districtCode', '=', districtCode)
    .where('caseId', '=', caseId)
    .orderBy('addedAt')
    .orderBy('id')
    .execute()
  return rows as PhotoRow[]
}
