/** How many requests wait, apart from everything else about requests: every page shows the number. */
import { useQuery } from '@tanstack/vue-query'
import { toValue, type MaybeRefOrGetter } from 'vue'
import { call } from '#web/kit/call.ts'
import { countRequests } from '../../requesting/counting/contract.ts'
import { caseKeys } from '../keys.ts'

export function useRequestCounts(wanted: MaybeRefOrGetter<boolean>) {
  return useQuery({ queryKey: [...caseKeys.requests, 'counts'] as const, queryFn: () => call(countRequests, {}), enabled: () => toValue(wanted) })
}
