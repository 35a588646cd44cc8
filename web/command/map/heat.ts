/** The five steps of colour of the map, the rows of its table and its points. Pure. */
import type { AreaNameView } from '#contexts/territory/contract.ts'
import type { Wording } from '#kernel/refusal.ts'
import type { MapCases } from '#web/kit/map/view.ts'
import type { Measure } from '../url-state.ts'

/** One step of colour: values from `from` to `to`, both included. */
export interface HeatStep {
  readonly step: number
  readonly from: number
  readonly to: number
}

const STEPS = 5

/** At most five steps of equal width in whole numbers, from one up to the greatest count. Nought has no colour. */
export function heatSteps(counts: readonly number[]): HeatStep[] {
  const most = counts.reduce((max, count) => Math.max(max, count), 0)
  const width = Math.max(1, Math.ceil(most / STEPS))
  const used = Math.ceil(most / width)
  // Few counts take the darker end: the greatest always has the strongest colour.
  return Array.from({ length: used }, (_, index) => ({
    step: STEPS - used + index + 1,
    from: index * width + 1,
    to: Math.min(most, (index + 1) * width),
  }))
}

/** Steps of a share in per cent: the same on every map, and the darkest where the fewest cases are in time. */
const shareSteps: readonly HeatStep[] = [
  { step: 1, from: 95, to: 100 },
  { step: 2, from: 90, to: 94 },
  { step: 3, from: 80, to: 89 },
  { step: 4, from: 60, to: 79 },
  { step: 5, from: 0, to: 59 },
]

/** Step of a value; 0 where nothing is to be coloured. */
export function heatOf(value: number | null, steps: readonly HeatStep[]): number {
  return value === null ? 0 : (steps.find(({ from, to }) => value >= from && value <= to)?.step ?? 0)
}

/** An area as map and table show it. */
export interface AreaRow {
  readonly code: string
  readonly name: Wording
  readonly count: number
  readonly overdue: number
  readonly soon: number
}

/** What a measure says of an area: a number of cases, or the per cent of them that are in time. Null where there is no case to have a share of. */
export function valueOf({ count, overdue, soon }: Pick<AreaRow, 'count' | 'overdue' | 'soon'>, measure: Measure): number | null {
  if (measure === 'inTime') return count === 0 ? null : Math.floor(((count - overdue) / count) * 100)
  return { count, overdue, soon }[measure]
}

/** The steps of a measure over these rows. */
export function stepsOf(rows: readonly AreaRow[], measure: Measure): readonly HeatStep[] {
  return measure === 'inTime' ? shareSteps : heatSteps(rows.map((row) => valueOf(row, measure) ?? 0))
}

/** Every known area with its counts, and counted areas that no name is known of by their code; what the measure is most about stands first. */
export function areaRows(
  known: readonly Pick<AreaNameView, 'code' | 'name'>[],
  counted: readonly (Pick<AreaRow, 'count' | 'overdue' | 'soon'> & { readonly areaCode: string })[],
  measure: Measure,
): AreaRow[] {
  const names = new Map<string, Wording>(known.map(({ code, name }) => [code, name]))
  const counts = new Map(counted.map((one) => [one.areaCode, one]))
  // The lowest share first, what has none last.
  const rank = (row: AreaRow): number => (measure === 'inTime' ? -(valueOf(row, measure) ?? 101) : (valueOf(row, measure) ?? 0))
  return [...new Set([...names.keys(), ...counts.keys()])]
    .map((code) => {
      const { count = 0, overdue = 0, soon = 0 } = counts.get(code) ?? {}
      return { code, name: names.get(code) ?? { zh: code }, count, overdue, soon }
    })
    .toSorted((a, b) => rank(b) - rank(a) || (a.code < b.code ? -1 : 1))
}

interface Located {
  readonly id: string
  readonly lng: number
  readonly lat: number
  readonly overdue: boolean
}

/** Cases at the very same coordinate as one: it carries the id of the first and their number, and how many of them are overdue. */
export function pointsAt(cases: readonly Located[]): MapCases[] {
  const points = new Map<string, MapCases>()
  for (const { id, lng, lat, overdue } of cases) {
    const key = `${lng} ${lat}`
    const before = points.get(key) ?? { id, lng, lat, late: 0, count: 0 }
    points.set(key, { ...before, late: before.late + Number(overdue), count: before.count + 1 })
  }
  return [...points.values()]
}
