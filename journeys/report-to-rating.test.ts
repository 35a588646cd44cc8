import sharp from 'sharp'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { desk, openStage, phone, picture, type Stage } from './browser.ts'
import { follow, sendReport } from './portal.ts'

let stage: Stage

beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const text = '小区门口的垃圾好几天没人清理，一地都是，气味很大'

/** Area of the first post of whoever is signed in on this page. */
async function areaOf(page: Page): Promise<string> {
  const reply = await page.request.get(`${stage.origin}/api/me`)
  const { posts } = (await reply.json()) as { posts: { areaCode: string }[] }
  return posts[0]?.areaCode ?? ''
}

/** Opens a case by its number in the view of everything that this person may see. */
async function openByNumber(page: Page, number: string): Promise<void> {
  await page.goto(`${stage.origin}/desk/?view=all&q=${number}`)
  await page.getByRole('row', { name: new RegExp(number) }).click()
  await page.getByRole('article', { name: number }).waitFor()
}

/** Presses the button of a move, fills the form that opens, and waits until the case says so. */
async function make(page: Page, move: string, status: string, fill?: (form: ReturnType<Page['getByRole']>) => Promise<void>): Promise<void> {
  await page.locator(`button[data-move="${move}"]`).click()
  const form = page.getByRole('dialog')
  await form.waitFor()
  await fill?.(form)
  await form.locator('button[type="submit"]').click()
  await form.waitFor({ state: 'detached' })
  await page.getByRole('article').getByText(status, { exact: true }).first().waitFor()
}

test('a resident’s report reaches the unit on duty, is answered, handled, checked by another, closed and rated; an unhappy rating reaches the supervisor', async () => {
  const street = await stage.signedIn('street1', 'desk', desk)
  const where = `${(await areaOf(street)).slice(0, 9)}001`

  // The resident, on a phone, without an account.
  const resident = await stage.someone(phone)
  await resident.goto(stage.origin)
  await picture(resident, 'portal-home')
  await resident
    .getByRole('link', { name: /我要反映/ })
    .first()
    .click()
  const told = { text, areaCode: where, phone: '13800001234' }
  const { number, code } = await sendReport(resident, stage.origin, told, async (at) => {
    if (at === 'what') await picture(resident, 'portal-report')
    if (at === 'receipt') await picture(resident, 'portal-receipt')
  })

  // A picture follows, by a plain form.
  await track(resident, code)
  await resident.locator('input[name="photo"]').setInputFiles({ name: 'seen.jpg', mimeType: 'image/jpeg', buffer: await aPhoto('#7a6') })
  await resident.locator('form[action="/photos"] button[type="submit"]').click()
  await resident.getByText('已收到 1 张照片').waitFor()
  expect(await resident.getByRole('img', { name: '您的照片 1' }).evaluate((img: { naturalWidth: number }) => img.naturalWidth)).toBe(320)
  await picture(resident, 'portal-photos')

  // The dispatcher finds it dispatched by rule, with the reason, and both clocks running.
  const dispatcher = await stage.signedIn('dispatcher1', 'desk', desk)
  await expect.poll(() => track(resident, code), { timeout: 20_000 }).toMatch(/街道办事处/)
  await openByNumber(dispatcher, number)
  await dispatcher
    .getByText(/的责任单位是/)
    .first()
    .waitFor()
  await picture(dispatcher, 'desk')

  // The street answers and handles it; to check its own work is not among its buttons.
  await openByNumber(street, number)
  await make(street, 'contact', '处置中')
  await street.locator('input[type=file]').setInputFiles({ name: 'done.jpg', mimeType: 'image/jpeg', buffer: await aPhoto('#38a') })
  await street.getByRole('link', { name: /办理照片 1/ }).waitFor()
  await picture(street, 'desk-photos')
  await make(street, 'handle', '待核查', (form) => form.getByRole('textbox').last().fill('已清运垃圾并冲洗地面'))
  expect(await street.locator('button[data-move="check"]').count()).toBe(0)

  // Another person checks, the dispatcher closes.
  const inspector = await stage.signedIn('inspector1', 'desk', desk)
  await openByNumber(inspector, number)
  await make(inspector, 'check', '待结案')
  await openByNumber(dispatcher, number)
  await make(dispatcher, 'close', '已结案')
  await picture(dispatcher, 'desk-closed')

  // The resident reads what was done, is unhappy, and it goes to the supervisor.
  expect(await track(resident, code)).toContain('已清运垃圾并冲洗地面')
  await resident.getByRole('img', { name: '办理照片 1' }).waitFor()
  await resident.getByLabel('非常不满意').check()
  await picture(resident, 'portal-rating')
  await resident.locator('form[action="/rate"] button[type="submit"]').click()
  const supervisor = await stage.signedIn('supervisor1', 'desk', desk)
  await supervisor.goto(`${stage.origin}/desk/?view=reopened`)
  await supervisor.getByRole('row', { name: new RegExp(number) }).waitFor()
  await picture(supervisor, 'desk-reopened')

  // And it stands in the figures: among those who were not satisfied.
  await supervisor.goto(`${stage.origin}/desk/figures`)
  await supervisor.locator('[data-figure="satisfied"] button').last().click()
  await supervisor.getByRole('link', { name: number }).waitFor()
})

function aPhoto(background: string): Promise<Buffer> {
  return sharp({ create: { width: 1200, height: 900, channels: 3, background } })
    .jpeg()
    .toBuffer()
}

const track = (resident: Page, code: string): Promise<string> => follow(resident, stage.origin, code)

test('a grid worker finds the work of the day on a phone, answers it and reports a find', async () => {
  const page = await stage.signedIn('grid1', 'field', phone)
  await page.getByRole('link', { name: /今日/ }).waitFor()
  const cards = page.locator('main a[href*="/case/"]')
  await cards.first().waitFor()
  await picture(page, 'field-today')
  await cards.first().click()
  await page.locator('button[data-move="contact"]').click()
  const form = page.getByRole('dialog')
  await form.waitFor()
  await form.locator('button[type="submit"]').click()
  await page.locator('button[data-move="handle"]').waitFor()
  await picture(page, 'field-case')

  await page.getByText('返回今日').click()
  await page.getByRole('link', { name: /上报/ }).click()
  await page.getByRole('textbox').first().fill('路灯不亮，晚上看不清路')
  await picture(page, 'field-report')
  await page.getByRole('button', { name: '提交' }).click()
  await expect.poll(() => page.locator('main').textContent()).toMatch(/990101-\d{8}-\d{5}/)
})
