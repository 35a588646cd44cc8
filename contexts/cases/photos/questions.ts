import type { ReadStream } from 'node:fs'
import type { Actor } from '#kernel/actor.ts'
import { inTransaction, type Tx } from '#platform/database/database.ts'
import { statusNames } from '../lifecycle.ts'
import { visibleCase } from '../questions.ts'
import { subjectOf } from '../record.ts'
import { refuse } from '../refusals.ts'
import type { CasesTables } from '../store.ts'
import type { AssignmentsTables } from '#contexts/assignments/index.ts'
import { PHOTOS_AT_MOST, type PhotoServices } from './commands.ts'
import { photosOf, type PhotoRow, type PhotoTables } from './store.ts'

type ReadTx = Tx<CasesTables & AssignmentsTables & PhotoTables>
interface CaseKey {
  readonly districtCode: string
  readonly id: string
}

/** Pictures of a case that the actor may see, and whether he may add one. */
export async function listPhotos(services: PhotoServices, actor: Actor, key: CaseKey): Promise<{ items: PhotoRow[]; mayAdd: boolean }> {
  const rules = services.rules()
  return inTransaction(services.database, async (tx: ReadTx) => {
    const record = await visibleCase(tx, actor, rules, key)
    const items = await photosOf(tx, key.districtCode, key.id)
    const mayAdd = statusNames[record.status].open && items.length < PHOTOS_AT_MOST && rules.policy.may(actor, 'case.attach', subjectOf(record))
    return { items, mayAdd }
  })
}

/** The bytes of one picture of a case that the actor may see. */
export async function photoFile(
  services: PhotoServices,
  actor: Actor,
  key: CaseKey & { photoId: string; size: 'small' | 'full' },
): Promise<ReadStream> {
  const { items } = await listPhotos(services, actor, key)
  const row = items.find(({ id }) => id === key.photoId)
  const bytes = row && services.files.read(row.districtCode, key.size === 'small' ? row.smallHash : row.fullHash)
  if (!bytes) throw refuse.notFound()
  return bytes
}

/** Small pictures of a case as addresses that hold the picture itself: the caller's page then needs no address that would hold his code. */
export async function smallPhotos(services: PhotoServices, key: CaseKey): Promise<{ origin: PhotoRow['origin']; address: string }[]> {
  const rows = await inTransaction(services.database, (tx: Tx<PhotoTables>) => photosOf(tx, key.districtCode, key.id))
  const pictures = rows.map(async ({ districtCode, smallHash, origin }) => {
    const bytes = (await services.files.read(districtCode, smallHash)?.toArray()) as Uint8Array[] | undefined
    return bytes ? [{ origin, address: `data:image/webp;base64,${Buffer.concat(bytes).toString('base64')}` }] : []
  })
  return (await Promise.all(pictures)).flat()
}
