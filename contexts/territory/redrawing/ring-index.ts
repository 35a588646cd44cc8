import { boxRound, type Box, type Geometry, type Ring } from '../geometry.ts'
import { buildBorderIndex } from '../grid-index.ts'

/** Finds which of some rings holds a point. */
export interface RingIndex {
  readonly box: Box
  /** Position of the first ring that holds it, or undefined. */
  at(lng: number, lat: number): number | undefined
}

/** Rings as they are drawn, in CGCS2000 degrees. */
export function gridIndexOf(rings: readonly Ring[]): RingIndex {
  const borders = rings.map((ring): Geometry => ({ type: 'Polygon', coordinates: [ring] }))
  const index = buildBorderIndex(borders)
  return { box: boxRound(borders), at: (lng, lat) => index.search(lng, lat)[0] }
}
