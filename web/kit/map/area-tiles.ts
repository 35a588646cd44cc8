/** Areas out of our server's vector tiles. */
import MVT from 'ol/format/MVT'
import VectorTileLayer from 'ol/layer/VectorTile'
import type { Extent } from 'ol/extent'
import type RenderFeature from 'ol/render/Feature'
import type { Projection } from 'ol/proj'
import VectorTileSource from 'ol/source/VectorTile'
import type VectorTile from 'ol/VectorTile'

const DEEPEST_ZOOM = 16
// A tile that does not come in this time is as good as lost: the message stands and the list goes on.
const TIMEOUT_MS = 8000

/** A layer whose tiles come from `address` with {z}, {x} and {y}; `onFailed` hears of each tile that does not come. */
export function areaTiles(address: string, onFailed: () => void): VectorTileLayer {
  const source = new VectorTileSource({
    format: new MVT(),
    url: address,
    maxZoom: DEEPEST_ZOOM,
    // Moved by hand, a map asks for tiles in every direction: a ring of them is kept.
    cacheSize: 256,
    tileLoadFunction: (tile, from) => load(tile as VectorTile<RenderFeature>, from, onFailed),
  })
  // Hybrid: borders as pictures while the map moves, names upright over them.
  return new VectorTileLayer({ source, renderMode: 'hybrid', declutter: true })
}

function load(tile: VectorTile<RenderFeature>, from: string, onFailed: () => void): void {
  tile.setLoader((extent: Extent, _resolution: number, projection: Projection) => {
    void fetch(from, { credentials: 'same-origin', signal: AbortSignal.timeout(TIMEOUT_MS) })
      .then(async (reply) => {
        if (!reply.ok) throw new Error(`tile ${reply.status}`)
        const bytes = reply.status === 204 ? new ArrayBuffer(0) : await reply.arrayBuffer()
        tile.setFeatures(tile.getFormat().readFeatures(bytes, { extent, featureProjection: projection }) as unknown as RenderFeature[])
      })
      .catch(() => {
        // OpenLayers has no other way to say so: 3 is TileState.ERROR.
        tile.setState(3)
        onFailed()
      })
  })
}
