/** Server state of 代班. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { toValue, type MaybeRefOrGetter } from 'vue'
import { createStandIn, endStandIn, listStandInCandidates, listStandIns } from '#contexts/people/stand-in/contract.ts'
import { call } from '../call.ts'

const key = ['stand-ins'] as const

export function useStandIns() {
  return useQuery({ queryKey: key, queryFn: () => call(listStandIns, {}) })
}

export function useCandidates(postId: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: [...key, 'candidates', () => toValue(postId)] as const,
    queryFn: () => call(listStandInCandidates, { params: { postId: toValue(postId) } }),
    enabled: () => toValue(postId) !== '',
  })
}

export function useHandOver() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: { postId: string; personId: string; validFrom: string; validUntil: string }) => call(createStandIn, { body }),
    onSuccess: () => void client.invalidateQueries({ queryKey: key }),
  })
}

/** Ending takes rights away, perhaps one's own, so everything is asked again. */
export function useEndStandIn() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (standInId: string) => call(endStandIn, { params: { standInId } }),
    onSuccess: () => void client.invalidateQueries(),
  })
}
