/** Server state of organisations, persons and posts. */
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import { listOrganisations, listPersons, listPosts, listRoles, type OrganisationView } from '#contexts/people/contract.ts'
import { listOrganisationTies } from '#contexts/people/organising/contract.ts'
import { listPostLinks } from '#contexts/people/participants/contract.ts'
import type { OrganisationKind } from '#contexts/people/lifecycle.ts'
import { call, Problem } from '#web/kit/call.ts'

const key = ['staff'] as const

/** What the page shows. Empty text is no filter. */
export interface StaffFilter {
  readonly q: string
  readonly within: string
  readonly role: string
  readonly kind: OrganisationKind | ''
  readonly cursor: string
}

export function useRoles() {
  return useQuery({ queryKey: ['roles'], queryFn: () => call(listRoles, {}), staleTime: 600_000 })
}

export function usePosts(filter: MaybeRefOrGetter<StaffFilter>) {
  return useQuery({
    queryKey: [...key, 'posts', filter] as const,
    queryFn: () => {
      const { q, within, role, cursor } = toValue(filter)
      return call(listPosts, { query: { q: q || undefined, within: within || undefined, role: role || undefined, cursor: cursor || undefined } })
    },
    placeholderData: keepPreviousData,
  })
}

export function usePostLinks(postId: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: [...key, 'links', () => toValue(postId)] as const,
    queryFn: () => call(listPostLinks, { params: { postId: toValue(postId) } }),
  })
}

export function useOrganisations(filter: MaybeRefOrGetter<StaffFilter>) {
  return useQuery({
    queryKey: [...key, 'organisations', filter] as const,
    queryFn: () => {
      const { q, within, kind, cursor } = toValue(filter)
      return call(listOrganisations, {
        query: { q: q || undefined, within: within || undefined, kind: kind || undefined, cursor: cursor || undefined },
      })
    },
    placeholderData: keepPreviousData,
  })
}

/** More than a screen can use; a district of a large city has some hundred. */
const TREE_PAGES = 5

/** All organisations and ties inside an area, page by page; `complete` is false when there are more than the tree shows. */
export function useOrganisationTree(within: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: [...key, 'tree', () => toValue(within)] as const,
    queryFn: async () => {
      const query = { within: toValue(within) || undefined }
      const { items: ties } = await call(listOrganisationTies, { query })
      const units: OrganisationView[] = []
      let cursor: string | null | undefined
      for (let page = 0; page < TREE_PAGES && cursor !== null; page += 1) {
        const found = await call(listOrganisations, { query: { ...query, cursor, limit: 200 } })
        units.push(...found.items)
        cursor = found.cursor
      }
      return { units, ties, complete: cursor === null }
    },
    placeholderData: keepPreviousData,
  })
}

export function usePersons(filter: MaybeRefOrGetter<Pick<StaffFilter, 'q' | 'cursor'>>) {
  return useQuery({
    queryKey: [...key, 'persons', filter] as const,
    queryFn: () => {
      const { q, cursor } = toValue(filter)
      return call(listPersons, { query: { q: q || undefined, cursor: cursor || undefined } })
    },
    placeholderData: keepPreviousData,
  })
}

/** A write; every list of staff is asked again after it. `errorAt` is the refusal of a field, `rest` whatever no field shows. */
export function useStaffWrite<In, Out>(write: (input: In) => Promise<Out>, fields: readonly string[] = []) {
  const client = useQueryClient()
  const mutation = useMutation({ mutationFn: write, onSuccess: () => void client.invalidateQueries({ queryKey: key }) })
  const refused = computed(() => (mutation.error.value instanceof Problem ? mutation.error.value : undefined))
  const errorAt = (field: string): string => (refused.value?.field === field ? refused.value.message : '')
  const rest = computed(() => (fields.some((field) => field === refused.value?.field) ? null : mutation.error.value))
  return { ...mutation, errorAt, rest }
}
