import { geoJSONToTile } from '@maplibre/geojson-vt'
import { fromGeojsonVt } from '@maplibre/vt-pbf'
import type { AreaVersion } from '../area-history.ts'
import { boxOf, type Box, type Geometry } from '../geometry.ts'
import { insideAt } from '../scan-lines.ts'
import { DEEPEST_ZOOM } from './contract.ts'

type GeoJson = Parameters<typeof geoJSONToTile>[0]

/** A square of Web Mercator: zoom, column from the west, row from the north. */
export interface TileKey {
  readonly z: number
  readonly x: number
  readonly y: number
}

/** What a tile may weigh on the wire, gzipped: thirty of them are a first view over a poor line. */
export const MOST_BYTES = 30_000

/** Fineness of a tile, the finest first. A city whose grids are too many for one tile gets coarser lines before it gets a heavy tile, and then no names. */
const finenesses = [
  { extent: 4096, tolerance: 3, names: true },
  { extent: 1024, tolerance: 1, names: true },
  { extent: 1024, tolerance: 1, names: false },
  { extent: 256, tolerance: 1, names: false },
] as const
type Fineness = (typeof finenesses)[number]

// Over this part of a side borders are carried beyond the tile, so that neighbours join without a seam.
const RIM = 1 / 64

/** Degrees that a tile covers, its rim with it. */
export function boxOfTile({ z, x, y }: TileKey): Box {
  const side = 2 ** z
  return {
    west: longitudeAt((x - RIM) / side),
    east: longitudeAt((x + 1 + RIM) / side),
    north: latitudeAt((y - RIM) / side),
    south: latitudeAt((y + 1 + RIM) / side),
  }
}

const longitudeAt = (part: number): number => part * 360 - 180
const latitudeAt = (part: number): number => (Math.atan(Math.sinh(Math.PI * (1 - 2 * part))) * 180) / Math.PI

/**
 * The areas of a tile as MVT, packed by `zip`: a layer `areas` with codes, and a layer `names` with one point inside each area, which lies in exactly
 * one tile. `versions` are those whose box meets the tile's. Empty where none does.
 */
export function drawTile(key: TileKey, versions: readonly AreaVersion[], zip: (bytes: Uint8Array) => Buffer): Buffer {
  const bordered = versions.flatMap(({ geometry, ...version }) => (geometry ? [{ ...version, geometry }] : []))
  if (bordered.length === 0) return Buffer.alloc(0)
  // Fine lines of thousands of areas are reckoned for a second only to be too heavy.
  for (const fineness of finenesses.slice(bordered.length > 3000 ? 2 : 0)) {
    const drawn = zip(encode(key, bordered, fineness))
    if (drawn.length <= MOST_BYTES) return drawn
  }
  return zip(encode(key, [], finenesses[0]))
}

type Bordered = Pick<AreaVersion, 'code' | 'name'> & { readonly geometry: Geometry }

function encode({ z, x, y }: TileKey, areas: readonly Bordered[], { extent, tolerance, names }: Fineness): Uint8Array {
  const layerOf = (features: readonly object[], buffer: number) => {
    const options = { extent, tolerance, buffer, maxZoom: DEEPEST_ZOOM, clip: true }
    return geoJSONToTile({ type: 'FeatureCollection', features } as unknown as GeoJson, z, x, y, options)
  }
  const borders = areas.map(({ code, geometry }) => ({ type: 'Feature', properties: { code }, geometry }))
  const labels = areas.map(({ code, name, geometry }) => ({
    type: 'Feature',
    properties: { code, zh: name.zh, ...(name.en === undefined ? {} : { en: name.en }) },
    geometry: { type: 'Point', coordinates: middleOf(geometry) },
  }))
  const layers = { areas: layerOf(borders, extent * RIM), ...(names ? { names: layerOf(labels, 0) } : {}) }
  return fromGeojsonVt(layers, { version: 2, extent })
}

/** A point inside an area: the middle of its widest stretch at half its height, so that a name stands on the area and not in its bay. */
function middleOf(geometry: Geometry): [number, number] {
  const { south, north } = boxOf(geometry)
  // Off the very middle, where corners like to lie.
  const lat = south + (north - south) * 0.5003
  const stretches = insideAt(geometry, lat)
  let [west, east] = [stretches[0] ?? 0, stretches[1] ?? 0]
  for (let i = 2; i + 1 < stretches.length; i += 2) {
    const [start = 0, end = 0] = [stretches[i], stretches[i + 1]]
    if (end - start > east - west) [west, east] = [start, end]
  }
  return [(west + east) / 2, lat]
}
