/** Server state of ladders and settings. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { call, newCommandId, Problem, type Answered } from '#web/kit/call.ts'
import { listTiming } from '../../timing/contract.ts'

const timingKey = ['catalogue', 'timing'] as const
export type Timing = Answered<typeof listTiming>

export function useTiming() {
  return useQuery({ queryKey: timingKey, queryFn: () => call(listTiming, {}) })
}

/** Saves one change under a command id that it keeps until somebody has answered. */
export function useTimingAct() {
  const client = useQueryClient()
  let commandId = newCommandId()
  return useMutation({
    mutationFn: (act: (commandId: string) => Promise<unknown>) => act(commandId),
    onSuccess: () => {
      commandId = newCommandId()
      void client.invalidateQueries({ queryKey: timingKey })
    },
    onError: (error) => {
      if (error instanceof Problem) commandId = newCommandId()
    },
  })
}
