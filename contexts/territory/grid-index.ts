import Flatbush from 'flatbush'
import { boxOf, ringsOf, type Geometry } from './geometry.ts'

/** Finds the borders that a coordinate lies in. */
export interface BorderIndex {
  /**
   * Positions, in the list that the index was built from and in ascending order, of every border that holds the point (CGCS2000 degrees).
   * A point on a border belongs to it, so a point on a shared border is found in at least one of the neighbours.
   */
  search(lng: number, lat: number): number[]
}

/** A tenth of a millimetre: nearer than this, a point counts as lying on the border. */
const onBorder = 1e-9

/**
 * Packs borders for look-up: a tree over their boxes, then one ray per box found. Holes and parts need no special case: an odd
 * number of crossings is inside. Numbers lie flat in one Float64Array because that is what makes a look-up a few microseconds.
 */
export function buildBorderIndex(borders: readonly Geometry[]): BorderIndex {
  if (borders.length === 0) return { search: () => [] }
  const { numbers, ringEnds, firstRing } = pack(borders)
  const tree = new Flatbush(borders.length)
  for (const border of borders) {
    const { west, south, east, north } = boxOf(border)
    tree.add(west, south, east, north)
  }
  tree.finish()

  const holds = (border: number, x: number, y: number): boolean => {
    let inside = false
    const endRing = firstRing[border + 1] ?? 0
    for (let ring = firstRing[border] ?? 0; ring < endRing; ring += 1) {
      const crossings = crossingsEast(numbers, ring === 0 ? 0 : (ringEnds[ring - 1] ?? 0), ringEnds[ring] ?? 0, x, y)
      if (crossings < 0) return true
      if (crossings % 2 === 1) inside = !inside
    }
    return inside
  }

  return {
    search: (lng, lat) => {
      const found = tree.search(lng, lat, lng, lat, (border) => holds(border, lng, lat))
      return found.length > 1 ? found.sort((a, b) => a - b) : found
    },
  }
}

/** Edges of one ring that lie east of the point at its latitude; -1 when the point lies on one of them. */
function crossingsEast(numbers: Float64Array, start: number, end: number, x: number, y: number): number {
  let crossings = 0
  let xa = numbers[start] ?? 0
  let ya = numbers[start + 1] ?? 0
  for (let at = start + 2; at < end; at += 2) {
    const xb = numbers[at] ?? 0
    const yb = numbers[at + 1] ?? 0
    if (ya > y !== yb > y) {
      // Always from the southern end: two neighbours walk a shared edge in opposite directions and must get the same number,
      // or a point on it could fall between them.
      const edge = ya < yb ? xa + ((y - ya) * (xb - xa)) / (yb - ya) : xb + ((y - yb) * (xa - xb)) / (ya - yb)
      if (Math.abs(edge - x) <= onBorder) return -1
      if (edge > x) crossings += 1
    }
    xa = xb
    ya = yb
  }
  return crossings
}

interface Packed {
  readonly numbers: Float64Array
  /** End of each ring in `numbers`. */
  readonly ringEnds: Uint32Array
  /** First ring of each border, and one past the last. */
  readonly firstRing: Uint32Array
}

function pack(borders: readonly Geometry[]): Packed {
  const rings = borders.map(ringsOf)
  const count = rings.reduce((sum, list) => sum + list.reduce((inner, ring) => inner + ring.length, 0), 0)
  const numbers = new Float64Array(count * 2)
  const ringEnds = new Uint32Array(rings.reduce((sum, list) => sum + list.length, 0))
  const firstRing = new Uint32Array(borders.length + 1)
  let at = 0
  let ringAt = 0
  rings.forEach((list, border) => {
    for (const ring of list) {
      for (const position of ring) {
        numbers[at] = position[0] ?? 0
        numbers[at + 1] = position[1] ?? 0
        at += 2
      }
      ringEnds[ringAt] = at
      ringAt += 1
    }
    firstRing[border + 1] = ringAt
  })
  return { numbers, ringEnds, firstRing }
}
