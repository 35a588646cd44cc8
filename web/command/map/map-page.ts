/** What the map page asks and shows, from the address and the piece of the map that is drawn. */
import { computed, shallowRef } from 'vue'
import type { CaseView } from '#contexts/cases/contract.ts'
import { useArea } from '#contexts/cases/ui/area.ts'
import { useAreasOf, useBorders } from '#contexts/cases/ui/areas.ts'
import { useAreaCounts, useCaseBins, useCasePoints } from '#contexts/cases/ui/map-queries.ts'
import { levelOfCode, levels } from '#kernel/codes.ts'
import { usePerson } from '#web/kit/screen/session.ts'
import { say } from '#web/kit/text.ts'
import { readPlace, writeBox, type MapView } from '#web/kit/map/view.ts'
import { useDeskState } from '../url-state.ts'
import { areaRows, heatOf, pointsAt, stepsOf, valueOf } from './heat.ts'

/** Up to so many cases are drawn one by one. */
const FEW = 200

/** What the address says: where, which view, down to which level. */
function useMapScope() {
  const { areaCode: root } = usePerson()
  const { state, change } = useDeskState()
  const view = computed<CaseView>(() => state.value.view ?? 'open')
  const here = computed(() => state.value.area || root.value)
  const depth = computed(() => {
    const at = levelOfCode(here.value)
    return at ? levels.indexOf(at) : -1
  })
  // A grid has nothing below it and shows itself.
  const levelsBelow = computed(() => levels.slice(Math.min(depth.value + 1, levels.length - 1)))
  const level = computed(() => levelsBelow.value.find((one) => one === state.value.level) ?? levelsBelow.value[0] ?? 'grid')
  // Where no area is chosen, the list shows what lies outside the posts' own area as well, and so does the map.
  const filter = computed(() => ({ view: view.value, within: state.value.area || undefined, q: state.value.q || undefined }))
  const drawn = shallowRef<MapView>()
  const boxed = computed(() => ({ ...filter.value, box: drawn.value ? writeBox(drawn.value.box) : '' }))
  const zoom = computed(() => Math.max(0, Math.min(19, Math.round(drawn.value?.zoom ?? 0))))
  const place = computed(() => (state.value.at ? (readPlace(state.value.at) ?? null) : null))
  return { state, change, root, view, here, level, levelsBelow, filter, boxed, drawn, zoom, place }
}

export function useMapPage() {
  const scope = useMapScope()
  const { state, here, level, filter, boxed, zoom } = scope
  const area = useArea(() => here.value || undefined)
  const own = computed(() => levelOfCode(here.value) ?? 'city')
  const outline = useBorders(own, here)
  const counts = useAreaCounts(filter, level)
  const bins = useCaseBins(boxed, zoom)
  const few = computed(() => !bins.isPlaceholderData.value && (bins.data.value?.total ?? Infinity) <= FEW)
  const points = useCasePoints(boxed, few)
  const cases = computed(() => {
    if (few.value && points.data.value && (state.value.shown ?? 'groups') === 'groups') return pointsAt(points.data.value.items)
    return (bins.data.value?.items ?? []).map(({ lng, lat, count, overdue }) => ({ lng, lat, count, late: overdue }))
  })

  const below = useAreasOf(level, here)
  // A grid shows itself.
  const named = computed(() => [...(below.data.value?.items ?? []), ...(area.data.value?.path ?? [])].filter((one) => one.level === level.value))
  const rows = computed(() => areaRows(named.value, counts.data.value?.items ?? [], state.value.measure))
  const steps = computed(() => stepsOf(rows.value, state.value.measure))
  const look = computed(() => {
    const byCode = new Map(rows.value.map((row) => [row.code, row]))
    const { measure } = state.value
    return (code: string) => {
      const row = byCode.get(code)
      if (!row || !counts.data.value) return undefined
      const value = valueOf(row, measure)
      return { heat: heatOf(value, steps.value), label: value === null ? '–' : measure === 'inTime' ? `${value}%` : String(value) }
    }
  })
  const unplaced = computed(() => counts.data.value?.unplaced ?? { count: 0, overdue: 0 })
  const total = computed(() => rows.value.reduce((sum, row) => sum + row.count, unplaced.value.count))
  const totalOverdue = computed(() => rows.value.reduce((sum, row) => sum + row.overdue, unplaced.value.overdue))
  const outlineDrawn = computed(() => {
    const features = outline.data.value?.features.filter((one) => one.properties.code === here.value || here.value === '')
    if (!features || features.length === 0) return null
    return { type: 'FeatureCollection', features: features.map((feature) => ({ ...feature, properties: { name: '' } })) }
  })
  return {
    ...scope,
    area,
    counts,
    bins,
    points: computed(() => points.data.value?.items),
    cases,
    rows,
    steps,
    look,
    unplaced,
    total,
    totalOverdue,
    outline: outlineDrawn,
    hereName: computed(() => say(area.data.value?.path.at(-1)?.name)),
  }
}
