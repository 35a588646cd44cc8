/** Where a map stands, and how an address says it. Pure. */
export interface LngLat {
  readonly lng: number
  readonly lat: number
}
/** Cases at one place, or in one square of the map. */
export interface MapCases extends LngLat {
  /** Of a single case, or of the first at a point; undefined for a square. */
  readonly id?: string
  readonly count: number
  readonly late: number
}
export interface MapBox {
  readonly west: number
  readonly south: number
  readonly east: number
  readonly north: number
}
export interface MapView extends LngLat {
  readonly zoom: number
  /** What is drawn, in degrees. */
  readonly box: MapBox
}
export type MapPlace = Omit<MapView, 'box'>

/** `lng,lat,zoom`: a tenth of a metre and a ten-thousandth of a zoom, together less than a pixel on the widest screen. */
export const writePlace = ({ lng, lat, zoom }: MapPlace): string => `${lng.toFixed(7)},${lat.toFixed(7)},${zoom.toFixed(4)}`

/** Undefined where the text is no place on earth. */
export function readPlace(text: string): MapPlace | undefined {
  const [lng = NaN, lat = NaN, zoom = NaN] = text.split(',').map(Number)
  return Math.abs(lng) <= 180 && Math.abs(lat) <= 85 && zoom >= 0 && zoom <= 22 ? { lng, lat, zoom } : undefined
}

/** A box as the list's filter takes it. */
export const writeBox = ({ west, south, east, north }: MapBox): string => [west, south, east, north].map((side) => side.toFixed(7)).join(',')

/** True when two places are the same to a hundredth of a pixel. */
export function sameView(a: MapPlace, b: MapPlace): boolean {
  const pixel = 360 / 256 / 2 ** a.zoom
  return Math.abs(a.zoom - b.zoom) < 1e-4 && Math.abs(a.lng - b.lng) < pixel / 100 && Math.abs(a.lat - b.lat) < pixel / 100
}
