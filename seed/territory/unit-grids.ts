import type { AreaCollection, AreaFeature, City } from '../geometry.ts'
import { squareMetres } from './cut.ts'
import { outlines, type Face, type Spot } from './plane.ts'

/** A side of a unit grid (万米单元网格, some hundred metres) in millionths of a degree. */
const SIDE: Spot = [1051, 902]
// Borders have whole numbers, so lines at fractions never run through a corner of one; the fraction of the second direction is finer than what
// cutting in the first leaves behind.
const OFF: Spot = [0.5, 0.25]
/** What borders leave of a square below this joins its neighbour. */
const LEAST_SQUARE_METRES = 2500

/**
 * The unit-grid layer: squares of some hundred metres laid over the city and cut at the borders of communities. Numbered within each community
 * from north to south; the code is the community's with three digits more.
 */
export function unitGridsOf(city: City, origin: readonly [number, number]): AreaCollection {
  return { type: 'FeatureCollection', features: city.community.features.flatMap((community) => gridsOf(community, origin)) }
}

function gridsOf({ geometry, properties }: AreaFeature, origin: readonly [number, number]): AreaFeature[] {
  const outer = (geometry.coordinates[0] ?? []).slice(1)
  const ring = outer.map(([lng, lat]): Spot => [Math.round((lng - origin[0]) * 1e6), Math.round((lat - origin[1]) * 1e6)])
  const squares = strips([ring], 0).flatMap((strip) => strips([strip], 1))
  const faces = joined(squares).toSorted((a, b) => place(a) - place(b))
  return faces.map((face, i) => {
    const number = String(i + 1).padStart(3, '0')
    return {
      type: 'Feature',
      properties: {
        code: `${properties.code}${number}`,
        name_zh: `${properties.name_zh.replace('社区', '')}单元网格${number}`,
        name_en: `${properties.name_en.replace(' Community', '')} Unit Grid ${number}`,
        parent: properties.code,
        sample: true,
      },
      geometry: { type: 'Polygon', coordinates: [[...face, face[0] as Spot].map((spot) => degrees(spot, origin))] },
    }
  })
}

const place = (ring: readonly Spot[]): number => {
  const [x, y] = [0, 1].map((axis) => ring.reduce((sum, spot) => sum + (spot[axis] as number), 0) / ring.length) as [number, number]
  // Rows of squares from the north, in each row from the west.
  return -Math.floor((y - OFF[1]) / SIDE[1]) * 1e6 + x
}

const degrees = ([x, y]: Spot, origin: readonly [number, number]): [number, number] => [
  Math.round((origin[0] + x / 1e6) * 1e8) / 1e8,
  Math.round((origin[1] + y / 1e6) * 1e8) / 1e8,
]

/** Rings cut along every line of the lattice across one axis (0: lines of one longitude). */
function strips(rings: readonly Spot[][], axis: 0 | 1): Spot[][] {
  const done: Spot[][] = []
  let rest = [...rings]
  const lowest = Math.min(...rings.flat().map((spot) => spot[axis]))
  for (let line = Math.floor((lowest - OFF[axis]) / SIDE[axis]) + 1; rest.length > 0; line += 1) {
    const sides = rest.map((ring) => cutAt(ring, axis, line * SIDE[axis] + OFF[axis]))
    done.push(...sides.flatMap(({ below }) => below))
    rest = sides.flatMap(({ above }) => above)
  }
  return done
}

/** Cuts a ring along a line that runs through none of its corners. */
function cutAt(ring: readonly Spot[], axis: 0 | 1, at: number): { below: Spot[][]; above: Spot[][] } {
  const crossed: Spot[] = []
  const paths: { isAbove: boolean; spots: Spot[] }[] = []
  const isAbove = (spot: Spot): boolean => spot[axis] > at
  const start = ring.findIndex((spot, i) => isAbove(spot) !== isAbove(ring.at(i - 1) as Spot))
  if (start < 0) return isAbove(ring[0] as Spot) ? { below: [], above: [[...ring]] } : { below: [[...ring]], above: [] }
  for (let i = 0; i < ring.length; i += 1) {
    const [a, b] = [ring.at((start + i - 1 + ring.length) % ring.length) as Spot, ring[(start + i) % ring.length] as Spot]
    if (isAbove(a) !== isAbove(b)) {
      const spot = crossing(a, b, axis, at)
      crossed.push(spot)
      paths.at(-1)?.spots.push(spot)
      paths.push({ isAbove: isAbove(b), spots: [spot] })
    }
    paths.at(-1)?.spots.push(b)
  }
  paths.at(-1)?.spots.push(crossed[0] as Spot)
  const other = axis === 0 ? 1 : 0
  const sorted = crossed.toSorted((a, b) => a[other] - b[other])
  const side = (above: boolean): Spot[][] =>
    closed(
      paths.filter((path) => path.isAbove === above).map(({ spots }) => spots),
      sorted,
    )
  return { below: side(false), above: side(true) }
}

// The same number from either end of an edge, or neighbours would not fit together.
function crossing(a: Spot, b: Spot, axis: 0 | 1, at: number): Spot {
  const [from, to] = a[axis] < b[axis] ? [a, b] : [b, a]
  const other = axis === 0 ? 1 : 0
  const along = from[other] + ((at - from[axis]) / (to[axis] - from[axis])) * (to[other] - from[other])
  const rounded = Math.round(along * 10) / 10
  return axis === 0 ? [at, rounded] : [rounded, at]
}

/** Joins paths on one side of a line to rings: from where a path meets the line, inside goes to the crossing that pairs with it along the line. */
function closed(paths: Spot[][], sorted: readonly Spot[]): Spot[][] {
  const partner = new Map(sorted.map((spot, i) => [spot, sorted[i % 2 === 0 ? i + 1 : i - 1] as Spot]))
  const startingAt = new Map(paths.map((path) => [path[0] as Spot, path]))
  const rings: Spot[][] = []
  for (const path of paths) {
    if (!startingAt.has(path[0] as Spot)) continue
    const ring: Spot[] = []
    for (let next: Spot[] | undefined = path; next;) {
      startingAt.delete(next[0] as Spot)
      ring.push(...next)
      next = startingAt.get(partner.get(next.at(-1) as Spot) as Spot)
    }
    rings.push(ring)
  }
  return rings
}

/** Pieces smaller than they should be join the neighbour that they share the longest border with. */
function joined(rings: readonly Spot[][]): Spot[][] {
  const spots: Spot[] = []
  const known = new Map<string, number>()
  const vertex = (spot: Spot): number => {
    const key = spot.join()
    const found = known.get(key) ?? spots.push(spot) - 1
    known.set(key, found)
    return found
  }
  let faces: Face[] = rings.map((ring) => ring.map(vertex))
  const ringOf = (face: Face): Spot[] => face.map((v) => spots[v] as Spot)
  for (;;) {
    const small = faces.find((face) => squareMetres(ringOf(face)) < LEAST_SQUARE_METRES && neighbourOf(face, faces, spots) !== undefined)
    if (!small) return faces.map(ringOf)
    const neighbour = neighbourOf(small, faces, spots) as Face
    faces = [...faces.filter((face) => face !== small && face !== neighbour), outlines([small, neighbour])[0] as Face]
  }
}

/** The face that shares the longest border with `face` and makes one ring with it. */
function neighbourOf(face: Face, faces: readonly Face[], spots: readonly Spot[]): Face | undefined {
  const edges = new Map(face.map((a, i) => [`${face[(i + 1) % face.length]}-${a}`, [a, face[(i + 1) % face.length] as number] as const]))
  const shared = (other: Face): number =>
    other.reduce((sum, a, i) => {
      const edge = edges.get(`${a}-${other[(i + 1) % other.length]}`)
      const [p, q] = edge ? [spots[edge[0]] as Spot, spots[edge[1]] as Spot] : [a, a].map((v) => spots[v] as Spot)
      return sum + Math.hypot((p?.[0] ?? 0) - (q?.[0] ?? 0), (p?.[1] ?? 0) - (q?.[1] ?? 0))
    }, 0)
  const best = faces.filter((other) => other !== face && shared(other) > 0).toSorted((a, b) => shared(b) - shared(a))
  return best.find((other) => outlines([face, other]).length === 1)
}
