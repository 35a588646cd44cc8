/** The map on canvas: our own base map of the city, borders of areas, points, and one pin. The only importer of OpenLayers, always loaded late. */
import { defaults as defaultInteractions } from 'ol/interaction/defaults'
import Feature from 'ol/Feature'
import GeoJSON from 'ol/format/GeoJSON'
import type { FeatureLike } from 'ol/Feature'
import Point from 'ol/geom/Point'
import VectorLayer from 'ol/layer/Vector'
import OlMap from 'ol/Map'
import { fromLonLat } from 'ol/proj'
import VectorSource from 'ol/source/Vector'
import { Circle, Fill, Icon, RegularShape, Stroke, Style, Text } from 'ol/style'
import View from 'ol/View'

export interface LngLat {
  readonly lng: number
  readonly lat: number
}
/**
 * GeoJSON FeatureCollection in WGS84 degrees. Each feature's `name` property is written on it; `heat` from 1 to 5 colours it, 0 leaves it
 * bare and nothing draws the border alone; `code` is what a press on it gives.
 */
export type Areas = object
export interface MapPoint extends LngLat {
  readonly id: string
  /** A warning has another colour and another shape. */
  readonly warns: boolean
  /** How many things stand at this very point; more than one is written on it. */
  readonly count: number
}
/** What a press on the map hit. */
export type MapHit = { readonly kind: 'area' | 'point'; readonly id: string }

export interface CityMap {
  /** Moves the pin, or takes it away. */
  setPin(at: LngLat | null): void
  setAreas(areas: Areas | null): void
  setPoints(points: readonly MapPoint[]): void
  /** One listener for presses on points and on areas with a code. */
  onHit(listener: (hit: MapHit) => void): void
  /** Frames the pin, else the areas, else the whole base map. */
  frame(): void
  zoomBy(steps: number): void
  /** Colours come from the page's tokens; call after the theme or language changed. */
  repaint(): void
  remove(): void
}

const layers = ['landuse', 'water', 'buildings', 'roads'] as const
type LayerName = (typeof layers)[number]
const format = new GeoJSON({ featureProjection: 'EPSG:3857' })

/** Draws into `host`. `onFailed` hears once when a layer of the base map cannot be read; the rest still shows. */
export function cityMap(host: HTMLElement, languageNow: () => 'zh' | 'en', onFailed: () => void): CityMap {
  const sources = Object.fromEntries(layers.map((name) => [name, new VectorSource({ url: `/map/basemap/${name}.geojson`, format })])) as Record<
    LayerName,
    VectorSource
  >
  const areaSource = new VectorSource()
  const pointSource = new VectorSource()
  const pinSource = new VectorSource()
  for (const source of Object.values(sources)) source.once('featuresloaderror', onFailed)

  const painted = layers.map(
    (name) => new VectorLayer({ source: sources[name], declutter: name === 'roads', maxResolution: name === 'buildings' ? 8 : Infinity }),
  )
  const areaLayer = new VectorLayer({ source: areaSource, declutter: true })
  const pointLayer = new VectorLayer({ source: pointSource })
  const pinLayer = new VectorLayer({ source: pinSource })
  const view = new View({ center: fromLonLat([121.5, 31.2385]), zoom: 15, minZoom: 11, maxZoom: 19 })
  const map = new OlMap({
    target: host,
    layers: [...painted, areaLayer, pointLayer, pinLayer],
    controls: [],
    // A page that scrolls past the map must not be caught by it: it listens after it has been focused or touched with purpose.
    interactions: defaultInteractions({ onFocusOnly: true }),
    view,
  })

  function repaint(): void {
    const look = stylesOf(host, languageNow)
    painted.forEach((layer, index) => layer.setStyle(look[layers[index] ?? 'landuse']))
    areaLayer.setStyle(look.areas)
    pointLayer.setStyle(look.points)
    pinLayer.setStyle(look.pin)
  }
  function frame(): void {
    const source = pinSource.isEmpty() ? areaSource : pinSource
    const extent = source.isEmpty() ? null : source.getExtent()
    if (extent) view.fit(extent, { maxZoom: 17, padding: [24, 24, 24, 24] })
  }
  repaint()
  return {
    setPin(at) {
      pinSource.clear()
      if (at) pinSource.addFeature(new Feature(new Point(fromLonLat([at.lng, at.lat]))))
    },
    setAreas(areas) {
      areaSource.clear()
      if (areas) areaSource.addFeatures(format.readFeatures(areas))
    },
    setPoints(points) {
      pointSource.clear()
      pointSource.addFeatures(points.map(({ lng, lat, ...facts }) => new Feature({ geometry: new Point(fromLonLat([lng, lat])), ...facts })))
    },
    onHit: (listener) => listen(map, pointLayer, areaLayer, listener),
    frame,
    zoomBy: (steps) => view.animate({ zoom: (view.getZoom() ?? 15) + steps, duration: 120 }),
    repaint,
    remove: () => map.setTarget(undefined),
  }
}

function listen(map: OlMap, points: VectorLayer, areas: VectorLayer, listener: (hit: MapHit) => void): void {
  const on = (pixel: number[], layer: VectorLayer, hitTolerance: number): FeatureLike | undefined =>
    map.forEachFeatureAtPixel(pixel, (feature) => feature, { layerFilter: (one) => one === layer, hitTolerance })
  const hitAt = (pixel: number[]): MapHit | undefined => {
    // A finger is wider than a point.
    const point = on(pixel, points, 6)
    if (point) return { kind: 'point', id: String(point.get('id')) }
    const code: unknown = on(pixel, areas, 0)?.get('code')
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

const widths: Readonly<Record<string, number>> = {
  motorway: 7,
  trunk: 7,
  primary: 6,
  secondary: 5,
  tertiary: 4,
  residential: 3,
  unclassified: 3,
  service: 1.5,
  pedestrian: 1.5,
}
const greens = new Set(['park', 'green', 'pitch'])

function stylesOf(host: HTMLElement, languageNow: () => 'zh' | 'en') {
  const css = getComputedStyle(host)
  const colour = (token: string): string => css.getPropertyValue(`--${token}`).trim()
  const font = css.fontFamily
  const water = new Style({ fill: new Fill({ color: colour('map-water') }), stroke: new Stroke({ color: colour('map-water'), width: 1 }) })
  const green = new Style({ fill: new Fill({ color: colour('map-green') }) })
  const building = new Style({ fill: new Fill({ color: colour('map-building') }) })
  const halo = new Stroke({ color: colour('map-land'), width: 3 })
  const edge = new Stroke({ color: colour('surface'), width: 1.5 })
  const pointInTime = new Style({ image: new Circle({ radius: 6, fill: new Fill({ color: colour('accent-strong') }), stroke: edge }) })
  const pointOver = new Style({
    image: new RegularShape({ points: 3, radius: 9, fill: new Fill({ color: colour('over') }), stroke: edge }),
    zIndex: 1,
  })
  return {
    landuse: (feature: { get(key: string): unknown }) => (greens.has(String(feature.get('kind'))) ? green : undefined),
    water,
    buildings: building,
    roads: (feature: { get(key: string): unknown }, resolution: number) => {
      const width = (widths[String(feature.get('kind'))] ?? 1) * Math.min(1.6, Math.max(0.5, 1.6 / resolution))
      const name = feature.get(languageNow() === 'en' ? 'name_en' : 'name_zh')
      const line = new Style({ stroke: new Stroke({ color: colour('map-road'), width }), zIndex: width })
      if (resolution < 6 && width > 1.2) line.setText(labelOf(name, font, colour('map-label'), halo))
      if (width < 1) return line
      return [new Style({ stroke: new Stroke({ color: colour('map-road-edge'), width: width + 1.4 }), zIndex: 0 }), line]
    },
    areas: (feature: { get(key: string): unknown }) => {
      const heat = feature.get('heat')
      if (typeof heat !== 'number') {
        const label = labelOf(feature.get('name'), font, colour('accent-strong'), halo, 'point')
        return new Style({ stroke: new Stroke({ color: colour('accent'), width: 2, lineDash: [6, 4] }), text: label })
      }
      // The streets below stay visible through the colour; a bare area is still there for a press.
      const fill = new Fill({ color: heat > 0 ? `${colour(`heat-${heat}`)}c8` : 'rgb(0 0 0 / 1%)' })
      const label = labelOf(feature.get('name'), font, colour('text'), new Stroke({ color: colour('surface'), width: 4 }), 'point')
      return new Style({ fill, stroke: new Stroke({ color: colour('accent-strong'), width: 1.5 }), text: label })
    },
    points: (feature: { get(key: string): unknown }) => {
      const style = (feature.get('warns') === true ? pointOver : pointInTime).clone()
      const count = Number(feature.get('count'))
      if (count > 1) {
        const label = labelOf(String(count), font, colour('text'), new Stroke({ color: colour('surface'), width: 4 }), 'point')
        label.setOffsetX(14)
        style.setText(label)
      }
      return style
    },
    pin: new Style({ image: new Icon({ src: pinImage(colour('over'), colour('surface')), anchor: [0.5, 1], scale: 1.1 }) }),
  }
}

function labelOf(name: unknown, font: string, fill: string, halo: Stroke, placement: 'line' | 'point' = 'line'): Text {
  return new Text({
    text: typeof name === 'string' ? name : '',
    font: `12px ${font}`,
    placement,
    fill: new Fill({ color: fill }),
    stroke: halo,
    overflow: placement === 'point',
  })
}

function pinImage(fill: string, edge: string): string {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="30" height="40" viewBox="0 0 30 40"><path d="M15 39C9 29 2 23 2 14.5a13 13 0 0 1 26 0C28 23 21 29 15 39z" fill="${fill}" stroke="${edge}" stroke-width="2"/><circle cx="15" cy="14.5" r="5" fill="${edge}"/></svg>`
  return `data:image/svg+xml,${encodeURIComponent(svg)}`
}
