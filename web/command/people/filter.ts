/** What the page of organisations and posts shows, held in the address. */
import { computed } from 'vue'
import { useRoute, useRouter, type LocationQuery } from 'vue-router'
import { organisationKinds } from '#contexts/people/lifecycle.ts'
import type { StaffFilter } from './queries.ts'

export const staffTabs = ['posts', 'organisations', 'tree', 'persons', 'keys', 'factors'] as const
export type StaffTab = (typeof staffTabs)[number]
export interface StaffState extends StaffFilter {
  readonly tab: StaffTab
}

/** Reads the address; what it does not know it leaves out. */
export function readStaffState(query: LocationQuery): StaffState {
  const text = (name: string): string => (typeof query[name] === 'string' ? query[name] : '')
  return {
    tab: staffTabs.find((tab) => tab === text('list')) ?? 'posts',
    q: text('q').slice(0, 50),
    within: /^\d{4,15}$/.test(text('area')) ? text('area') : '',
    role: /^\w{1,64}$/.test(text('role')) ? text('role') : '',
    kind: organisationKinds.find((kind) => kind === text('kind')) ?? '',
    cursor: text('page'),
  }
}

/** The address of a state; values that are the default are left out. */
export function writeStaffState({ tab, q, within, role, kind, cursor }: StaffState): Record<string, string> {
  const pairs = Object.entries({ list: tab === 'posts' ? '' : tab, q, area: within, role, kind, page: cursor })
  return Object.fromEntries(pairs.filter(([, value]) => value !== ''))
}

/** The state of the address, and changing it. Another filter begins at the first page. */
export function useStaffState() {
  const route = useRoute()
  const router = useRouter()
  const state = computed(() => readStaffState(route.query))
  const change = (part: Partial<StaffState>, replace = false): void => {
    const query = writeStaffState({ ...state.value, cursor: '', ...part })
    void (replace ? router.replace({ query }) : router.push({ query }))
  }
  return { state, change }
}
