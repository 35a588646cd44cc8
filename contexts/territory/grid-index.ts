import Flatbush from 'flatbush'
import { boxOf, ringsOf, type Geometry, type Ring } from './geometry.ts'

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

// Edges are passed over in runs, so that a district of a thousand edges costs no more than the few near the ray (Wuhan: 110 to 310
// thousand look-ups a second).
const edgesPerRun = 16

/**
 * Packs borders for look-up: a tree over their boxes, then one ray eastwards per box found. Holes and parts need no special case:
 * an odd number of crossings is inside. Numbers lie flat in typed arrays because that is what makes a look-up a few microseconds.
 */
export function buildBorderIndex(borders: readonly Geometry[]): BorderIndex {
  if (borders.length === 0) return { search: () => [] }
  const { numbers, runs, bounds, firstRun } = pack(borders)
  const tree = new Flatbush(borders.length)
  for (const border of borders) {
    const { west, south, east, north } = boxOf(border)
    tree.add(west, south, east, north)
  }
  tree.finish()

  const holds = (border: number, x: number, y: number): boolean => {
    let inside = false
    const end = firstRun[border + 1] ?? 0
    for (let run = firstRun[border] ?? 0; run < end; run += 1) {
      if (!mayCross(bounds, run * 3, x, y)) continue
      const crossings = crossingsEast(numbers, runs[run * 2] ?? 0, runs[run * 2 + 1] ?? 0, x, y)
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

function mayCross(bounds: Float64Array, at: number, x: number, y: number): boolean {
  return y >= (bounds[at] ?? 0) && y < (bounds[at + 1] ?? 0) && x <= (bounds[at + 2] ?? 0) + onBorder
}

/** Edges of one run that lie east of the point at its latitude; -1 when the point lies on one of them. */
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
  /** Longitude, latitude, longitude, latitude … of all rings. */
  readonly numbers: Float64Array
  /** Start and end in `numbers` of each run of edges; the point where one run ends begins the next. */
  readonly runs: Uint32Array
  /** South, north and east of each run. */
  readonly bounds: Float64Array
  /** First run of each border, and one past the last. */
  readonly firstRun: Uint32Array
}

function pack(borders: readonly Geometry[]): Packed {
  const all = borders.map(ringsOf)
  const sum = (of: (ring: Ring) => number): number => all.reduce((total, rings) => total + rings.reduce((inner, ring) => inner + of(ring), 0), 0)
  const runCount = sum((ring) => Math.ceil((ring.length - 1) / edgesPerRun))
  const packed: Packed = {
    numbers: new Float64Array(sum((ring) => ring.length) * 2),
    runs: new Uint32Array(runCount * 2),
    bounds: new Float64Array(runCount * 3),
    firstRun: new Uint32Array(borders.length + 1),
  }
  let at = 0
  let run = 0
  all.forEach((rings, border) => {
    for (const ring of rings) {
      const start = at
      for (const [lng = 0, lat = 0] of ring) {
        packed.numbers[at++] = lng
        packed.numbers[at++] = lat
      }
      for (let first = start; first < at - 2; first += edgesPerRun * 2) putRun(packed, run++, first, Math.min(at, first + edgesPerRun * 2 + 2))
    }
    packed.firstRun[border + 1] = run
  })
  return packed
}

function putRun({ numbers, runs, bounds }: Packed, run: number, start: number, end: number): void {
  let [south, north, east] = [Infinity, -Infinity, -Infinity]
  for (let at = start; at < end; at += 2) {
    east = Math.max(east, numbers[at] ?? 0)
    south = Math.min(south, numbers[at + 1] ?? 0)
    north = Math.max(north, numbers[at + 1] ?? 0)
  }
  runs.set([start, end], run * 2)
  bounds.set([south, north, east], run * 3)
}
