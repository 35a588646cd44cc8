import { boxOf, boxRound, squareMetresPerSquareDegree, type Box, type Geometry } from '../geometry.ts'
import { common, insideAt, union, without, type Stretches } from '../scan-lines.ts'

/** A border under its code. */
export interface Bordered {
  readonly code: string
  readonly geometry: Geometry
}
/** Grids before and after a change, and what must stay beside them. */
export interface Change {
  readonly before: readonly Bordered[]
  readonly after: readonly Bordered[]
  /** Border of the community, where it has one: without it, the ground that the grids covered before. */
  readonly parent: Geometry | null
  /** Grids of other communities near by. */
  readonly neighbours: readonly Bordered[]
}
export type GroundFaultKind = 'overlap' | 'gap' | 'outside'
export interface GroundFault {
  readonly kind: GroundFaultKind
  readonly codes: readonly string[]
  readonly squareMetres: number
  readonly widthMetres: number
  readonly at: { readonly lng: number; readonly lat: number }
}

/** Narrower than this, borders drawn twice are the same border. */
const WIDTH_METRES = 1
const METRES_PER_DEGREE = 111_195
const MOST_LINES = 2500

/**
 * What a change would spoil: ground that two grids claim, that none claims any more, or that lies beyond the community. Faults that were there before
 * are nobody's new fault and are left out. Measured on lines a metre apart, each place across both ways, so that a sliver is no fault however long.
 */
export function groundFaults(change: Change): GroundFault[] {
  const moved = [...change.before, ...change.after]
  if (moved.length === 0) return []
  const box = boxRound(moved.map(({ geometry }) => geometry))
  const rows = scannerOf(change)
  const columns = scannerOf(turned(change))
  const metresEast = METRES_PER_DEGREE * Math.cos((((box.south + box.north) / 2) * Math.PI) / 180)
  const count = Math.min(MOST_LINES, Math.max(16, Math.ceil((box.north - box.south) * METRES_PER_DEGREE)))
  const band = (box.north - box.south) / count
  const found = new Map<string, Growing>()
  for (let line = 0; line < count; line += 1) {
    // Off round numbers, which corners like to have.
    const lat = box.south + (line + 0.50037) * band
    for (const spot of rows(lat)) {
      const width = (spot.end - spot.start) * metresEast
      if (width > WIDTH_METRES) grow(found, spot, { lat, width, square: (spot.end - spot.start) * band }, columns)
    }
  }
  return [...found.values()]
    .flatMap(({ kind, codes, square, best }) =>
      best
        ? [{ kind, codes, squareMetres: Math.round(square * squareMetresPerSquareDegree(best.lat)), widthMetres: tenths(best.width), at: best.at }]
        : [],
    )
    .toSorted((a, b) => b.squareMetres - a.squareMetres)
}

interface Spot {
  readonly kind: GroundFaultKind
  readonly codes: readonly string[]
  readonly start: number
  readonly end: number
}
interface Growing {
  readonly kind: GroundFaultKind
  readonly codes: readonly string[]
  square: number
  best: { lat: number; width: number; at: GroundFault['at'] } | undefined
}

/** Adds a stretch to its fault, and remembers the place where it is widest: the smaller of its widths east and north. */
function grow(found: Map<string, Growing>, spot: Spot, line: { lat: number; width: number; square: number }, columns: Scanner): void {
  const key = `${spot.kind} ${spot.codes.join()}`
  const fault = found.get(key) ?? { kind: spot.kind, codes: spot.codes, square: 0, best: undefined }
  fault.square += line.square
  found.set(key, fault)
  if (fault.best && fault.best.width >= line.width) return
  for (const part of [0.5, 0.25, 0.75, 0.1, 0.9]) {
    const lng = spot.start + (spot.end - spot.start) * part
    const across = columns(lng).find((one) => one.kind === spot.kind && one.start <= line.lat && line.lat <= one.end)
    const width = Math.min(line.width, across ? (across.end - across.start) * METRES_PER_DEGREE : 0)
    if (!across || width <= WIDTH_METRES || width <= (fault.best?.width ?? 0)) continue
    // Half way across, where somebody who looks at the map sees it.
    fault.best = { lat: line.lat, width, at: { lng: millionths(lng), lat: millionths((across.start + across.end) / 2) } }
  }
}

type Scanner = (at: number) => Spot[]

interface Boxed extends Bordered {
  readonly box: Box
}

/** Reads one line: where grids overlap, gape or stick out now and did not before. */
function scannerOf({ before, after, parent, neighbours }: Change): Scanner {
  const boxed = (some: readonly Bordered[]): Boxed[] => some.map((one) => ({ ...one, box: boxOf(one.geometry) }))
  const [was, is, near] = [boxed(before), boxed(after), boxed(neighbours)]
  const on = (some: readonly Boxed[], at: number) =>
    some.flatMap(({ code, geometry, box }) => (box.south <= at && at <= box.north ? [{ code, stretches: insideAt(geometry, at) }] : []))
  return (at) => {
    const [old, now, beside] = [on(was, at), on(is, at), on(near, at)]
    const [oldAll, nowAll] = [union(old.map(({ stretches }) => stretches)), union(now.map(({ stretches }) => stretches))]
    const region = parent ? insideAt(parent, at) : oldAll
    const gaps = without(without(region, nowAll), without(region, oldAll))
    const out = parent ? without(without(nowAll, region), oldAll) : []
    return [
      ...spotsOf(gaps, 'gap', (start, end) => touching([...now, ...beside], start, end)),
      ...spotsOf(out, 'outside', (start, end) => touching(now, start, end)),
      ...overlaps(now, beside).flatMap(({ codes, stretches }) => {
        const known = union(overlaps(old, beside).map((one) => one.stretches))
        return spotsOf(without(stretches, known), 'overlap', () => codes)
      }),
    ]
  }
}

interface OnLine {
  readonly code: string
  readonly stretches: Stretches
}

function overlaps(now: readonly OnLine[], beside: readonly OnLine[]): { codes: string[]; stretches: Stretches }[] {
  return now.flatMap((one, index) =>
    [...now.slice(index + 1), ...beside].flatMap((other) => {
      const stretches = common(one.stretches, other.stretches)
      return stretches.length > 0 ? [{ codes: [one.code, other.code].toSorted(), stretches }] : []
    }),
  )
}

function spotsOf(stretches: Stretches, kind: GroundFaultKind, codesOf: (start: number, end: number) => readonly string[]): Spot[] {
  return Array.from({ length: stretches.length >> 1 }, (_, index) => {
    const [start = 0, end = 0] = [stretches[2 * index], stretches[2 * index + 1]]
    return { kind, start, end, codes: codesOf(start, end) }
  })
}

/** Grids that a stretch touches at its ends or lies in. */
function touching(some: readonly OnLine[], start: number, end: number): string[] {
  const near = 1e-9
  const meets = ({ stretches }: OnLine): boolean =>
    stretches.some((at, index) => (index % 2 === 0 ? at <= end + near && (stretches[index + 1] ?? at) >= start - near : false))
  return some
    .filter(meets)
    .map(({ code }) => code)
    .toSorted()
}

/** The same ground with longitude and latitude changed, so that columns are read as rows. */
function turned({ before, after, parent, neighbours }: Change): Change {
  const turn = (geometry: Geometry): Geometry =>
    geometry.type === 'Polygon'
      ? { type: 'Polygon', coordinates: geometry.coordinates.map(turnRing) }
      : { type: 'MultiPolygon', coordinates: geometry.coordinates.map((part) => part.map(turnRing)) }
  const turnRing = (ring: readonly (readonly number[])[]) => ring.map(([lng = 0, lat = 0]) => [lat, lng])
  const all = (some: readonly Bordered[]): Bordered[] => some.map(({ code, geometry }) => ({ code, geometry: turn(geometry) }))
  return { before: all(before), after: all(after), neighbours: all(neighbours), parent: parent && turn(parent) }
}

const millionths = (degrees: number): number => Math.round(degrees * 1e6) / 1e6
const tenths = (metres: number): number => Math.round(metres * 10) / 10
