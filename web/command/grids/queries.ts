/** Server state of the editor of grids. */
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { toValue, type MaybeRefOrGetter } from 'vue'
import { previewGrids } from '#contexts/cases/mapping/contract.ts'
import { listBorders } from '#contexts/territory/contract.ts'
import { checkGrids, redrawGrids, type Redrawing } from '#contexts/territory/redrawing/contract.ts'
import { call, newCommandId } from '#web/kit/call.ts'
import type { Shape } from './shapes.ts'

/** Borders of the grids of a community; nothing is asked before one is chosen. */
export function useGridBorders(community: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: ['borders', 'grid', community] as const,
    queryFn: () => call(listBorders, { query: { level: 'grid', within: toValue(community) } }),
    enabled: () => toValue(community) !== '',
  })
}

const hasChange = ({ grids, ended }: Redrawing): boolean => grids.length + ended.length > 0

/** Overlaps, gaps and what lies outside, of a change as it stands. */
export function useGridCheck(change: MaybeRefOrGetter<Redrawing>) {
  return useQuery({
    queryKey: ['grids', 'check', change] as const,
    queryFn: () => call(checkGrids, { body: toValue(change) }),
    enabled: () => hasChange(toValue(change)),
    retry: false,
    staleTime: Infinity,
  })
}

/** Open cases that would lie in another grid. */
export function useGridPreview(shapes: MaybeRefOrGetter<readonly Shape[]>, wanted: MaybeRefOrGetter<boolean>) {
  return useQuery({
    queryKey: ['grids', 'preview', shapes] as const,
    queryFn: () => {
      const grids = toValue(shapes).map(({ key, ring }) => ({ key, ring: [...ring, ...ring.slice(0, 1)].map(([lng, lat]) => [lng, lat]) }))
      return call(previewGrids, { body: { grids } })
    },
    enabled: wanted,
    placeholderData: keepPreviousData,
  })
}

/** Saves a change, once however often it is pressed. */
export function useRedraw() {
  const client = useQueryClient()
  let commandId = newCommandId()
  return useMutation({
    mutationFn: (change: Redrawing) => call(redrawGrids, { body: { ...change, commandId } }),
    onSuccess: () => {
      commandId = newCommandId()
      for (const key of ['borders', 'areas', 'grids']) void client.invalidateQueries({ queryKey: [key] })
    },
  })
}
