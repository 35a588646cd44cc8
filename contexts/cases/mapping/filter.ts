import { levels } from '#kernel/codes.ts'

/** What a case may lack on the map: its coordinate, or an area of some level. */
export const lackings = ['point', ...levels] as const
export type Lacking = (typeof lackings)[number]

/** A piece of the map in degrees. A coordinate on its western or southern edge belongs to it, one on the others does not, so that pieces side by side count nothing twice. */
export interface Box {
  readonly west: number
  readonly south: number
  readonly east: number
  readonly north: number
}

/** Reads `west,south,east,north`; undefined where nothing is said. */
export function readBox(text: string | undefined): Box | undefined {
  if (text === undefined) return undefined
  const [west = 0, south = 0, east = 0, north = 0] = text.split(',').map(Number)
  return { west, south, east, north }
}

const METRES_PER_DEGREE = 111_320

/** The box of so many metres around a point; undefined without one. */
export function boxAround({ lng, lat }: { readonly lng: number | null; readonly lat: number | null }, metres: number): Box | undefined {
  if (lng === null || lat === null) return undefined
  const north = metres / METRES_PER_DEGREE
  const east = north / Math.cos((lat * Math.PI) / 180)
  return { west: lng - east, south: lat - north, east: lng + east, north: lat + north }
}
