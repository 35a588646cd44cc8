import { useQuery } from '@tanstack/vue-query'
import { listFrequentMatters } from '#contexts/cases/frequent/contract.ts'
import { call } from '#web/kit/call.ts'

/** The tiles of this person. They change from week to week, not from report to report. */
export function useTiles() {
  return useQuery({ queryKey: ['tiles'] as const, queryFn: () => call(listFrequentMatters, {}), staleTime: 600_000 })
}
