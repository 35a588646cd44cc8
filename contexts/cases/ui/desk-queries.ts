/** Server state of the desk: the order of a view, its rows, kept views, who looks on, and decisions on many cases. */
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { toValue, type MaybeRefOrGetter } from 'vue'
import { call, newCommandId, type Answered, type Asked } from '#web/kit/call.ts'
import type { CaseSummary } from '../contract.ts'
import { moveCasesTogether } from '../together/contract.ts'
import { listOnlookers } from '../onlooking/contract.ts'
import { listOverdue, readQueue, readRows } from '../queueing/contract.ts'
import { changeView, createView, listViews, removeView } from '../saved-views/contract.ts'
import { listUrgePhrases, urgeCases } from '../urging/contract.ts'
import { deskKeys } from './desk-keys.ts'
import { caseKeys } from './keys.ts'
import { ownActs, type CaseFilter } from './queries.ts'

export type QueueAnswer = Answered<typeof readQueue>
export type SavedView = Answered<typeof listViews>['items'][number]
export type Result = Answered<typeof moveCasesTogether>['results'][number]
export type BulkMove = Asked<typeof moveCasesTogether>['move']
export type Urge = Asked<typeof urgeCases>['kind']

export const askQueue = (filter: Omit<CaseFilter, 'cursor'>): Promise<QueueAnswer> =>
  call(readQueue, { query: { ...filter, q: filter.q || undefined } })
export const askRows = (numbers: readonly string[]): Promise<{ items: CaseSummary[]; now: string }> =>
  call(readRows, { query: { numbers: numbers.join() } })

/** Views that this person keeps or is shown, with their counts. */
export function useSavedViews(wanted: MaybeRefOrGetter<boolean>) {
  return useQuery({ queryKey: deskKeys.views, queryFn: () => call(listViews, {}), enabled: wanted, placeholderData: keepPreviousData })
}

/** Keeping, changing and removing a view; the list of views follows. */
export function useViewActs() {
  const client = useQueryClient()
  const settled = { onSettled: () => client.invalidateQueries({ queryKey: deskKeys.views }) }
  return {
    create: useMutation({ mutationFn: (body: Asked<typeof createView>) => call(createView, { body }), ...settled }),
    change: useMutation({
      mutationFn: ({ id, ...body }: Asked<typeof changeView> & { id: string }) => call(changeView, { params: { id }, body }),
      ...settled,
    }),
    remove: useMutation({ mutationFn: (id: string) => call(removeView, { params: { id } }), ...settled }),
  }
}

/** Who else has which case open. */
export function useOnlookers() {
  return useQuery({ queryKey: deskKeys.onlookers, queryFn: () => call(listOnlookers, {}), staleTime: 0 })
}

/** What ran out of time, by street and unit. */
export function useOverdue(areaCode: MaybeRefOrGetter<string | undefined>) {
  return useQuery({
    queryKey: [...deskKeys.overdue, areaCode] as const,
    queryFn: () => call(listOverdue, { query: { areaCode: toValue(areaCode) } }),
    placeholderData: keepPreviousData,
  })
}

export function useUrgePhrases() {
  return useQuery({ queryKey: ['urge-phrases'], queryFn: () => call(listUrgePhrases, {}), staleTime: 600_000 })
}

type Key = Pick<CaseSummary, 'districtCode' | 'id' | 'version'>
const keyOf = ({ districtCode, id }: Key) => ({ districtCode, id, commandId: newCommandId() })

/** One move on many cases. Command ids are made once per press, so that a repeat after a lost answer does nothing twice. */
export function useMoveTogether() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ move, rows, note }: { move: BulkMove; rows: readonly Key[]; note?: string }) =>
      call(moveCasesTogether, { body: { move, note, cases: rows.map((row) => ({ ...keyOf(row), expectedVersion: row.version })) } }),
    onSettled: () => {
      ownActs.value += 1
      return client.invalidateQueries({ queryKey: caseKeys.all })
    },
  })
}

export function useUrge() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ kind, rows, words }: { kind: Urge; rows: readonly Key[]; words: string }) =>
      call(urgeCases, { body: { kind, words, cases: rows.map(keyOf) } }),
    onSettled: () => client.invalidateQueries({ queryKey: caseKeys.all }),
  })
}
