/** A resident at the portal: the pages of a report as a person walks through them. */
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

export interface Told {
  readonly text: string
  readonly areaCode?: string
  readonly address?: string
  readonly phone?: string
  readonly photo?: { name: string; mimeType: string; buffer: Buffer }
  /** True: “me too” of the first that is offered. */
  readonly joins?: boolean
}
export interface Receipt {
  readonly number: string
  readonly code: string
}

/** Presses the one button of the page's question. */
export async function goOn(page: Page): Promise<void> {
  await page.locator('form#question > button[type="submit"]').click()
}

/** Walks as far as the page that checks the answers. `look` sees each page before its button is pressed. */
export async function writeReport(
  page: Page,
  origin: string,
  told: Told,
  look: (at: string) => Promise<unknown> = async () => undefined,
): Promise<void> {
  await page.goto(`${origin}/report`)
  await page.locator('textarea[name="text"]').fill(told.text)
  await look('what')
  await goOn(page)
  if (told.areaCode) await page.locator('select[name="areaCode"]').selectOption(told.areaCode)
  if (told.address) await page.locator('input[name="address"]').fill(told.address)
  await look('where')
  await goOn(page)
  // Asked only where something like it is known.
  if (new URL(page.url()).pathname === '/report/same') {
    if (!told.joins) await page.getByLabel('都不是').check()
    else await page.locator('#joins').check()
    await look('same')
    await goOn(page)
  }
  if (told.photo) await page.locator('input[name="photo"]').setInputFiles(told.photo)
  await look('photo')
  await goOn(page)
  if (told.phone) await page.locator('input[name="callerPhone"]').fill(told.phone)
  await look('contact')
  await goOn(page)
  await look('check')
}

/** Reports, and reads number and code off the receipt. */
export async function sendReport(page: Page, origin: string, told: Told, look?: (at: string) => Promise<unknown>): Promise<Receipt> {
  await writeReport(page, origin, told, look)
  await goOn(page)
  await look?.('receipt')
  const number = (await page.locator('#number').textContent()) ?? ''
  const code = ((await page.locator('#trackingCode').textContent()) ?? '').replaceAll(' ', '')
  expect(number).toMatch(/^\d{6}-\d{8}-\d{5}$/)
  expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{16}$/)
  return { number, code }
}

/** Follows a report by its code and reads the page. */
export async function follow(page: Page, origin: string, code: string): Promise<string> {
  await page.goto(`${origin}/track`)
  await page.locator('input[name="trackingCode"]').fill(code)
  await page.locator('form#track > button[type="submit"]').click()
  return (await page.locator('main').textContent()) ?? ''
}
