import type { Page, Request } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { desk, openStage, phone, picture, violationsOf, type Stage } from './browser.ts'
import { readPdf } from './pdf.ts'

let stage: Stage
let leader: Page

beforeAll(async () => {
  stage = await openStage()
  leader = await stage.signedIn('leader2', 'desk', desk)
})
afterAll(() => stage.close())

const numberIn = (text: string | null): number => Number(/[\d,]+/.exec(text ?? '')?.[0].replaceAll(',', ''))

/** Rows of an exported file below its head. */
async function rowsOf(page: Page, href: string | null): Promise<string[]> {
  const text = await (await page.request.get(`${stage.origin}${href}`)).text()
  expect(text).toMatch(/^\uFEFF/)
  const lines = text.trim().split('\r\n')
  return lines.slice(lines.findIndex((line) => /^(编号|Number),/.test(line)) + 1)
}

async function open(page: Page, path: string): Promise<void> {
  await page.goto(`${stage.origin}/desk${path}`)
  await page.getByRole('heading', { level: 1 }).waitFor()
}

test('12. a number of the cockpit, the list that it opens, and the file of that list say the same', async () => {
  const page = leader
  await open(page, '/cockpit')
  const cards = page.locator('[data-measure]')
  await cards.first().waitFor()
  expect(await cards.count()).toBe(6)
  for (const [measure, at] of [
    ['open', 'view=open'],
    ['overdue', 'view=overdue'],
  ] as const) {
    await open(page, '/cockpit')
    const link = page.locator(`[data-measure="${measure}"] .measure-value a`)
    const said = numberIn(await link.innerText())
    await link.click()
    await page.waitForURL(new RegExp(at))
    const file = await rowsOf(page, `/api/cases/export?view=${measure}`)
    expect(file.length, measure).toBe(said)
    const counts = (await (await page.request.get(`${stage.origin}/api/cases/counts`)).json()) as { counts: Record<string, number> }
    expect(counts.counts[measure]).toBe(said)
  }
  for (const measure of ['repeated', 'handling_time'] as const) {
    await open(page, '/cockpit')
    const card = page.locator(`[data-measure="${measure}"]`)
    const link = measure === 'repeated' ? card.locator('.measure-value a') : card.locator('.measure-parts a')
    const said = numberIn(await link.innerText())
    await link.click()
    await page.getByRole('heading', { level: 1, name: `共 ${said} 件` }).waitFor()
    expect((await rowsOf(page, await page.getByRole('link', { name: '导出' }).getAttribute('href'))).length, measure).toBe(said)
  }
  for (const measure of ['dispose_ontime', 'satisfied'] as const) {
    await open(page, '/cockpit')
    const link = page.locator(`[data-measure="${measure}"] .measure-parts a`).first()
    const said = numberIn((await link.innerText()).replace(/^\D+/, ''))
    await link.click()
    await page.getByText(`共 ${said} 件`).waitFor()
    expect((await rowsOf(page, await page.getByRole('link', { name: '导出' }).getAttribute('href'))).length, measure).toBe(said)
  }
})

test('the cockpit says what a number counts on focus and on a press, shows its days as a table, and its targets as dated rows', async () => {
  const page = leader
  await open(page, '/cockpit')
  const card = page.locator('[data-measure="dispose_ontime"]')
  const meaning = card.getByText('处置时钟：')
  await card.getByRole('button', { name: '按期率的口径' }).press('Enter')
  await meaning.waitFor()
  await card.getByRole('button', { name: '按期率的口径' }).press('Escape')
  await card.getByRole('button', { name: /看数据表/ }).click()
  expect(await card.getByRole('table').getByRole('row').count()).toBe(15)
  await card.getByText('目标 95.0%').waitFor()
  await page.getByRole('button', { name: '设定目标' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(/目标值/).fill('80')
  expect(await violationsOf(page), 'targets').toEqual([])
  await dialog.getByRole('button', { name: '保存目标' }).click()
  await card.getByText('目标 80.0% 达到').waitFor()
  await picture(page, 'desk-cockpit')
})

test('44. every chart has its numbers as a table, every button a name, and no page breaks WCAG 2.2 AA in any theme', async () => {
  const page = leader
  for (const [path, theme, size] of [
    ['/cockpit', 'light', desk],
    ['/cockpit', 'dark', phone],
    ['/briefing', 'contrast', desk],
    ['/insight?rows=matter&columns=week', 'dark', desk],
    ['/insight?measure=dispose_ontime&rows=unit', 'light', phone],
    ['/tally/reported', 'light', phone],
    ['/wall/areas', 'dark', { width: 1920, height: 1080 }],
  ] as const) {
    await page.setViewportSize(size)
    await page.evaluate(`localStorage.setItem('huying.theme', '${theme}')`)
    await open(page, path)
    if (path.startsWith('/insight')) await page.locator('.chart svg').waitFor()
    if (path === '/cockpit') await page.locator('.spark-line').nth(5).waitFor()
    expect(await violationsOf(page), `${path} ${theme}`).toEqual([])
    const sideways: number = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
    expect(sideways, path).toBeLessThanOrEqual(0)
    for (const chart of await page.locator('[role=img]').all()) expect(await chart.getAttribute('aria-label')).toBeTruthy()
  }
  await page.evaluate(`localStorage.setItem('huying.theme', 'light')`)
  await page.setViewportSize(desk)
})

test('6. the cockpit does not move while its numbers and trends arrive, and keeps the focus through a renewal', async () => {
  const page = await stage.signedIn('leader2', 'desk', desk)
  await page.addInitScript(`window.shift = 0
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value
    }).observe({ type: 'layout-shift', buffered: true })`)
  for (const path of ['/cockpit', '/briefing', '/insight']) {
    await open(page, path)
    if (path === '/cockpit') await page.locator('.spark-line').nth(5).waitFor()
    if (path === '/insight') await page.locator('.chart svg').waitFor()
    expect(await page.evaluate('window.shift'), path).toBeLessThanOrEqual(0.05)
  }
  await page.clock.install()
  await open(page, '/cockpit')
  const link = page.locator('[data-measure="open"] .measure-value a')
  await link.focus()
  const renewed = page.waitForResponse((answer) => answer.url().endsWith('/api/cockpit'))
  await page.clock.runFor(31_000)
  await renewed
  await page.locator('[data-measure="open"] .measure-value a:focus').waitFor()
  await page.context().close()
})

/** What stands on a wall: its smallest letters, whether anything scrolls, can be pressed or is cut off. */
const wallFacts = `(() => {
  const texts = [...document.querySelectorAll('.wall *')].filter((element) =>
    [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim()) &&
    element.getClientRects().length > 0 && !element.closest('.unseen'))
  const { scrollHeight, scrollWidth, clientHeight, clientWidth, dataset } = document.documentElement
  const isCut = (element) => element.getBoundingClientRect().bottom > innerHeight + 1 || element.getBoundingClientRect().right > innerWidth + 1
  return {
    smallest: Math.min(...texts.map((element) => Number.parseFloat(getComputedStyle(element).fontSize))),
    scrolls: scrollHeight > clientHeight || scrollWidth > clientWidth,
    controls: document.querySelectorAll('.wall button, .wall a, .wall input, .wall select, .wall [tabindex]').length,
    cut: texts.filter(isCut).map((element) => element.textContent),
    theme: dataset.theme,
  }
})()`

test('21. a wall has no scrollbar, no control and no small text at 1920 and 3840, tells the age of its data, and heals itself', async () => {
  const page = await stage.signedIn('leader2', 'desk', { width: 1920, height: 1080 })
  for (const [width, height, least] of [
    [1920, 1080, 24],
    [3840, 2160, 48],
  ] as const) {
    await page.setViewportSize({ width, height })
    for (const layout of ['figures', 'areas', 'today']) {
      await open(page, `/wall/${layout}`)
      await page.getByText(/数据截至/).waitFor()
      const found = (await page.evaluate(wallFacts)) as { smallest: number }
      expect(found, `${layout} ${width}`).toMatchObject({ scrolls: false, controls: 0, cut: [], theme: 'dark' })
      expect(found.smallest, `${layout} ${width}`).toBeGreaterThanOrEqual(least - 0.01)
    }
  }
  await page.setViewportSize({ width: 1920, height: 1080 })
  await open(page, '/wall/figures')
  await picture(page, 'desk-wall')
  // Sixty seconds without a line, told to the page's own clock; it stays on what it knew and says so.
  await page.clock.install()
  await open(page, '/wall/all?seconds=5')
  await page.getByText(/数据截至/).waitFor()
  const before = await page.getByRole('heading', { level: 1 }).innerText()
  await page.context().setOffline(true)
  await page.clock.runFor(100_000)
  await page.getByText('连接断开').first().waitFor()
  await page.getByText(/没有更新/).waitFor()
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toBeTruthy()
  await page.context().setOffline(false)
  await page.clock.runFor(60_000)
  await page.getByText('连接断开').waitFor({ state: 'detached' })
  await page.getByText(/刚刚/).waitFor()
  expect(before).toBeTruthy()
  await page.context().close()
})

test('21. a wall without an account: a link shows the board of its area, opens no case, and goes dark when it is revoked', async () => {
  await open(leader, '/screens')
  await leader.getByRole('button', { name: '生成链接' }).click()
  const dialog = leader.getByRole('dialog')
  await dialog.getByLabel('屏幕叫什么').fill('大厅左屏')
  expect(await violationsOf(leader)).toEqual([])
  await dialog.getByRole('button', { name: '生成链接' }).click()
  const link = await leader.locator('.once').innerText()
  await leader.getByRole('button', { name: '我已输入到屏幕' }).click()
  expect(link).toContain(`${stage.origin}/wall#`)

  const wall = await stage.someone({ width: 1920, height: 1080 })
  const asked: string[] = []
  wall.on('request', (request) => asked.push(request.url()))
  await wall.goto(link)
  await wall.waitForURL('**/desk/wall/all')
  await wall.getByText(/数据截至/).waitFor()
  const token = link.split('#')[1] ?? ''
  expect(asked.filter((url) => url.includes(token))).toEqual([])
  expect(await wall.evaluate('document.cookie')).not.toContain('session')
  const found = (await wall.evaluate(wallFacts)) as object
  expect(found).toMatchObject({ scrolls: false, controls: 0, cut: [] })
  const board = async (page: Page): Promise<unknown> => {
    const { measures, areas } = (await (await page.request.get(`${stage.origin}/api/cockpit`)).json()) as Record<string, unknown>
    return { measures, areas }
  }
  expect(await board(wall)).toEqual(await board(leader))
  for (const path of ['cases', 'cases/counts', 'figures', 'insight?measure=reported&rows=area', 'tallies/reported/cases', 'persons', 'audit'])
    expect((await wall.request.get(`${stage.origin}/api/${path}`)).status(), path).toBe(403)
  await picture(wall, 'desk-wall-by-link')

  await open(leader, '/screens')
  await leader.getByText(/最近打开/).waitFor()
  await leader.getByRole('button', { name: '撤销 大厅左屏' }).click()
  await leader.getByText('已撤销', { exact: true }).waitFor()
  // The half minute until the wall asks again need not pass here.
  await wall.evaluate(`dispatchEvent(new Event('visibilitychange')), dispatchEvent(new Event('focus'))`)
  expect((await wall.request.get(`${stage.origin}/api/cockpit`)).status()).toBe(401)
  await wall.goto(link)
  await wall.getByText(/链接/).first().waitFor()
  await picture(leader, 'desk-screens')
  await wall.context().close()
})

test('35. the briefing prints on A4 with Chinese that can be read out of the file, and each of its numbers opens its cases', async () => {
  const page = leader
  await open(page, '/briefing')
  const pdf = await page.pdf({ preferCSSPageSize: true })
  // A font may hold one drawing for a character and its radical.
  const text = readPdf(pdf).text.normalize('NFKC')
  for (const words of ['工作简报', '示例数据', '今天需要决定', '新增', '结案', '诉求最多的事项', '各区域']) expect(text, words).toContain(words)
  expect(text).not.toContain('打印或另存')
  expect(pdf.toString('latin1')).toMatch(/\/MediaBox \[0 0 59[45][\d.]* 84[12][\d.]*\]/)
  await picture(page, 'desk-briefing')
  for (const tally of ['reported', 'closed', 'handled']) {
    await open(page, '/briefing')
    const link = page.locator(`[data-tally="${tally}"] a`)
    if ((await link.count()) === 0) continue
    const said = numberIn(await link.innerText())
    await link.click()
    await page.getByRole('heading', { level: 1, name: `共 ${said} 件` }).waitFor()
  }
})

test('50. the file of the analysis is the table of the screen, says filter, time and person, and runs no formula', async () => {
  const page = leader
  await open(page, '/insight?measure=reported&rows=area&columns=week')
  await page.locator('.chart svg').waitFor()
  await picture(page, 'desk-insight')
  const total = numberIn(await page.locator('[data-total]').innerText())
  const rows = await page.locator('.pivot tbody tr').count()
  const file = await (await page.request.get(`${stage.origin}${await page.getByRole('link', { name: '导出' }).getAttribute('href')}`)).text()
  expect(file).toMatch(/^\uFEFF新增\r\n口径,/)
  expect(file).toMatch(
    /\r\n期间,\d{4}-\d\d-\d\d – \d{4}-\d\d-\d\d\r\n区域,望潮区\r\n导出时间,\d{4}-\d\d-\d\d \d\d:\d\d\r\n导出人,陈样例\r\n示例数据\r\n/,
  )
  const table = file.trim().split('\r\n\r\n')[1]?.split('\r\n') ?? []
  expect(table).toHaveLength(rows + 2)
  expect(table.at(-1)).toMatch(new RegExp(`^合计,.*,${total}$`))
  expect(file).not.toMatch(/(^|,)[=+@-]/m)
  await page.locator('[data-total] a').click()
  await page.getByRole('heading', { level: 1, name: `共 ${total} 件` }).waitFor()
})

test('47. renewal after renewal leaves the cockpit no heavier: heap and nodes stay as they were', async () => {
  const page = await stage.signedIn('leader2', 'desk', desk)
  await page.clock.install()
  await open(page, '/cockpit')
  await page.locator('.spark-line').nth(5).waitFor()
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Performance.enable')
  const weigh = async (): Promise<{ heap: number; nodes: number }> => {
    await devtools.send('HeapProfiler.collectGarbage')
    const { metrics } = await devtools.send('Performance.getMetrics')
    const of = (name: string): number => metrics.find((one) => one.name === name)?.value ?? 0
    return { heap: of('JSHeapUsedSize') / 1e6, nodes: of('Nodes') }
  }
  // Half a minute that passes while an answer is on its way would only cut its line.
  const onTheWay = new Set<Request>()
  let answers = 0
  page.on('request', (asked) => asked.url().includes('/api/') && onTheWay.add(asked))
  page.on('requestfailed', (asked) => onTheWay.delete(asked))
  page.on('response', (answer) => {
    onTheWay.delete(answer.request())
    if (answer.url().endsWith('/api/cockpit')) answers += 1
  })
  const renew = async (times: number): Promise<void> => {
    const asMany = answers + times
    const forward = async (): Promise<number> => {
      if (onTheWay.size === 0) await page.clock.fastForward(31_000)
      return answers
    }
    await expect.poll(forward, { timeout: 60_000, interval: 20 }).toBeGreaterThanOrEqual(asMany)
  }
  await renew(5)
  const before = await weigh()
  await renew(20)
  const after = await weigh()
  expect(after.heap - before.heap).toBeLessThan(10)
  expect(after.nodes - before.nodes).toBeLessThan(500)
  await page.context().close()
})
