/** Acceptance criteria of the dispatch desk (docs/conformance.md): the number stands at the start of each test. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addCrowd } from '#seed/crowd.ts'
import { desk, openStage, picture, violationsOf, type Stage } from './browser.ts'

let stage: Stage
let page: Page

beforeAll(async () => {
  stage = await openStage(async (url) => {
    await addCrowd(url, { districtCode: '990101', count: 1500, day: '2026-01-05', words: '压测案件', status: 'filed' })
    // One in forty has no matter, so that it cannot be dispatched.
    await addCrowd(url, { districtCode: '990101', count: 200, day: '2026-01-06', words: '成批案件', status: 'filed', brokenEvery: 40 })
    await addCrowd(url, { districtCode: '990101', count: 12, day: '2026-01-07', words: '键盘案件', status: 'filed' })
  })
  page = await stage.signedIn('dispatcher1', 'desk', desk)
})
afterAll(() => stage.close())

const rowsIn = (on: Page) => on.locator('[role=row][data-row]')
const total = async (on: Page): Promise<number> => Number(await on.getByRole('grid').getAttribute('aria-rowcount')) - 1
const numbersIn = (on: Page): Promise<(string | null)[]> => rowsIn(on).evaluateAll((rows) => rows.map((row) => row.getAttribute('data-number')))
async function goTo(on: Page, address: string): Promise<void> {
  await on.goto(`${stage.origin}/desk/${address}`)
  await rowsIn(on).first().waitFor()
}

test('2. the desk shows its first rows, and nothing moves them while it loads', async () => {
  await goTo(page, '?view=open')
  await expect.poll(() => rowsIn(page).filter({ hasText: /待/ }).count()).toBeGreaterThan(5)
  await picture(page, 'desk-queue')
  expect(await violationsOf(page)).toEqual([])
})

test('3. a hundred times j in a queue of thousands: at most 400 rows stand in the page, and the keyboard keeps its row', async () => {
  await goTo(page, '?view=open&q=压测案件')
  expect(await total(page)).toBe(1500)
  await rowsIn(page).first().focus()
  let most = 0
  for (let press = 1; press <= 100; press += 1) {
    await page.keyboard.press('j')
    if (press % 10 === 0) most = Math.max(most, await rowsIn(page).count())
  }
  expect(most).toBeLessThanOrEqual(400)
  await expect.poll(() => page.locator('[data-row]:focus').getAttribute('data-index')).toBe('100')
  // The end is as near as the beginning.
  await page.keyboard.press('End')
  await expect.poll(() => page.locator('[data-row]:focus').textContent()).toContain('压测案件1500')
})
