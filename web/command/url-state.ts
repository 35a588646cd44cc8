/** What the desk shows, held in the address, so that a copied link, Back and Forward show the same. */
import { computed } from 'vue'
import { useRoute, useRouter, type LocationQuery } from 'vue-router'
import { caseViews, type CaseView } from '#contexts/cases/contract.ts'
import type { CaseKey } from '#contexts/cases/ui/queries.ts'

export interface DeskState {
  /** Null where the address names none: the first view of the person's role. */
  readonly view: CaseView | null
  /** `''` for everything the person may see. */
  readonly area: string
  readonly q: string
  readonly cursor: string
  readonly case: CaseKey | null
  /** What colours the map: the cases of the view, or those of them whose clock has run out. */
  readonly measure: Measure
}
export type Measure = 'count' | 'overdue'

/** Reads the address; what it does not know it leaves out. */
export function readState(query: LocationQuery): DeskState {
  const text = (name: string): string => (typeof query[name] === 'string' ? query[name] : '')
  const [, districtCode, id] = /^(\d{6})\.([0-9a-f-]{36})$/.exec(text('case')) ?? []
  return {
    view: caseViews.find((view) => view === text('view')) ?? null,
    area: /^\d{4,15}$/.test(text('area')) ? text('area') : '',
    q: text('q').slice(0, 50),
    cursor: text('page'),
    case: districtCode && id ? { districtCode, id } : null,
    measure: text('measure') === 'overdue' ? 'overdue' : 'count',
  }
}

/** The address of a state; values that are the default are left out. */
export function writeState(state: DeskState): Record<string, string> {
  const pairs = Object.entries({
    view: state.view ?? '',
    area: state.area,
    q: state.q,
    page: state.cursor,
    case: state.case ? `${state.case.districtCode}.${state.case.id}` : '',
    measure: state.measure === 'count' ? '' : state.measure,
  })
  return Object.fromEntries(pairs.filter(([, value]) => value !== ''))
}

/** The state of the address, shared by the queue and the map, and changing it. Opening a case can be undone with Back; typing in the search box replaces. */
export function useDeskState() {
  const route = useRoute()
  const router = useRouter()
  const state = computed(() => readState(route.query))
  const change = (part: Partial<DeskState>, replace = false): void => {
    const query = writeState({ ...state.value, ...part })
    const to = { path: route.name === 'map' ? '/map' : '/', query }
    void (replace ? router.replace(to) : router.push(to))
  }
  return { state, change }
}
