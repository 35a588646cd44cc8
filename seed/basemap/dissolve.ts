/**
 * Joins polygons that a tiled extract cut along tile borders. Coordinates are whole numbers (millionths of a degree), so edges match exactly.
 */

export type Point = readonly [number, number]
export type Ring = readonly Point[]

const key = (p: Point): string => `${p[0]},${p[1]}`

/** Twice the signed area; positive when the ring runs counter-clockwise. */
export function doubleArea(ring: Ring): number {
  let sum = 0
  ring.forEach((p, i) => {
    const q = ring[(i + 1) % ring.length] ?? p
    sum += p[0] * q[1] - q[0] * p[1]
  })
  return sum
}

/** Edges of all rings, cut at every vertex of the group that lies on a horizontal or vertical edge: tile borders are such edges. */
function cutEdges(rings: readonly Ring[]): [Point, Point][] {
  const byX = new Map<number, number[]>()
  const byY = new Map<number, number[]>()
  const add = (map: Map<number, number[]>, at: number, value: number): void => void (map.get(at)?.push(value) ?? map.set(at, [value]))
  for (const [x, y] of rings.flat()) {
    add(byX, x, y)
    add(byY, y, x)
  }
  const edges: [Point, Point][] = []
  for (const ring of rings) {
    ring.forEach((a, i) => {
      const b = ring[(i + 1) % ring.length] ?? a
      const vertical = a[0] === b[0]
      if (!vertical && a[1] !== b[1]) return void edges.push([a, b])
      const axis = vertical ? 1 : 0
      const on = (vertical ? byX.get(a[0]) : byY.get(a[1])) ?? []
      const low = Math.min(a[axis], b[axis])
      const high = Math.max(a[axis], b[axis])
      const stops = [...new Set(on.filter((v) => v >= low && v <= high))].sort((m, n) => (a[axis] < b[axis] ? m - n : n - m))
      for (let j = 1; j < stops.length; j += 1) {
        const at = (v: number): Point => (vertical ? [a[0], v] : [v, a[1]])
        edges.push([at(stops[j - 1] ?? 0), at(stops[j] ?? 0)])
      }
    })
  }
  return edges
}

/** Union of polygons that touch only along horizontal or vertical borders. Rings must not repeat their first point; holes run the other way. */
export function dissolve(rings: readonly Ring[]): Ring[] {
  const left = new Map<string, [Point, Point]>()
  for (const [a, b] of cutEdges(rings)) {
    if (key(a) !== key(b) && !left.delete(`${key(b)} ${key(a)}`)) left.set(`${key(a)} ${key(b)}`, [a, b])
  }
  const from = Map.groupBy(left.values(), ([a]) => key(a))
  const out: Ring[] = []
  for (const [start] of left.values()) {
    const ring: Point[] = []
    for (let edge = from.get(key(start))?.pop(); edge; edge = from.get(key(edge[1]))?.pop()) ring.push(edge[0])
    const clean = dropStraight(ring)
    if (clean.length >= 3) out.push(clean)
  }
  return out
}

/** Drops vertices in the middle of straight runs. */
export function dropStraight(ring: Ring): Ring {
  return ring.filter((b, i) => {
    const a = ring[(i + ring.length - 1) % ring.length] ?? b
    const c = ring[(i + 1) % ring.length] ?? b
    return (b[0] - a[0]) * (c[1] - b[1]) !== (b[1] - a[1]) * (c[0] - b[0])
  })
}
