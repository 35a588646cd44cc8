import type { DistrictCode } from '#kernel/codes.ts'
import { newId } from '#kernel/id.ts'
import type { Tx } from '#platform/database/database.ts'
import { emit, type Doing } from '#platform/event.ts'
import type { Files } from '#platform/files.ts'
import { readPhoto } from '#platform/photo.ts'
import { answerOnce } from '#platform/receipt.ts'
import { actingOn } from '../acting.ts'
import type { CaseServices } from '../commands.ts'
import { statusNames } from '../lifecycle.ts'
import { actorKey, subjectOf } from '../record.ts'
import { refuse } from '../refusals.ts'
import { lockCases, type CasesTables } from '../store.ts'
import { insertPhoto, photosOf, type PhotoRow, type PhotoTables } from './store.ts'

/** Pictures that one case takes. More than these explain nothing that these do not. */
export const PHOTOS_AT_MOST = 12

/** Cases, and where their pictures lie. */
export interface PhotoServices extends CaseServices {
  readonly files: Files
}

/**
 * Adds a picture to an open case. The bytes are on the disk before the row is committed, so an acknowledged picture is never missing; one whose
 * row fails stays behind unnamed and harmless. `isCaller`: the person who holds the tracking code.
 */
export async function addPhoto(
  services: PhotoServices,
  doing: Doing,
  about: { districtCode: DistrictCode; caseId: string; bytes: Uint8Array; isCaller: boolean },
): Promise<PhotoRow> {
  const { districtCode, caseId, isCaller } = about
  const photo = await readPhoto(about.bytes)
  const [fullHash, smallHash] = await Promise.all([services.files.put(districtCode, photo.full), services.files.put(districtCode, photo.small)])
  return answerOnce(doing, districtCode, 'addPhoto', async (tx: Tx<CasesTables & PhotoTables>) => {
    const record = (await lockCases(tx, districtCode, [caseId])).get(caseId)
    const { policy } = services.rules()
    const { actor } = doing
    if (!record || !(isCaller || policy.may(actor, 'case.read', subjectOf(record)))) throw refuse.notFound()
    if (!isCaller && !policy.may(actor, 'case.attach', subjectOf(record))) throw refuse.notYours({ move: '添加照片' })
    if (!statusNames[record.status].open) throw refuse.photoTooLate()
    const before = await photosOf(tx, districtCode, caseId)
    // The same picture sent twice, whatever its command id, is one picture.
    const same = before.find((one) => one.fullHash === fullHash)
    if (same) return same
    if (before.length >= PHOTOS_AT_MOST) throw refuse.photosFull({ most: PHOTOS_AT_MOST }, 'photo')
    const { width, height } = photo
    const [post] = actingOn(actor, record, services.rules().policy, 'case.attach').posts
    const origin = isCaller ? 'caller' : 'unit'
    const addedAt = services.clock.now()
    const row: PhotoRow = {
      districtCode,
      id: newId(),
      caseId,
      origin,
      fullHash,
      smallHash,
      width,
      height,
      actorKey: actorKey(actor),
      postId: post?.id ?? null,
      addedAt,
    }
    await insertPhoto(tx, row)
    await emit(tx, doing, [
      {
        type: 'case.photo_added',
        version: 1,
        districtCode,
        subjectKind: 'case',
        subjectId: caseId,
        subjectVersion: record.version,
        happenedAt: addedAt,
        postId: row.postId,
        data: { photoId: row.id, origin, areaCode: record.areaCode, organisationId: record.leadOrganisationId },
      },
    ])
    return row
  })
}
