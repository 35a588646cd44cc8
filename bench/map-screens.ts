import { existsSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { chromium, type CDPSession, type Page } from 'playwright-core'
import { sessionCookie } from '#contexts/people/routes.ts'
import { testPassword } from '#processes/testing-city.ts'
import { startChild } from './child.ts'
import { percentile, rounded, type Figures } from './figures.ts'
import { layMapCity, mapCity } from './map-city.ts'

const chromiumAt = process.env['CHROMIUM'] ?? '/usr/bin/chromium'
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
export async function measureMapScreens(plan: { url: string; port: number; total: number; open: number }): Promise<Partial<Record<Works, Figures>>> {
  await layMapCity(plan.url, plan)
  const server = await startChild('server.ts', [plan.url, String(plan.port)])
  const origin = `http://127.0.0.1:${plan.port}`
  try {
    const cookie = await enter(origin)
    const found = { ...(await measureTiles(origin, cookie)), mapBins: await measureBins(origin, cookie) }
    if (!existsSync(chromiumAt)) return found
    return { ...found, ...(await measureScreen(origin)) }
  } finally {
    await server.end()
  }
}

const figuresOf = (times: readonly number[]): Figures => ({
  rate: rounded(
    (times.length * 1000) /
      Math.max(
        1,
        times.reduce((sum, time) => sum + time, 0),
      ),
  ),
  floor: null,
  ratio: null,
  p50: rounded(percentile(times, 0.5)),
  p95: rounded(percentile(times, 0.95)),
  p99: rounded(percentile(times, 0.99)),
  cpuMs: null,
})

async function enter(origin: string): Promise<string> {
  const headers = { 'content-type': 'application/json' }
  const body = JSON.stringify({ login: 'dispatcher', password: testPassword })
  const reply = await fetch(`${origin}/api/session`, { method: 'POST', headers, body })
  const cookie = new RegExp(`${sessionCookie}=[^;]+`).exec(reply.headers.get('set-cookie') ?? '')?.[0]
  if (cookie === undefined) throw new Error(`The dispatcher cannot sign in: ${await reply.text()}`)
  return cookie
}

async function timed(address: string, cookie: string): Promise<{ ms: number; bytes: Buffer }> {
  const begun = performance.now()
  const reply = await fetch(address, { headers: { cookie, 'accept-encoding': 'identity' } })
  const bytes = Buffer.from(await reply.arrayBuffer())
  if (!reply.ok) throw new Error(`${address} answers ${reply.status}`)
  return { ms: performance.now() - begun, bytes }
}

/** Every tile of the city at the zooms and levels that the map asks for, each for the first time; and those of the finest level one zoom too far out. */
async function measureTiles(origin: string, cookie: string): Promise<Record<'mapTiles' | 'mapTileWeight', Figures>> {
  const times: number[] = []
  const weights: number[] = []
  for (const [zoom, level] of [...levels, [11, 'grid'] as const]) {
    const [from, to] = [tileAt(zoom, mapCity.west, mapCity.south), tileAt(zoom, 2 * middle.lng - mapCity.west, 2 * middle.lat - mapCity.south)]
    for (let x = from.x; x <= to.x; x += 1)
      for (let y = to.y; y <= from.y; y += 1) {
        const { ms, bytes } = await timed(`${origin}/api/territory/tiles/${level}/${zoom}/${x}/${y}`, cookie)
        times.push(ms)
        weights.push(gzipSync(bytes).length / 1000)
      }
  }
  return { mapTiles: figuresOf(times), mapTileWeight: { ...figuresOf(weights), rate: weights.length, p99: rounded(Math.max(...weights)) } }
}

function tileAt(z: number, lng: number, lat: number): { x: number; y: number } {
  const turn = Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360))
  return { x: Math.floor(((lng + 180) / 360) * 2 ** z), y: Math.floor(((1 - turn / Math.PI) / 2) * 2 ** z) }
}

/** Squares of what a screen shows, wherever it stands. */
async function measureBins(origin: string, cookie: string): Promise<Figures> {
  const times: number[] = []
  for (let n = 0; n < 90; n += 1) {
    const zoom = 10 + (n % 6)
    const [half, high] = [(960 * 360) / 256 / 2 ** zoom, (460 * 300) / 256 / 2 ** zoom]
    const [lng, lat] = [middle.lng + ((n % 7) - 3) * 0.02, middle.lat + ((n % 5) - 2) * 0.02]
    const box = [lng - half, lat - high, lng + half, lat + high].map((side) => side.toFixed(6)).join(',')
    times.push((await timed(`${origin}/api/cases/bins?view=open&zoom=${zoom}&box=${box}`, cookie)).ms)
  }
  // The first one reads the index into memory.
  return figuresOf(times.slice(5))
}

async function measureScreen(origin: string): Promise<Record<'mapFirst' | 'mapPan' | 'mapHover' | 'mapLongest', Figures>> {
  const browser = await chromium.launch({ executablePath: chromiumAt, args: ['--no-sandbox', '--disable-gpu', '--disable-3d-apis'] })
  try {
    const page = await browser.newPage({ viewport: { width: 1920, height: 1080 }, locale: 'zh-CN' })
    page.setDefaultTimeout(60_000)
    await page.goto(`${origin}/desk/`)
    await page.getByLabel('账号', { exact: true }).fill('dispatcher')
    await page.getByLabel('密码', { exact: true }).fill(testPassword)
    await page.getByRole('button', { name: '登录' }).click()
    await page.getByLabel('密码', { exact: true }).waitFor({ state: 'detached' })
    await page.addInitScript(`
      window.longest = []
      new PerformanceObserver((list) => window.longest.push(...list.getEntries().map((one) => one.duration))).observe({ type: 'longtask' })`)
    const first: number[] = []
    for (let n = 0; n < 3; n += 1) first.push(await open(page, origin, 'area=990101'))
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
    return { mapFirst: figuresOf(first), mapPan: figuresOf(pan), mapHover: figuresOf(hover), mapLongest: figuresOf([...longest, 0]) }
  } finally {
    await browser.close()
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
