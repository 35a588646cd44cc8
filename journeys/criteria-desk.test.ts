/** Acceptance criteria of the dispatch desk: the number stands at the start of each test. Speed at full size is measured by bench/screens.ts. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { msOf, systemClock, type Instant } from '#kernel/clock.ts'
import { addCrowd } from '#seed/crowd.ts'
import { desk, openStage, picture, violationsOf, type Stage } from './browser.ts'

let stage: Stage
let page: Page

beforeAll(async () => {
  stage = await openStage(async (url) => {
    const filed = { districtCode: '990101', status: 'filed' } as const
    await addCrowd(url, { ...filed, count: 1500, day: '2026-01-05', words: '长队案件' })
    // One in forty has no matter, so that it cannot be dispatched.
    await addCrowd(url, { ...filed, count: 200, day: '2026-01-06', words: '成批案件', brokenEvery: 40 })
    await addCrowd(url, { ...filed, count: 60, day: '2026-01-07', words: '键盘案件' })
  })
  page = await stage.signedIn('dispatcher1', 'desk', desk)
})
afterAll(() => stage.close())

const rowsIn = (on: Page) => on.locator('[role=row][data-row]')
const focused = (on: Page) => on.locator('[data-row]:focus')
const total = async (on: Page): Promise<number> => Number(await on.getByRole('grid').getAttribute('aria-rowcount')) - 1
const numbersIn = (on: Page): Promise<(string | null)[]> => rowsIn(on).evaluateAll((rows) => rows.map((row) => row.getAttribute('data-number')))
async function goTo(on: Page, address: string): Promise<void> {
  await on.goto(`${stage.origin}/desk/${address}`)
  await rowsIn(on).first().waitFor()
}
async function ask<T>(on: Page, path: string): Promise<T> {
  const reply = await on.request.get(`${stage.origin}${path}`)
  return (await reply.json()) as T
}
interface Row {
  readonly districtCode: string
  readonly id: string
  readonly number: string
  readonly status: string
  readonly clockDueAt: Instant | null
  readonly soonAt: Instant | null
}

test('2. the desk shows its first rows at once, and axe finds nothing', async () => {
  await goTo(page, '?view=open')
  await expect.poll(() => rowsIn(page).filter({ hasText: /待|中/ }).count()).toBeGreaterThan(5)
  await picture(page, 'desk-queue')
  expect(await violationsOf(page)).toEqual([])
})

test('3. a hundred times j in a queue of thousands: at most 400 rows stand in the page, and the keyboard keeps its row', async () => {
  await goTo(page, '?view=open&q=长队案件')
  expect(await total(page)).toBe(1500)
  await page.keyboard.press('Home')
  let most = 0
  for (let press = 1; press <= 100; press += 1) {
    await page.keyboard.press('j')
    if (press % 20 === 0) most = Math.max(most, await rowsIn(page).count())
  }
  expect(most).toBeLessThanOrEqual(400)
  await expect.poll(() => focused(page).getAttribute('data-index')).toBe('100')
  // The end is as near as the beginning, and its rows are there.
  await page.keyboard.press('End')
  await expect.poll(() => focused(page).textContent()).toContain('长队案件1500')
})

test('6. nothing shifts while the desk loads, and what others send waits in a pill: no jump, no lost focus', async () => {
  await goTo(page, '?view=open')
  await rowsIn(page).filter({ hasText: /待|中/ }).first().waitFor()
  const shift = await page.evaluate<number>(`new Promise((done) => {
    let sum = 0
    new PerformanceObserver((list) => { for (const one of list.getEntries()) if (!one.hadRecentInput) sum += one.value }).observe({ type: 'layout-shift', buffered: true })
    setTimeout(() => done(sum), 300)
  })`)
  expect(shift).toBeLessThanOrEqual(0.05)
  await page.keyboard.press('Home')
  for (let press = 0; press < 30; press += 1) await page.keyboard.press('j')
  await expect.poll(() => focused(page).getAttribute('data-index')).toBe('30')
  const before = await numbersIn(page)
  const top = await page.locator('.grid-scroll').evaluate((grid) => grid.scrollTop)
  for (const text of ['路灯不亮', '井盖松动', '垃圾没人清'])
    await page.request.post(`${stage.origin}/api/public/cases`, { data: { commandId: crypto.randomUUID(), text: `${text}，晚上看不清` } })
  await page.locator('[data-new]').getByText('3 条新工单').waitFor()
  expect(await numbersIn(page)).toEqual(before)
  expect(await page.locator('.grid-scroll').evaluate((grid) => grid.scrollTop)).toBe(top)
  expect(await focused(page).getAttribute('data-index')).toBe('30')
  const count = await total(page)
  await page.locator('[data-new]').click()
  await expect.poll(() => total(page)).toBe(count + 3)
})

/** A case whose unit, by the rules, is the street of street1; he must return it. */
async function streetsCase(street: Page): Promise<Row> {
  const { posts } = await ask<{ posts: { organisationId: string }[] }>(street, '/api/me')
  const { items } = await ask<{ items: Row[] }>(page, `/api/cases?view=triage&limit=60&q=${encodeURIComponent('键盘案件')}`)
  for (const one of items) {
    const suggestion = await ask<{ organisation: { id: string } | null }>(page, `/api/cases/${one.districtCode}/${one.id}/suggestion`)
    if (posts.some(({ organisationId }) => organisationId === suggestion.organisation?.id)) return one
  }
  throw new Error('no case of the crowd belongs to the street')
}

test('7. triage, dispatch, undo, dispatch and return with the keyboard alone', async () => {
  const street = await stage.signedIn('street1', 'desk', desk)
  const { number } = await streetsCase(street)
  const watch = `window.pressed = 0; addEventListener('pointerdown', () => window.pressed++, true); addEventListener('mousedown', () => window.pressed++, true)`
  for (const on of [page, street]) await on.addInitScript(watch)
  const status = (on: Page, words: string) => on.getByRole('article').getByText(words, { exact: true }).first().waitFor()

  await goTo(page, `?view=all&q=${number}`)
  await page.keyboard.press('Home')
  await page.keyboard.press('Enter')
  await status(page, '待派遣')
  await page.locator('[data-part=suggested]').waitFor()
  await picture(page, 'desk-peek')
  await page.keyboard.press('d')
  await page.getByText('已派遣 1 件').waitFor()
  await status(page, '待响应')
  await page.keyboard.press('z')
  await page.getByText('已撤销派遣 1 件').waitFor()
  await status(page, '待派遣')
  await page.keyboard.press('d')
  await status(page, '待响应')

  await goTo(street, `?view=mine&q=${number}`)
  await street.keyboard.press('Home')
  await street.keyboard.press('Enter')
  await status(street, '待响应')
  await street.keyboard.press('r')
  const form = street.getByRole('dialog')
  await form.getByRole('combobox').waitFor()
  await street.keyboard.press('ArrowDown')
  await street.keyboard.press('Tab')
  await street.keyboard.press('Tab')
  await street.keyboard.press('Enter')
  await form.waitFor({ state: 'detached' })
  await status(page, '待派遣')
  for (const on of [page, street]) expect(await on.evaluate('window.pressed')).toBe(0)
})

test('8. the help lists exactly the registered commands; they are off in inputs and when switched off', async () => {
  await goTo(page, '?view=open')
  await page.keyboard.press('?')
  const help = page.getByRole('dialog')
  await help.locator('dt').first().waitFor()
  const keys = await help.locator('dt').evaluateAll((some) => some.map((one) => one.getAttribute('data-key')))
  const registered = ['/', '?', 'Ctrl+a', 'Ctrl+k', 'End', 'Enter', 'Escape', 'Home', 'd', 'j', 'k', 'n', 'r', 'u', 'x']
  expect(new Set(keys)).toEqual(new Set(registered))
  expect(keys).toHaveLength(registered.length)
  expect(await violationsOf(page)).toEqual([])
  await page.keyboard.press('Escape')
  await help.waitFor({ state: 'detached' })

  await page.keyboard.press('/')
  await page.keyboard.type('xj?')
  expect(await page.getByRole('searchbox').inputValue()).toBe('xj?')
  expect(await page.getByRole('dialog').count()).toBe(0)
  await page.getByRole('searchbox').fill('')
  await page.getByRole('searchbox').blur()

  await page.keyboard.press('?')
  await help.getByRole('checkbox').uncheck()
  await page.keyboard.press('Escape')
  await help.waitFor({ state: 'detached' })
  await page.keyboard.press('?')
  await page.keyboard.press('x')
  expect(await page.getByRole('dialog').count()).toBe(0)
  expect(await page.locator('[role=row][aria-selected=true]').count()).toBe(0)
  // The palette needs Ctrl and stays; it finds cases, areas and commands.
  await page.keyboard.press('Control+k')
  await help.getByPlaceholder(/输入命令/).fill('街道')
  await help.locator('[data-entry^="area 990101"]').first().waitFor()
  await picture(page, 'desk-palette')
  expect(await violationsOf(page)).toEqual([])
  await page.keyboard.press('Enter')
  await page.waitForURL(/area=990101\d{3}/)
  await page.getByRole('button', { name: '快捷键' }).click()
  await help.getByRole('checkbox').check()
  await page.keyboard.press('Escape')
})

test('9. of two hundred dispatched at once five are refused, each with its reason; undo restores the others, and the record holds both', async () => {
  await goTo(page, `?view=triage&q=成批案件`)
  expect(await total(page)).toBe(200)
  await page.keyboard.press('Home')
  await page.keyboard.press('Control+a')
  await page.getByText('已选 200 件').waitFor()
  await page.keyboard.press('d')
  const sheet = page.getByRole('dialog')
  await sheet.getByText('已派遣 195 件 · 5 件未办').waitFor()
  const refused = await sheet.locator('[data-refused] li').allTextContents()
  expect(refused).toHaveLength(5)
  for (const one of refused) expect(one).toMatch(/990101-20260106-\d{5}.*还没有确定事项/)
  await picture(page, 'desk-results')
  expect(await violationsOf(page)).toEqual([])
  await sheet.locator('[data-undo]').click()
  await page.getByText('已撤销派遣 195 件').waitFor()
  const { numbers, items } = await ask<{ numbers: string[]; items: Row[] }>(page, `/api/cases/queue?view=triage&q=${encodeURIComponent('成批案件')}`)
  expect(numbers).toHaveLength(200)
  const detail = await ask<{ timeline: { type: string }[] }>(page, `/api/cases/${items[0]?.districtCode}/${items[0]?.id}`)
  expect(detail.timeline.map(({ type }) => type)).toEqual(['case.dispatched', 'case.recalled'])
})

test('11. a copied address shows the same rows, selection and case elsewhere; Back and Forward walk it', async () => {
  await goTo(page, '?view=triage&q=长队案件')
  await page.keyboard.press('Home')
  await page.keyboard.press('x')
  for (let press = 0; press < 40; press += 1) await page.keyboard.press('j')
  await page.keyboard.press('x')
  await page.keyboard.press('Enter')
  await page.getByRole('article').waitFor()
  await page.waitForURL(/sel=.*case=|case=.*sel=/)
  const address = page.url()
  const chosen = (on: Page) => on.locator('[role=row][aria-selected=true]').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-number')))
  const open = (on: Page) => on.locator('[data-row][data-open]').getAttribute('data-number')
  const other = await stage.signedIn('dispatcher1', 'desk', desk)
  await other.goto(address)
  await other.getByRole('article').waitFor()
  expect(await open(other)).toBe(await open(page))
  await expect.poll(() => chosen(other)).toEqual(await chosen(page))
  expect(await total(other)).toBe(await total(page))
  await other.getByText('已选 2 件').waitFor()

  await page.locator('[data-view=overdue]').click()
  await page.waitForURL(/view=overdue/)
  await page.goBack()
  await page.getByText('已选 2 件').waitFor()
  expect(page.url()).toBe(address)
  await page.goBack()
  await expect.poll(() => page.getByRole('article').count()).toBe(0)
  await page.goForward()
  await page.getByRole('article').waitFor()
})

test('13. the clock of a row changes words, sign and colour at its thresholds, and its words alone say it', async () => {
  const { items } = await ask<{ items: Row[] }>(page, '/api/cases?view=open&limit=200')
  const now = msOf(systemClock.now())
  const one = items.find(({ soonAt, clockDueAt }) => soonAt !== null && clockDueAt !== null && msOf(soonAt) > now + 120_000)
  if (!one?.soonAt || !one.clockDueAt) throw new Error('no case with a running clock')
  const watcher = await stage.signedIn('dispatcher1', 'desk', desk)
  // Nothing is told anew, so that only the clock moves.
  await watcher.route('**/api/stream*', (route) => route.fulfill({ contentType: 'text/event-stream', body: 'retry: 600000\n\n' }))
  await watcher.clock.install({ time: now })
  await goTo(watcher, `?view=all&q=${one.number}`)
  const clock = rowsIn(watcher).first().locator('.row-clock')
  const look = async () => ({
    words: await clock.innerText(),
    sign: await clock.locator('svg').innerHTML(),
    colour: await clock.locator('svg').evaluate((svg) => svg.ownerDocument.defaultView?.getComputedStyle(svg).color),
  })
  await clock.getByText(/^剩/).waitFor()
  const running = await look()
  await watcher.clock.fastForward(msOf(one.soonAt) - now + 60_000)
  await expect.poll(async () => (await look()).sign).not.toBe(running.sign)
  const soon = await look()
  await watcher.clock.fastForward(msOf(one.clockDueAt) - msOf(one.soonAt) + 120_000)
  await clock.getByText(/^超时/).waitFor()
  const over = await look()
  expect(soon.words).toMatch(/^剩/)
  expect(new Set([running.sign, soon.sign, over.sign]).size).toBe(3)
  expect(new Set([running.colour, soon.colour, over.colour]).size).toBe(3)
})
