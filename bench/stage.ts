import { chromium, type Browser, type Page } from 'playwright-core'
import { existsSync } from 'node:fs'
import { sessionCookie } from '#contexts/people/routes.ts'
import { demonstrationPassword } from '#seed/people.ts'
import type { CitySize } from './big-city.ts'
import { startChild } from './child.ts'
import { median, percentile, rounded, type Figures } from './figures.ts'

/** A big city with the product on it, and a browser if there is one. */
export interface Stage {
  readonly url: string
  readonly origin: string
  readonly size: CitySize
  readonly rounds: number
  readonly browser: Browser | undefined
}

/** Starts the product on a database and Chromium without a graphics card, for as long as some work takes. */
export async function onStage<R>(
  { port, ...plan }: Omit<Stage, 'origin' | 'browser'> & { readonly port: number },
  work: (stage: Stage) => Promise<R>,
): Promise<R> {
  const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium'
  const args = ['--no-sandbox', '--disable-gpu', '--disable-3d-apis', '--disable-background-networking']
  const server = await startChild('server.ts', [plan.url, String(port)])
  const browser = existsSync(executablePath) ? await chromium.launch({ executablePath, args }) : undefined
  try {
    return await work({ ...plan, origin: `http://127.0.0.1:${port}`, browser })
  } finally {
    await browser?.close()
    await server.end()
  }
}

/** The cookie of somebody of the demonstration. */
export async function cookieOf({ origin }: Stage, login: string): Promise<string> {
  const headers = { 'content-type': 'application/json' }
  const reply = await fetch(`${origin}/api/session`, { method: 'POST', headers, body: JSON.stringify({ login, password: demonstrationPassword }) })
  const cookie = new RegExp(`${sessionCookie}=[^;]+`).exec(reply.headers.get('set-cookie') ?? '')?.[0]
  if (cookie === undefined) throw new Error(`${login} cannot sign in: ${await reply.text()}`)
  return cookie
}

/** A page on which the dispatcher is signed in and sees the first rows of the desk. */
export async function signedIn({ origin }: Stage, browser: Browser, viewport: { width: number; height: number }): Promise<Page> {
  const context = await browser.newContext({ viewport, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })
  const page = await context.newPage()
  page.setDefaultTimeout(120_000)
  await page.goto(`${origin}/desk/`)
  await page.getByLabel('账号', { exact: true }).fill('dispatcher1')
  await page.getByLabel('密码', { exact: true }).fill(demonstrationPassword)
  await page.getByRole('button', { name: '登录' }).click()
  await page.locator('[data-row]').first().waitFor()
  return page
}

/** Milliseconds and body of one answer, which must be a good one. */
export async function asked(address: string, cookie: string): Promise<{ ms: number; bytes: Buffer }> {
  const begun = performance.now()
  const reply = await fetch(address, { headers: { cookie, 'accept-encoding': 'identity' } })
  const bytes = Buffer.from(await reply.arrayBuffer())
  if (!reply.ok) throw new Error(`${address} answers ${reply.status}: ${bytes.toString().slice(0, 200)}`)
  return { ms: performance.now() - begun, bytes }
}

/** Times of one thing done again and again, beside those of its floor. Rates are of the median. `high` is the share that the column p99 tells. */
export function timed(times: readonly number[], floors: readonly number[] = [], high = 0.99): Figures {
  const rate = 1000 / Math.max(0.001, median(times))
  const floor = floors.length > 0 ? 1000 / Math.max(0.001, median(floors)) : null
  return {
    rate: rounded(rate),
    floor: rounded(floor),
    ratio: floor === null ? null : rounded(rate / floor),
    p50: rounded(percentile(times, 0.5)),
    p95: rounded(percentile(times, 0.95)),
    p99: rounded(percentile(times, high)),
    cpuMs: null,
  }
}

/** Milliseconds of `work`, `rounds` times, after once for the memory. */
export async function repeated(rounds: number, work: () => Promise<unknown>): Promise<number[]> {
  await work()
  const times: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const begun = performance.now()
    await work()
    times.push(performance.now() - begun)
  }
  return times
}
