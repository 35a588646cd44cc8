/** Acceptance criteria of the map. Each test's name begins with the number of its criterion. */
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { breaks, desk, openStage, phone, picture, violationsOf, type Stage } from './browser.ts'

let stage: Stage
let leader: Page

beforeAll(async () => {
  stage = await openStage()
  // Somebody whose posts cover the whole city.
  leader = await stage.signedIn('leader1', 'desk', desk)
})
afterAll(() => stage.close())

const canvas = (page: Page) => page.locator('[role=application]')

/** Waits until everything that the map asked for is painted. */
async function painted(page: Page): Promise<void> {
  await page.locator('[data-drawn]').waitFor()
  await page.locator('[role=application][data-painted=whole]').waitFor()
}
async function goto(page: Page, query = ''): Promise<void> {
  await page.goto(`${stage.origin}/desk/map${query}`)
  await painted(page)
}

async function api<T>(page: Page, path: string): Promise<T> {
  const reply = await page.request.get(`${stage.origin}/api${path}`)
  expect(reply.status(), path).toBe(200)
  return (await reply.json()) as T
}

interface Border {
  readonly properties: { readonly code: string }
  readonly geometry: { readonly coordinates: readonly (readonly (readonly [number, number])[])[] }
}
/** A point inside an area: where a press on the map means it. */
async function middleOf(page: Page, level: string, code: string): Promise<string> {
  const { features } = await api<{ features: Border[] }>(page, `/territory/borders?level=${level}&within=${code}`)
  const border = features.find(({ properties }) => properties.code === code)
  const ring = border?.geometry.coordinates[0] ?? []
  const { located } = await api<{ located: { areaCode: string } | null }>(
    page,
    `/territory/location?lng=${averageOf(ring, 0)}&lat=${averageOf(ring, 1)}`,
  )
  expect(located?.areaCode.startsWith(code), code).toBe(true)
  return `${averageOf(ring, 0)},${averageOf(ring, 1)}`
}
const averageOf = (ring: readonly (readonly [number, number])[], axis: 0 | 1): number =>
  ring.slice(1).reduce((sum, at) => sum + at[axis], 0) / Math.max(1, ring.length - 1)

/** The address without where the map stands. */
const areaOf = (page: Page): string | null => new URL(page.url()).searchParams.get('area')
const numberIn = (text: string | null): number => Number(/\d+/.exec(text ?? '')?.[0] ?? 0)

test('2. the map is painted whole and then no task of the main thread lasts longer than a blink', async () => {
  await leader.addInitScript(`
    window.longest = 0
    new PerformanceObserver((list) => { for (const one of list.getEntries()) window.longest = Math.max(window.longest, one.duration) }).observe({ type: 'longtask' })`)
  await goto(leader)
  await leader.evaluate('window.longest = 0')
  for (const key of ['ArrowRight', 'ArrowDown']) {
    await canvas(leader).press(key)
    await painted(leader)
  }
  const longest = await leader.evaluate('window.longest')
  // The measured bound of 300 ms stands in bench/budgets.json: here other work shares the machine.
  expect(Number(longest)).toBeLessThan(2000)
})

test('4. tiles are light, are asked for again with their tag, and hold nothing of persons', async () => {
  const sizes: number[] = []
  const seen = new Set<string>()
  leader.on('response', (response) => {
    if (response.url().includes('/territory/tiles/')) seen.add(new URL(response.url()).pathname)
  })
  for (const area of ['', '?area=990101001001', '?area=990101&level=grid']) await goto(leader, area)
  expect(seen.size).toBeGreaterThan(3)
  for (const path of seen) {
    const reply = await leader.request.get(`${stage.origin}${path}`, { headers: { 'accept-encoding': 'gzip' } })
    expect([200, 204]).toContain(reply.status())
    sizes.push(Number(reply.headers()['content-length'] ?? 0))
    const text = (await reply.body()).toString('latin1')
    expect(text).not.toMatch(/1[3-9]\d{9}/)
    const again = await leader.request.get(`${stage.origin}${path}`, { headers: { 'if-none-match': reply.headers()['etag'] ?? '' } })
    expect(again.status()).toBe(304)
  }
  expect(Math.max(...sizes)).toBeLessThanOrEqual(30_000)
  // Without a sign-in there is no tile.
  const stranger = await stage.someone(desk)
  expect((await stranger.request.get(`${stage.origin}${[...seen][0] ?? ''}`)).status()).toBe(401)
})

test('5. without WebGL the map is the same picture', async () => {
  const before = await leader.evaluate(`HTMLCanvasElement.prototype.getContext.toString().includes('native')`)
  expect(before).toBe(true)
  const blind = await stage.signedIn('leader1', 'desk', desk)
  // What --disable-3d-apis does to a page: no such context is ever given.
  await blind.addInitScript(`
    const getContext = HTMLCanvasElement.prototype.getContext
    window.asked3d = 0
    HTMLCanvasElement.prototype.getContext = function (kind, ...more) {
      if (/webgl|webgpu/.test(kind)) { window.asked3d += 1; return null }
      return getContext.call(this, kind, ...more)
    }`)
  await goto(leader, '?area=990101001')
  await goto(blind, '?area=990101001')
  const [one, other] = await Promise.all(
    [leader, blind].map(async (page) =>
      sharp(await canvas(page).screenshot())
        .removeAlpha()
        .raw()
        .toBuffer(),
    ),
  )
  expect(one?.length).toBe(other?.length)
  const different = [...(one ?? [])].filter((value, index) => Math.abs(value - (other?.[index] ?? 0)) > 8).length
  expect(different / (one?.length ?? 1)).toBeLessThan(0.001)
  expect(await blind.evaluate('window.asked3d')).toBe(0)
  await blind.context().close()
})

test('6. the map shifts nothing while it comes, nor when a figure changes', async () => {
  await leader.addInitScript(`
    window.shifted = 0
    window.shifts = []
    new PerformanceObserver((list) => { for (const one of list.getEntries()) if (!one.hadRecentInput) { window.shifted += one.value; window.shifts.push(...one.sources.map(({ node }) => node?.className ?? String(node))) } }).observe({ type: 'layout-shift', buffered: true })`)
  await goto(leader)
  const focused = await leader.evaluate(`document.activeElement?.tagName`)
  const before = numberIn(await leader.locator('[data-total]').textContent())
  const form = { commandId: crypto.randomUUID(), text: '小区门口的垃圾没人清理', areaCode: '990101001001' }
  expect((await leader.request.post(`${stage.origin}/api/public/cases`, { data: form })).status()).toBe(200)
  await expect.poll(async () => numberIn(await leader.locator('[data-total]').textContent()), { timeout: 20_000 }).toBe(before + 1)
  expect(Number(await leader.evaluate('window.shifted')), String(await leader.evaluate('window.shifts.join()'))).toBeLessThanOrEqual(0.05)
  expect(await leader.evaluate(`document.activeElement?.tagName`)).toBe(focused)
})

/** Width and middle of what is drawn, out of the link to exactly that. */
async function boxOn(page: Page): Promise<number[]> {
  const href = (await page.locator('[data-drawn]').getAttribute('href')) ?? ''
  return (new URL(href, stage.origin).searchParams.get('box') ?? '').split(',').map(Number)
}

test('11. an address opens the same piece of the map in another browser, to the pixel, and Back walks', async () => {
  await goto(leader, '?area=990101001&measure=overdue')
  await canvas(leader).focus()
  for (const key of ['ArrowRight', 'ArrowRight', 'ArrowDown', '+']) {
    const before = await boxOn(leader)
    await leader.keyboard.press(key)
    await expect.poll(() => boxOn(leader)).not.toEqual(before)
    await painted(leader)
  }
  await leader.waitForURL(/at=/)
  await painted(leader)
  const [west = 0, south = 0, east = 0, north = 0] = await boxOn(leader)
  const other = await stage.signedIn('leader1', 'desk', desk)
  await other.goto(leader.url())
  await painted(other)
  const pixel = (east - west) / ((await canvas(leader).boundingBox())?.width ?? 1)
  const found = await boxOn(other)
  for (const [index, side] of [west, south, east, north].entries()) expect(Math.abs((found[index] ?? 0) - side)).toBeLessThan(pixel)
  expect(await other.locator('[data-choice=measure]').inputValue()).toBe('overdue')
  expect(await other.locator('[data-number]').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-number')))).toEqual(
    await leader.locator('[data-number]').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-number'))),
  )
  await other.locator('[data-area] button').first().click()
  await other.waitForURL((url) => !url.searchParams.has('at'))
  await other.goBack()
  expect(other.url()).toBe(leader.url())
  await other.context().close()
})

test('12. for fifty filters the list, the squares of the map with what has no coordinate, the card and the export are one number', async () => {
  const dispatcher = await stage.signedIn('dispatcher1', 'desk', desk)
  const pick = <T>(some: readonly T[], n: number): T => some[n % some.length] as T
  const views = ['open', 'all', 'overdue', 'soon', 'triage', 'close', 'reopened'] as const
  const areas = ['', '990101', '990101001', '990101001001', '990101002', '990101002001', '990101003']
  const words = ['', '', '垃圾', '路']
  for (let n = 0; n < 50; n += 1) {
    const [view, area, q] = [pick(views, n), pick(areas, n * 3 + 1), pick(words, Math.floor(n / 3))]
    const asked = { view, ...(q ? { q } : {}) }
    const listed = new URLSearchParams({ ...asked, ...(area ? { areaCode: area } : {}) })
    const mapped = new URLSearchParams({ ...asked, ...(area ? { within: area } : {}) })
    const file = await (await dispatcher.request.get(`${stage.origin}/api/cases/export?${listed.toString()}`)).text()
    const rows = [...file.matchAll(/^\d{6}-\d{8}-\d{5},/gm)].length
    const bins = await api<{ items: { count: number }[]; withoutPoint: number }>(dispatcher, `/cases/bins?zoom=${10 + (n % 8)}&${mapped.toString()}`)
    const about = `${view} ${area} ${q}`
    expect(
      bins.items.reduce((sum, { count }) => sum + count, bins.withoutPoint),
      about,
    ).toBe(rows)
    if (!q) {
      const { counts } = await api<{ counts: Record<string, number> }>(dispatcher, `/cases/counts${area ? `?areaCode=${area}` : ''}`)
      expect(counts[view], about).toBe(rows)
    }
    if (n % 17 === 0) {
      await goto(dispatcher, `?${new URLSearchParams({ ...asked, ...(area ? { area } : {}) }).toString()}`)
      await expect.poll(async () => numberIn(await dispatcher.locator('[data-total]').textContent()), { message: about }).toBe(rows)
    }
  }
  // The links beside the map open exactly what they say.
  for (const rest of ['withoutPoint', 'unplaced']) {
    await goto(dispatcher, '?view=all&area=990101&level=grid')
    const link = dispatcher.locator(`[data-rest=${rest}]`)
    const said = numberIn(await link.textContent())
    expect(said).toBeGreaterThan(0)
    await link.click()
    await dispatcher.locator('[data-filter=lacking]').waitFor()
    const href = (await dispatcher.getByRole('link', { name: '导出清单' }).getAttribute('href')) ?? ''
    const file = await (await dispatcher.request.get(`${stage.origin}${href}`)).text()
    expect([...file.matchAll(/^\d{6}-\d{8}-\d{5},/gm)].length).toBe(said)
  }
  await dispatcher.context().close()
})

test('16. keys alone reach every area and case of the map from the list beside it, and the map itself', async () => {
  await goto(leader, '?area=990101001001&view=all')
  expect(await canvas(leader).getAttribute('aria-label')).toContain('双井社区')
  await leader.locator('#main').focus()
  await leader.keyboard.press('m')
  expect(await leader.evaluate(`document.activeElement.getAttribute('role')`)).toBe('application')
  expect(await leader.evaluate(`getComputedStyle(document.activeElement).outlineStyle`)).not.toBe('none')
  const [west = 0] = await boxOn(leader)
  await leader.keyboard.press('ArrowRight')
  await expect.poll(async () => (await boxOn(leader))[0]).toBeGreaterThan(west)
  const [left = 0, , right = 0] = await boxOn(leader)
  await leader.keyboard.press('-')
  await expect.poll(async () => ((await boxOn(leader))[2] ?? 0) - ((await boxOn(leader))[0] ?? 0)).toBeGreaterThan((right - left) * 1.5)
  await leader.keyboard.press('+')
  // Areas first, then every case that is drawn: each is a stop of the Tab key with its name.
  await goto(leader, '?area=990101001001&view=all')
  const drawn = numberIn(await leader.locator('[data-drawn]').textContent())
  for (const more = leader.getByRole('button', { name: '再显示一些' }); (await more.count()) > 0;) {
    const before = await leader.locator('a[data-number]').count()
    await more.click()
    await expect.poll(() => leader.locator('a[data-number]').count()).toBeGreaterThan(before)
  }
  const numbers = await leader.evaluate(`[...document.querySelectorAll('a[data-number]')].filter((row) => row.tabIndex >= 0).length`)
  expect(numbers).toBe(drawn)
  expect(await leader.locator('[data-area] button').count()).toBe(await leader.locator('[data-area]').count())
})

test('17. down from the city to a grid and up again by press, by breadcrumb and by keys is one address', async () => {
  await goto(leader)
  const steps: { level: string; code: string }[] = [
    { level: 'district', code: '990101' },
    { level: 'street', code: '990101001' },
    { level: 'community', code: '990101001001' },
    { level: 'grid', code: '990101001001001' },
  ]
  const addresses: string[] = []
  for (const { code } of steps) {
    // By keys: the row of the table.
    await leader.locator(`[data-area="${code}"] button`).focus()
    await leader.keyboard.press('Enter')
    await leader.waitForURL((url) => url.searchParams.get('area') === code)
    await painted(leader)
    addresses.push(leader.url())
  }
  for (const code of ['990101001001', '990101001', '990101', null]) {
    await leader.locator('#main').focus()
    await leader.keyboard.press('Backspace')
    await expect.poll(() => areaOf(leader)).toBe(code)
  }
  // By press on the map.
  for (const [index, { level, code }] of steps.entries()) {
    const at = await middleOf(leader, level, code)
    await goto(leader, `?${index === 0 ? '' : `area=${steps[index - 1]?.code}&`}cases=none&at=${at},17`)
    const box = await canvas(leader).boundingBox()
    await canvas(leader).click({ position: { x: (box?.width ?? 0) / 2, y: (box?.height ?? 0) / 2 } })
    await leader.waitForURL((url) => url.searchParams.get('area') === code)
    expect(leader.url().replace('&cases=none', '')).toBe(addresses[index])
  }
  // By breadcrumb: up by its buttons, down by its menu.
  await leader.goto(addresses[3] ?? '')
  const path = leader.getByRole('navigation', { name: '区域' })
  for (const index of [2, 1, 0]) {
    await path
      .getByRole('listitem')
      .nth(index + 1)
      .getByRole('button')
      .click()
    await leader.waitForURL((url) => url.href === addresses[index])
  }
  await path.getByRole('button').last().click()
  await leader.getByRole('menuitem').first().click()
  await leader.waitForURL((url) => url.href === addresses[1])
})

test('20. without tiles the list works, the map says so, and another try brings them', async () => {
  const page = await stage.signedIn('leader1', 'desk', desk)
  breaks(/status of 500|ERR_TIMED_OUT/)
  for (const failure of ['500', 'away'] as const) {
    await page.route('**/api/territory/tiles/**', (route) => (failure === '500' ? route.fulfill({ status: 500, body: '' }) : route.abort('timedout')))
    await page.goto(`${stage.origin}/desk/map?area=990101`)
    const message = page.locator('.map-failed')
    await message.getByText('区域边界没有读到').waitFor()
    expect(await violationsOf(page), failure).toEqual([])
    expect(await page.locator('[data-area]').count()).toBeGreaterThan(2)
    expect(await page.locator('[data-number]').count()).toBeGreaterThan(5)
    await page.locator('[data-area] button').first().click()
    await page.waitForURL(/area=\d{9}/)
    await page.unroute('**/api/territory/tiles/**')
    const tile = page.waitForResponse((reply) => reply.url().includes('/territory/tiles/') && reply.ok())
    await message.getByRole('button', { name: '重试' }).click()
    await tile
    await message.waitFor({ state: 'detached' })
  }
  await page.context().close()
})

test('45. nothing on the map needs a drag, a hover or colour alone', async () => {
  await goto(leader, '?area=990101001')
  const [west = 0, , east = 0] = await boxOn(leader)
  // Nearer by a button, and farther.
  await leader.getByRole('button', { name: '放大' }).click()
  await expect.poll(async () => ((await boxOn(leader))[2] ?? 0) - ((await boxOn(leader))[0] ?? 0)).toBeLessThan((east - west) * 0.7)
  await leader.getByRole('button', { name: '缩小' }).click()
  // Each colour has its number: in the table, on the area and in the legend.
  for (const measure of ['count', 'overdue', 'soon', 'inTime']) {
    await leader.locator('[data-choice=measure]').selectOption(measure)
    expect(await leader.getByRole('list', { name: '图例' }).getByRole('listitem').count()).toBeGreaterThan(2)
  }
  expect(await leader.locator('[data-area] td').count()).toBeGreaterThan(4)
  expect(await violationsOf(leader)).toEqual([])
  for (const shown of ['heat', 'none', 'groups']) {
    await leader.locator('[data-choice=cases]').selectOption(shown)
    await painted(leader)
    if (shown === 'heat') await picture(leader, 'map-heat')
  }
})

test('46. on a phone nothing of the map sticks out, in the dark neither', async () => {
  const page = await stage.signedIn('leader1', 'desk', phone)
  await page.evaluate(`localStorage.setItem('huying.theme', 'dark')`)
  await goto(page)
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(phone.width)
  expect(await violationsOf(page)).toEqual([])
  await page.context().close()
})
