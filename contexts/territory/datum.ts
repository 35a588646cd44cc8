/**
 * The three datums of Chinese maps. Everything is stored in CGCS2000; other coordinates are converted at the edge.
 * GCJ-02 is the shifted datum of commercial maps, BD-09 Baidu's further shift of it (constants as published, china.md 6.1).
 */

export const datums = ['CGCS2000', 'WGS84', 'GCJ02', 'BD09'] as const
export type Datum = (typeof datums)[number]

/** Degrees; longitude first, as GeoJSON has it. */
export interface Point {
  readonly lng: number
  readonly lat: number
}

// Krasovsky 1940, the ellipsoid that the shift is computed on.
const semiMajorMetres = 6_378_245
const eccentricitySquared = 0.006_693_421_622_965_943
const baiduTurn = (Math.PI * 3000) / 180
const radians = Math.PI / 180

/** Outside this box GCJ-02 is WGS84. */
const shifted = { west: 72.004, east: 137.8347, south: 0.8293, north: 55.8271 }

/** Degrees are kept to 1e-8 (a millimetre): more digits are noise of the arithmetic and make equal borders unequal. */
const rounded = ({ lng, lat }: Point): Point => ({ lng: Math.round(lng * 1e8) / 1e8, lat: Math.round(lat * 1e8) / 1e8 })

/** Converts a point between datums, exact to better than 1e-8 degrees both ways. CGCS2000 and WGS84 agree within decimetres and are one here. */
export function convertPoint(point: Point, from: Datum, to: Datum): Point {
  if (shiftsOf[from] === shiftsOf[to]) return point
  const plain = shiftsOf[from] === 0 ? point : shiftsOf[from] === 1 ? fromGcj02(point) : fromGcj02(fromBd09(point))
  if (shiftsOf[to] === 0) return plain
  return shiftsOf[to] === 1 ? toGcj02(plain) : toBd09(toGcj02(plain))
}

/** A point of any datum as it is stored: CGCS2000, rounded to a millimetre where it was shifted. */
export function toCgcs2000(point: Point, from: Datum): Point {
  return shiftsOf[from] === 0 ? point : rounded(convertPoint(point, from, 'CGCS2000'))
}

const shiftsOf: Record<Datum, 0 | 1 | 2> = { CGCS2000: 0, WGS84: 0, GCJ02: 1, BD09: 2 }

function isShifted({ lng, lat }: Point): boolean {
  return lng >= shifted.west && lng <= shifted.east && lat >= shifted.south && lat <= shifted.north
}

function toGcj02(point: Point): Point {
  return isShifted(point) ? added(point, shiftAt(point)) : point
}

function fromGcj02(point: Point): Point {
  return isShifted(point) ? inverse(toGcj02, point) : point
}

function fromBd09(point: Point): Point {
  return inverse(toBd09, point)
}

/** How far GCJ-02 lies from WGS84 at a WGS84 point, in degrees. */
function shiftAt({ lng, lat }: Point): Point {
  const x = lng - 105
  const y = lat - 35
  const wave = (at: number): number => Math.sin(at * Math.PI)
  const ripple = (20 * wave(6 * x) + 20 * wave(2 * x)) * (2 / 3)
  const eastMetres =
    300 +
    x +
    2 * y +
    0.1 * x * x +
    0.1 * x * y +
    0.1 * Math.sqrt(Math.abs(x)) +
    ripple +
    (20 * wave(x) + 40 * wave(x / 3)) * (2 / 3) +
    (150 * wave(x / 12) + 300 * wave(x / 30)) * (2 / 3)
  const northMetres =
    -100 +
    2 * x +
    3 * y +
    0.2 * y * y +
    0.1 * x * y +
    0.2 * Math.sqrt(Math.abs(x)) +
    ripple +
    (20 * wave(y) + 40 * wave(y / 3)) * (2 / 3) +
    (160 * wave(y / 12) + 320 * wave(y / 30)) * (2 / 3)
  const sine = Math.sin(lat * radians)
  const curve = 1 - eccentricitySquared * sine * sine
  const parallelMetres = (semiMajorMetres / Math.sqrt(curve)) * Math.cos(lat * radians)
  const meridianMetres = (semiMajorMetres * (1 - eccentricitySquared)) / (curve * Math.sqrt(curve))
  return { lng: eastMetres / parallelMetres / radians, lat: northMetres / meridianMetres / radians }
}

function toBd09({ lng, lat }: Point): Point {
  const radius = Math.hypot(lng, lat) + 0.000_02 * Math.sin(lat * baiduTurn)
  const angle = Math.atan2(lat, lng) + 0.000_003 * Math.cos(lng * baiduTurn)
  return { lng: radius * Math.cos(angle) + 0.0065, lat: radius * Math.sin(angle) + 0.006 }
}

// The shifts have no closed inverse. They change slowly, so walking back by the remaining error converges in a few steps.
function inverse(shift: (point: Point) => Point, target: Point): Point {
  let guess = target
  for (let step = 0; step < 30; step += 1) {
    const reached = shift(guess)
    const off = { lng: target.lng - reached.lng, lat: target.lat - reached.lat }
    guess = added(guess, off)
    if (Math.abs(off.lng) < 1e-12 && Math.abs(off.lat) < 1e-12) break
  }
  return guess
}

function added(a: Point, b: Point): Point {
  return { lng: a.lng + b.lng, lat: a.lat + b.lat }
}
