import type { Random } from '../random.ts'
import { addSpot, type Face, type Plane, type Spot } from './plane.ts'

/** The river that the city lies on, from south to north (basemap/river.geojson). */
export interface RiverLines {
  readonly west: readonly Spot[]
  readonly east: readonly Spot[]
  readonly middle: readonly Spot[]
}

export interface Banks {
  readonly westLand: Face
  readonly westWater: Face
  readonly eastLand: Face
  readonly eastWater: Face
}

// Spacing of the bends of the city's outer border, and how far at most they lie inside the straight line, in millionths of a degree.
const STRIDE = 3000
const INSET = 700

/**
 * Lays down the land and the water of both banks: the river's middle is the border of the districts, its banks part land from water.
 * The outer border is uneven, as a city's is; where the river leaves eastwards the city ends in mid-stream.
 */
export function layBanks(plane: Plane, river: RiverLines, extent: readonly [Spot, Spot], chance: Random): Banks {
  const [[left, bottom], [right, top]] = extent
  const on = (line: readonly Spot[]): number[] => line.map((spot) => addSpot(plane, spot))
  // The last stretch of the western bank runs so flat to the northern border that only a splinter of land lies behind it.
  const west = on(river.west.slice(0, -1))
  const east = on(river.east)
  const middle = on(river.middle)
  // Water of the west bank ends where its bank leaves the extract: straight across to the middle.
  const mouth = nearestTo(plane, middle, west.at(-1) as number)
  const uneven = (a: Spot, b: Spot, inward: Spot): number[] => on(unevenLine(a, b, inward, chance))
  const spot = (v: number | undefined): Spot => plane.spots[v as number] as Spot
  const [southWest, northWest, southEast]: Spot[] = [
    [left, bottom],
    [left, top],
    [right, bottom],
  ]
  const westEdge = [
    ...uneven(spot(west.at(-1)), northWest as Spot, [0, -1]),
    ...on([northWest as Spot]),
    ...uneven(northWest as Spot, southWest as Spot, [1, 0]),
    ...on([southWest as Spot]),
    ...uneven(southWest as Spot, spot(west[0]), [0, 1]),
  ]
  const eastEdge = [
    ...uneven(spot(east[0]), southEast as Spot, [0, 1]),
    ...on([southEast as Spot]),
    ...uneven(southEast as Spot, spot(east.at(-1)), [-1, 0]),
  ]
  const faces: Face[] = [
    [...west, ...westEdge],
    [...middle.slice(0, mouth + 1), ...west.toReversed()],
    [...eastEdge, ...east.toReversed()],
    [...east, ...middle.toReversed()],
  ]
  plane.faces.push(...faces)
  const [westLand, westWater, eastLand, eastWater] = faces as [Face, Face, Face, Face]
  return { westLand, westWater, eastLand, eastWater }
}

function nearestTo(plane: Plane, line: readonly number[], v: number): number {
  const [x, y] = plane.spots[v] as Spot
  const off = line.map((w) => Math.hypot(((plane.spots[w] as Spot)[0] - x) * 0.855, (plane.spots[w] as Spot)[1] - y))
  return off.indexOf(Math.min(...off))
}

/** Vertices strictly between two corners, each pushed inwards by chance. */
function unevenLine(a: Spot, b: Spot, inward: Spot, chance: Random): Spot[] {
  const parts = Math.floor(Math.hypot(b[0] - a[0], b[1] - a[1]) / STRIDE)
  return Array.from({ length: Math.max(0, parts - 1) }, (_, i): Spot => {
    const t = (i + 1) / parts
    const push = chance.next() * INSET
    return [Math.round(a[0] + (b[0] - a[0]) * t + inward[0] * push), Math.round(a[1] + (b[1] - a[1]) * t + inward[1] * push)]
  })
}
