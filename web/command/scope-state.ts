/** Days and area of the cockpit, the briefing, the analysis and the lists behind them, held in the address. */
import { computed } from 'vue'
import { useRoute, useRouter, type LocationQuery } from 'vue-router'
import { isLocalDate } from '#kernel/clock.ts'
import type { Scope } from '#contexts/assessment/ui/board.ts'

export const textOf = (query: LocationQuery, name: string): string => (typeof query[name] === 'string' ? query[name] : '')
const dayOf = (query: LocationQuery, name: string): string => (isLocalDate(textOf(query, name)) ? textOf(query, name) : '')

/** Reads the address; what it does not know it leaves out. */
export function readScope(query: LocationQuery): Scope {
  return { from: dayOf(query, 'from'), to: dayOf(query, 'to'), area: /^\d{4,12}$/.test(textOf(query, 'area')) ? textOf(query, 'area') : '' }
}

/** The scope of the address, and changing parts of the address; an empty part is left out of it. */
export function useScope() {
  const route = useRoute()
  const router = useRouter()
  const scope = computed(() => readScope(route.query))
  const change = (part: Record<string, string>) => {
    const query = Object.fromEntries(Object.entries({ ...route.query, ...part }).filter(([, value]) => value !== ''))
    return router.push({ path: route.path, query })
  }
  return { scope, change, query: computed(() => route.query) }
}
