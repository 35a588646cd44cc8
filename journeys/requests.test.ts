import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { desk, openStage, phone, picture, violationsOf, type Stage } from './browser.ts'

/** A unit asks for time and objects; others decide, and what was adjudicated is found again. */

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
}, 180_000)
afterAll(() => stage.close())

interface Listed {
  readonly districtCode: string
  readonly id: string
  readonly number: string
  readonly status: string
  readonly overdue: boolean
  readonly matter: { zh: string } | null
}

/** What the person's list holds, as his screen gets it. */
async function listed(page: Page, view: string): Promise<Listed[]> {
  return (await got<{ items: Listed[] }>(page, `/api/cases?view=${view}&limit=200`)).items
}

const pathOf = ({ districtCode, id }: Listed): string => `/api/cases/${districtCode}/${id}`

async function got<T>(page: Page, path: string): Promise<T> {
  return page.evaluate(async (asked) => (await (await fetch(asked)).json()) as T, path)
}

/** The first case of the person's own list that nothing was asked about yet and for which this may be asked. */
async function inHand(page: Page, kind: string, fits: (one: Listed) => boolean | Promise<boolean>): Promise<Listed> {
  for (const one of await listed(page, 'mine')) {
    const { items, mayAsk } = await got<{ items: unknown[]; mayAsk: { kind: string; whistleId: string | null }[] }>(page, `${pathOf(one)}/requests`)
    const isOpen = items.length === 0 && mayAsk.some((may) => may.kind === kind && may.whistleId === null)
    if (isOpen && (await fits(one))) return one
  }
  throw new Error('the demonstration unit has nothing in hand')
}

const open = (page: Page, { districtCode, id }: Listed) => page.goto(`${stage.origin}/desk/case/${districtCode}/${id}`)

async function ask(page: Page, kind: string, reason: string, note: string): Promise<void> {
  await page.locator(`[data-ask=${kind}]`).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('理由').selectOption({ label: reason })
  await dialog.getByLabel('具体情况').fill(note)
}

/** The page of whoever decides, with the request of this case. */
async function waiting(login: string, number: string): Promise<{ page: Page; card: ReturnType<Page['locator']> }> {
  const page = await stage.signedIn(login, 'desk', desk)
  await page.goto(`${stage.origin}/desk/requests`)
  const card = page.locator('article.request', { hasText: number })
  await card.waitFor()
  return { page, card }
}

test('a unit asks for an extension, two persons grant it, and the clock of the case is longer', async () => {
  const unit = await stage.signedIn('handler1', 'desk', desk)
  const mine = await inHand(unit, 'extension', (one) => one.status === 'contacted' && !one.overdue)
  await open(unit, mine)
  await ask(unit, 'extension', '材料或设备需要采购', '井盖需定制，明日到货（示例）')
  expect(await violationsOf(unit)).toEqual([])
  await unit.getByRole('dialog').getByRole('button', { name: '提交' }).click()
  await unit.getByRole('article', { name: '延期' }).getByText('待审批').waitFor()

  for (const [login, state] of [
    ['dispatcher1', '初审'],
    ['supervisor1', '审批'],
  ] as const) {
    const { page, card } = await waiting(login, mine.number)
    expect(await card.innerText()).toContain(state)
    if (login === 'dispatcher1') {
      expect(await violationsOf(page)).toEqual([])
      await picture(page, 'desk-requests')
    }
    await card.locator('[data-act=decide]').click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('意见').fill('情况属实（示例）')
    await dialog.getByRole('button', { name: '批准', exact: true }).click()
    await card.waitFor({ state: 'detached' })
  }
  await unit.reload()
  await unit.getByText('已延期 1 次').waitFor()
  await unit.getByRole('article', { name: '延期' }).getByText('已批准').waitFor()
}, 120_000)

test('a unit objects, the supervisor sees both sides and adjudicates, and the next dispatcher finds the precedent', async () => {
  const unit = await stage.signedIn('handler1', 'desk', desk)
  // Nobody adjudicated the like before.
  const supervisor = await stage.signedIn('supervisor1', 'desk', desk)
  const isNew = async (one: Listed) => (await got<{ items: unknown[] }>(supervisor, `${pathOf(one)}/precedents`)).items.length === 0
  const mine = await inHand(unit, 'objection', isNew)
  await open(unit, mine)
  await ask(unit, 'objection', '权属属于其他单位', '该设施属水务管养（示例）')
  const dialog = unit.getByRole('dialog')
  const other = await dialog.getByLabel('应由哪个单位负责').locator('option', { hasText: '水务局' }).first().innerText()
  await dialog.getByLabel('应由哪个单位负责').selectOption({ label: other })
  await dialog.getByRole('button', { name: '提交' }).click()
  await dialog.waitFor({ state: 'detached' })

  const { page, card } = await waiting('supervisor1', mine.number)
  await card.locator('[data-act=decide]').click()
  const decision = page.getByRole('dialog')
  await decision.getByText('该设施属水务管养（示例）').waitFor()
  await decision.getByText('没有同类先例').waitFor()
  await decision.getByLabel('意见').fill('权属清册载明由水务部门管养（示例）')
  await decision.getByLabel('标为规则').check()
  expect(await violationsOf(page)).toEqual([])
  await picture(page, 'desk-adjudication')
  await decision.getByRole('button', { name: '异议成立，改派' }).click()
  await decision.waitFor({ state: 'detached' })
  await page.goto(`${stage.origin}/desk/case/${mine.districtCode}/${mine.id}`)
  await page.getByText(`异议裁定：由${other}负责`).first().waitFor()
  await page.getByText('裁定改派').first().waitFor()
}, 120_000)

test('the rules of clocks and approvals are changed from a day to come, and an impossible one is refused in words', async () => {
  const admin = await stage.signedIn('sysadmin', 'desk', desk)
  await admin.goto(`${stage.origin}/desk/rules`)
  await admin.getByRole('heading', { name: '申请规则' }).waitFor()
  expect(await violationsOf(admin)).toEqual([])
  await picture(admin, 'desk-rules')
  await admin.locator('[data-change=extension]').click()
  const dialog = admin.getByRole('dialog')
  await dialog.getByLabel('最多批准次数').fill('5')
  await dialog.getByRole('button', { name: '保存' }).click()
  await dialog.getByText('批准次数超过规定').waitFor()
  await dialog.getByLabel('最多批准次数').fill('1')
  await dialog.getByRole('button', { name: '保存' }).click()
  await dialog.waitFor({ state: 'detached' })
  await admin.getByText('起生效').first().waitFor()
  await admin.setViewportSize(phone)
  expect(await violationsOf(admin)).toEqual([])
  await picture(admin, 'phone-rules')
}, 60_000)

test('kinds of whistles and ready sentences are changed from a day to come, and what could not stand is refused in words', async () => {
  const admin = await stage.signedIn('sysadmin', 'desk', desk)
  await admin.goto(`${stage.origin}/desk/rules`)
  await admin.locator('[data-change="whistle-emergency"]').click()
  const dialog = admin.getByRole('dialog')
  await dialog.getByRole('spinbutton', { name: '到场时限' }).fill('')
  await dialog.getByRole('button', { name: '保存' }).click()
  await dialog.getByText('至少要有一项时限').waitFor()
  await dialog.getByRole('spinbutton', { name: '到场时限' }).fill('0.75')
  expect(await violationsOf(admin)).toEqual([])
  await picture(admin, 'desk-rules-whistle')
  await dialog.getByRole('button', { name: '保存' }).click()
  await dialog.waitFor({ state: 'detached' })
  await admin.getByText('到场 0.75 紧急工作时').waitFor()
  await admin.getByText('到场 0.5 紧急工作时').waitFor()

  await admin.locator('[data-add=phrase]').click()
  await dialog.getByLabel('事项编码前缀').fill('06')
  await dialog.getByLabel('语句（中文）').fill('已联系物业清运（示例）')
  await dialog.getByRole('button', { name: '保存' }).click()
  await dialog.waitFor({ state: 'detached' })
  await admin.locator('[data-phrase]', { hasText: '已联系物业清运（示例）' }).getByText('起生效').waitFor()
  await admin.getByRole('button', { name: '停用 已清理干净' }).click()
  await dialog.getByRole('button', { name: '停用', exact: true }).click()
  await dialog.waitFor({ state: 'detached' })
  await admin.locator('[data-phrase]', { hasText: '已清理干净' }).getByText('起停用').waitFor()
  expect(await violationsOf(admin)).toEqual([])
  await picture(admin, 'desk-rules-phrases')
}, 60_000)
