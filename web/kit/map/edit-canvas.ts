/** Borders under the hand: corners that grids share are moved together, and everything snaps. What is done here can be done in the table beside it too. */
import { defaults as defaultInteractions } from 'ol/interaction/defaults'
import type { FeatureLike } from 'ol/Feature'
import Feature from 'ol/Feature'
import LineString from 'ol/geom/LineString'
import Point from 'ol/geom/Point'
import Polygon from 'ol/geom/Polygon'
import Draw from 'ol/interaction/Draw'
import Modify from 'ol/interaction/Modify'
import Snap from 'ol/interaction/Snap'
import VectorLayer from 'ol/layer/Vector'
import OlMap from 'ol/Map'
import { fromLonLat, toLonLat } from 'ol/proj'
import VectorSource from 'ol/source/Vector'
import { Circle, Fill, Stroke, Style, Text } from 'ol/style'
import View from 'ol/View'
import { configuredGround, ownGround, type BaseMap } from './ground.ts'
import { paletteOf, type Palette } from './look.ts'
import type { LngLat } from './view.ts'

/** A border by its key, with what is written on it; an open ring in degrees. */
export interface EditShape {
  readonly key: string
  readonly label: string
  readonly ring: readonly (readonly [number, number])[]
}
export type EditTool = 'corners' | 'cut' | 'draw'

export interface EditMap {
  show(shapes: readonly EditShape[], chosen: string): void
  use(tool: EditTool): void
  /** Marks places and goes to the first of them. */
  point(at: readonly LngLat[]): void
  frame(): void
  zoomBy(steps: number): void
  repaint(): void
  remove(): void
}
/** What the hand did, in degrees. */
export interface EditTells {
  readonly languageNow: () => 'zh' | 'en'
  readonly onFailed: () => void
  readonly onChosen: (key: string) => void
  readonly onRings: (rings: Map<string, [number, number][]>) => void
  readonly onCut: (line: [number, number][]) => void
  readonly onDrawn: (ring: [number, number][]) => void
}

/** Draws into `host`, over the base map. */
export function editMap(host: HTMLElement, base: BaseMap | null, tells: EditTells): EditMap {
  const ground = base ? configuredGround(base, tells.onFailed) : ownGround(tells.languageNow, tells.onFailed)
  const source = new VectorSource<Feature<Polygon>>()
  const marks = new VectorSource()
  const view = new View({ center: fromLonLat([121.5, 31.2385]), zoom: 15, minZoom: 4, maxZoom: 21, enableRotation: false })
  const layer = new VectorLayer({ source })
  const marked = new VectorLayer({ source: marks })
  const map = new OlMap({
    target: host,
    layers: [...ground.layers, layer, marked],
    controls: [],
    interactions: defaultInteractions({ onFocusOnly: true, doubleClickZoom: false }),
    view,
  })
  let chosen = ''
  map.on('rendercomplete', () => (host.dataset['painted'] = 'whole'))
  map.on('singleclick', ({ pixel }) => {
    if (tool !== 'corners') return
    void layer.getFeatures(pixel).then(([hit]) => hit && tells.onChosen(String(hit.get('key'))))
  })
  let tool: EditTool = 'corners'
  let active: (Modify | Draw | Snap)[] = []
  const repaint = (): void => {
    const palette = paletteOf(host)
    ground.repaint(palette)
    layer.setStyle((feature) => shapeStyle(palette, feature, String(feature.get('key')) === chosen))
    marked.setStyle(markStyle(palette))
  }
  repaint()
  return {
    show: (shapes, key) => {
      chosen = key
      source.clear()
      source.addFeatures(shapes.map(featureOf))
    },
    use: (next) => {
      tool = next
      for (const one of active) map.removeInteraction(one)
      active = handsFor(next, source, tells)
      for (const one of active) map.addInteraction(one)
    },
    point: (at) => {
      marks.clear()
      marks.addFeatures(at.map(({ lng, lat }) => new Feature(new Point(fromLonLat([lng, lat])))))
      const [first] = at
      if (first) view.animate({ center: fromLonLat([first.lng, first.lat]), zoom: Math.max(18, view.getZoom() ?? 18), duration: 120 })
    },
    frame: () => {
      if (!source.isEmpty()) view.fit(source.getExtent() ?? [], { maxZoom: 18, padding: [24, 24, 24, 24] })
    },
    zoomBy: (steps) => view.animate({ zoom: (view.getZoom() ?? 15) + steps, duration: 120 }),
    repaint,
    remove: () => map.setTarget(undefined),
  }
}

function featureOf({ key, label, ring }: EditShape): Feature<Polygon> {
  const closed = [...ring, ...ring.slice(0, 1)].map(([lng, lat]) => fromLonLat([lng, lat]))
  return new Feature({ geometry: new Polygon([closed]), key, label })
}

function handsFor(tool: EditTool, source: VectorSource<Feature<Polygon>>, tells: EditTells): (Modify | Draw | Snap)[] {
  // After the others, so that it sees the pointer before them.
  const snap = new Snap({ source, pixelTolerance: 10 })
  if (tool === 'corners') {
    const modify = new Modify({ source, pixelTolerance: 8 })
    modify.on('modifyend', () => tells.onRings(ringsOf(source)))
    return [modify, snap]
  }
  const draw = new Draw({ type: tool === 'cut' ? 'LineString' : 'Polygon', stopClick: true })
  draw.on('drawend', ({ feature }) => {
    const geometry = feature.getGeometry()
    if (geometry instanceof LineString) tells.onCut(geometry.getCoordinates().map(degreesOf))
    if (geometry instanceof Polygon) tells.onDrawn((geometry.getCoordinates()[0] ?? []).slice(0, -1).map(degreesOf))
  })
  return [draw, snap]
}

function ringsOf(source: VectorSource<Feature<Polygon>>): Map<string, [number, number][]> {
  const ringOf = (one: Feature<Polygon>) => (one.getGeometry()?.getCoordinates()[0] ?? []).slice(0, -1).map(degreesOf)
  return new Map(source.getFeatures().map((one) => [String(one.get('key')), ringOf(one)]))
}

function degreesOf(at: number[]): [number, number] {
  const [lng = 0, lat = 0] = toLonLat(at)
  return [Math.round(lng * 1e7) / 1e7, Math.round(lat * 1e7) / 1e7]
}

function shapeStyle({ colour, font }: Palette, feature: FeatureLike, isChosen: boolean): Style[] {
  const text = new Text({
    text: String(feature.get('label')),
    font: `12px ${font}`,
    fill: new Fill({ color: colour('text') }),
    stroke: new Stroke({ color: colour('surface'), width: 4 }),
    overflow: true,
  })
  const stroke = new Stroke({ color: colour(isChosen ? 'accent-strong' : 'accent'), width: isChosen ? 3 : 1.5 })
  const shape = new Style({ fill: new Fill({ color: `${colour(isChosen ? 'heat-2' : 'heat-1')}99` }), stroke, text, zIndex: isChosen ? 1 : 0 })
  if (!isChosen) return [shape]
  const corner = new Circle({
    radius: 5,
    fill: new Fill({ color: colour('surface') }),
    stroke: new Stroke({ color: colour('accent-strong'), width: 2 }),
  })
  const corners = new Style({
    image: corner,
    zIndex: 2,
    geometry: (one) => {
      const geometry = one.getGeometry()
      return geometry instanceof Polygon ? new LineString(geometry.getCoordinates()[0] ?? []) : undefined
    },
  })
  const dots = (feature.getGeometry() as Polygon | undefined)
    ?.getCoordinates()[0]
    ?.map((at) => new Style({ image: corner, geometry: new Point(at), zIndex: 2 }))
  return [shape, ...(dots ?? [corners])]
}

function markStyle({ colour }: Palette): Style {
  return new Style({ image: new Circle({ radius: 12, stroke: new Stroke({ color: colour('over'), width: 3 }) }) })
}
