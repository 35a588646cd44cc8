import type { Spot } from './plane.ts'
import type { Streets } from './cut.ts'

// Cells of about 12 by 12 metres.
const CELL_X = 126
const CELL_Y = 108

/** Remembers which cells of a fine raster a street passes, and where. A border sees streets in its own cell and the eight around it. */
export function streetsOf(lines: readonly (readonly Spot[])[]): Streets {
  const cells = new Map<number, Spot>()
  const key = (cx: number, cy: number): number => cx * 4096 + cy
  for (const line of lines) {
    line.slice(1).forEach((b, i) => {
      const a = line[i] as Spot
      const steps = Math.max(1, Math.ceil(Math.hypot(b[0] - a[0], b[1] - a[1]) / 50))
      for (let s = 0; s <= steps; s += 1) {
        const spot: Spot = [Math.round(a[0] + ((b[0] - a[0]) * s) / steps), Math.round(a[1] + ((b[1] - a[1]) * s) / steps)]
        const cell = key(Math.floor(spot[0] / CELL_X), Math.floor(spot[1] / CELL_Y))
        if (!cells.has(cell)) cells.set(cell, spot)
      }
    })
  }
  return ([x, y]) => {
    const [cx, cy] = [Math.floor(x / CELL_X), Math.floor(y / CELL_Y)]
    let best: Spot | undefined
    let least = Infinity
    for (let dx = -1; dx <= 1; dx += 1) {
      for (let dy = -1; dy <= 1; dy += 1) {
        const spot = cells.get(key(cx + dx, cy + dy))
        const off = spot ? Math.hypot((spot[0] - x) * 0.855, spot[1] - y) : Infinity
        if (off < least) [best, least] = [spot, off]
      }
    }
    return best
  }
}
