/** Server state of kinds of whistles and ready sentences, as the page that changes them sees it. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { call, newCommandId, Problem } from '#web/kit/call.ts'
import { listReadyPhrases } from '../../settling/contract.ts'
import { listWhistleKinds } from '../../whistling/contract.ts'

const rulesKey = ['cityRules'] as const

export function useWhistleKinds() {
  return useQuery({ queryKey: [...rulesKey, 'whistles'], queryFn: () => call(listWhistleKinds, {}) })
}

export function useReadyPhrases() {
  return useQuery({ queryKey: [...rulesKey, 'phrases'], queryFn: () => call(listReadyPhrases, {}) })
}

/** Saves one change under a command id that it keeps until somebody has answered. */
export function useRuleAct() {
  const client = useQueryClient()
  let commandId = newCommandId()
  return useMutation({
    mutationFn: (act: (commandId: string) => Promise<unknown>) => act(commandId),
    onSuccess: () => {
      commandId = newCommandId()
      void client.invalidateQueries({ queryKey: rulesKey })
      void client.invalidateQueries({ queryKey: ['whistles'] })
      void client.invalidateQueries({ queryKey: ['phrases'] })
    },
    onError: (error) => {
      if (error instanceof Problem) commandId = newCommandId()
    },
  })
}
