/**
 * A plane divided into faces that share their vertices. Cutting a face puts the new vertices into its neighbours as well, so the
 * faces always fit together exactly: coordinates are whole numbers and no edge is ever drawn twice with different vertices.
 */

/** Millionths of a degree east and north of the plane's origin. */
export type Spot = readonly [number, number]
/** A face, as its vertices in counter-clockwise order, the first not repeated. */
export type Face = number[]

export interface Plane {
  readonly spots: Spot[]
  readonly faces: Face[]
}

/** Twice the area of a ring of spots; positive when it runs counter-clockwise. Exact: coordinates stay below 2^26. */
export function doubleArea(ring: readonly Spot[]): number {
  let sum = 0
  for (let i = 0; i < ring.length; i += 1) {
    const a = ring[i] as Spot
    const b = ring[(i + 1) % ring.length] as Spot
    sum += a[0] * b[1] - a[1] * b[0]
  }
  return sum
}

export const ringOf = (plane: Plane, face: Face): Spot[] => face.map((v) => plane.spots[v] as Spot)

/** Adds a vertex, or finds the one that is already there. */
export function addSpot(plane: Plane, spot: Spot): number {
  const known = plane.spots.findIndex(([x, y]) => x === spot[0] && y === spot[1])
  return known >= 0 ? known : plane.spots.push(spot) - 1
}

/** Puts a vertex on the edge between two neighbouring vertices, in every face that has this edge. */
export function insertOnEdge(plane: Plane, a: number, b: number, spot: Spot): number {
  const v = addSpot(plane, spot)
  if (v === a || v === b) return v
  for (const face of plane.faces) {
    for (let i = 0; i < face.length; i += 1) {
      const [p, q] = [face[i], face[(i + 1) % face.length]]
      if ((p === a && q === b) || (p === b && q === a)) {
        face.splice(i + 1, 0, v)
        break
      }
    }
  }
  return v
}

/** Cuts a face from vertex `from` to vertex `to`, by way of new vertices inside it. The face keeps what lies right of the cut; returns the new face, left of it. */
export function cutFace(plane: Plane, face: Face, from: number, to: number, way: readonly Spot[] = []): Face {
  const middle = way.map((spot) => addSpot(plane, spot))
  const turned = [...face.slice(face.indexOf(from)), ...face.slice(0, face.indexOf(from))]
  const at = turned.indexOf(to)
  const right = [...turned.slice(0, at + 1), ...middle.toReversed()]
  const left = [...turned.slice(at), from, ...middle]
  face.splice(0, face.length, ...right)
  plane.faces.push(left)
  return left
}

/** Outlines of the union of faces: edges that two of them share cancel. Outer rings run counter-clockwise, holes clockwise. */
export function outlines(faces: readonly Face[]): Face[] {
  const open = new Map<string, readonly [number, number]>()
  for (const face of faces) {
    face.forEach((a, i) => {
      const b = face[(i + 1) % face.length] as number
      if (!open.delete(`${b}-${a}`)) open.set(`${a}-${b}`, [a, b])
    })
  }
  const from = Map.groupBy(open.values(), ([a]) => a)
  const rings: Face[] = []
  for (const [start] of open.values()) {
    const ring: Face = []
    for (let edge = from.get(start)?.pop(); edge; edge = edge[1] === start ? undefined : from.get(edge[1])?.pop()) ring.push(edge[0])
    if (ring.length > 0) rings.push(ring)
  }
  return rings
}
