import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { desk, openStage, phone, picture, violationsOf, type Stage } from './browser.ts'

let stage: Stage

beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

/** What the list holds for the address that the map stands at. */
async function listedFor(page: Page): Promise<number> {
  const query = new URL(page.url()).searchParams
  const asked = new URLSearchParams({ view: query.get('view') ?? 'open', limit: '200' })
  const area = query.get('area')
  if (area) asked.set('areaCode', area)
  let listed = 0
  for (let cursor: string | null = ''; cursor !== null;) {
    if (cursor) asked.set('cursor', cursor)
    const reply = await page.request.get(`${stage.origin}/api/cases?${asked.toString()}`)
    const body = (await reply.json()) as { items: unknown[]; cursor: string | null }
    listed += body.items.length
    cursor = body.cursor
  }
  return listed
}

const numberIn = (text: string | null): number => Number(/\d+/.exec(text ?? '')?.[0] ?? 0)

/** The total as the page says it, and as its table and the link to what is not placed add up to. */
async function shownOn(page: Page): Promise<{ total: number; sum: number }> {
  const counts = await page.locator('[data-count]').allTextContents()
  const rest = page.locator('[data-rest="unplaced"]')
  const unplaced = (await rest.count()) > 0 ? numberIn(await rest.textContent()) : 0
  const total = numberIn(await page.locator('[data-total]').textContent())
  return { total, sum: counts.reduce((sum, count) => sum + numberIn(count), unplaced) }
}

async function agrees(page: Page): Promise<number> {
  await page.locator('[data-total]').waitFor()
  let listed = 0
  // Work goes on in the city meanwhile, so both are read again until they are of one moment.
  const apart = async (): Promise<number[]> => {
    listed = await listedFor(page)
    const { total, sum } = await shownOn(page)
    return [total - listed, sum - listed]
  }
  await expect.poll(apart, { timeout: 10_000 }).toEqual([0, 0])
  return listed
}

/** Moves the focus with Tab alone until it rests on a match. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let step = 0; step < 80; step += 1) {
    await page.keyboard.press('Tab')
    if ((await page.locator(selector).and(page.locator(':focus')).count()) > 0) return
  }
  throw new Error(`Tab does not reach ${selector}`)
}

test('from the district down to a grid, by keys alone, the map counts what the list counts', async () => {
  const page = await stage.signedIn('dispatcher1', 'desk', desk)
  await page.locator('[role=row][aria-selected]').first().waitFor()
  await tabTo(page, 'a[href*="/desk/map"]')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: '一张图' }).waitFor()
  expect(await agrees(page)).toBeGreaterThan(0)
  await picture(page, 'map-district')
  for (const digits of [9, 12, 15]) {
    // The fullest area stands first.
    const fullest = page.locator('[data-area]').first()
    const code = (await fullest.getAttribute('data-area')) ?? ''
    const count = numberIn(await fullest.locator('[data-count]').textContent())
    expect(code).toHaveLength(digits)
    await tabTo(page, '[data-area] button')
    await page.keyboard.press('Enter')
    await page.waitForURL(new RegExp(`area=${code}`))
    expect(await agrees(page)).toBe(count)
    expect(await violationsOf(page), code).toEqual([])
  }
  await picture(page, 'map-grid')

  // The queue opens with the same area and view, and Back leads up again.
  const count = await listedFor(page)
  await page.getByRole('link', { name: '在列表中看全部' }).click()
  await expect.poll(async () => Number(await page.getByRole('grid').getAttribute('aria-rowcount')) - 1).toBe(count)
  await page.goBack()
  await page.goBack()
  await page.waitForURL(/map\?area=\d{12}$/)
  await agrees(page)
})

test('a new report appears on the map by itself, and another view colours it anew', async () => {
  const page = await stage.signedIn('dispatcher1', 'desk', desk)
  await page.goto(`${stage.origin}/desk/map?view=all`)
  const before = await agrees(page)
  const form = { commandId: crypto.randomUUID(), text: '小区门口的垃圾没人清理', areaCode: '990101' }
  expect((await page.request.post(`${stage.origin}/api/public/cases`, { data: form })).status()).toBe(200)
  await expect.poll(async () => numberIn(await page.locator('[data-total]').textContent()), { timeout: 20_000 }).toBe(before + 1)
  await agrees(page)
  await page.locator('[data-choice=view]').selectOption('overdue')
  await page.waitForURL(/view=overdue/)
  await agrees(page)
})

test('on a phone and in English the map has no violation that axe finds and nothing sticks out', async () => {
  const page = await stage.signedIn('dispatcher1', 'desk', phone)
  await page.context().addCookies([{ name: 'lang', value: 'en', url: stage.origin }])
  await page.goto(`${stage.origin}/desk/map`)
  await page.getByRole('heading', { name: 'Map of cases' }).waitFor()
  await page.locator('[data-area]').first().waitFor()
  expect(await violationsOf(page)).toEqual([])
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(phone.width)
  await picture(page, 'map-phone')
})
