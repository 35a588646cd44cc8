/** Server state of the map of cases, under the filters of the list. */
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/vue-query'
import { toValue, type MaybeRefOrGetter } from 'vue'
import type { Level } from '#kernel/codes.ts'
import { call } from '#web/kit/call.ts'
import { listCases, type CaseView } from '../contract.ts'
import { countAreas, countBins, listPoints } from '../mapping/contract.ts'
import { caseKeys } from './keys.ts'

export interface MapFilter {
  readonly view: CaseView
  readonly within?: string | undefined
  readonly q?: string | undefined
}
/** A filter and the piece of the map that is drawn. */
export interface BoxFilter extends MapFilter {
  readonly box: string
}

// Counts of twenty thousand areas are replaced as a whole, and not made reactive one by one.
const plain = { shallow: true, structuralSharing: false } as const

/** Counts of the areas of one level. */
export function useAreaCounts(filter: MaybeRefOrGetter<MapFilter>, level: MaybeRefOrGetter<Level>) {
  return useQuery({
    queryKey: [...caseKeys.map, 'areas', filter, level] as const,
    queryFn: () => call(countAreas, { query: { ...toValue(filter), level: toValue(level) } }),
    ...plain,
  })
}

/** Cases in squares of a zoom. The squares before stay while the next ones come. */
export function useCaseBins(filter: MaybeRefOrGetter<BoxFilter>, zoom: MaybeRefOrGetter<number>) {
  return useQuery({
    queryKey: [...caseKeys.map, 'bins', filter, zoom] as const,
    queryFn: () => call(countBins, { query: { ...toValue(filter), zoom: toValue(zoom) } }),
    ...plain,
    enabled: () => toValue(filter).box !== '',
    placeholderData: keepPreviousData,
  })
}

/** Each case of a filter, or of a piece of the map, as a point; for where they are few. */
export function useCasePoints(
  filter: MaybeRefOrGetter<MapFilter & { readonly box?: string | undefined; readonly limit?: number | undefined }>,
  wanted: MaybeRefOrGetter<boolean> = true,
) {
  return useQuery({
    queryKey: [...caseKeys.map, 'points', filter] as const,
    queryFn: () => call(listPoints, { query: { ...toValue(filter) } }),
    ...plain,
    enabled: wanted,
  })
}

/** The cases that the map draws, page after page. */
export function useDrawnCases(filter: MaybeRefOrGetter<BoxFilter>) {
  return useInfiniteQuery({
    queryKey: [...caseKeys.lists, 'drawn', filter] as const,
    queryFn: ({ pageParam }) => {
      const { view, within, q, box } = toValue(filter)
      return call(listCases, { query: { view, areaCode: within, q, box: box || undefined, cursor: pageParam } })
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ cursor }) => cursor ?? undefined,
    placeholderData: keepPreviousData,
  })
}
