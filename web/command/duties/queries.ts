/** Server state of delegations, committees' lists and entry requests. */
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import { getMatter, listCommitteeDuties, listDelegations, listEntryRequests } from '#contexts/catalogue/contract.ts'
import type { DelegationState, EntryStatus } from '#contexts/catalogue/lifecycle.ts'
import { call, Problem } from '#web/kit/call.ts'

const key = ['duties'] as const

export function useDelegations(filter: MaybeRefOrGetter<{ state: DelegationState | ''; cursor: string }>) {
  return useQuery({
    queryKey: [...key, 'delegations', filter] as const,
    queryFn: () => {
      const { state, cursor } = toValue(filter)
      return call(listDelegations, { query: { state: state || undefined, cursor: cursor || undefined } })
    },
    placeholderData: keepPreviousData,
  })
}

/** The lists around and inside an area; nothing is asked before one is chosen. */
export function useCommitteeDuties(areaCode: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: [...key, 'lists', () => toValue(areaCode)] as const,
    queryFn: () => call(listCommitteeDuties, { query: { areaCode: toValue(areaCode) } }),
    enabled: computed(() => toValue(areaCode) !== ''),
    placeholderData: keepPreviousData,
  })
}

export function useEntryRequests(filter: MaybeRefOrGetter<{ status: EntryStatus | ''; cursor: string }>) {
  return useQuery({
    queryKey: [...key, 'requests', filter] as const,
    queryFn: () => {
      const { status, cursor } = toValue(filter)
      return call(listEntryRequests, { query: { status: status || undefined, cursor: cursor || undefined } })
    },
    placeholderData: keepPreviousData,
  })
}

/** Conditions of a matter, the newest version's first. */
export function useConditions(matterId: MaybeRefOrGetter<string>) {
  const query = useQuery({
    queryKey: ['matter', 'conditions', () => toValue(matterId)] as const,
    queryFn: () => call(getMatter, { params: { matterId: toValue(matterId) } }),
    enabled: computed(() => toValue(matterId) !== ''),
  })
  return computed(() => query.data.value?.versions[0]?.conditions ?? [])
}

/** A write; what this page lists is asked again after it. `errorAt` is the refusal of a field, `rest` whatever no field shows. */
export function useDutyWrite<In, Out>(write: (input: In) => Promise<Out>, fields: readonly string[] = []) {
  const client = useQueryClient()
  const mutation = useMutation({ mutationFn: write, onSuccess: () => void client.invalidateQueries({ queryKey: key }) })
  const refused = computed(() => (mutation.error.value instanceof Problem ? mutation.error.value : undefined))
  const errorAt = (field: string): string => (refused.value?.field === field ? refused.value.message : '')
  const rest = computed(() => (fields.some((field) => field === refused.value?.field) ? null : mutation.error.value))
  return { ...mutation, errorAt, rest }
}
