/** Server state of the cockpit, the wall, the briefing and the analysis. */
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { toValue, type MaybeRefOrGetter } from 'vue'
import { addressOf, call, newCommandId, type Answered, type Asked } from '#web/kit/call.ts'
import { language } from '#web/kit/text.ts'
import { listTargets, saveTarget } from '../aiming/contract.ts'
import { readBriefing } from '../briefing/contract.ts'
import { readCockpit, readTrends } from '../cockpit/contract.ts'
import { exportFigureCases, exportPivot, exportTallyCases } from '../exporting/contract.ts'
import { readPivot, type Dimension, type PivotMeasureKey } from '../pivoting/contract.ts'
import { listTallyCases, type TallyKey } from '../tallying/contract.ts'
import type { FigurePart } from '../contract.ts'

export type Cockpit = Answered<typeof readCockpit>
export type Trends = Answered<typeof readTrends>
export type Briefing = Answered<typeof readBriefing>
export type PivotAnswer = Answered<typeof readPivot>

/** Days as `2026-03-02` and an area; empty for the server's own. */
export interface Scope {
  readonly from: string
  readonly to: string
  readonly area: string
}
const asked = ({ from, to, area }: Scope) => ({ from: from || undefined, to: to || undefined, areaCode: area || undefined })

/** Figures follow the cases within half a minute; a wall that lost its line asks on until it is answered. */
const EVERY_MS = 30_000
const standing = { refetchInterval: EVERY_MS, refetchIntervalInBackground: true, placeholderData: keepPreviousData }

export function useCockpit(scope: MaybeRefOrGetter<Scope>) {
  return useQuery({
    queryKey: ['figures', 'cockpit', scope] as const,
    queryFn: () => call(readCockpit, { query: asked(toValue(scope)) }),
    ...standing,
  })
}

/** The last days of the measures. They change slowly and cost more than the numbers of now. */
export function useTrends(scope: MaybeRefOrGetter<Scope>) {
  return useQuery({
    queryKey: ['figures', 'trends', () => toValue(scope).area, () => toValue(scope).to] as const,
    queryFn: () => call(readTrends, { query: { areaCode: toValue(scope).area || undefined, to: toValue(scope).to || undefined } }),
    ...standing,
    refetchInterval: 4 * EVERY_MS,
  })
}

export function useBriefing(asked: MaybeRefOrGetter<{ date: string; area: string }>) {
  return useQuery({
    queryKey: ['figures', 'briefing', asked] as const,
    queryFn: () => {
      const { date, area } = toValue(asked)
      return call(readBriefing, { query: { date: date || undefined, areaCode: area || undefined } })
    },
    ...standing,
  })
}

export interface PivotAsked extends Scope {
  readonly measure: PivotMeasureKey
  readonly rows: Dimension
  readonly columns: Dimension | 'none'
}
const pivotQuery = ({ measure, rows, columns, ...scope }: PivotAsked) => ({ measure, rows, columns, ...asked(scope) })

export function usePivot(pivot: MaybeRefOrGetter<PivotAsked>) {
  return useQuery({
    queryKey: ['figures', 'pivot', pivot] as const,
    queryFn: () => call(readPivot, { query: pivotQuery(toValue(pivot)) }),
    placeholderData: keepPreviousData,
  })
}

/** What a list of cases behind a number is narrowed by; `-` for those without a matter or unit. */
export interface TallyAsked extends Scope {
  readonly matter: string
  readonly unit: string
}
const narrowed = ({ matter, unit, ...scope }: TallyAsked) => ({ ...asked(scope), matter: matter || undefined, organisationId: unit || undefined })

export function useTallyCases(key: MaybeRefOrGetter<TallyKey>, scope: MaybeRefOrGetter<TallyAsked>) {
  return useInfiniteQuery({
    queryKey: ['figures', 'tally', key, scope] as const,
    queryFn: ({ pageParam }) =>
      call(listTallyCases, { params: { key: toValue(key) }, query: { ...narrowed(toValue(scope)), cursor: pageParam || undefined } }),
    initialPageParam: '',
    getNextPageParam: (last) => last.cursor,
  })
}

export function useTargets() {
  return useQuery({ queryKey: ['figures', 'targets'] as const, queryFn: () => call(listTargets, {}) })
}

/** Sets a target; one command id until it is answered. */
export function useSaveTarget() {
  const client = useQueryClient()
  let commandId = newCommandId()
  return useMutation({
    mutationFn: (body: Asked<typeof saveTarget>) => call(saveTarget, { body: { ...body, commandId } }),
    onSuccess: () => {
      commandId = newCommandId()
      void client.invalidateQueries({ queryKey: ['figures'] })
    },
  })
}

/** Addresses of the files behind the screens, in the reader's language. */
export const files = {
  pivot: (pivot: PivotAsked): string => addressOf(exportPivot.path, {}, { ...pivotQuery(pivot), lang: language.value }),
  tally: (key: TallyKey, scope: TallyAsked): string => addressOf(exportTallyCases.path, { key }, { ...narrowed(scope), lang: language.value }),
  figure: (key: string, part: FigurePart, scope: TallyAsked): string =>
    addressOf(exportFigureCases.path, { key }, { ...narrowed(scope), part, lang: language.value }),
}
