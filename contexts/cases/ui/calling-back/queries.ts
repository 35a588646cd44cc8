/** Server state of call-back samples. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { toValue, type MaybeRefOrGetter } from 'vue'
import { call, newCommandId, type Answered } from '#web/kit/call.ts'
import { drawSample, getDraw, listDraws, publishDraw, recordCallBack, repeatDraw } from '../../calling-back/contract.ts'
import type { CallBackOutcome } from '../../calling-back/lifecycle.ts'

const key = ['call-backs'] as const
export type DrawDetail = Answered<typeof getDraw>

export interface DrawKey {
  readonly districtCode: string
  readonly id: string
}

export function useDraws() {
  return useQuery({ queryKey: [...key, 'list'] as const, queryFn: () => call(listDraws, { query: {} }) })
}

export function useDraw(of: MaybeRefOrGetter<DrawKey>, wanted: MaybeRefOrGetter<boolean>) {
  return useQuery({
    queryKey: [...key, 'one', () => toValue(of).id] as const,
    queryFn: () => call(getDraw, { params: { ...toValue(of) } }),
    enabled: wanted,
  })
}

/** A write, done once however often it is tried; the answer is the sample as it then is. */
function useWrite<In>(write: (input: In, commandId: string) => Promise<DrawDetail>) {
  const client = useQueryClient()
  let commandId = newCommandId()
  return useMutation({
    mutationFn: (input: In) => write(input, commandId),
    onSuccess: (draw) => {
      commandId = newCommandId()
      client.setQueryData([...key, 'one', draw.id], draw)
      void client.invalidateQueries({ queryKey: [...key, 'list'] })
    },
  })
}

export const usePublish = () =>
  useWrite((body: { areaCode: string; from: string; to: string }, commandId) => call(publishDraw, { body: { ...body, commandId } }))

export const useDrawing = (of: MaybeRefOrGetter<DrawKey>) =>
  useWrite((_: void, commandId) => call(drawSample, { params: { ...toValue(of) }, body: { commandId } }))

export const useRecording = (of: MaybeRefOrGetter<DrawKey>) =>
  useWrite((said: { caseId: string; outcome: CallBackOutcome; note?: string | undefined }, commandId) =>
    call(recordCallBack, { params: { ...toValue(of) }, body: { ...said, commandId } }),
  )

/** Draws again by the same seed, when somebody wants to see that the list is the one that had to come out. */
export function useRepeat(of: MaybeRefOrGetter<DrawKey>) {
  return useMutation({ mutationFn: () => call(repeatDraw, { params: { ...toValue(of) } }) })
}
