/** The five steps of colour of the map, the rows of its table and its points. Pure. */
import type { AreaNameView } from '#contexts/territory/contract.ts'
import type { Wording } from '#kernel/refusal.ts'
import type { MapPoint } from '#web/kit/map/canvas.ts'
import type { Measure } from './url-state.ts'

/** One step of colour: counts from `from` to `to`, both included. */
export interface HeatStep {
  readonly step: number
  readonly from: number
  readonly to: number
}

const STEPS = 5

/** At most five steps of equal width in whole numbers, from one up to the greatest count. Nought has no colour. */
export function heatSteps(counts: readonly number[]): HeatStep[] {
  const most = Math.max(0, ...counts)
  const width = Math.max(1, Math.ceil(most / STEPS))
  const used = Math.ceil(most / width)
  // Few counts take the darker end: the greatest always has the strongest colour.
  return Array.from({ length: used }, (_, index) => ({
    step: STEPS - used + index + 1,
    from: index * width + 1,
    to: Math.min(most, (index + 1) * width),
  }))
}

/** Step of a count; 0 where nothing is to be coloured. */
export function heatOf(count: number, steps: readonly HeatStep[]): number {
  return steps.find(({ from, to }) => count >= from && count <= to)?.step ?? 0
}

/** An area as map and table show it. */
export interface AreaRow {
  readonly code: string
  readonly name: Wording
  readonly count: number
  readonly overdue: number
}

/** Every known area with its counts, and counted areas that no name is known of by their code; the greatest first. */
export function areaRows(
  known: readonly Pick<AreaNameView, 'code' | 'name'>[],
  counted: readonly { readonly areaCode: string; readonly count: number; readonly overdue: number }[],
  measure: Measure,
): AreaRow[] {
  const names = new Map<string, Wording>(known.map(({ code, name }) => [code, name]))
  const counts = new Map(counted.map((one) => [one.areaCode, one]))
  return [...new Set([...names.keys(), ...counts.keys()])]
    .map((code) => {
      const { count = 0, overdue = 0 } = counts.get(code) ?? {}
      return { code, name: names.get(code) ?? { zh: code }, count, overdue }
    })
    .toSorted((a, b) => b[measure] - a[measure] || (a.code < b.code ? -1 : 1))
}

interface Located {
  readonly id: string
  readonly lng: number
  readonly lat: number
  readonly overdue: boolean
}

/** Cases at the very same coordinate as one point: it carries the id of the first, their number, and warns when one of them is overdue. */
export function pointsAt(cases: readonly Located[]): MapPoint[] {
  const points = new Map<string, MapPoint>()
  for (const { id, lng, lat, overdue } of cases) {
    const key = `${lng} ${lat}`
    const before = points.get(key) ?? { id, lng, lat, warns: false, count: 0 }
    points.set(key, { ...before, warns: before.warns || overdue, count: before.count + 1 })
  }
  return [...points.values()]
}
