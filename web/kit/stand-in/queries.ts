/** Server state of 代班. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { toValue, type MaybeRefOrGetter } from 'vue'
import { createStandIn, endStandIn, listStandInCandidates, listStandIns, type StandInView } from '#contexts/people/stand-in/contract.ts'
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
    // One after the other: where one is refused, those before it stand in the list.
    mutationFn: async ({ postIds, ...asked }: { postIds: readonly string[]; personId: string; validFrom: string; validUntil: string }) => {
      const made: StandInView[] = []
      for (const postId of postIds) made.push(await call(createStandIn, { body: { postId, ...asked } }))
      return made
    },
    onSettled: () => void client.invalidateQueries({ queryKey: key }),
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
