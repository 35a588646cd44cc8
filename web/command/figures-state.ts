/** What the figures page shows, held in the address. */
import { computed } from 'vue'
import { useRoute, useRouter, type LocationQuery } from 'vue-router'
import { isLocalDate } from '#kernel/clock.ts'
import { figureParts, indicatorKeys } from '#contexts/assessment/contract.ts'
import type { FigureScope, OpenFigure } from '#contexts/assessment/ui/queries.ts'

export interface FiguresState extends FigureScope {
  /** The figure whose cases are open. */
  readonly open: OpenFigure | null
  /** What the open list is narrowed by: a matter, or what one unit did; `-` for those without. */
  readonly matter: string
  readonly unit: string
}

/** Reads the address; what it does not know it leaves out. */
export function readFigures(query: LocationQuery): FiguresState {
  const text = (name: string): string => (typeof query[name] === 'string' ? query[name] : '')
  const day = (name: string): string => (isLocalDate(text(name)) ? text(name) : '')
  const key = indicatorKeys.find((one) => one === text('figure'))
  const part = figureParts.find((one) => one === text('part')) ?? 'numerator'
  return {
    from: day('from'),
    to: day('to'),
    area: /^\d{4,12}$/.test(text('area')) ? text('area') : '',
    open: key ? { key, part } : null,
    matter: text('matter'),
    unit: text('unit'),
  }
}

/** The address of a state; values that are the default are left out. */
export function writeFigures({ from, to, area, open, matter, unit }: FiguresState): Record<string, string> {
  const pairs = Object.entries({ from, to, area, figure: open?.key ?? '', part: open?.part ?? '', ...(open ? { matter, unit } : {}) })
  return Object.fromEntries(pairs.filter(([, value]) => value !== ''))
}

export function useFiguresState() {
  const route = useRoute()
  const router = useRouter()
  const state = computed(() => readFigures(route.query))
  const change = (part: Partial<FiguresState>) => router.push({ path: '/figures', query: writeFigures({ ...state.value, ...part }) })
  return { state, change }
}
