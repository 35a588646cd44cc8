/**
 * Eight hours of a working day on two screens that nobody reloads, in minutes: the clocks of the pages are moved on by half a minute at a time, and each
 * half-minute waits for its answers. Reports come in all the time and reach the screens as events. HUYING_SOAK_HOURS shortens it.
 */
import type { CDPSession } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { desk, openStage, type Stage } from '../journeys/browser.ts'
import { passing, type Passing } from '../journeys/passing.ts'

const HOURS = Number(process.env['HUYING_SOAK_HOURS'] ?? 8)
/** A little more than the screens' own half-minute, so that each step renews them once. */
const STEP_MS = 31_000
const STEPS_AN_HOUR = Math.round(3_600_000 / STEP_MS)
/** Reports an hour: a busy district. Each makes some four events. */
const REPORTS_AN_HOUR = 60
const MOST_GROWTH_MB = 30
/** Nodes may come and go with what is shown; they may not pile up. */
const MOST_NODES_MORE = 500

let stage: Stage

beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

interface Screen extends Passing {
  readonly name: string
  readonly devtools: CDPSession
}
interface Weight {
  readonly heap: number
  readonly nodes: number
  readonly listeners: number
}

/** A screen as somebody opens it in the morning, with its clock in our hands. */
async function watch(name: string, login: string, ready: string): Promise<Screen> {
  const page = await stage.signedIn(login, 'desk', desk)
  const screen = await passing(page)
  await page.goto(`${stage.origin}/desk${name}`)
  await page.locator(ready).first().waitFor()
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Performance.enable')
  return { ...screen, name, devtools }
}

async function weigh({ devtools }: Screen): Promise<Weight> {
  for (let turn = 0; turn < 2; turn += 1) await devtools.send('HeapProfiler.collectGarbage')
  const { metrics } = await devtools.send('Performance.getMetrics')
  const of = (name: string): number => metrics.find((one) => one.name === name)?.value ?? 0
  return { heap: of('JSHeapUsedSize') / 1e6, nodes: of('Nodes'), listeners: of('JSEventListeners') }
}

/** Half a minute. What is asked for on the way is waited for, as it would be on a real morning. */
async function step(screens: readonly Screen[]): Promise<void> {
  await Promise.all(screens.map((one) => one.pass(STEP_MS, 'leap')))
}

async function report({ page }: Screen, serial: number): Promise<void> {
  const [commandId, text] = [crypto.randomUUID(), `第 ${serial} 处：路灯不亮，晚上看不清路`]
  const lng = 121.487 + (serial % 40) * 0.0006
  const lat = 31.23 + (serial % 23) * 0.0008
  const reply = await page.request.post(`${stage.origin}/api/cases`, {
    data: { commandId, channel: 'hotline', text, lng, lat },
    headers: { 'idempotency-key': commandId },
  })
  expect(reply.status(), await reply.text()).toBe(200)
}

test(`47. ${HOURS} hours of renewals and events leave the cockpit and the desk no heavier`, async () => {
  const cockpit = await watch('/cockpit', 'leader2', '.spark-line')
  const queue = await watch('/', 'dispatcher1', '[role=row][data-row]')
  const screens = [cockpit, queue]
  let serial = 0
  const hour = async (part = 1): Promise<void> => {
    const steps = Math.round(STEPS_AN_HOUR * part)
    for (let n = 0; n < steps; n += 1) {
      if (n % Math.round(STEPS_AN_HOUR / REPORTS_AN_HOUR) === 0) await report(queue, (serial += 1))
      await step(screens)
    }
    // Somebody looks at what came in, as dispatchers do.
    const pill = queue.page.locator('[data-new]').first()
    if (await pill.isVisible()) await pill.click()
    await step(screens)
  }
  await hour(0.25)
  const first = await Promise.all(screens.map(weigh))
  const asked = cockpit.answers()
  const rows: object[] = []
  for (let n = 1; n <= HOURS; n += 1) {
    await hour()
    const now = await Promise.all(screens.map(weigh))
    screens.forEach(({ name, answers }, index) => {
      const [from, to] = [first[index] as Weight, now[index] as Weight]
      rows.push({
        hour: n,
        screen: name,
        'heap MB': Number(to.heap.toFixed(1)),
        'heap growth MB': Number((to.heap - from.heap).toFixed(1)),
        nodes: to.nodes,
        'nodes more': to.nodes - from.nodes,
        listeners: to.listeners,
        answers: answers(),
        reports: serial,
      })
    })
    process.stdout.write(
      `${rows
        .slice(-2)
        .map((row) => JSON.stringify(row))
        .join('\n')}\n`,
    )
  }
  expect(cockpit.answers() - asked).toBeGreaterThanOrEqual(HOURS * STEPS_AN_HOUR)
  const last = await Promise.all(screens.map(weigh))
  screens.forEach(({ name }, index) => {
    const [from, to] = [first[index] as Weight, last[index] as Weight]
    expect(to.heap - from.heap, `${name}: heap in MB`).toBeLessThanOrEqual(MOST_GROWTH_MB)
    expect(to.nodes - from.nodes, `${name}: nodes`).toBeLessThanOrEqual(MOST_NODES_MORE)
  })
})
