/** Server state of pictures. */
import { useQuery, useQueryClient } from '@tanstack/vue-query'
import { toValue, type MaybeRefOrGetter } from 'vue'
import { addressOf, call, sendFile } from '#web/kit/call.ts'
import { addPhoto, addPublicPhoto, listPhotos, readPhotoFile } from '../photos/contract.ts'
import type { CaseKey } from './queries.ts'

const keyOf = ({ districtCode, id }: CaseKey) => ({ districtCode, id })

export function usePhotos(key: MaybeRefOrGetter<CaseKey>) {
  const client = useQueryClient()
  const list = useQuery({
    queryKey: ['cases', 'photos', () => toValue(key).id] as const,
    queryFn: () => call(listPhotos, { params: keyOf(toValue(key)) }),
  })
  return { list, renew: () => void client.invalidateQueries({ queryKey: ['cases', 'photos', toValue(key).id] }) }
}

export function sendPhoto(key: CaseKey, file: Blob, commandId: string): Promise<unknown> {
  return sendFile(addPhoto, { params: keyOf(key), file, commandId })
}

/** By the code of a report just made: whoever reports may not be the one who may read the case. */
export function sendReportPhoto(trackingCode: string, file: Blob, commandId: string): Promise<unknown> {
  return sendFile(addPublicPhoto, { file, commandId, headers: { 'x-tracking-code': trackingCode } })
}

export function photoAddress(key: CaseKey, photoId: string, size: 'small' | 'full'): string {
  return addressOf(readPhotoFile.path, { ...keyOf(key), photoId }, { size })
}
