import type { IndicatorKey } from './indicators.ts'

/** Parts of the published composite (成都金牛区), in points of 100. A part whose lower value is better counts its complement. */
export const compositeParts = [
  { key: 'handled', weight: 30, complement: false },
  { key: 'dispose_ontime', weight: 20, complement: false },
  { key: 'rework', weight: 20, complement: true },
  { key: 'waiting_overdue', weight: 20, complement: true },
  { key: 'extension', weight: 10, complement: true },
] as const satisfies readonly { key: IndicatorKey; weight: number; complement: boolean }[]

export type CompositeKey = (typeof compositeParts)[number]['key']

/** `score` is of 100 and null while a part has no data; `points` of `outOf` say what the parts with data give. */
export interface Composite {
  readonly score: number | null
  readonly points: number
  readonly outOf: number
  readonly missing: readonly CompositeKey[]
}

/** 30×处置率 + 20×按期处置率 + 20×(1−返工率) + 20×(1−超期待处置率) + 10×(1−延期率). A missing part is neither the best nor the worst value. */
export function composite(values: Readonly<Record<CompositeKey, number | null>>): Composite {
  const missing = compositeParts.filter(({ key }) => values[key] === null).map(({ key }) => key)
  let points = 0
  let outOf = 0
  for (const { key, weight, complement } of compositeParts) {
    const value = values[key]
    if (value === null) continue
    points += weight * (complement ? 1 - value : value)
    outOf += weight
  }
  return { score: missing.length === 0 ? points : null, points, outOf, missing }
}
