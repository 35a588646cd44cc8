import { boxOf, squareMetresPerSquareDegree, type Geometry } from './geometry.ts'
import { common, forLines, insideAt, lengthOf, union, without, type Stretches } from './scan-lines.ts'

/** Ground of a parent that none of its children claims. */
export interface Gap {
  readonly parentCode: string
  readonly squareMetres: number
  /** Part of the parent, 0 to 1. */
  readonly share: number
  /** A point in the middle of the widest line of the largest hole, in degrees: where to look on a map. */
  readonly at: { readonly lng: number; readonly lat: number }
}

// Smaller shares are slivers of borders drawn twice.
const worthTelling = 0.005
const lines = 400

/** The gap that children leave in their parent, or undefined when it is under half a per cent. */
export function gapIn(parent: { code: string; geometry: Geometry }, children: readonly { geometry: Geometry }[]): Gap | undefined {
  const boxed = children.map(({ geometry }) => ({ geometry, box: boxOf(geometry) }))
  const box = boxOf(parent.geometry)
  const bare: { y: number; stretches: Stretches }[] = []
  let whole = 0
  let missing = 0
  forLines(box, lines, (y) => {
    const own = insideAt(parent.geometry, y)
    const theirs = union(boxed.filter((child) => child.box.south <= y && y <= child.box.north).map((child) => insideAt(child.geometry, y)))
    const stretches = without(own, theirs)
    whole += lengthOf(own)
    missing += lengthOf(stretches)
    bare.push({ y, stretches })
  })
  const share = whole === 0 ? 0 : missing / whole
  if (share < worthTelling) return undefined
  const band = (box.north - box.south) / lines
  return {
    parentCode: parent.code,
    squareMetres: Math.round(missing * band * squareMetresPerSquareDegree((box.south + box.north) / 2)),
    share: Math.round(share * 1000) / 1000,
    at: middleOfLargest(bare),
  }
}

interface Piece {
  readonly y: number
  readonly start: number
  readonly end: number
  hole: Hole
}
interface Hole {
  surface: number
  widest: Pick<Piece, 'y' | 'start' | 'end'>
}

/** Pieces of neighbouring lines that meet belong to one hole. */
function middleOfLargest(bare: readonly { y: number; stretches: Stretches }[]): Gap['at'] {
  const holes = new Set<Hole>()
  let above: Piece[] = []
  for (const { y, stretches } of bare) {
    const here: Piece[] = []
    for (let i = 0; i + 1 < stretches.length; i += 2) add({ y, start: stretches[i] ?? 0, end: stretches[i + 1] ?? 0 }, above, here, holes)
    above = here
  }
  const [largest] = [...holes].sort((a, b) => b.surface - a.surface)
  const { y = 0, start = 0, end = 0 } = largest?.widest ?? {}
  return { lng: toMillionths((start + end) / 2), lat: toMillionths(y) }
}

/** Puts a piece into the hole that it meets on the line before; a piece that meets several makes one of them. */
function add(piece: Omit<Piece, 'hole'>, above: readonly Piece[], here: Piece[], holes: Set<Hole>): void {
  const { start, end } = piece
  const met = new Set(above.filter((other) => common([start, end], [other.start, other.end]).length > 0).map(({ hole }) => hole))
  const hole = join({ surface: end - start, widest: piece }, met, holes)
  for (const other of [...above, ...here]) if (met.has(other.hole)) other.hole = hole
  here.push({ ...piece, hole })
}

function join(hole: Hole, met: ReadonlySet<Hole>, holes: Set<Hole>): Hole {
  for (const other of met) {
    hole.surface += other.surface
    if (other.widest.end - other.widest.start > hole.widest.end - hole.widest.start) hole.widest = other.widest
    holes.delete(other)
  }
  holes.add(hole)
  return hole
}

const toMillionths = (degrees: number): number => Math.round(degrees * 1e6) / 1e6
