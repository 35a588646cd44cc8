/** Acceptance criteria of pages that live: what a reader is told, and who holds a line. The number stands at the start of each test. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { msOf, systemClock } from '#kernel/clock.ts'
import { desk, openStage, phone, type Stage } from './browser.ts'
import { passing, type Passing } from './passing.ts'
import { prepare } from './tour.ts'

let stage: Stage
const people = [
  ['dispatcher1', 'desk', desk],
  ['grid1', 'field', phone],
] as const
type Login = (typeof people)[number][0]
/** One page of each, signed in; further pages of theirs are made from it. */
const pages = new Map<Login, Page>()

beforeAll(async () => {
  stage = await openStage()
  for (const [login, face, size] of people) pages.set(login, await stage.signedIn(login, face, size))
})
afterAll(() => stage.close())

/** What a screen reader would be told: every change of a live region's words. */
const listening = `{
  window.spoken = []
  const said = new WeakMap()
  const hear = (node) => {
    const region = (node.nodeType === 1 ? node : node.parentElement)?.closest('[role=status], [role=alert], [role=log], [role=timer], [aria-live]:not([aria-live=off])')
    if (!region) return
    const shown = region.cloneNode(true)
    shown.querySelectorAll('[aria-hidden=true]').forEach((one) => one.remove())
    const text = shown.textContent.trim().replace(/\\s+/g, ' ')
    if (text && said.get(region) !== text) window.spoken.push(text)
    said.set(region, text)
  }
  new MutationObserver((all) => all.forEach(({ target, addedNodes }) => {
    hear(target)
    addedNodes.forEach((one) => one.nodeType === 1 && [one, ...one.querySelectorAll('[role=status], [role=alert], [aria-live]')].forEach(hear))
  })).observe(document, { subtree: true, childList: true, characterData: true })
}`
// A machine under load may make somebody wait long enough to be told “正在读取”; that is left out where messages are counted.
const spoken = (page: Page): Promise<string[]> => page.evaluate('window.spoken.splice(0)')

/** Another device of somebody, which is listened to and measured, on a clock of its own. A device and not a tab: tabs of one browser share few lines to a host. */
async function watched(login: Login, path: string): Promise<Passing> {
  const of = pages.get(login)
  const storageState = await of?.context().storageState()
  const context = await of
    ?.context()
    .browser()
    ?.newContext({ viewport: of.viewportSize(), locale: 'zh-CN', timezoneId: 'Asia/Shanghai', storageState })
  if (!context) throw new Error(`no device of ${login}`)
  context.setDefaultTimeout(20_000)
  const page = await context.newPage()
  await page.addInitScript(listening)
  await prepare(page)
  const screen = await passing(page, msOf(systemClock.now()))
  await page.goto(`${stage.origin}${path}`)
  await page.locator('main h1, main h2, main a').first().waitFor()
  // What comes late comes now.
  for (let turn = 0; turn < 4; turn += 1) await screen.pass(500)
  return screen
}

async function report(text: string): Promise<void> {
  const data = { commandId: crypto.randomUUID(), text, areaCode: '990101001001' }
  const reply = await pages.get('dispatcher1')?.request.post(`${stage.origin}/api/public/cases`, { data })
  expect(reply?.status()).toBe(200)
}

test('a tab that nobody looks at lets go of its line, so that six of them do not stop the seventh, and catches up when it is seen again', async () => {
  const screen = await watched('dispatcher1', '/desk/?view=open')
  const streams: string[] = []
  screen.page.on('request', (asked) => asked.url().includes('/api/stream') && streams.push('opened'))
  screen.page.on('requestfailed', (asked) => asked.url().includes('/api/stream') && streams.push('let go'))
  const look = (isHidden: boolean): Promise<unknown> =>
    screen.page.evaluate(
      `Object.defineProperty(document, 'hidden', { configurable: true, value: ${isHidden} }); document.dispatchEvent(new Event('visibilitychange'))`,
    )
  await look(true)
  await screen.pass(50_000)
  await look(false)
  await screen.pass(50_000)
  expect(streams).toEqual([])
  await look(true)
  await screen.pass(61_000)
  await expect.poll(() => streams).toEqual(['let go'])
  await report('没人看着的时候，路灯又坏了')
  await look(false)
  await screen.page.locator('[data-new]').getByText('1 条新工单').waitFor()
  expect(streams).toEqual(['let go', 'opened'])
  await screen.page.context().close()
})

/** Does things one after another; names those after which, with what follows from it, more than one message was told. */
async function talkative(screen: Passing, does: Readonly<Record<string, (page: Page) => Promise<unknown>>>): Promise<string[]> {
  const found: string[] = []
  for (const [name, act] of Object.entries(does)) {
    await screen.pass(1000)
    await spoken(screen.page)
    await act(screen.page)
    for (let turn = 0; turn < 4; turn += 1) await screen.pass(300)
    const told = (await spoken(screen.page)).filter((one) => one !== '正在读取')
    if (told.length > 1) found.push(`${name}: ${told.join(' / ')}`)
  }
  return found
}

test('43. an act at the desk is answered by at most one polite message', async () => {
  const screen = await watched('dispatcher1', '/desk/?view=open')
  const rows = screen.page.locator('[role=row][data-row]')
  await rows.first().waitFor()
  await screen.page.keyboard.press('Home')
  const found = await talkative(screen, {
    next: (page) => page.keyboard.press('j'),
    choose: (page) => page.keyboard.press('x'),
    'choose another': async (page) => {
      await page.keyboard.press('j')
      await page.keyboard.press('x')
    },
    clear: (page) => page.locator('.bulk-clear').click(),
    open: () => rows.first().click(),
    form: (page) => page.locator('button[data-move]').first().click(),
    'form away': (page) => page.keyboard.press('Escape'),
    search: (page) => page.getByRole('searchbox').fill('路灯'),
    'search nothing': (page) => page.getByRole('searchbox').fill('没有这样的案件'),
    'search no more': (page) => page.getByRole('searchbox').fill(''),
    'another view': (page) => page.locator('[data-view=all]').click(),
  })
  expect(found).toEqual([])
  await screen.page.context().close()
})

test('43. an act on the phone is answered by at most one polite message', async () => {
  const screen = await watched('grid1', '/field/')
  await screen.page.locator('[data-number]').first().waitFor()
  const found = await talkative(screen, {
    open: (page) => page.locator('[data-number]').first().click(),
    'ask for a form': (page) => page.locator('button[data-move]').first().click(),
    'form away': (page) => page.keyboard.press('Escape'),
    back: (page) => page.goBack(),
    report: (page) => page.getByRole('link', { name: '上报' }).click(),
    'send nothing': (page) => page.locator('form button[type=submit]').click(),
    mine: (page) => page.getByRole('link', { name: '我的' }).click(),
    today: (page) => page.getByRole('link', { name: '今日' }).click(),
  })
  expect(found).toEqual([])
  await screen.page.context().close()
})
