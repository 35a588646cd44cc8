/** The base map that the city configured, and what must stand under it. */
import { useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { showBaseMap } from '#contexts/territory/base-map/contract.ts'
import { call } from '#web/kit/call.ts'
import { useText } from '#web/kit/text.ts'
import { mapWords } from './map-words.ts'

export const baseMapKey = ['base-map'] as const

export function useBaseMap() {
  const t = useText(mapWords)
  const asked = useQuery({ queryKey: baseMapKey, queryFn: () => call(showBaseMap, {}), staleTime: 600_000 })
  const base = computed(() => asked.data.value?.baseMap ?? null)
  const credit = computed(() => {
    if (!base.value) return ''
    const { approval, attribution } = base.value
    return approval === null ? attribution : `${attribution} ${t('approval', { number: approval })}`
  })
  return { base, credit }
}
