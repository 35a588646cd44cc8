import Flatbush from 'flatbush'
import { boxesMeet, boxOf, ringsOf, type Box, type Geometry } from './geometry.ts'

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

/** Ground of a parent that none of its children claims. */
export interface Gap {
  readonly parentCode: string
  /** Part of the parent, 0 to 1. */
  readonly share: number
}

// Smaller shares are slivers of borders drawn twice.
const worthTelling = 0.005
const linesPerPair = 48
const linesPerParent = 400

interface Measured extends Bordered {
  readonly box: Box
  /** Surface in square degrees by the same lines that measure overlaps, so that shares compare like with like. */
  readonly surface: number
}

/** What a file's areas are compared with. */
export interface Ground {
  readonly inFile: readonly Bordered[]
  /** Areas of the same level that were there before. */
  readonly others: readonly Bordered[]
  readonly parents: readonly Bordered[]
}

/** Overlaps that a file's areas take part in, and gaps that remain in their parents. */
export function groundOf({ inFile, others, parents }: Ground): { overlaps: Overlap[]; gaps: Gap[] } {
  const all = [...inFile, ...others]
  const gaps = parents.flatMap(
    (parent) =>
      gapIn(
        parent,
        all.filter(({ code }) => code.startsWith(parent.code)),
      ) ?? [],
  )
  return { overlaps: overlapsAmong(inFile, others), gaps: gaps.sort((a, b) => b.share - a.share) }
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
      const share = sharedSurface(a, b) / Math.min(a.surface, b.surface)
      if (share >= worthTelling) overlaps.push({ codes: [a.code, b.code], share: toThousandths(share) })
    }
  })
  return overlaps.sort((a, b) => b.share - a.share || (a.codes.join() < b.codes.join() ? -1 : 1))
}

/** The gap that children leave in their parent, or undefined when it is under half a per cent. */
function gapIn(parent: Bordered, children: readonly Bordered[]): Gap | undefined {
  const boxed = children.map((child) => ({ ...child, box: boxOf(child.geometry) }))
  const box = boxOf(parent.geometry)
  let whole = 0
  let covered = 0
  forLines(box, linesPerParent, (y) => {
    const own = insideAt(parent.geometry, y)
    const theirs = union(boxed.filter((child) => child.box.south <= y && y <= child.box.north).map((child) => insideAt(child.geometry, y)))
    whole += lengthOf(own)
    covered += lengthOf(common(own, theirs))
  })
  const share = whole === 0 ? 0 : 1 - covered / whole
  return share >= worthTelling ? { parentCode: parent.code, share: toThousandths(share) } : undefined
}

/** Stretches of a line inside a border, west to east: start, end, start, end … */
type Stretches = readonly number[]

function insideAt(geometry: Geometry, y: number): Stretches {
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

function measure(area: Bordered): Measured {
  const box = boxOf(area.geometry)
  let length = 0
  forLines(box, linesPerPair, (y) => {
    length += lengthOf(insideAt(area.geometry, y))
  })
  return { ...area, box, surface: (length * (box.north - box.south)) / linesPerPair }
}

function sharedSurface(a: Measured, b: Measured): number {
  if (!boxesMeet(a.box, b.box)) return 0
  const south = Math.max(a.box.south, b.box.south)
  const north = Math.min(a.box.north, b.box.north)
  let length = 0
  forLines({ ...a.box, south, north }, linesPerPair, (y) => {
    length += lengthOf(common(insideAt(a.geometry, y), insideAt(b.geometry, y)))
  })
  return (length * (north - south)) / linesPerPair
}

// Lines run through the middle of equal bands, which keeps them off the round numbers that corners like to have.
function forLines({ south, north }: Box, count: number, at: (y: number) => void): void {
  for (let line = 0; line < count; line += 1) at(south + ((line + 0.5) * (north - south)) / count)
}

function lengthOf(stretches: Stretches): number {
  let length = 0
  for (let i = 0; i + 1 < stretches.length; i += 2) length += (stretches[i + 1] ?? 0) - (stretches[i] ?? 0)
  return length
}

function common(a: Stretches, b: Stretches): Stretches {
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

function union(lists: readonly Stretches[]): Stretches {
  const pairs = lists.flatMap((list) => Array.from({ length: list.length >> 1 }, (_, i) => [list[2 * i] ?? 0, list[2 * i + 1] ?? 0] as const))
  const out: number[] = []
  for (const [start, end] of pairs.sort((a, b) => a[0] - b[0])) {
    const last = out.at(-1)
    if (last !== undefined && start <= last) out[out.length - 1] = Math.max(last, end)
    else out.push(start, end)
  }
  return out
}

function toThousandths(share: number): number {
  return Math.round(share * 1000) / 1000
}
