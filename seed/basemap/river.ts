import { simplify } from './lines.ts'
import type { Point, Ring } from './dissolve.ts'

/** The big river, from south to north: both banks and the line half-way between them, in millionths of a degree. */
export interface River {
  readonly west: Ring
  readonly east: Ring
  readonly middle: Ring
}

// About 14 metres.
const BANK_TOLERANCE = 140
// A jetty or basin begins and ends within 110 metres of quay and is at most 550 metres around.
const SHORT_CUT = 1000
const DETOUR = 5000
// Half the river's width where only its southern bank lies inside the extract.
const HALF_WIDTH = 1900

/** Reads the banks from the outline of the river as the extract's borders cut it: it enters in the south, and leaves in the north and the east. */
export function river(rings: readonly Ring[]): River {
  const outline = [...rings].sort((a, b) => b.length - a.length)[0] ?? []
  const south = Math.min(...outline.map(([, y]) => y))
  const north = Math.max(...outline.map(([, y]) => y))
  const right = Math.max(...outline.map(([x]) => x))
  const edge = ([x, y]: Point): string => (y === south ? 'south' : y === north ? 'north' : x === right ? 'east' : '')
  // Clockwise: south edge, west bank, north edge, east edge, east bank, south edge.
  const start = outline.findIndex((p, i) => edge(p) === 'south' && edge(outline[(i + 1) % outline.length] ?? p) === '')
  const turned = [...outline.slice(start), ...outline.slice(0, start)]
  const top = turned.findIndex((p) => edge(p) === 'north')
  const corner = turned.findLastIndex((p) => edge(p) === 'east')
  const bottom = turned.findIndex((p, i) => i > corner && edge(p) === 'south')
  const west = quayside(turned.slice(0, top + 1))
  const east = quayside(turned.slice(corner, bottom + 1).reverse())
  return { west, east, middle: middleOf(west, east) }
}

/** The bank without its jetties, basins and creek mouths: wherever the outline leaves and soon comes back close by, the short way is taken. */
function quayside(bank: Ring): Ring {
  const kept: Point[] = []
  for (let i = 0; i < bank.length; i += 1) {
    const a = bank[i] ?? [0, 0]
    kept.push(a)
    let way = 0
    let skip = i
    for (let j = i + 1; j < bank.length && way < DETOUR; j += 1) {
      way += distance(bank[j - 1] ?? a, bank[j] ?? a)
      const straight = distance(a, bank[j] ?? a)
      if (straight < SHORT_CUT && way > 1.25 * straight) skip = j
    }
    i = Math.max(i, skip - 1)
  }
  return simplify(kept, BANK_TOLERANCE)
}

function distance(a: Point, b: Point): number {
  return Math.hypot((a[0] - b[0]) * 0.855, a[1] - b[1])
}

/** The inner bank of the bend is the convex one, so its nearest points on the outer bank advance steadily. */
function middleOf(west: Ring, east: Ring): Ring {
  const last = west.at(-1)
  const points: Point[] = []
  for (const p of walk(east, 900)) {
    const q = nearest(p, west)
    const beyond = last && q[0] === last[0] && q[1] === last[1] && p[0] > last[0]
    points.push(beyond ? [p[0], p[1] + HALF_WIDTH] : [Math.round((p[0] + q[0]) / 2), Math.round((p[1] + q[1]) / 2)])
  }
  return simplify(points, 2 * BANK_TOLERANCE)
}

function walk(line: Ring, step: number): Point[] {
  return line.flatMap((a, i) => {
    const b = line[i + 1]
    if (!b) return [a]
    const parts = Math.max(1, Math.round(Math.hypot(b[0] - a[0], b[1] - a[1]) / step))
    return Array.from({ length: parts }, (_, j): Point => [
      Math.round(a[0] + ((b[0] - a[0]) * j) / parts),
      Math.round(a[1] + ((b[1] - a[1]) * j) / parts),
    ])
  })
}

function nearest(p: Point, line: Ring): Point {
  let best: Point = p
  let least = Infinity
  line.slice(1).forEach((b, i) => {
    const a = line[i] ?? b
    const [dx, dy] = [b[0] - a[0], b[1] - a[1]]
    const t = Math.min(1, Math.max(0, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / (dx * dx + dy * dy)))
    const q: Point = [Math.round(a[0] + t * dx), Math.round(a[1] + t * dy)]
    const off = distance(p, q)
    if (off < least) [best, least] = [q, off]
  })
  return best
}
