/** What lies under the pointer. Cases are few and are measured by hand; areas are asked of their own layer, which costs a tenth of a millisecond where asking the whole map costs 150. */
import type VectorTileLayer from 'ol/layer/VectorTile'
import type OlMap from 'ol/Map'
import { fromLonLat } from 'ol/proj'
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
  const hitAt = async (pixel: number[]): Promise<MapHit | undefined> => {
    const near = nearest(map, pixel, targets.casesNow())
    if (near) return { kind: 'cases', cases: near }
    const features = (await targets.tilesNow()?.getFeatures(pixel)) ?? []
    const code: unknown = features.find((one) => one.get('layer') === 'areas')?.get('code')
    return typeof code === 'string' ? { kind: 'area', id: code } : undefined
  }
  map.on('click', ({ pixel }) => void hitAt(pixel).then((hit) => hit && listener(hit)))
  let asking = false
  map.on('pointermove', ({ pixel, dragging }) => {
    // One question at a time: a hand is faster than a frame.
    if (dragging || asking) return
    asking = true
    void hitAt(pixel)
      .then((hit) => {
        const host = map.getTargetElement()
        if (host) host.style.cursor = hit ? 'pointer' : ''
      })
      .finally(() => (asking = false))
  })
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
