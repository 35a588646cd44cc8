/** The map on canvas, without WebGL: base map, areas out of tiles, cases, one outline and one pin. With its neighbours here the only importer of OpenLayers, always loaded late. */
import { defaults as defaultInteractions } from 'ol/interaction/defaults'
import Feature from 'ol/Feature'
import GeoJSON from 'ol/format/GeoJSON'
import Point from 'ol/geom/Point'
import type BaseLayer from 'ol/layer/Base'
import VectorLayer from 'ol/layer/Vector'
import type VectorTileLayer from 'ol/layer/VectorTile'
import OlMap from 'ol/Map'
import { fromLonLat, toLonLat, transformExtent } from 'ol/proj'
import VectorSource from 'ol/source/Vector'
import View from 'ol/View'
import { areaTiles } from './area-tiles.ts'
import { configuredGround, ownGround, type BaseMap, type Ground } from './ground.ts'
import { heatLayer } from './heat-layer.ts'
import { listenTo, type MapHit } from './hits.ts'
import { areaLook, caseLook, outlineLook, paletteOf, pinLook, type AreaLook } from './look.ts'
import { sameView, type LngLat, type MapBox, type MapCases, type MapView } from './view.ts'

export type { MapHit } from './hits.ts'
export type { AreaLook } from './look.ts'
export type { BaseMap } from './ground.ts'

/** GeoJSON FeatureCollection in WGS84 degrees. Each feature's `name` property is written on it. */
export type Areas = object

export interface CityMap {
  /** Moves the pin, or takes it away. */
  setPin(at: LngLat | null): void
  /** Borders drawn over everything: where we are. */
  setOutline(areas: Areas | null): void
  /** Areas from tiles at this address; null takes them away. */
  setTiles(address: string | null): void
  /** What colours an area, by its code. Undefined: a thin border. */
  setLook(lookOf: (code: string) => AreaLook | undefined): void
  /** Cases, as discs with numbers or as heat. */
  setCases(cases: readonly MapCases[], shown: 'groups' | 'heat'): void
  /** The city's own drawing, or another base map. */
  setGround(map: BaseMap | null): void
  /** One listener for presses on cases and areas. */
  onHit(listener: (hit: MapHit) => void): void
  /** Hears where the map stands, whenever it stands still; `byHand` when a person brought it there. */
  onView(listener: (view: MapView, byHand: boolean) => void): void
  setView(view: Pick<MapView, 'lng' | 'lat' | 'zoom'>): void
  /** Frames the pin, else the outline. */
  frame(): void
  zoomBy(steps: number): void
  /** Asks again for tiles that did not come. */
  retry(): void
  /** Colours come from the page's tokens; call after the theme or language changed. */
  repaint(): void
  remove(): void
}

const format = new GeoJSON({ featureProjection: 'EPSG:3857' })

/** What the map says of itself. */
export interface MapTells {
  readonly languageNow: () => 'zh' | 'en'
  /** A part of the base map could not be read; the rest still shows. */
  readonly onGroundFailed: () => void
  /** A tile of areas did not come. */
  readonly onTileFailed: () => void
}

/** The layers of a map, and how they are painted. */
function stageOf(host: HTMLElement, tells: MapTells) {
  const outline = new VectorLayer({ source: new VectorSource(), declutter: true })
  const cases = new VectorLayer({ source: new VectorSource() })
  const pin = new VectorLayer({ source: new VectorSource() })
  const heat = heatLayer(() => [1, 2, 3, 4, 5].map((step) => paletteOf(host).colour(`warm-${step}`)))
  const view = new View({ center: fromLonLat([121.5, 31.2385]), zoom: 15, minZoom: 4, maxZoom: 19, enableRotation: false })
  // A page that scrolls past the map must not be caught by it: it listens after it has been focused or touched with purpose.
  const interactions = defaultInteractions({ onFocusOnly: true, altShiftDragRotate: false, pinchRotate: false })
  const map = new OlMap({ target: host, layers: [], controls: [], interactions, view })
  // Everything asked for has come and is painted: what waits for a whole picture (prints, tests) reads it here.
  map.on('rendercomplete', () => (host.dataset['painted'] = 'whole'))
  map.on('movestart', () => (host.dataset['painted'] = 'moving'))
  let ground: Ground = ownGround(tells.languageNow, tells.onGroundFailed)
  let tiles: VectorTileLayer | undefined
  let lookOf: (code: string) => AreaLook | undefined = () => undefined
  const paintTiles = (): void => tiles?.setStyle(areaLook(paletteOf(host), tells.languageNow, (code) => lookOf(code)))
  const repaint = (): void => {
    const palette = paletteOf(host)
    ground.repaint(palette)
    outline.setStyle(outlineLook(palette))
    cases.setStyle(caseLook(palette))
    pin.setStyle(pinLook(palette))
    paintTiles()
    heat.repaint()
  }
  const stack = (): void => {
    const all: (BaseLayer | undefined)[] = [...ground.layers, tiles, heat.layer, outline, cases, pin]
    map.setLayers(all.filter((one) => one !== undefined))
    repaint()
  }
  stack()
  return {
    map,
    view,
    outline,
    cases,
    pin,
    heat,
    repaint,
    tilesNow: () => tiles,
    setTiles: (address: string | null): void => {
      tiles = address === null ? undefined : areaTiles(address, tells.onTileFailed)
      stack()
    },
    setLook: (look: (code: string) => AreaLook | undefined): void => {
      lookOf = look
      // A new style and not only a new answer: OpenLayers keeps what it painted for the old one.
      paintTiles()
    },
    setGround: (base: BaseMap | null): void => {
      ground = base ? configuredGround(base, tells.onGroundFailed) : ownGround(tells.languageNow, tells.onGroundFailed)
      stack()
    },
  }
}

/** Draws into `host`. */
export function cityMap(host: HTMLElement, tells: MapTells): CityMap {
  const { map, view, outline, cases, pin, heat, repaint, tilesNow, setTiles, setLook, setGround } = stageOf(host, tells)
  const stands = standing(map, view)
  let shownCases: readonly MapCases[] = []
  return {
    setPin: (at) => fill(pin, at ? [new Feature(new Point(fromLonLat([at.lng, at.lat])))] : []),
    setOutline: (areas) => fill(outline, areas ? format.readFeatures(areas) : []),
    setTiles,
    setLook,
    setGround,
    setCases: (found, shown) => {
      shownCases = shown === 'groups' ? found : []
      heat.layer.setVisible(shown === 'heat')
      heat.set(shown === 'heat' ? found : [])
      fill(
        cases,
        shownCases.map(({ lng, lat, ...facts }) => new Feature({ geometry: new Point(fromLonLat([lng, lat])), ...facts })),
      )
    },
    onHit: (listener) => listenTo(map, { tilesNow, casesNow: () => shownCases }, listener),
    onView: stands.listen,
    setView: ({ lng, lat, zoom }) => stands.byProgram(() => (view.setCenter(fromLonLat([lng, lat])), view.setZoom(zoom))),
    frame: () => {
      const source = pin.getSource()?.isEmpty() === false ? pin.getSource() : outline.getSource()
      const extent = source && !source.isEmpty() ? source.getExtent() : null
      if (extent) stands.byProgram(() => view.fit(extent, { maxZoom: 17, padding: [24, 24, 24, 24] }))
    },
    zoomBy: (steps) => view.animate({ zoom: (view.getZoom() ?? 15) + steps, duration: 120 }),
    retry: () => tilesNow()?.getSource()?.refresh(),
    repaint,
    remove: () => map.setTarget(undefined),
  }
}

function fill(layer: VectorLayer, features: Feature[]): void {
  const source = layer.getSource()
  source?.clear()
  source?.addFeatures(features)
}

/** Knows whether the map stands where the page put it or where a person moved it. */
function standing(map: OlMap, view: View) {
  let placed: MapView | undefined
  const here = (): MapView => {
    const [lng = 0, lat = 0] = toLonLat(view.getCenter() ?? [0, 0])
    return { lng, lat, zoom: view.getZoom() ?? 0, box: boxNow() }
  }
  const boxNow = (): MapBox => {
    const [west = 0, south = 0, east = 0, north = 0] = transformExtent(view.calculateExtent(map.getSize() ?? [1, 1]), 'EPSG:3857', 'EPSG:4326')
    return { west, south, east, north }
  }
  return {
    byProgram: (move: () => void): void => {
      move()
      placed = here()
    },
    listen: (listener: (view: MapView, byHand: boolean) => void): void => {
      placed ??= here()
      map.on('moveend', () => {
        const now = here()
        listener(now, placed !== undefined && !sameView(now, placed))
      })
    },
  }
}
