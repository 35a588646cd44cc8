import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { desk, openStage, phone, picture, violationsOf, type Stage } from './browser.ts'

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
