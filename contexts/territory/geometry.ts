import { toCgcs2000, type Datum } from './datum.ts'

/** Longitude and latitude in degrees; further numbers (heights) are dropped on import. */
export type Position = readonly number[]
/** A closed line: first and last position are the same. */
export type Ring = readonly Position[]

/** GeoJSON border (RFC 7946) in CGCS2000. The first ring of a polygon is its outside, the others are holes. */
export type Geometry =
  | { readonly type: 'Polygon'; readonly coordinates: readonly Ring[] }
  | { readonly type: 'MultiPolygon'; readonly coordinates: readonly (readonly Ring[])[] }

/** Smallest box round a border, in degrees. */
export interface Box {
  readonly west: number
  readonly south: number
  readonly east: number
  readonly north: number
}

export type GeometryFault = 'notAPolygon' | 'notCoordinates' | 'ringShort' | 'ringOpen' | 'noSurface'

/** Reads a border from a file: checks it and brings it to CGCS2000. Returns the first fault instead where there is one. */
export function readGeometry(value: unknown, datum: Datum): Geometry | GeometryFault {
  const { type, coordinates } = (typeof value === 'object' && value !== null ? value : {}) as { type?: unknown; coordinates?: unknown }
  if (type !== 'Polygon' && type !== 'MultiPolygon') return 'notAPolygon'
  const polygons = readAll(type === 'Polygon' ? [coordinates] : coordinates, (part) => readAll(part, (ring) => readRing(ring, datum)))
  if (typeof polygons === 'string') return polygons
  const geometry: Geometry = type === 'Polygon' ? { type, coordinates: polygons.flat() } : { type, coordinates: polygons }
  return surfaceOf(geometry) > 0 ? geometry : 'noSurface'
}

/** Reads every item of a list that may not be empty, or returns the first fault. */
function readAll<T>(list: unknown, read: (item: unknown) => T | GeometryFault): T[] | GeometryFault {
  if (!Array.isArray(list) || list.length === 0) return 'notAPolygon'
  const items: T[] = []
  for (const item of list as unknown[]) {
    const found = read(item)
    if (isFault(found)) return found
    items.push(found)
  }
  return items
}

function isFault(value: unknown): value is GeometryFault {
  return typeof value === 'string'
}

function readRing(ring: unknown, datum: Datum): Ring | GeometryFault {
  if (!Array.isArray(ring) || ring.length < 4) return 'ringShort'
  const positions: Position[] = []
  for (const position of ring as unknown[]) {
    const read = readPosition(position, datum)
    if (!read) return 'notCoordinates'
    positions.push(read)
  }
  return String(positions[0]) === String(positions.at(-1)) ? positions : 'ringOpen'
}

function readPosition(position: unknown, datum: Datum): Position | undefined {
  if (!Array.isArray(position)) return undefined
  const [lng, lat]: unknown[] = position
  if (typeof lng !== 'number' || typeof lat !== 'number' || Math.abs(lng) > 180 || Math.abs(lat) > 90) return undefined
  const stored = toCgcs2000({ lng, lat }, datum)
  return [stored.lng, stored.lat]
}

/** All rings of all parts. Inside is where a ray crosses them an odd number of times, so parts and holes need no telling apart. */
export function ringsOf(geometry: Geometry): readonly Ring[] {
  return geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat()
}

export function boxOf(geometry: Geometry): Box {
  const box = { west: Infinity, south: Infinity, east: -Infinity, north: -Infinity }
  for (const ring of ringsOf(geometry)) {
    for (const [lng = 0, lat = 0] of ring) {
      if (lng < box.west) box.west = lng
      if (lng > box.east) box.east = lng
      if (lat < box.south) box.south = lat
      if (lat > box.north) box.north = lat
    }
  }
  return box
}

/** The box round several borders. */
export function boxRound(borders: readonly Geometry[]): Box {
  const boxes = borders.map(boxOf)
  return boxes.reduce(
    (all, box) => ({
      west: Math.min(all.west, box.west),
      south: Math.min(all.south, box.south),
      east: Math.max(all.east, box.east),
      north: Math.max(all.north, box.north),
    }),
    { west: Infinity, south: Infinity, east: -Infinity, north: -Infinity },
  )
}

/** Surface in square metres, holes taken off; good to a few parts in a thousand for anything smaller than a province. */
export function surfaceOf(geometry: Geometry): number {
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
  let squareDegrees = 0
  for (const [outside, ...holes] of polygons) {
    squareDegrees += outside ? Math.abs(shoelace(outside)) : 0
    for (const hole of holes) squareDegrees -= Math.abs(shoelace(hole))
  }
  const { south, north } = boxOf(geometry)
  return squareDegrees * squareMetresPerSquareDegree((south + north) / 2)
}

const metresPerDegree = 111_195

/** How large a square degree is at a latitude in degrees. */
export function squareMetresPerSquareDegree(latitude: number): number {
  return metresPerDegree ** 2 * Math.cos((latitude * Math.PI) / 180)
}

function shoelace(ring: Ring): number {
  let twice = 0
  let [lastLng = 0, lastLat = 0] = ring[0] ?? []
  for (const [lng = 0, lat = 0] of ring) {
    twice += lastLng * lat - lng * lastLat
    lastLng = lng
    lastLat = lat
  }
  return twice / 2
}
