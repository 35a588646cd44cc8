import { keepPreviousData, useQuery } from '@tanstack/vue-query'
import { toValue, type MaybeRefOrGetter } from 'vue'
import { call, type Asked } from '#web/kit/call.ts'
import { listNearby } from '../mapping/contract.ts'
import { findDuplicates, listDuplicates } from '../merging/contract.ts'
import type { CaseKey } from './queries.ts'

/** Cases that may be about the same as a case. */
export function useDuplicates(key: MaybeRefOrGetter<CaseKey>) {
  return useQuery({
    queryKey: ['cases', 'duplicates', () => toValue(key).id] as const,
    queryFn: () => {
      const { districtCode, id } = toValue(key)
      return call(listDuplicates, { params: { districtCode, id } })
    },
  })
}

/** Open cases around a case. */
export function useNearby(key: MaybeRefOrGetter<CaseKey>) {
  return useQuery({
    queryKey: ['cases', 'nearby', () => toValue(key).id] as const,
    queryFn: () => {
      const { districtCode, id } = toValue(key)
      return call(listNearby, { params: { districtCode, id } })
    },
  })
}

/** The same for a report that is being written; asked again when its words or place have stood still for a moment. */
export function useDuplicatesOf(report: MaybeRefOrGetter<Asked<typeof findDuplicates> | undefined>) {
  return useQuery({
    queryKey: ['cases', 'duplicates-of', report] as const,
    queryFn: () => call(findDuplicates, { body: toValue(report) as Asked<typeof findDuplicates> }),
    enabled: () => toValue(report) !== undefined,
    placeholderData: keepPreviousData,
    retry: false,
  })
}
