/** One area with what lies below it: the first screen of everybody needs no more of the territory. */
import { useQuery } from '@tanstack/vue-query'
import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import { listAreas } from '#contexts/territory/contract.ts'
import { call } from '#web/kit/call.ts'

// Areas change a few times a year.
export const KEPT_MS = 600_000
// Twenty thousand areas stay plain objects: made reactive one by one, and compared with the same ones of before, they would hold the screen up. Replaced as a whole.
export const plain = { shallow: true, structuralSharing: false } as const

/** Names below an area, kept for as long as names are. */
export const childrenOf = (parent: string | undefined) => ({
  queryKey: ['areas', parent ?? ''] as const,
  queryFn: () => call(listAreas, { query: { parent } }),
  staleTime: KEPT_MS,
  ...plain,
})

/** Code of the one area at the top of the territory: there is nothing to choose above it, so choosing begins below. `''` where there are several, or while unknown. */
export function useTopArea() {
  const top = useArea('')
  return computed(() => {
    const items = top.data.value?.items ?? []
    return items.length === 1 ? (items[0]?.code ?? '') : ''
  })
}

/** Path down to an area and the areas directly below it. */
export function useArea(parent: MaybeRefOrGetter<string | undefined>) {
  return useQuery(computed(() => childrenOf(toValue(parent))))
}
