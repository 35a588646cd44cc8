/** A share as a percentage with one digit. Rounded towards the middle, so that only a whole share reads 100% and only an empty one 0%. */
export function percentWords(value: number): string {
  const tenths = Math.round(value * 1000)
  const shown = value < 1 && value > 0 ? Math.min(999, Math.max(1, tenths)) : tenths
  return `${(shown / 10).toFixed(1)}%`
}

/** Points with one digit. */
export function pointWords(points: number): string {
  return points.toFixed(1)
}
