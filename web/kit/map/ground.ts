/** What lies under the areas: the city's own drawing, or the base map that its administrator configured. */
import GeoJSON from 'ol/format/GeoJSON'
import type BaseLayer from 'ol/layer/Base'
import TileLayer from 'ol/layer/Tile'
import VectorLayer from 'ol/layer/Vector'
import { addCoordinateTransforms, addEquivalentProjections, addProjection, get, transform } from 'ol/proj'
import Projection from 'ol/proj/Projection'
import VectorSource from 'ol/source/Vector'
import XYZ from 'ol/source/XYZ'
import TileGrid from 'ol/tilegrid/TileGrid'
import { groundLook, type Palette } from './look.ts'

/** A configured base map; addresses carry {z}, {x} and {y}. */
export interface BaseMap {
  readonly tiles: string
  readonly labels: string | null
  readonly projection: 'EPSG:3857' | 'EPSG:4490'
  readonly minZoom: number
  readonly maxZoom: number
}

/** Layers from the bottom up. */
export interface Ground {
  readonly layers: readonly BaseLayer[]
  repaint(palette: Palette): void
}

const drawn = ['landuse', 'water', 'buildings', 'roads'] as const
type LayerName = (typeof drawn)[number]

/** The city's own drawing, from this server. `onFailed` hears once of each layer that cannot be read; the rest still shows. */
export function ownGround(languageNow: () => 'zh' | 'en', onFailed: () => void): Ground {
  const format = new GeoJSON({ featureProjection: 'EPSG:3857' })
  const layers = drawn.map((name) => {
    const source = new VectorSource({ url: `/map/basemap/${name}.geojson`, format })
    source.once('featuresloaderror', onFailed)
    return new VectorLayer({ source, properties: { name }, declutter: name === 'roads', maxResolution: maxResolutionOf(name) })
  })
  return {
    layers,
    repaint: (palette) => {
      const look = groundLook(palette, languageNow)
      layers.forEach((layer, index) => layer.setStyle(look[drawn[index] ?? 'landuse']))
    },
  }
}

// Houses and lanes of a whole city are grey dust that costs half a frame.
const maxResolutionOf = (name: LayerName): number => (name === 'buildings' ? 8 : name === 'roads' ? 80 : Infinity)

/** A configured base map: pictures of another server, put straight where they are cut in degrees (EPSG:4490). */
export function configuredGround(map: BaseMap, onFailed: () => void): Ground {
  if (map.projection === 'EPSG:4490') knowDegrees()
  const layers = [map.tiles, map.labels].flatMap((address) => {
    if (!address) return []
    const source = new XYZ({
      // OpenLayers asks by its own names.
      url: address,
      projection: map.projection,
      ...(map.projection === 'EPSG:4490' ? { tileGrid: degreesGrid(map.maxZoom) } : {}),
      minZoom: map.minZoom,
      maxZoom: map.maxZoom,
      // A twentieth of a pixel: the default of half a pixel shows as a seam beside exact borders.
      reprojectionErrorThreshold: 0.05,
    })
    source.on('tileloaderror', onFailed)
    return [new TileLayer({ source })]
  })
  return { layers, repaint: () => undefined }
}

/** CGCS2000 in degrees agrees with WGS84 to decimetres; OpenLayers knows only the latter, and needs the way to Web Mercator said apart. */
function knowDegrees(): void {
  if (get('EPSG:4490')) return
  const extent = [-180, -90, 180, 90]
  const degrees = new Projection({ code: 'EPSG:4490', units: 'degrees', extent, worldExtent: extent, global: true, axisOrientation: 'enu' })
  addProjection(degrees)
  const wgs84 = get('EPSG:4326')
  if (wgs84) addEquivalentProjections([wgs84, degrees])
  addCoordinateTransforms(
    'EPSG:4490',
    'EPSG:3857',
    (at) => transform(at, 'EPSG:4326', 'EPSG:3857'),
    (at) => transform(at, 'EPSG:3857', 'EPSG:4326'),
  )
}

/** The squares of 天地图's matrix `c`: from the north-west corner of the world, 360 degrees over 256 pixels halved with each zoom. */
function degreesGrid(maxZoom: number): TileGrid {
  const resolutions = Array.from({ length: maxZoom + 1 }, (_, zoom) => 360 / 256 / 2 ** zoom)
  return new TileGrid({ extent: [-180, -90, 180, 90], origin: [-180, 90], resolutions, tileSize: 256 })
}
