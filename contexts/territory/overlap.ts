import Flatbush from 'flatbush'
import { parentCodeOf } from './area.ts'
import { gapIn, type Gap } from './gap.ts'
import { boxOf, squareMetresPerSquareDegree, surfaceOf, type Box, type Geometry } from './geometry.ts'
import { common, forLines, insideAt, lengthOf } from './scan-lines.ts'

/** A border as the comparison sees it. */
export interface Bordered {
  readonly code: string
  readonly geometry: Geometry
}

/** Two areas of one level that both claim a piece of ground. */
export interface Overlap {
  readonly codes: readonly [string, string]
  /** Part of the smaller of the two, 0 to 1. */
  readonly share: number
}

// Smaller shares are slivers of borders drawn twice.
const worthTelling = 0.005
const linesPerPair = 48

interface Measured extends Bordered {
  readonly box: Box
  /** Square metres from the corners: quick, and good enough to leave pairs out. */
  readonly roughly: number
  /** Surface in square degrees by the same lines that measure overlaps, so that shares compare like with like; measured where it is asked for. */
  readonly surface: () => number
}

/** What a file's areas are compared with. */
export interface Ground {
  readonly inFile: readonly Bordered[]
  /** Areas of the same level that were there before. */
  readonly others: readonly Bordered[]
  /** Areas above them that have a border, each the nearest of some area of the file. */
  readonly parents: readonly Bordered[]
}

/** Overlaps that a file's areas take part in, and gaps that remain in their parents. */
export function groundOf({ inFile, others, parents }: Ground): { overlaps: Overlap[]; gaps: Gap[] } {
  const known = new Set(parents.map(({ code }) => code))
  const below = Map.groupBy([...inFile, ...others], ({ code }) => {
    let above = parentCodeOf(code)
    while (above !== null && !known.has(above)) above = parentCodeOf(above)
    return above ?? ''
  })
  const gaps = parents.flatMap((parent) => gapIn(parent, below.get(parent.code) ?? []) ?? [])
  return { overlaps: overlapsAmong(inFile, others), gaps: gaps.sort((a, b) => b.squareMetres - a.squareMetres) }
}

/** Pairs, one of them among `areas`, that overlap by at least half a per cent of the smaller one, largest share first. Measured on horizontal lines. */
export function overlapsAmong(areas: readonly Bordered[], others: readonly Bordered[] = []): Overlap[] {
  if (areas.length === 0) return []
  const measured = [...areas, ...others].map(measure)
  const tree = new Flatbush(measured.length)
  for (const { box } of measured) tree.add(box.west, box.south, box.east, box.north)
  tree.finish()
  const overlaps: Overlap[] = []
  measured.slice(0, areas.length).forEach((a, index) => {
    for (const other of tree.search(a.box.west, a.box.south, a.box.east, a.box.north)) {
      const b = measured[other]
      if (other <= index || !b) continue
      const share = mayOverlap(a, b) ? sharedSurface(a, b) / Math.min(a.surface(), b.surface()) : 0
      if (share >= worthTelling) overlaps.push({ codes: [a.code, b.code], share: toThousandths(share) })
    }
  })
  return overlaps.sort((a, b) => b.share - a.share || (a.codes.join() < b.codes.join() ? -1 : 1))
}

function measure(area: Bordered): Measured {
  const box = boxOf(area.geometry)
  let measured: number | undefined
  const surface = (): number => {
    let length = 0
    forLines(box, linesPerPair, (y) => {
      length += lengthOf(insideAt(area.geometry, y))
    })
    return (length * (box.north - box.south)) / linesPerPair
  }
  return { ...area, box, roughly: surfaceOf(area.geometry), surface: () => (measured ??= surface()) }
}

// Neighbours of a grid touch all round; their boxes alone say that there is nothing to measure (20,000 squares: 4.5 s before, 1.2 s with it).
function mayOverlap(a: Measured, b: Measured): boolean {
  const width = Math.min(a.box.east, b.box.east) - Math.max(a.box.west, b.box.west)
  const height = Math.min(a.box.north, b.box.north) - Math.max(a.box.south, b.box.south)
  const boxInCommon = Math.max(0, width) * Math.max(0, height) * squareMetresPerSquareDegree(a.box.south)
  // Half: corners reckon crossed borders otherwise than lines do.
  return boxInCommon >= 0.5 * worthTelling * Math.min(a.roughly, b.roughly)
}

function sharedSurface(a: Measured, b: Measured): number {
  const south = Math.max(a.box.south, b.box.south)
  const north = Math.min(a.box.north, b.box.north)
  let length = 0
  forLines({ ...a.box, south, north }, linesPerPair, (y) => {
    length += lengthOf(common(insideAt(a.geometry, y), insideAt(b.geometry, y)))
  })
  return (length * (north - south)) / linesPerPair
}

function toThousandths(share: number): number {
  return Math.round(share * 1000) / 1000
}
