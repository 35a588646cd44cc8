import { importAreaCodes, importAreaPolygons, loadTerritory, type Territory } from '#contexts/territory/index.ts'
import { systemActor } from '#kernel/actor.ts'
import { systemClock, type LocalDate } from '#kernel/clock.ts'
import { newId } from '#kernel/id.ts'
import { inTransaction } from '#platform/database/database.ts'
import type { Doing } from '#platform/event.ts'
import { cpuOfThisProcess, figuresOf, type Figures, type Round } from './figures.ts'
import { using } from './ground.ts'

type Point = { readonly lng: number; readonly lat: number }
type Ring = [number, number][]

// 200 by 100 cells over 0.4 by 0.2 degrees, each side bent at six places, so that a border has 28 corners and neighbours share theirs.
const columns = 200
const rows = 100
const cell = 0.002
const bends = 7
const west = 121.2
const south = 31.1

const day = '2026-03-02' as LocalDate

/**
 * Coordinates a second that the territory finds the grid of, in this process, among 20,000 grids that were imported as a city's are. The
 * floor passes over the boxes of all grids and tests those that hold the point by a ray: what one writes without an index. `borders` is that
 * import: grids a second that come in and are compared with all others for overlaps and gaps.
 */
export async function measureLookups(
  url: string,
  { rounds, seconds }: { rounds: number; seconds: number },
): Promise<{ borders: Figures; lookups: Figures }> {
  const rings = Array.from({ length: columns * rows }, (_, index) => ringOf(index % columns, Math.floor(index / columns)))
  const { territory, imported } = await importNet(url, rings)
  const scan = boxScan(rings)
  const points = Array.from({ length: 20_000 }, (_, index): Point => ({
    lng: west + noise(index) * columns * cell,
    lat: south + noise(index + 0.5) * rows * cell,
  }))
  const wrong = points.filter((point) => territory.locate(point)?.gridCode !== scan(point).map(codeOf)[0])
  if (wrong.length > 0) throw new Error(`The index and the scan disagree on ${wrong.length} of ${points.length} points.`)

  const locate = (point: Point): unknown => territory.locate(point)
  spin(points, locate, seconds / 4)
  spin(points, scan, seconds / 4)
  const measured = Array.from({ length: rounds }, (): Round => {
    const before = cpuOfThisProcess()
    const items = spin(points, locate, seconds)
    const cpu = cpuOfThisProcess() - before
    return { items, seconds, cpu, times: timesOf(points, locate), floor: spin(points, scan, seconds) / seconds }
  })
  return { borders: figuresOf([imported]), lookups: figuresOf(measured) }
}

/** How many points are dealt with in so many seconds. */
function spin(points: readonly Point[], work: (point: Point) => unknown, seconds: number): number {
  const until = performance.now() + seconds * 1000
  let done = 0
  while (performance.now() < until) for (let i = 0; i < 100; i += 1) work(points[done++ % points.length] as Point)
  return done
}

function timesOf(points: readonly Point[], work: (point: Point) => unknown): number[] {
  return points.slice(0, 5000).map((point) => {
    const begun = performance.now()
    work(point)
    return performance.now() - begun
  })
}

/** A number from 0 to 1 that is the same for the same seed. */
function noise(seed: number): number {
  const value = Math.sin(seed * 12.9898) * 43_758.5453
  return value - Math.floor(value)
}

/** A corner or bend of the net, moved a little; the same for both cells that share it. */
function netPoint(x: number, y: number): [number, number] {
  const outer = x === 0 || y === 0 || x === columns * bends || y === rows * bends
  const shift = (seed: number): number => (outer ? 0 : ((noise(seed) - 0.5) * cell) / bends / 2)
  return [west + (x / bends) * cell + shift(x * 7919 + y), south + (y / bends) * cell + shift(y * 104_729 + x)]
}

function ringOf(column: number, row: number): Ring {
  const [x, y] = [column * bends, row * bends]
  const steps = Array.from({ length: bends }, (_, index) => index)
  const ring = [
    ...steps.map((step) => netPoint(x + step, y)),
    ...steps.map((step) => netPoint(x + bends, y + step)),
    ...steps.map((step) => netPoint(x + bends - step, y + bends)),
    ...steps.map((step) => netPoint(x, y + bends - step)),
  ]
  return [...ring, ring[0] as [number, number]]
}

const codeOf = (index: number): string =>
  `990101001${String(Math.floor(index / 999) + 1).padStart(3, '0')}${String((index % 999) + 1).padStart(3, '0')}`

async function importNet(url: string, rings: readonly Ring[]): Promise<{ territory: Territory; imported: Round }> {
  return using(url, async (database) => {
    const doing = (): Doing => ({
      database,
      clock: systemClock,
      actor: systemActor('bench'),
      commandId: newId(),
      requestId: 'bench',
      subscribersOf: () => [],
    })
    const above = ['9901', '990101', '990101001', ...new Set(rings.map((_, index) => codeOf(index).slice(0, 12)))]
    await importAreaCodes(
      doing(),
      above.map((code) => ({ code, name: `示例${code}` })),
      { columns: [{ code: 'code', name: 'name' }], validFrom: day },
    )
    const features = rings.map((ring, index) => ({
      type: 'Feature',
      properties: { code: codeOf(index), name: `网格${index}` },
      geometry: { type: 'Polygon', coordinates: [ring] },
    }))
    const named = { codeProperty: 'code', nameProperty: 'name' }
    const [begun, before] = [performance.now(), cpuOfThisProcess()]
    await importAreaPolygons(doing(), { type: 'FeatureCollection', features }, { level: 'grid', datum: 'CGCS2000', ...named, validFrom: day })
    const spent = { seconds: (performance.now() - begun) / 1000, cpu: cpuOfThisProcess() - before }
    const territory = await inTransaction(database, (tx) => loadTerritory(tx as never, day))
    if (territory.size !== rings.length + above.length) throw new Error(`${territory.size} areas came in instead of ${rings.length + above.length}.`)
    return { territory, imported: { items: rings.length, ...spent, times: [], floor: null } }
  })
}

function boxScan(rings: readonly Ring[]): (point: Point) => number[] {
  const boxes = new Float64Array(rings.length * 4)
  const lines = rings.map((ring) => Float64Array.from(ring.flat()))
  rings.forEach((ring, index) => {
    const [lngs, lats] = [ring.map(([lng]) => lng), ring.map(([, lat]) => lat)]
    boxes.set([Math.min(...lngs), Math.min(...lats), Math.max(...lngs), Math.max(...lats)], index * 4)
  })
  return ({ lng, lat }) => {
    const found: number[] = []
    for (let index = 0, at = 0; index < rings.length; index += 1, at += 4) {
      if (lng < (boxes[at] ?? 0) || lat < (boxes[at + 1] ?? 0) || lng > (boxes[at + 2] ?? 0) || lat > (boxes[at + 3] ?? 0)) continue
      if (isInside(lines[index] as Float64Array, lng, lat)) found.push(index)
    }
    return found
  }
}

function isInside(line: Float64Array, lng: number, lat: number): boolean {
  let inside = false
  for (let at = 0; at + 3 < line.length; at += 2) {
    const [x1, y1, x2, y2] = [line[at] ?? 0, line[at + 1] ?? 0, line[at + 2] ?? 0, line[at + 3] ?? 0]
    if (y1 > lat !== y2 > lat && lng < ((x2 - x1) * (lat - y1)) / (y2 - y1) + x1) inside = !inside
  }
  return inside
}
