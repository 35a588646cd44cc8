/**
 * The map of the residents' portal, a file of its own that is fetched when somebody asks for it. It draws the city and the borders of its communities and holds
 * one pin: a press puts it, buttons move it by a few metres, nothing needs a drag. Where the pin stands it says by an event; the page keeps it.
 */
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

function drawInto(box: HTMLElement): void {
  const told = JSON.parse(box.dataset['words'] ?? '{}') as Told
  const language = document.documentElement.lang.startsWith('en') ? 'en' : 'zh'
  const canvas = box.appendChild(document.createElement('div'))
  canvas.className = 'place-canvas'
  canvas.tabIndex = 0
  canvas.setAttribute('role', 'application')
  canvas.setAttribute('aria-label', told.label)
  canvas.setAttribute('aria-describedby', 'place-help')

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
  const roadBeside = (at: number[]): string => {
    const nearest = roads?.getClosestFeatureToCoordinate(at, (road) => typeof road.get(`name_${language}`) === 'string')
    const [x = 0, y = 0] = nearest?.getGeometry()?.getClosestPoint(at) ?? []
    const metres = Math.hypot(x - (at[0] ?? 0), y - (at[1] ?? 0)) * getPointResolution('EPSG:3857', 1, at)
    return nearest && metres <= BESIDE_METRES ? String(nearest.get(`name_${language}`)) : ''
  }
  const show = (at: number[] | undefined): void => {
    pin.clear()
    if (at) pin.addFeature(new Feature(new Point(at)))
  }
  const put = (at: number[]): void => {
    show(at)
    const extent = view.calculateExtent()
    const [west = 0, south = 0, east = 0, north = 0] = extent
    const [x = 0, y = 0] = at
    if (x < west || x > east || y < south || y > north) view.setCenter(at)
    const [lng = 0, lat = 0] = toLonLat(at)
    const detail: Pin = { lng: Number(lng.toFixed(6)), lat: Number(lat.toFixed(6)), road: roadBeside(at) }
    box.dispatchEvent(new CustomEvent('pinned', { detail, bubbles: true }))
  }
  const move = (east: number, north: number): void => {
    const from = pin.getFeatures()[0]?.getGeometry()?.getCoordinates() ?? view.getCenter() ?? [0, 0]
    const step = STEP_METRES / getPointResolution('EPSG:3857', 1, from)
    put([(from[0] ?? 0) + east * step, (from[1] ?? 0) + north * step])
  }
  map.on('click', ({ coordinate }) => put(coordinate))
  canvas.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return
    event.preventDefault()
    put(view.getCenter() ?? [0, 0])
  })

  const button = (label: string, sign: string, act: () => void): HTMLButtonElement => {
    const made = document.createElement('button')
    made.type = 'button'
    made.className = 'button place-button'
    made.setAttribute('aria-label', label)
    made.textContent = sign
    made.addEventListener('click', act)
    return made
  }
  const zoomBy = (steps: number): void => view.animate({ zoom: (view.getZoom() ?? 15) + steps, duration: 0 })
  const help = document.createElement('p')
  help.id = 'place-help'
  help.className = 'hint'
  help.textContent = told.help
  const pad = document.createElement('div')
  pad.className = 'place-pad'
  pad.append(
    button(told.north, '↑', () => move(0, 1)),
    button(told.south, '↓', () => move(0, -1)),
    button(told.west, '←', () => move(-1, 0)),
    button(told.east, '→', () => move(1, 0)),
    button(told.zoomIn, '+', () => zoomBy(1)),
    button(told.zoomOut, '−', () => zoomBy(-1)),
  )
  const credit = document.createElement('p')
  credit.className = 'place-credit'
  credit.textContent = told.credit
  canvas.after(credit, pad)
  box.prepend(help)

  const goTo = (lng: number, lat: number): void => {
    const at = fromLonLat([lng, lat])
    show(at)
    view.setCenter(at)
    if ((view.getZoom() ?? 0) < 16) view.setZoom(17)
  }
  const frame = ([west = 0, south = 0, east = 0, north = 0]: number[]): void =>
    view.fit(transformExtent([west, south, east, north], 'EPSG:4326', 'EPSG:3857'), { padding: [12, 12, 12, 12], maxZoom: 17 })
  // What the page did to the place: another pin, none, or a community chosen in the list.
  box.addEventListener('place', (event) => {
    const { at, box: spanned } = (event as CustomEvent<{ at?: { lng: number; lat: number } | null; box?: number[] }>).detail
    if (spanned) frame(spanned)
    else if (at) goTo(at.lng, at.lat)
    else show(undefined)
  })
  const spanned = JSON.parse(box.dataset['box'] ?? '[]') as number[]
  if (spanned.length === 4) frame(spanned)
  box.dispatchEvent(new CustomEvent('ready', { bubbles: true }))
}
