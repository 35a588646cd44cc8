import type { Page, Request } from 'playwright-core'
import { expect } from 'vitest'

/** A page whose clock is in our hands: time passes when a story lets it, and what is asked for on the way is waited for. */
export interface Passing {
  readonly page: Page
  /** Answers that came so far. */
  answers(): number
  /** Moves the page's clock on; its timers fire on the way, or each at most once where `leap`. */
  pass(ms: number, leap?: 'leap'): Promise<void>
}

/** Takes a page's clock into our hands. Before it goes anywhere, so that its timers are ours from the beginning. */
export async function passing(page: Page, time?: number): Promise<Passing> {
  await page.clock.install(time === undefined ? undefined : { time })
  const onTheWay = new Set<Request>()
  let answers = 0
  // The stream never ends, so it is not waited for.
  page.on('request', (asked) => /\/api\/(?!stream)/.test(asked.url()) && onTheWay.add(asked))
  page.on('requestfailed', (asked) => onTheWay.delete(asked))
  page.on('requestfinished', (asked) => {
    if (onTheWay.delete(asked)) answers += 1
  })
  return {
    page,
    answers: () => answers,
    pass: async (ms, leap) => {
      if (leap) await page.clock.fastForward(ms)
      else await page.clock.runFor(ms)
      // What fired has asked by now: a round trip through the page lies between.
      await page.evaluate('0')
      await expect.poll(() => [...onTheWay].map((one) => one.url()), { timeout: 20_000, interval: 20 }).toEqual([])
    },
  }
}
