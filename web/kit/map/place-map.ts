/**
 * The map of the residents' portal, a file of its own that is fetched when somebody asks for it. It draws the city and the borders of its communities and holds
 * one pin: a press puts it, buttons move it by a few metres, nothing needs a drag. Where the pin stands it says by an event; the page keeps it.
 */
import { containsCoordinate } from 'ol/extent'
import Feature from 'ol/Feature'
import Point from 'ol/geom/Point'
import { defaults as defaultInteractions } from 'ol/interaction/defaults'
import VectorLayer from 'ol/layer/Vector'
import OlMap from 'ol/Map'
import { fromLonLat, getPointResolution, toLonLat, transformExtent } from 'ol/proj'
import VectorSource from 'ol/source/Vector'
import View from 'ol/View'
import { areaTiles } from './area-tiles.ts'
import { ownGround } from './ground.ts'
import { areaLook, paletteOf, pinLook } from './look.ts'

/** What the page wrote on the box of the map. */
interface Told {
  readonly label: string
  readonly help: string
  readonly zoomIn: string
  readonly zoomOut: string
  readonly north: string
  readonly south: string
  readonly west: string
  readonly east: string
  readonly credit: string
}
export interface Pin {
  readonly lng: number
  readonly lat: number
  /** A road by its name, where one runs close by. */
  readonly road: string
}

const STEP_METRES = 10
// Further off, the name of a road says nothing about a place.
const BESIDE_METRES = 60

const host = document.getElementById('place-map')
if (host) drawInto(host)

/** Roads, borders and the pin, in the colours of the page. */
function stageOf(canvas: HTMLElement, language: 'zh' | 'en') {
  const ground = ownGround(
    () => language,
    () => undefined,
  )
  const tiles = areaTiles('/api/public/tiles/{z}/{x}/{y}', () => undefined)
  const pin = new VectorSource<Feature<Point>>()
  const pinLayer = new VectorLayer({ source: pin })
  const view = new View({ center: fromLonLat([121.5, 31.2385]), zoom: 15, minZoom: 9, maxZoom: 19, enableRotation: false })
  // The page scrolls past the map until somebody turns to it.
  const interactions = defaultInteractions({ onFocusOnly: true, altShiftDragRotate: false, pinchRotate: false })
  const map = new OlMap({ target: canvas, layers: [...ground.layers, tiles, pinLayer], controls: [], interactions, view })
  map.on('rendercomplete', () => (canvas.dataset['painted'] = 'whole'))
  const repaint = (): void => {
    const palette = paletteOf(canvas)
    ground.repaint(palette)
    pinLayer.setStyle(pinLook(palette))
    tiles.setStyle(
      areaLook(
        palette,
        () => language,
        () => ({ heat: 0, label: '' }),
      ),
    )
  }
  repaint()
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', repaint)
  const roads = (ground.layers.find((layer) => layer.get('name') === 'roads') as VectorLayer | undefined)?.getSource()
  return { map, view, pin, roads, roadName: `name_${language}` }
}
type Stage = ReturnType<typeof stageOf>

/** The road that runs beside a point of the map, by its name; empty where none does. */
function roadBeside({ roads, roadName }: Stage, at: number[]): string {
  const nearest = roads?.getClosestFeatureToCoordinate(at, (road) => typeof road.get(roadName) === 'string')
  const [x = 0, y = 0] = nearest?.getGeometry()?.getClosestPoint(at) ?? []
  const metres = Math.hypot(x - (at[0] ?? 0), y - (at[1] ?? 0)) * getPointResolution('EPSG:3857', 1, at)
  return nearest && metres <= BESIDE_METRES ? String(nearest.get(roadName)) : ''
}

/** What moves the pin and the view; only what a person does is told to the page. */
function handsOf(stage: Stage, tell: (pin: Pin) => void) {
  const { view, pin } = stage
  const show = (at: number[] | undefined): void => {
    pin.clear()
    if (at) pin.addFeature(new Feature(new Point(at)))
  }
  const put = (at: number[]): void => {
    show(at)
    if (!containsCoordinate(view.calculateExtent(), at)) view.setCenter(at)
    const [lng = 0, lat = 0] = toLonLat(at).map((degrees) => Number(degrees.toFixed(6)))
    tell({ lng, lat, road: roadBeside(stage, at) })
  }
  return {
    show,
    put,
    putInMiddle: () => put(view.getCenter() ?? [0, 0]),
    move: (east: number, north: number): void => {
      const [x = 0, y = 0] = pin.getFeatures()[0]?.getGeometry()?.getCoordinates() ?? view.getCenter() ?? []
      const step = STEP_METRES / getPointResolution('EPSG:3857', 1, [x, y])
      put([x + east * step, y + north * step])
    },
    zoomBy: (steps: number): void => view.setZoom((view.getZoom() ?? 15) + steps),
    goTo: (lng: number, lat: number): void => {
      const at = fromLonLat([lng, lat])
      show(at)
      view.setCenter(at)
      if ((view.getZoom() ?? 0) < 16) view.setZoom(17)
    },
    frame: ([west = 0, south = 0, east = 0, north = 0]: number[]): void =>
      view.fit(transformExtent([west, south, east, north], 'EPSG:4326', 'EPSG:3857'), { padding: [12, 12, 12, 12], maxZoom: 17 }),
  }
}

function buttonOf([label, sign, act]: readonly [label: string, sign: string, act: () => void]): HTMLButtonElement {
  const made = document.createElement('button')
  made.type = 'button'
  made.className = 'button place-button'
  made.setAttribute('aria-label', label)
  made.textContent = sign
  made.addEventListener('click', act)
  return made
}

function textOf(className: string, text: string, id = ''): HTMLParagraphElement {
  const made = document.createElement('p')
  made.className = className
  made.textContent = text
  made.id = id
  return made
}

function canvasOf({ label }: Told): HTMLElement {
  const canvas = document.createElement('div')
  canvas.className = 'place-canvas'
  canvas.tabIndex = 0
  for (const [name, value] of Object.entries({ role: 'application', 'aria-label': label, 'aria-describedby': 'place-help' }))
    canvas.setAttribute(name, value)
  return canvas
}

function drawInto(box: HTMLElement): void {
  const told = JSON.parse(box.dataset['words'] ?? '{}') as Told
  const canvas = canvasOf(told)
  const pad = document.createElement('div')
  pad.className = 'place-pad'
  box.append(textOf('hint', told.help, 'place-help'), canvas, textOf('place-credit', told.credit), pad)

  const stage = stageOf(canvas, document.documentElement.lang.startsWith('en') ? 'en' : 'zh')
  const hands = handsOf(stage, (detail) => box.dispatchEvent(new CustomEvent('pinned', { detail })))
  const buttons = [
    [told.north, '↑', () => hands.move(0, 1)],
    [told.south, '↓', () => hands.move(0, -1)],
    [told.west, '←', () => hands.move(-1, 0)],
    [told.east, '→', () => hands.move(1, 0)],
    [told.zoomIn, '+', () => hands.zoomBy(1)],
    [told.zoomOut, '−', () => hands.zoomBy(-1)],
  ] as const
  pad.append(...buttons.map(buttonOf))
  stage.map.on('click', ({ coordinate }) => hands.put(coordinate))
  canvas.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return
    event.preventDefault()
    hands.putInMiddle()
  })
  // What the page did to the place: another pin, none, or a community chosen in the list.
  box.addEventListener('place', (event) => {
    const { at, box: spanned } = (event as CustomEvent<{ at?: { lng: number; lat: number } | null; box?: number[] }>).detail
    if (spanned) hands.frame(spanned)
    else if (at) hands.goTo(at.lng, at.lat)
    else hands.show(undefined)
  })
  hands.frame(JSON.parse(box.dataset['box'] ?? '[]') as number[])
  box.dispatchEvent(new CustomEvent('ready'))
}
