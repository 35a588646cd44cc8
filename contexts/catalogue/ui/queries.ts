/** Server state of the catalogue's screens. */
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, shallowRef, toValue, type MaybeRefOrGetter } from 'vue'
import { call, newCommandId, Problem, type Answered } from '#web/kit/call.ts'
import {
  getMatter,
  importCatalogueFile,
  listMatters,
  publishMatterVersion,
  reviewMatterVersion,
  saveMatterVersion,
  type MatterText,
  type MatterVersionView,
} from '../contract.ts'
import type { MatterState } from '../lifecycle.ts'

export type Gap = Answered<typeof reviewMatterVersion>['refusals'][number]

export function useMatterList(filter: MaybeRefOrGetter<{ q: string; state: MatterState | '' }>) {
  return useInfiniteQuery({
    queryKey: ['catalogue', 'list', computed(() => toValue(filter))] as const,
    queryFn: ({ pageParam }) => {
      const { q, state } = toValue(filter)
      return call(listMatters, { query: { q: q || undefined, state: state || undefined, cursor: pageParam, limit: 100 } })
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.cursor ?? undefined,
    placeholderData: keepPreviousData,
  })
}

export function useMatter(matterId: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: ['catalogue', 'matter', () => toValue(matterId)] as const,
    queryFn: () => call(getMatter, { params: { matterId: toValue(matterId) } }),
  })
}

/** Saving, reviewing and publishing one draft, one after the other. A command keeps its id until somebody has answered. */
export function useDraftActs() {
  const client = useQueryClient()
  const isBusy = shallowRef(false)
  const error = shallowRef<unknown>(null)
  let commandId = newCommandId()

  async function act<T>(work: (commandId: string) => Promise<T>): Promise<T | undefined> {
    isBusy.value = true
    error.value = null
    try {
      const done = await work(commandId)
      commandId = newCommandId()
      return done
    } catch (thrown) {
      if (thrown instanceof Problem) commandId = newCommandId()
      error.value = thrown
      return undefined
    } finally {
      isBusy.value = false
    }
  }
  const refresh = (): void => {
    for (const key of ['catalogue', 'matters', 'matter']) void client.invalidateQueries({ queryKey: [key] })
  }
  return {
    isBusy,
    error,
    refresh,
    save: (draft: { matter: MatterText; effectiveFrom: string | null; expectedVersion: number | null }) =>
      act((id) => call(saveMatterVersion, { body: { commandId: id, ...draft } })),
    review: ({ id: matterVersionId }: MatterVersionView) => act(() => call(reviewMatterVersion, { params: { matterVersionId } })),
    publish: ({ id: matterVersionId, rowVersion: expectedVersion }: MatterVersionView) =>
      act((id) => call(publishMatterVersion, { params: { matterVersionId }, body: { commandId: id, expectedVersion } })),
  }
}

/** Loads a catalogue file. A repeat changes nothing, so every try has an id of its own. */
export function useCatalogueFile() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (file: Record<string, unknown>) => call(importCatalogueFile, { body: { commandId: newCommandId(), file } }),
    onSuccess: () => void client.invalidateQueries({ queryKey: ['catalogue'] }),
  })
}
