/** Server state of trifles: ready sentences, settling, and what one found and settled at once. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { toValue, type MaybeRefOrGetter } from 'vue'
import { call, newCommandId, Problem, type Asked } from '#web/kit/call.ts'
import { keepUnsent } from '#web/kit/screen/held-back.ts'
import { failureLine } from '#web/kit/failure.ts'
import { toast } from '#web/kit/parts/toast.ts'
import { moveCase, type CaseDetail } from '../../contract.ts'
import { listPhrases, settleOnSpot } from '../../settling/contract.ts'
import { caseKeys } from '../keys.ts'
import { sendPhoto } from '../photo-queries.ts'
import { smaller } from '#web/kit/screen/photo.ts'
import { ownActs } from '../queries.ts'

/** Ready sentences for a matter, or those that fit every matter. */
export function usePhrases(conditionId: MaybeRefOrGetter<string | undefined>) {
  return useQuery({
    queryKey: ['phrases', conditionId] as const,
    queryFn: () => call(listPhrases, { query: { conditionId: toValue(conditionId) } }),
    staleTime: 600_000,
  })
}

/**
 * Gives the act of finishing a case as it was seen, with its pictures before it. It may run long after its page is gone, so what came of it is
 * said by a message.
 */
export function useSettle(move: 'settle' | 'handle' = 'settle') {
  const client = useQueryClient()
  return (seen: CaseDetail, note: string, done: string, photos: readonly File[] = []): (() => void) => {
    const commandId = newCommandId()
    // Sent again under the same ids, so that what did arrive is not there twice.
    const pictures = photos.map((file) => ({ file, id: newCommandId() }))
    const { districtCode, id, version: expectedVersion } = seen
    const send = async (): Promise<void> => {
      try {
        for (const { file, id: photoId } of pictures) await sendPhoto(seen, await smaller(file), photoId)
        const detail = await call(moveCase, { params: { districtCode, id }, body: { commandId, move, expectedVersion, note } })
        ownActs.value += 1
        client.setQueryData(caseKeys.one(id), detail)
        toast(done)
      } catch (error) {
        const text = `${seen.number}：${failureLine(error)}`
        // Where the server said no, another try says the same.
        if (error instanceof Problem && error.status < 500 && error.status !== 429) toast(text)
        else keepUnsent({ text, send: () => void send() })
      }
      void client.invalidateQueries({ queryKey: caseKeys.all })
    }
    return () => void send()
  }
}

/** Reports and settles in one go; repeats until answered under one command id. */
export function useSettleOnSpot() {
  const client = useQueryClient()
  let commandId = newCommandId()
  return useMutation({
    mutationFn: (body: Asked<typeof settleOnSpot>) => call(settleOnSpot, { body: { ...body, commandId } }),
    onSuccess: () => {
      commandId = newCommandId()
      ownActs.value += 1
      void client.invalidateQueries({ queryKey: caseKeys.all })
    },
  })
}
