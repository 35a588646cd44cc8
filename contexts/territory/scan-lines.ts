import { ringsOf, type Box, type Geometry } from './geometry.ts'

/**
 * Surfaces of borders, their common parts and their holes, measured on horizontal lines: no border is too broken for it, and two borders of one
 * place are always compared by the same lines.
 */

/** Stretches of a line inside a border, west to east: start, end, start, end … */
export type Stretches = readonly number[]

/** Where a line of one latitude runs inside a border. */
export function insideAt(geometry: Geometry, y: number): Stretches {
  const crossings: number[] = []
  for (const ring of ringsOf(geometry)) {
    let [xa = 0, ya = 0] = ring[0] ?? []
    for (const [xb = 0, yb = 0] of ring) {
      if (ya > y !== yb > y) crossings.push(xa + ((y - ya) * (xb - xa)) / (yb - ya))
      xa = xb
      ya = yb
    }
  }
  return crossings.sort((a, b) => a - b)
}

// Lines run through the middle of equal bands, which keeps them off the round numbers that corners like to have.
export function forLines({ south, north }: Box, count: number, at: (y: number) => void): void {
  for (let line = 0; line < count; line += 1) at(south + ((line + 0.5) * (north - south)) / count)
}

export function lengthOf(stretches: Stretches): number {
  let length = 0
  for (let i = 0; i + 1 < stretches.length; i += 2) length += (stretches[i + 1] ?? 0) - (stretches[i] ?? 0)
  return length
}

/** What both have. */
export function common(a: Stretches, b: Stretches): Stretches {
  const out: number[] = []
  for (let i = 0, j = 0; i + 1 < a.length && j + 1 < b.length;) {
    const start = Math.max(a[i] ?? 0, b[j] ?? 0)
    const end = Math.min(a[i + 1] ?? 0, b[j + 1] ?? 0)
    if (start < end) out.push(start, end)
    if ((a[i + 1] ?? 0) < (b[j + 1] ?? 0)) i += 2
    else j += 2
  }
  return out
}

/** What any of them has. */
export function union(lists: readonly Stretches[]): Stretches {
  const pairs = lists.flatMap((list) => Array.from({ length: list.length >> 1 }, (_, i) => [list[2 * i] ?? 0, list[2 * i + 1] ?? 0] as const))
  const out: number[] = []
  for (const [start, end] of pairs.sort((a, b) => a[0] - b[0])) {
    const last = out.at(-1)
    if (last !== undefined && start <= last) out[out.length - 1] = Math.max(last, end)
    else out.push(start, end)
  }
  return out
}

/** What the first has and the second has not. */
export function without(a: Stretches, b: Stretches): Stretches {
  const out: number[] = []
  for (let i = 0; i + 1 < a.length; i += 2) {
    let from = a[i] ?? 0
    const end = a[i + 1] ?? 0
    for (let j = 0; j + 1 < b.length && from < end; j += 2) {
      const [start = 0, stop = 0] = [b[j], b[j + 1]]
      if (stop <= from || start >= end) continue
      if (start > from) out.push(from, start)
      from = stop
    }
    if (from < end) out.push(from, end)
  }
  return out
}
