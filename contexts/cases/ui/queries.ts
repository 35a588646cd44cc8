/** Server state of cases: one key per question, so that a stream event refreshes exactly what it touched. */
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { shallowRef, toValue, type MaybeRefOrGetter } from 'vue'
import { addressOf, call, newCommandId, Problem, type Answered, type Asked } from '#web/kit/call.ts'
import { language } from '#web/kit/text.ts'
import { exportCases } from '../exporting/contract.ts'
import { listReminders } from '../reminding/contract.ts'
import type { CaseStatus, Channel } from '../lifecycle.ts'
import { caseKeys } from './keys.ts'
import { countCases, getCase, listCases, moveCase, openCase, suggestDispatch, type CaseDetail, type CaseView, type Lacking } from '../contract.ts'

export interface CaseKey {
  readonly districtCode: string
  readonly id: string
}
export interface CaseFilter {
  readonly view: CaseView
  readonly areaCode?: string | undefined
  readonly q?: string | undefined
  readonly box?: string | undefined
  readonly lacking?: Lacking | undefined
  readonly status?: CaseStatus | undefined
  readonly channel?: Channel | undefined
  readonly tier?: 'A' | 'B' | 'C' | 'D' | undefined
  readonly unitId?: string | undefined
  readonly cursor?: string | undefined
}
export type Reminder = Answered<typeof listReminders>['items'][number]

/** One page of a view. The page before stays on the screen while the next one comes. */
export function useCaseList(filter: MaybeRefOrGetter<CaseFilter>, wanted: MaybeRefOrGetter<boolean> = true) {
  return useQuery({
    enabled: wanted,
    queryKey: [...caseKeys.lists, filter] as const,
    queryFn: () => {
      const { q, ...rest } = toValue(filter)
      return call(listCases, { query: { ...rest, q: q || undefined } })
    },
    placeholderData: keepPreviousData,
  })
}

/** How many cases each view holds in an area. */
export function useCaseCounts(areaCode: MaybeRefOrGetter<string | undefined>, wanted: MaybeRefOrGetter<boolean>) {
  return useQuery({
    queryKey: [...caseKeys.counts, areaCode] as const,
    queryFn: () => call(countCases, { query: { areaCode: toValue(areaCode) } }),
    enabled: wanted,
    placeholderData: keepPreviousData,
  })
}

/** Where the list of a filter is to be had as a file, in the reader's language. */
export function exportAddress(filter: Omit<CaseFilter, 'cursor'>): string {
  return addressOf(exportCases.path, {}, { ...filter, lang: language.value })
}

/** One case with its clocks, timeline and moves. */
export function useCase(key: MaybeRefOrGetter<CaseKey>) {
  return useQuery({
    queryKey: ['cases', 'one', () => toValue(key).id] as const,
    queryFn: () => call(getCase, { params: { ...toValue(key) } }),
  })
}

/** Who the rules name for a case; asked only while a form that needs it is open. */
export function useSuggestion(key: MaybeRefOrGetter<CaseKey>, conditionId: MaybeRefOrGetter<string | undefined>, wanted: MaybeRefOrGetter<boolean>) {
  return useQuery({
    queryKey: ['cases', 'suggestion', () => toValue(key).id, conditionId] as const,
    queryFn: () => call(suggestDispatch, { params: { ...toValue(key) }, query: { conditionId: toValue(conditionId) } }),
    enabled: wanted,
    placeholderData: keepPreviousData,
  })
}

export function useReminders() {
  return useQuery({ queryKey: caseKeys.reminders, queryFn: () => call(listReminders, { query: {} }) })
}

/** Counts what this person did here: a list may follow one's own act at once, while it waits for a press after anybody else's. */
export const ownActs = shallowRef(0)

/** Makes a move. The command id lives as long as the form, so pressing twice or trying again after a lost answer moves once. */
export function useMove(key: MaybeRefOrGetter<CaseKey>) {
  const client = useQueryClient()
  let commandId = newCommandId()
  return useMutation({
    mutationFn: (body: Asked<typeof moveCase>) => call(moveCase, { params: { ...toValue(key) }, body: { ...body, commandId } }),
    onSuccess: (detail: CaseDetail) => {
      commandId = newCommandId()
      ownActs.value += 1
      client.setQueryData(caseKeys.one(detail.id), detail)
      void client.invalidateQueries({ queryKey: caseKeys.lists })
      void client.invalidateQueries({ queryKey: caseKeys.counts })
    },
    onError: (error) => {
      // Somebody else was first: the page behind the form shows it too.
      if (error instanceof Problem && error.status === 409) void client.invalidateQueries({ queryKey: caseKeys.all })
    },
  })
}

/** Opens a case from the staff's form; repeats until answered under one command id. */
export function useReport() {
  const client = useQueryClient()
  let commandId = newCommandId()
  return useMutation({
    mutationFn: (body: Asked<typeof openCase>) => call(openCase, { body: { ...body, commandId } }),
    onSuccess: () => {
      commandId = newCommandId()
      ownActs.value += 1
      void client.invalidateQueries({ queryKey: caseKeys.all })
    },
  })
}
