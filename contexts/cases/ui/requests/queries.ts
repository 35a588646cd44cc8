/** Server state of requests. Every question begins with the key of cases, so that a change of a case refreshes them. */
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { toValue, type MaybeRefOrGetter } from 'vue'
import { call, newCommandId, Problem } from '#web/kit/call.ts'
import { listCaseRequests, listPrecedents, listRequestKinds, listRequests } from '../../requesting/contract.ts'
import { caseKeys } from '../keys.ts'
import type { CaseKey } from '../queries.ts'

export function useCaseRequests(key: MaybeRefOrGetter<CaseKey>) {
  return useQuery({
    queryKey: [...caseKeys.requests, 'case', () => toValue(key).id] as const,
    queryFn: () => call(listCaseRequests, { params: { ...toValue(key) } }),
    placeholderData: keepPreviousData,
  })
}

export function useRequestList(view: MaybeRefOrGetter<'waiting' | 'asked'>) {
  return useQuery({
    queryKey: [...caseKeys.requests, 'list', () => toValue(view)] as const,
    queryFn: () => call(listRequests, { query: { view: toValue(view) } }),
    placeholderData: keepPreviousData,
  })
}

export function usePrecedents(key: MaybeRefOrGetter<CaseKey>) {
  return useQuery({
    queryKey: [...caseKeys.requests, 'precedents', () => toValue(key).id] as const,
    queryFn: () => call(listPrecedents, { params: { ...toValue(key) } }),
  })
}

export const kindsKey = ['requestKinds'] as const
export function useRequestKinds() {
  return useQuery({ queryKey: kindsKey, queryFn: () => call(listRequestKinds, {}) })
}

/** One act under a command id of its own, which it keeps until somebody has answered. */
export function useRequestAct() {
  const client = useQueryClient()
  let commandId = newCommandId()
  return useMutation({
    mutationFn: (act: (commandId: string) => Promise<unknown>) => act(commandId),
    onSuccess: () => {
      commandId = newCommandId()
      void client.invalidateQueries({ queryKey: caseKeys.all })
      void client.invalidateQueries({ queryKey: kindsKey })
      void client.invalidateQueries({ queryKey: ['whistles'] })
    },
    onError: (error) => {
      if (!(error instanceof Problem)) return
      commandId = newCommandId()
      if (error.status === 409) void client.invalidateQueries({ queryKey: caseKeys.all })
    },
  })
}
