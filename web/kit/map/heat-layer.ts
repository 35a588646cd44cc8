/** Heat on a canvas of our own: OpenLayers' own heat layer needs WebGL, which many offices do not have. */
import ImageLayer from 'ol/layer/Image'
import { fromLonLat } from 'ol/proj'
import ImageCanvasSource from 'ol/source/ImageCanvas'

export interface HeatSpot {
  readonly lng: number
  readonly lat: number
  readonly count: number
}

const RADIUS = 48
const STEPS = 256

/** A layer of heat. `colours` gives the ramp from cool to hot as CSS colours; it is asked at each painting. */
export function heatLayer(colours: () => readonly string[]) {
  let spots: readonly HeatSpot[] = []
  const source = new ImageCanvasSource({
    ratio: 1,
    canvasFunction: (extent, resolution, pixelRatio, size) => {
      const [width = 1, height = 1] = size
      const canvas = document.createElement('canvas')
      canvas.width = Math.round(width)
      canvas.height = Math.round(height)
      const pen = canvas.getContext('2d', { willReadFrequently: true })
      if (!pen || spots.length === 0) return canvas
      const most = Math.max(...spots.map(({ count }) => count))
      const [west = 0, , , north = 0] = extent
      for (const { lng, lat, count } of spots) {
        const [x = 0, y = 0] = fromLonLat([lng, lat])
        paint(pen, ((x - west) / resolution) * pixelRatio, ((north - y) / resolution) * pixelRatio, RADIUS * pixelRatio, count / most)
      }
      tint(pen, canvas, colours())
      return canvas
    },
  })
  const layer = new ImageLayer({ source, visible: false, opacity: 0.8 })
  return {
    layer,
    repaint: (): void => source.changed(),
    set: (found: readonly HeatSpot[]): void => {
      spots = found
      source.changed()
    },
  }
}

function paint(pen: CanvasRenderingContext2D, x: number, y: number, radius: number, weight: number): void {
  const glow = pen.createRadialGradient(x, y, 0, x, y, radius)
  // A single case beside a great cluster stays visible.
  const strength = 0.15 + 0.75 * weight
  glow.addColorStop(0, `rgb(0 0 0 / ${strength})`)
  glow.addColorStop(1, 'rgb(0 0 0 / 0)')
  pen.fillStyle = glow
  pen.fillRect(x - radius, y - radius, radius * 2, radius * 2)
}

function tint(pen: CanvasRenderingContext2D, { width, height }: HTMLCanvasElement, colours: readonly string[]): void {
  const ramp = document.createElement('canvas')
  ramp.width = STEPS
  ramp.height = 1
  const brush = ramp.getContext('2d')
  if (!brush) return
  const gradient = brush.createLinearGradient(0, 0, STEPS, 0)
  colours.forEach((colour, index) => gradient.addColorStop(index / (colours.length - 1), colour))
  brush.fillStyle = gradient
  brush.fillRect(0, 0, STEPS, 1)
  const { data: shades } = brush.getImageData(0, 0, STEPS, 1)
  const image = pen.getImageData(0, 0, width, height)
  for (let at = 0; at < image.data.length; at += 4) {
    const alpha = image.data[at + 3] ?? 0
    if (alpha === 0) continue
    for (let part = 0; part < 3; part += 1) image.data[at + part] = shades[alpha * 4 + part] ?? 0
    image.data[at + 3] = Math.min(255, alpha * 2)
  }
  pen.putImageData(image, 0, 0)
}
