import { z } from 'zod'
import type { Wording } from '#kernel/refusal.ts'
import { indicatorKeys, type IndicatorKey } from './indicators.ts'

/** A figure with its points of the whole. A part whose lower value is better counts its complement. */
export const CompositePart = z.object({ key: z.enum(indicatorKeys), weight: z.number().positive(), complement: z.boolean() })
export type CompositePart = z.infer<typeof CompositePart>

/** A score that a city publishes: weights are rows, because every city has its own (assessment.composite). */
export interface CompositeRule {
  readonly key: string
  readonly name: Wording
  /** Who published the weights. */
  readonly source: Wording
  readonly parts: readonly CompositePart[]
}

/** `score` is null while a part has no data; `points` of `outOf` say what the parts with data give. */
export interface Composite {
  readonly score: number | null
  readonly points: number
  readonly outOf: number
  readonly missing: readonly IndicatorKey[]
}

/** Σ weight × value, or weight × (1 − value) for a complement. A missing part is neither the best nor the worst value. */
export function composite(parts: readonly CompositePart[], valueOf: (key: IndicatorKey) => number | null): Composite {
  const known = parts.flatMap(({ key, weight, complement }) => {
    const value = valueOf(key)
    return value === null ? [] : [{ key, weight, points: weight * (complement ? 1 - value : value) }]
  })
  const sum = (of: (part: (typeof known)[number]) => number): number => known.reduce((total, part) => total + of(part), 0)
  const points = sum((part) => part.points)
  const missing = parts.filter(({ key }) => !known.some((part) => part.key === key)).map(({ key }) => key)
  return { score: missing.length === 0 ? points : null, points, outOf: sum((part) => part.weight), missing }
}
