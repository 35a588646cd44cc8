import type { Random } from '../random.ts'
import { cutFace, doubleArea, insertOnEdge, ringOf, type Face, type Plane, type Spot } from './plane.ts'

// Metres per millionth of a degree at 31.24 degrees north.
const EAST = 0.09518
const NORTH = 0.11087
const ANGLES = 24
const OFFSETS = 48
// A cut that would end this close to a corner ends in the corner: no stumps of streets.
const SNAP_METRES = 22
const BEND_METRES = 90

type Metres = readonly [number, number]

export const metres = ([x, y]: Spot): Metres => [x * EAST, y * NORTH]
const spotAt = ([x, y]: Metres): Spot => [Math.round(x / EAST), Math.round(y / NORTH)]
const far = (a: Metres, b: Metres): number => Math.hypot(a[0] - b[0], a[1] - b[1])

/** Square metres inside a ring of spots. */
export const squareMetres = (ring: readonly Spot[]): number => (doubleArea(ring) / 2) * EAST * NORTH

/** Where a street runs, so that borders may follow it: the nearest spot of a street, or undefined when none is near. */
export type Streets = (at: Spot) => Spot | undefined

interface Crossing {
  readonly edge: number
  readonly at: Metres
}
interface Cut {
  readonly ends: readonly [Crossing, Crossing]
  readonly score: number
}

/**
 * Divides a face into parts of like size by straight cuts, each again divided, until there are `count`; borders prefer streets and
 * compact shapes. Returns the parts; the first is the given face, made smaller.
 */
export function divide(plane: Plane, face: Face, count: number, streets: Streets, chance: Random): Face[] {
  if (count <= 1) return [face]
  const small = Math.floor(count / 2)
  const cut = bestCut(ringOf(plane, face).map(metres), small / count, streets, chance)
  const made = carry(plane, face, cut, streets)
  const [less, more] = squareMetres(ringOf(plane, face)) < squareMetres(ringOf(plane, made)) ? [face, made] : [made, face]
  return [...divide(plane, less, small, streets, chance), ...divide(plane, more, count - small, streets, chance)]
}

function bestCut(ring: readonly Metres[], share: number, streets: Streets, chance: Random): Cut {
  for (const tolerance of [0.14, 0.3, 0.48]) {
    const cuts = Array.from({ length: ANGLES }, (_, turn) => cutsAt(ring, (Math.PI * turn) / ANGLES, share, tolerance, streets)).flat()
    const scored = cuts.map((cut) => ({ ...cut, score: cut.score + 0.12 * chance.next() }))
    const best = scored.sort((a, b) => a.score - b.score)[0]
    if (best) return best
  }
  throw new RangeError('a face that no straight line divides')
}

function cutsAt(ring: readonly Metres[], angle: number, share: number, tolerance: number, streets: Streets): Cut[] {
  const [dx, dy] = [Math.cos(angle), Math.sin(angle)]
  const side = ring.map(([x, y]) => y * dx - x * dy)
  const [low, high] = [Math.min(...side), Math.max(...side)]
  const cuts: Cut[] = []
  for (let step = 1; step < OFFSETS; step += 1) {
    const offset = low + ((high - low) * step) / OFFSETS
    const ends = crossings(ring, side, offset)
    const [first, second] = ends
    if (ends.length !== 2 || !first || !second || first.edge === second.edge) continue
    const parts = [part(ring, first, second), part(ring, second, first)]
    const [a, b] = parts.map(areaOf) as [number, number]
    const miss = Math.min(Math.abs(a / (a + b) - share), Math.abs(b / (a + b) - share))
    if (miss > tolerance * share) continue
    const length = far(first.at, second.at)
    // Four for a circle's worth of roundness: 1 for a disc, 1.27 for a square, more for splinters.
    const shape = parts.map((p, i) => roundOf(p) ** 2 / (4 * Math.PI * (i === 0 ? a : b))).reduce((m, n) => Math.max(m, n), 0)
    const along = followed(first.at, second.at, streets)
    cuts.push({ ends: [first, second], score: length / Math.sqrt(a + b) + 0.55 * shape + miss / share - 0.9 * along })
  }
  return cuts
}

function crossings(ring: readonly Metres[], side: readonly number[], offset: number): Crossing[] {
  const found: Crossing[] = []
  for (let i = 0; i < ring.length; i += 1) {
    const j = (i + 1) % ring.length
    const [s, t] = [(side[i] as number) - offset, (side[j] as number) - offset]
    if (s < 0 === t < 0) continue
    const [a, b] = [ring[i] as Metres, ring[j] as Metres]
    const k = s / (s - t)
    found.push({ edge: i, at: [a[0] + (b[0] - a[0]) * k, a[1] + (b[1] - a[1]) * k] })
  }
  return found
}

/** The ring from one crossing round to the other. */
function part(ring: readonly Metres[], from: Crossing, to: Crossing): Metres[] {
  const out: Metres[] = [from.at]
  for (let i = (from.edge + 1) % ring.length; ; i = (i + 1) % ring.length) {
    out.push(ring[i] as Metres)
    if (i === to.edge) break
  }
  return [...out, to.at]
}

const areaOf = (ring: readonly Metres[]): number => doubleArea(ring) / 2
const roundOf = (ring: readonly Metres[]): number => ring.reduce((sum, p, i) => sum + far(p, ring[(i + 1) % ring.length] as Metres), 0)

/** Share of a line that runs along streets. */
function followed(a: Metres, b: Metres, streets: Streets): number {
  const steps = Math.max(4, Math.round(far(a, b) / 12))
  let near = 0
  for (let i = 0; i <= steps; i += 1) if (streets(spotAt([a[0] + ((b[0] - a[0]) * i) / steps, a[1] + ((b[1] - a[1]) * i) / steps]))) near += 1
  return near / (steps + 1)
}

function carry(plane: Plane, face: Face, { ends: [first, second] }: Cut, streets: Streets): Face {
  // Vertices named before the first insertion, because inserting shifts positions.
  const corner = (at: number): number => face[at % face.length] as number
  const edges = [first, second].map((c) => [corner(c.edge), corner(c.edge + 1)] as const)
  const [from, to] = [first, second].map((c, i) => {
    const [a, b] = edges[i] as readonly [number, number]
    const close = [a, b].find((v) => far(metres(plane.spots[v] as Spot), c.at) < SNAP_METRES)
    return close ?? insertOnEdge(plane, a, b, spotAt(c.at))
  }) as [number, number]
  const way = bends(metres(plane.spots[from] as Spot), metres(plane.spots[to] as Spot), streets)
  return cutFace(plane, face, from, to, way)
}

/** Vertices inside a long cut, each moved to the street beside it, if there is one. */
function bends(a: Metres, b: Metres, streets: Streets): Spot[] {
  const parts = Math.floor(far(a, b) / BEND_METRES)
  const out: Spot[] = []
  for (let i = 1; i < parts; i += 1) {
    const spot = spotAt([a[0] + ((b[0] - a[0]) * i) / parts, a[1] + ((b[1] - a[1]) * i) / parts])
    const street = streets(spot)
    if (street) out.push(street)
  }
  return out
}
