/**
 * What lies under the pointer. Cases are few and are measured by hand. Areas are found among the borders of the tiles that are there: OpenLayers' own way
 * paints each tile anew, a colour for each area, when the pointer first comes over it, which takes fifty milliseconds where this takes a fraction of one.
 */
import type { FeatureLike } from 'ol/Feature'
import { linearRingContainsXY } from 'ol/geom/flat/contains'
import type VectorTileLayer from 'ol/layer/VectorTile'
import type OlMap from 'ol/Map'
import { fromLonLat } from 'ol/proj'
import RenderFeature from 'ol/render/Feature'
import { discOf } from './look.ts'
import type { MapCases } from './view.ts'

/** What a press on the map hit: an area by its code, or cases. */
export type MapHit = { readonly kind: 'area'; readonly id: string } | { readonly kind: 'cases'; readonly cases: MapCases }

export interface Targets {
  readonly tilesNow: () => VectorTileLayer | undefined
  readonly casesNow: () => readonly MapCases[]
}

// A finger is wider than a point.
const FINGER = 6

export function listenTo(map: OlMap, targets: Targets, listener: (hit: MapHit) => void): void {
  const hitAt = (pixel: number[]): MapHit | undefined => {
    const near = nearest(map, pixel, targets.casesNow())
    if (near) return { kind: 'cases', cases: near }
    const [x, y] = map.getCoordinateFromPixel(pixel) ?? []
    if (x === undefined || y === undefined) return undefined
    const features = targets.tilesNow()?.getFeaturesInExtent([x, y, x, y]) ?? []
    const code: unknown = features.find((one) => one.get('layer') === 'areas' && holds(one, x, y))?.get('code')
    return typeof code === 'string' ? { kind: 'area', id: code } : undefined
  }
  map.on('click', ({ pixel }) => {
    const hit = hitAt(pixel)
    if (hit) listener(hit)
  })
  map.on('pointermove', ({ pixel, dragging }) => {
    const host = map.getTargetElement()
    if (host && !dragging) host.style.cursor = hitAt(pixel) ? 'pointer' : ''
  })
}

/** Inside is where an odd number of rings goes round the place, so holes and parts need no telling apart. */
function holds(feature: FeatureLike, x: number, y: number): boolean {
  if (!(feature instanceof RenderFeature)) return false
  const flat = feature.getFlatCoordinates()
  let from = 0
  let inside = false
  for (const end of (feature.getEnds() ?? []).flat()) {
    if (linearRingContainsXY(flat, from, end, 2, x, y)) inside = !inside
    from = end
  }
  return inside
}

function nearest(map: OlMap, [x = 0, y = 0]: number[], cases: readonly MapCases[]): MapCases | undefined {
  let found: MapCases | undefined
  let least = Infinity
  for (const one of cases) {
    const [cx = Infinity, cy = Infinity] = map.getPixelFromCoordinate(fromLonLat([one.lng, one.lat])) ?? []
    const off = Math.hypot(cx - x, cy - y)
    if (off <= discOf(one.count) + FINGER && off < least) [found, least] = [one, off]
  }
  return found
}
