import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { desk, openStage, phone, picture, violationsOf, type Stage } from './browser.ts'
import { follow, sendReport } from './portal.ts'

let stage: Stage

beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

interface Receipt {
  readonly page: Page
  readonly number: string
  readonly code: string
}

async function report(where: string, text: string): Promise<Receipt> {
  const page = await stage.someone(phone)
  return { page, ...(await sendReport(page, stage.origin, { text, areaCode: where })) }
}

const track = ({ page, code }: Receipt): Promise<string> => follow(page, stage.origin, code)

async function openByNumber(page: Page, number: string): Promise<void> {
  await page.goto(`${stage.origin}/desk/?view=all&q=${number}`)
  await page.getByRole('row', { name: new RegExp(number) }).click()
  await page.getByRole('article', { name: number }).waitFor()
}

type Form = ReturnType<Page['getByRole']>

async function sendForm(page: Page, status: string, fill?: (form: Form) => Promise<void>): Promise<void> {
  const form = page.getByRole('dialog')
  await form.waitFor()
  await fill?.(form)
  await form.locator('button[type="submit"]').click()
  await form.waitFor({ state: 'detached' })
  await page.getByRole('article').getByText(status, { exact: true }).first().waitFor()
}

async function make(page: Page, move: string, status: string, fill?: (form: Form) => Promise<void>): Promise<void> {
  await page.locator(`button[data-move="${move}"]`).click()
  await sendForm(page, status, fill)
}

async function areaOf(page: Page): Promise<string> {
  const reply = await page.request.get(`${stage.origin}/api/me`)
  const { posts } = (await reply.json()) as { posts: { areaCode: string }[] }
  return posts[0]?.areaCode ?? ''
}

test('two residents report the same; the dispatcher merges the second into the first, and both get the answer and rate it', async () => {
  const street = await stage.signedIn('street1', 'desk', desk)
  const where = `${(await areaOf(street)).slice(0, 9)}001`
  const first = await report(where, '菜场后门的垃圾好几天没人清理，堆成山了，臭气熏天')
  const second = await report(where, '菜场后门垃圾堆成山，好几天没人清理，臭气熏天，苍蝇很多')
  await expect.poll(() => track(second), { timeout: 20_000 }).toMatch(/街道办事处/)

  const dispatcher = await stage.signedIn('dispatcher1', 'desk', desk)
  await openByNumber(dispatcher, second.number)
  const likely = dispatcher.locator('[data-part="duplicates"]')
  await likely.locator('summary').click()
  const theFirst = likely.locator('li', { hasText: first.number })
  await theFirst.getByText(/同一社区/).waitFor()
  expect(await theFirst.textContent()).toMatch(/菜场后门的垃圾[\s\S]*相似 \d+%[\s\S]*同一社区[\s\S]*文字相近 \d+%[\s\S]*一天之内/)
  expect(await violationsOf(dispatcher)).toEqual([])
  await picture(dispatcher, 'merging-proposals')
  await theFirst.getByRole('button', { name: `并入 ${first.number}` }).click()
  await dispatcher.getByRole('dialog').getByRole('radio', { checked: true }).waitFor()
  expect(await violationsOf(dispatcher)).toEqual([])
  await picture(dispatcher, 'merging-form')
  await sendForm(dispatcher, '已并案')
  await dispatcher.locator('[data-part="ties"]').getByRole('link', { name: first.number }).waitFor()
  expect(await track(second)).toMatch(new RegExp(`与编号 ${first.number} 一起办理`))

  await openByNumber(street, first.number)
  await street.getByText('2 位反映人').waitFor()
  await make(street, 'contact', '处置中')
  await make(street, 'handle', '待核查', (form) => form.getByRole('textbox').last().fill('已清运垃圾，冲洗了地面'))
  const inspector = await stage.signedIn('inspector1', 'desk', desk)
  await openByNumber(inspector, first.number)
  await make(inspector, 'check', '待结案')
  await openByNumber(dispatcher, first.number)
  await make(dispatcher, 'close', '已结案')
  await picture(dispatcher, 'merging-closed')

  for (const one of [first, second]) expect(await track(one)).toContain('已清运垃圾，冲洗了地面')
  await picture(second.page, 'merging-portal')
  await second.page.getByLabel('非常满意').check()
  await second.page.locator('form[action="/rate"] button[type="submit"]').click()
  expect(await track(second)).toContain('谢谢您的评价')
  expect(await track(first)).toContain('您是否满意')
})

test('a call of two matters is split, and its caller follows both', async () => {
  const dispatcher = await stage.signedIn('dispatcher1', 'desk', desk)
  const where = `${(await areaOf(dispatcher)).slice(0, 6)}001001`
  const call = await report(where, '我有两件事要说，一件是灯，一件是树')
  await openByNumber(dispatcher, call.number)
  await dispatcher.locator('button[data-move="split"]').click()
  const form = dispatcher.getByRole('dialog')
  await form.locator('button[type="submit"]').click()
  await form.getByText('请至少写两件').waitFor()
  await form.locator('textarea').nth(0).fill('路灯不亮，晚上很黑')
  await form.locator('textarea').nth(1).fill('行道树断了，压到路上')
  expect(await violationsOf(dispatcher)).toEqual([])
  await picture(dispatcher, 'splitting-form')
  await sendForm(dispatcher, '已拆分')
  await dispatcher.locator('[data-part="ties"]').getByText('还有 2 件在办').waitFor()
  await picture(dispatcher, 'splitting-done')
  expect(await track(call)).toMatch(/已分开办理[\s\S]*路灯不亮[\s\S]*行道树断了/)
})

test('a call about danger tells its caller whom to dial, stands on top of triage, and is handed over with the name of the seat', async () => {
  const dispatcher = await stage.signedIn('dispatcher1', 'desk', desk)
  const where = `${(await areaOf(dispatcher)).slice(0, 6)}001001`
  const call = await report(where, '三楼楼道煤气泄漏，味道很大')
  expect(await call.page.getByRole('alert').textContent()).toMatch(/先拨 119[\s\S]*煤气泄漏/)
  expect(await violationsOf(call.page)).toEqual([])
  await picture(call.page, 'danger-receipt')
  await dispatcher.goto(`${stage.origin}/desk/?view=triage`)
  const row = dispatcher.getByRole('row', { name: new RegExp(call.number) })
  await row.waitFor()
  expect(await dispatcher.getByRole('row').nth(1).textContent()).toContain(call.number)
  await row.click()
  await dispatcher
    .getByRole('article', { name: call.number })
    .getByRole('alert')
    .getByText(/先拨 119/)
    .waitFor()
  await picture(dispatcher, 'danger-triage')
  await make(dispatcher, 'handOver', '已移交应急', async (form) => {
    await form.getByRole('combobox').selectOption('119')
    await form.getByRole('textbox').fill('席位 3，工号 0712')
  })
  await dispatcher.locator('[data-part="ties"]').getByText('席位 3，工号 0712').waitFor()
  expect(await track(call)).toContain('已移交消防救援 119处置')
})
