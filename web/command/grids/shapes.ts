/** Borders of grids under the hand: neighbours share their corners, so whatever moves one corner moves it in all of them. Pure. */

/** Longitude and latitude in degrees. */
export type Spot = readonly [number, number]

/** A grid that is being drawn. Its ring is open: the last corner is not the first again. */
export interface Shape {
  /** The code; a grid that is new has `new 1`, `new 2` …. */
  readonly key: string
  readonly name: { readonly zh: string; readonly en?: string | undefined }
  readonly ring: readonly Spot[]
}

// A centimetre: what is nearer is the same corner.
const NEAR = 1e-7
const round = (degrees: number): number => Math.round(degrees * 1e7) / 1e7
export const spotAt = (lng: number, lat: number): Spot => [round(lng), round(lat)]
export const same = (a: Spot, b: Spot): boolean => Math.abs(a[0] - b[0]) <= NEAR && Math.abs(a[1] - b[1]) <= NEAR

/** Moves a corner to another place, in every grid that has it. */
export function moveCorner(shapes: readonly Shape[], from: Spot, to: Spot): Shape[] {
  return shapes.map((shape) => ({ ...shape, ring: shape.ring.map((spot) => (same(spot, from) ? to : spot)) }))
}

/** Puts a corner on every edge that passes through the place. */
export function addCorner(shapes: readonly Shape[], at: Spot): Shape[] {
  return shapes.map((shape) => ({ ...shape, ring: withCorner(shape.ring, at) }))
}

/** Takes a corner out of every grid that has it; undefined where one of them would have fewer than three left. */
export function dropCorner(shapes: readonly Shape[], at: Spot): Shape[] | undefined {
  const left = shapes.map((shape) => ({ ...shape, ring: shape.ring.filter((spot) => !same(spot, at)) }))
  return left.some(({ ring }) => ring.length < 3) ? undefined : left
}

/** The nearest corner of another place within so many degrees, for closing small gaps. */
export function nearestCorner(shapes: readonly Shape[], to: Spot, within: number): Spot | undefined {
  let found: Spot | undefined
  let least = within
  for (const spot of shapes.flatMap(({ ring }) => ring)) {
    const far = Math.hypot(spot[0] - to[0], spot[1] - to[1])
    if (far < least && !same(spot, to)) [found, least] = [spot, far]
  }
  return found
}

/** Cuts a grid along a straight line between two of its corners. Undefined where they are neighbours on the ring. */
export function splitAt(ring: readonly Spot[], one: number, other: number): [Spot[], Spot[]] | undefined {
  const [from, to] = [Math.min(one, other), Math.max(one, other)]
  if (to - from < 2 || (from === 0 && to === ring.length - 1)) return undefined
  return [ring.slice(from, to + 1), [...ring.slice(to), ...ring.slice(0, from + 1)]]
}

/** Cuts a ring along a drawn line, which enters and leaves it. Gives both parts and the two new corners, or undefined where the line does not cross. */
export function cutAlong(ring: readonly Spot[], line: readonly Spot[]): { parts: [Spot[], Spot[]]; corners: [Spot, Spot] } | undefined {
  const crossings = line.slice(1).flatMap((to, step) => crossingsOf(ring, line[step] as Spot, to).map((one) => ({ ...one, along: step + one.along })))
  const [first, second] = crossings.toSorted((a, b) => a.along - b.along)
  if (!first || !second) return undefined
  const between = line.filter((_, index) => index > first.along && index < second.along)
  const whole = withCorner(withCorner(ring, first.at), second.at)
  const [i, j] = [whole.findIndex((spot) => same(spot, first.at)), whole.findIndex((spot) => same(spot, second.at))]
  if (i < 0 || j < 0 || i === j) return undefined
  const way = (from: number, to: number): Spot[] => (from <= to ? whole.slice(from, to + 1) : [...whole.slice(from), ...whole.slice(0, to + 1)])
  return {
    parts: [
      [...way(i, j), ...between.toReversed()],
      [...way(j, i), ...between],
    ],
    corners: [first.at, second.at],
  }
}

/** Two neighbours as one; undefined where they share no border, or would leave a hole. */
export function merge(one: readonly Spot[], other: readonly Spot[]): Spot[] | undefined {
  const [a, b] = [other.reduce(withCorner, anticlockwise(one)), one.reduce(withCorner, anticlockwise(other))]
  const edges = [...edgesOf(a), ...edgesOf(b)]
  const kept = edges.filter(([from, to]) => !edges.some(([f, t]) => same(f, to) && same(t, from)))
  if (kept.length === edges.length) return undefined
  const ring: Spot[] = []
  let at = kept.shift()
  while (at) {
    ring.push(at[0])
    const end: Spot = at[1]
    const next = kept.findIndex(([from]) => same(from, end))
    at = next < 0 ? undefined : kept.splice(next, 1)[0]
  }
  return kept.length === 0 ? withoutStraight(ring) : undefined
}

/** Corners that neither turn nor meet anybody are only leftovers of a border that went. */
function withoutStraight(ring: readonly Spot[]): Spot[] {
  return ring.filter((spot, index) => {
    const [before, after] = [ring.at(index - 1) as Spot, ring[(index + 1) % ring.length] as Spot]
    return !onEdge(before, after, spot)
  })
}

/** A ring with a corner where its edge passes through the place, if one does. */
function withCorner(ring: readonly Spot[], at: Spot): Spot[] {
  if (ring.some((spot) => same(spot, at))) return [...ring]
  const edge = edgesOf(ring).findIndex(([from, to]) => onEdge(from, to, at))
  return edge < 0 ? [...ring] : [...ring.slice(0, edge + 1), at, ...ring.slice(edge + 1)]
}

const edgesOf = (ring: readonly Spot[]): [Spot, Spot][] => ring.map((from, index) => [from, ring[(index + 1) % ring.length] as Spot])

/** True when the place lies on the edge, to a few centimetres. */
function onEdge([ax, ay]: Spot, [bx, by]: Spot, [x, y]: Spot): boolean {
  const length = Math.hypot(bx - ax, by - ay)
  if (length === 0) return false
  const along = ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length
  const off = Math.abs((bx - ax) * (y - ay) - (by - ay) * (x - ax)) / length
  return off <= 3 * NEAR && along > NEAR && along < length - NEAR
}

function crossingsOf(ring: readonly Spot[], from: Spot, to: Spot): { at: Spot; along: number }[] {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]]
  return edgesOf(ring).flatMap(([a, b]) => {
    const [ex, ey] = [b[0] - a[0], b[1] - a[1]]
    const cross = dx * ey - dy * ex
    if (cross === 0) return []
    const along = ((a[0] - from[0]) * ey - (a[1] - from[1]) * ex) / cross
    const part = ((a[0] - from[0]) * dy - (a[1] - from[1]) * dx) / cross
    // Half open, so that a line through a corner crosses once.
    return along >= 0 && along <= 1 && part >= 0 && part < 1 ? [{ at: spotAt(from[0] + along * dx, from[1] + along * dy), along }] : []
  })
}

function anticlockwise(ring: readonly Spot[]): readonly Spot[] {
  const twice = edgesOf(ring).reduce((sum, [a, b]) => sum + a[0] * b[1] - b[0] * a[1], 0)
  return twice < 0 ? ring.toReversed() : ring
}
