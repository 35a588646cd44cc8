import { gzipSync } from 'node:zlib'
import type { Browser, CDPSession, Page } from 'playwright-core'
import { rounded, type Figures } from './figures.ts'
import { using } from './ground.ts'
import { mapCity } from './map-city.ts'
import { asked, cookieOf, repeated, signedIn, timed, type Stage } from './stage.ts'

const middle = { lng: mapCity.west + (mapCity.columns * mapCity.cell) / 2, lat: mapCity.south + (mapCity.rows * mapCity.cell) / 2 }
/** The level that a map of this zoom is drawn with. */
const levels = [
  [10, 'street'],
  [12, 'community'],
  [14, 'grid'],
] as const

type Works = 'mapTiles' | 'mapTileWeight' | 'mapBins' | 'mapFirst' | 'mapPan' | 'mapHover' | 'mapLongest'

/**
 * 一张图 over 20,000 grids and a full city's cases, in Chromium without a graphics card at 1920 by 1080: ui.md 6, criteria 2 and 4. Times are in
 * milliseconds; of `mapTileWeight` the percentiles are kilobytes.
 */
export async function measureMap(stage: Stage): Promise<Partial<Record<Works, Figures>>> {
  const cookie = await cookieOf(stage, 'dispatcher1')
  const found = { ...(await measureTiles(stage, cookie)), mapBins: await measureBins(stage, cookie) }
  return stage.browser ? { ...found, ...(await measureScreen(stage, stage.browser)) } : found
}

/** Every tile of the city at the zooms and levels that the map asks for, each for the first time; and those of the finest level one zoom too far out. */
async function measureTiles({ origin }: Stage, cookie: string): Promise<Record<'mapTiles' | 'mapTileWeight', Figures>> {
  const times: number[] = []
  const weights: number[] = []
  for (const [zoom, level] of [...levels, [11, 'grid'] as const]) {
    const [from, to] = [tileAt(zoom, mapCity.west, mapCity.south), tileAt(zoom, 2 * middle.lng - mapCity.west, 2 * middle.lat - mapCity.south)]
    for (let x = from.x; x <= to.x; x += 1)
      for (let y = to.y; y <= from.y; y += 1) {
        const { ms, bytes } = await asked(`${origin}/api/territory/tiles/${level}/${zoom}/${x}/${y}`, cookie)
        times.push(ms)
        weights.push(gzipSync(bytes).length / 1000)
      }
  }
  // The bare way to the server and back.
  const floors = await repeated(30, () => asked(`${origin}/api/me`, cookie))
  return { mapTiles: timed(times, floors), mapTileWeight: { ...timed(weights), rate: weights.length, p99: rounded(Math.max(...weights)) } }
}

function tileAt(z: number, lng: number, lat: number): { x: number; y: number } {
  const turn = Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360))
  return { x: Math.floor(((lng + 180) / 360) * 2 ** z), y: Math.floor(((1 - turn / Math.PI) / 2) * 2 ** z) }
}

/** Squares of what a screen shows, wherever it stands. Floor: the open cases of the district in a grid of the same fineness, by SQL. */
async function measureBins({ origin, url }: Stage, cookie: string): Promise<Figures> {
  const times: number[] = []
  for (let n = 0; n < 90; n += 1) {
    const zoom = 10 + (n % 6)
    const [half, high] = [(960 * 360) / 256 / 2 ** zoom, (460 * 300) / 256 / 2 ** zoom]
    const [lng, lat] = [middle.lng + ((n % 7) - 3) * 0.02, middle.lat + ((n % 5) - 2) * 0.02]
    const box = [lng - half, lat - high, lng + half, lat + high].map((side) => side.toFixed(6)).join(',')
    times.push((await asked(`${origin}/api/cases/bins?view=open&zoom=${zoom}&box=${box}`, cookie)).ms)
  }
  // The first one reads the index into memory.
  const floors = await using(url, ({ pool }) => repeated(20, () => pool.query(binsFloorSql)))
  return timed(times.slice(5), floors)
}

const binsFloorSql = `select floor(lng * 100) as x, floor(lat * 100) as y, count(*) from cases.case
  where district_code = '990101' and status not in ('closed', 'rejected', 'withdrawn', 'transferred', 'merged', 'split', 'handed_over') group by 1, 2`

async function measureScreen(stage: Stage, browser: Browser): Promise<Record<'mapFirst' | 'mapPan' | 'mapHover' | 'mapLongest', Figures>> {
  const { origin } = stage
  const page = await signedIn(stage, browser, { width: 1920, height: 1080 })
  try {
    await page.addInitScript(`
      window.longest = []
      new PerformanceObserver((list) => window.longest.push(...list.getEntries().map((one) => one.duration))).observe({ type: 'longtask' })`)
    const [first, bare]: [number[], number[]] = [[], []]
    for (let n = 0; n < 3; n += 1) {
      first.push(await open(page, origin, 'area=990101'))
      const begun = performance.now()
      await page.goto(`${origin}/api/me`)
      bare.push(performance.now() - begun)
    }
    const [pan, hover, longest]: [number[], number[], number[]] = [[], [], []]
    const session = await page.context().newCDPSession(page)
    await session.send('Performance.enable')
    for (const [zoom, level] of levels) {
      await open(page, origin, `area=990101&level=${level}&at=${middle.lng},${middle.lat},${zoom}`)
      await page.evaluate('window.longest.length = 0')
      pan.push(...(await panned(page)))
      hover.push(...(await hovered(page, session)))
      longest.push(...((await page.evaluate('window.longest')) as number[]))
    }
    // A frame of a screen that draws nothing takes a sixtieth of a second.
    return { mapFirst: timed(first, bare), mapPan: timed(pan, [1000 / 60]), mapHover: timed(hover), mapLongest: timed([...longest, 0]) }
  } finally {
    await page.context().close()
  }
}

/** Milliseconds from the address to the map painted whole. */
async function open(page: Page, origin: string, query: string): Promise<number> {
  const begun = performance.now()
  await page.goto(`${origin}/desk/map?${query}`)
  await page.locator('[role=application][data-painted=whole]').waitFor()
  return performance.now() - begun
}

/** Milliseconds between the frames of sixty steps of a hand that drags the map. */
async function panned(page: Page): Promise<number[]> {
  const box = (await page.locator('[role=application]').boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  await page.locator('[role=application]').focus()
  await page.mouse.move(x, y)
  await page.mouse.down()
  await page.evaluate(
    `window.frames_ = []; window.tick = (at) => { window.frames_.push(at); window.next = requestAnimationFrame(window.tick) }; window.next = requestAnimationFrame(window.tick)`,
  )
  for (let step = 1; step <= 60; step += 1) await page.mouse.move(x - step * 4, y - step * 2)
  const frames = (await page.evaluate('cancelAnimationFrame(window.next), window.frames_')) as number[]
  await page.mouse.up()
  await page.locator('[role=application][data-painted=whole]').waitFor()
  return frames.slice(1).map((at, index) => at - (frames[index] ?? at))
}

/** Milliseconds of the main thread that a move of the pointer over the map costs. */
async function hovered(page: Page, session: CDPSession): Promise<number[]> {
  const box = (await page.locator('[role=application]').boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
  const taskMs = async (): Promise<number> => {
    const { metrics } = await session.send('Performance.getMetrics')
    return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0)
  }
  const costs: number[] = []
  // What the drag before left to be done is not the pointer's.
  await page.waitForTimeout(1500)
  for (let step = 0; step < 40; step += 1) {
    const before = await taskMs()
    await page.mouse.move(box.x + 100 + ((step * 37) % (box.width - 200)), box.y + 100 + ((step * 53) % (box.height - 200)))
    await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))')
    costs.push((await taskMs()) - before)
  }
  return costs
}
