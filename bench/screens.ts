// The desk at the size of a big city: a million cases, fifty thousand of them open, ten thousand in the queue (ui.md 6, criteria 2 and 3).
import type { Browser, Page } from 'playwright-core'
import { queueWords } from './big-city.ts'
import type { Figures } from './figures.ts'
import { using } from './ground.ts'
import { asked, cookieOf, repeated, signedIn, timed, type Stage } from './stage.ts'

const queueAddress = `view=triage&q=${encodeURIComponent(queueWords)}`

/** Without a browser only what goes over HTTP. */
export async function measureDesk(stage: Stage): Promise<Partial<Record<'deskCold' | 'deskKeys' | 'deskOrder', Figures>>> {
  const deskOrder = await measureOrder(stage)
  if (!stage.browser) return { deskOrder }
  const page = await signedIn(stage, stage.browser, { width: 1440, height: 900 })
  try {
    return { deskCold: await measureCold(stage, page), deskKeys: await measureKeys(stage, stage.browser, page), deskOrder }
  } finally {
    await page.context().close()
  }
}

/** Criterion 2: from the address to the painted rows, with nothing kept from before but the session. Floor: an answer of the server as a page. */
async function measureCold({ origin, rounds }: Stage, page: Page): Promise<Figures> {
  const load = async (address: string, sign: string): Promise<number> => {
    await page.goto('about:blank')
    const begun = performance.now()
    await page.goto(`${origin}${address}`, { waitUntil: 'commit' })
    await page.locator(sign).first().waitFor()
    return performance.now() - begun
  }
  const [times, floors]: [number[], number[]] = [[], []]
  for (let round = 0; round < rounds * 3; round += 1) {
    times.push(await load('/desk/?view=triage', '[data-row] .row-text'))
    // A page of the same server that asks for nothing.
    floors.push(await load('/api/me', 'body'))
  }
  return timed(times, floors)
}

/** Criterion 3: a hundred times j in the queue, from the press to the next painting, as the browser itself counts it. Floor: a key that changes one word of an empty page. */
async function measureKeys({ origin, rounds, size }: Stage, browser: Browser, page: Page): Promise<Figures> {
  await page.goto(`${origin}/desk/?${queueAddress}`)
  await page.locator('[data-row] .row-text').first().waitFor()
  const count = Number(await page.getByRole('grid').getAttribute('aria-rowcount')) - 1
  if (count !== size.queue) throw new Error(`the queue holds ${count} cases, not ${size.queue}`)
  await page.evaluate(`window.most = 0
    setInterval(() => { window.most = Math.max(window.most, document.querySelectorAll('[data-row]').length) }, 20)`)
  await page.keyboard.press('Home')
  const times = await pressed(page, 100 * rounds)
  const most = await page.evaluate<number>('window.most')
  if (most > 400) throw new Error(`${most} rows stood in the page`)
  const empty = await browser.newPage()
  await empty.setContent('<p>0</p>')
  await empty.evaluate("addEventListener('keydown', () => { document.querySelector('p').textContent = performance.now() })")
  const floors = await pressed(empty, 100)
  await empty.close()
  return timed(times, floors, 0.98)
}

/** Milliseconds of each press of j up to the next painting. What took less than a frame is not told; it counts as one frame. */
async function pressed(page: Page, presses: number): Promise<number[]> {
  await page.evaluate(`window.spans = []
    new PerformanceObserver((list) => { for (const one of list.getEntries()) if (one.name === 'keydown') window.spans.push(one.duration) })
      .observe({ type: 'event', durationThreshold: 16 })`)
  for (let press = 0; press < presses; press += 1) {
    await page.keyboard.press('j')
    await page.waitForTimeout(30)
  }
  await page.waitForTimeout(500)
  const spans = await page.evaluate<number[]>('window.spans')
  return [...spans.slice(-presses), ...Array.from({ length: Math.max(0, presses - spans.length) }, () => 16)]
}

/** The order of the whole queue with its first rows, as the desk asks for it. Floor: its open cases sorted by their clocks, by SQL. */
async function measureOrder(stage: Stage): Promise<Figures> {
  const cookie = await cookieOf(stage, 'dispatcher1')
  const times = await repeated(stage.rounds * 10, () => asked(`${stage.origin}/api/cases/queue?${queueAddress}`, cookie))
  const floors = await using(stage.url, ({ pool }) => repeated(stage.rounds * 3, () => pool.query(floorSql)))
  return timed(times, floors)
}

const floorSql = `select number from cases.case where district_code = '990101' and status = 'filed' and text like '%${queueWords}%'
  order by clock_due_at, reported_at, id`
