/** Areas for choosing and for the map, from the territory's contract. */
import { useQueries, useQuery } from '@tanstack/vue-query'
import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import { codeDigits, levelOfCode, type Level } from '#kernel/codes.ts'
import { listAreas, listBorders, type AreaNameView } from '#contexts/territory/contract.ts'
import { call } from '#web/kit/call.ts'
import { say } from '#web/kit/text.ts'
import { childrenOf, KEPT_MS, plain } from './area.ts'

/** Areas of one level anywhere below an area. */
export function useAreasOf(level: MaybeRefOrGetter<Level>, parent: MaybeRefOrGetter<string>) {
  return useQuery(
    computed(() => ({
      queryKey: ['areas', toValue(parent), toValue(level)] as const,
      queryFn: () => call(listAreas, { query: { parent: toValue(parent) || undefined, level: toValue(level) } }),
      staleTime: KEPT_MS,
      ...plain,
    })),
  )
}

/** Areas of the two levels below `root`, for finding one by name. */
export function useAreasBelow(root: MaybeRefOrGetter<string>, wanted = true) {
  const first = useQuery(computed(() => ({ ...childrenOf(toValue(root) || undefined), enabled: wanted })))
  const second = useQueries({ queries: computed(() => (first.data.value?.items ?? []).map(({ code }) => childrenOf(code))) })
  return computed(() => [...(first.data.value?.items ?? []), ...second.value.flatMap((one) => one.data?.items ?? [])])
}

/** Codes above and including `code`, from the one below `root` down: `['990101', '990101001']`. */
export function codesDownTo(code: string, root: string): string[] {
  const lengths = Object.values(codeDigits).filter((digits) => digits > root.length && digits <= code.length)
  return lengths.map((digits) => code.slice(0, digits))
}

export interface AreaStep {
  readonly parent: string
  readonly chosen: string
  readonly options: readonly AreaNameView[]
}

/** One step of choosing per level: the children of `root`, then of each chosen area. A level without children ends the list. */
export function useAreaSteps(code: MaybeRefOrGetter<string>, root: MaybeRefOrGetter<string>) {
  const chosen = computed(() => codesDownTo(toValue(code), toValue(root)))
  const parents = computed(() => [toValue(root), ...chosen.value])
  const answers = useQueries({ queries: computed(() => parents.value.map((parent) => childrenOf(parent || undefined))) })
  return computed<AreaStep[]>(() =>
    parents.value.flatMap((parent, index) => {
      const options = (answers.value[index]?.data?.items ?? []).filter((area) => area.gridKind !== 'unit')
      return options.length > 0 ? [{ parent, chosen: chosen.value[index] ?? '', options }] : []
    }),
  )
}

const bordersOf = (level: Level, within: string) => ({
  queryKey: ['borders', level, within] as const,
  queryFn: () => call(listBorders, { query: { level, within: within || undefined } }),
  staleTime: KEPT_MS,
  ...plain,
})

/** Borders of the areas of one level inside an area; `''` is everywhere. */
export function useBorders(level: MaybeRefOrGetter<Level>, within: MaybeRefOrGetter<string>) {
  return useQuery(computed(() => bordersOf(toValue(level), toValue(within))))
}

/** Border of the area that a case lies in, down from the street, as GeoJSON with its name in the language shown. Null while unknown. */
export function useAreaBorder(areaCode: MaybeRefOrGetter<string>) {
  const asked = computed(() => {
    const code = toValue(areaCode)
    const level = levelOfCode(code)
    const within = level === 'grid' ? code.slice(0, codeDigits.community) : code.slice(0, codeDigits.district)
    return { code, level, within, known: level === 'grid' || level === 'community' || level === 'street' }
  })
  const borders = useQuery(computed(() => ({ ...bordersOf(asked.value.level ?? 'grid', asked.value.within), enabled: asked.value.known })))
  return computed(() => {
    const feature = borders.data.value?.features.find((one) => one.properties.code === asked.value.code)
    return feature ? { type: 'FeatureCollection', features: [{ ...feature, properties: { name: say(feature.properties.name) } }] } : null
  })
}
