import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '#kernel/id.ts'
import { desk, openStage, phone, picture, violationsOf, type Stage } from './browser.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

/** Asks the API under the cookie of a page. */
async function ask<T>(page: Page, path: string, data?: object): Promise<T> {
  const address = `${stage.origin}/api/${path}`
  const reply = data ? await page.request.post(address, { data }) : await page.request.get(address)
  expect(reply.status(), `${path}: ${await reply.text()}`).toBe(200)
  return (await reply.json()) as T
}

test('a property company comes in by a link, answers what a dispatcher sends it, reports from its area, and is shut out when the link is revoked', async () => {
  const admin = await stage.signedIn('sysadmin', 'desk', desk)
  const { items: companies } = await ask<{ items: { id: string; areaCode: string; name: { zh: string } }[] }>(
    admin,
    'organisations?kind=property_company',
  )
  const [company] = companies
  if (!company) throw new Error('no property company')
  await admin.goto(`${stage.origin}/desk/people`)
  await admin.getByRole('button', { name: '新增参与人' }).click()
  const form = admin.getByRole('dialog')
  await form.getByLabel('姓名').fill('赵示例')
  await form.getByLabel('工号').fill('CY0001')
  await form.getByLabel('单位').locator('option', { hasText: company.name.zh }).waitFor({ state: 'attached' })
  await form.getByLabel('单位').selectOption({ label: company.name.zh })
  expect(await violationsOf(admin), 'new participant').toEqual([])
  await form.getByRole('button', { name: '保存' }).click()
  const link = (await admin.getByText(/\/field\/open#/).textContent()) ?? ''
  await picture(admin, 'participant-link')
  await admin.getByRole('button', { name: '我已交给本人' }).click()

  const visitor = await stage.someone(phone)
  await visitor.goto(link)
  await visitor.getByText('现在没有要办的事').waitFor()
  expect(new URL(visitor.url()).hash).toBe('')
  expect(await violationsOf(visitor), 'opened').toEqual([])

  const dispatcher = await stage.signedIn('dispatcher1', 'desk', desk)
  const [matter] = (await ask<{ items: { matterId: string }[] }>(dispatcher, 'catalogue/matters?q=06036&state=in_force')).items
  const { versions } = await ask<{ versions: { conditions: { id: string }[] }[] }>(dispatcher, `catalogue/matters/${matter?.matterId}`)
  const report = { commandId: newId(), channel: 'hotline', text: '小区里有事请来看看', areaCode: company.areaCode }
  const filed = await ask<{ districtCode: string; id: string; number: string }>(dispatcher, 'cases', report)
  const moves = `cases/${filed.districtCode}/${filed.id}/moves`
  const conditionId = versions[0]?.conditions[0]?.id
  const move = async (name: string, rest: object): Promise<void> => {
    const { version } = await ask<{ version: number }>(dispatcher, `cases/${filed.districtCode}/${filed.id}`)
    await ask(dispatcher, moves, { commandId: newId(), move: name, expectedVersion: version, ...rest })
  }
  await move('file', { conditionId })
  await move('dispatch', { organisationId: company.id, note: '物业服务范围内，请物业处置' })

  await visitor.locator(`[data-number="${filed.number}"]`).click()
  await visitor.locator('button[data-move="contact"]').click()
  await visitor.getByRole('dialog').getByRole('button', { name: '已联系' }).click()
  await visitor.locator('button[data-move="handle"]').click()
  await visitor.getByRole('dialog').getByRole('textbox').first().fill('杂物已清理')
  await picture(visitor, 'participant-handle')
  await visitor.getByRole('dialog').getByRole('button', { name: '处置完成' }).click()
  await visitor.getByRole('dialog').waitFor({ state: 'detached' })
  expect(await violationsOf(visitor), 'case').toEqual([])
  expect((await ask<{ status: string }>(dispatcher, `cases/${filed.districtCode}/${filed.id}`)).status).toBe('handled')

  await visitor.goto(`${stage.origin}/field/report`)
  await visitor.getByRole('textbox').first().fill('三单元楼道灯不亮')
  expect(await visitor.getByRole('combobox').count()).toBe(0)
  expect(await violationsOf(visitor), 'report').toEqual([])
  await picture(visitor, 'participant-report')
  await visitor.locator('form button[type="submit"]').click()
  await visitor.getByText(/\d{6}-\d{8}-\d{5}/).waitFor()

  await admin.getByLabel('在列表中查找').fill('CY0001')
  await admin.getByRole('button', { name: '链接 赵示例' }).click()
  await admin.getByRole('button', { name: /^撤销/ }).click()
  await admin.getByText('链接已撤销').waitFor()
  expect(await violationsOf(admin), 'links').toEqual([])
  await picture(admin, 'participant-links')
  expect((await visitor.request.get(`${stage.origin}/api/me`)).status()).toBe(401)
  const late = await stage.someone(phone)
  await late.goto(link)
  await late.getByText('这个链接无效或已过期').waitFor()
  expect(await violationsOf(late), 'shut').toEqual([])
  await picture(late, 'participant-shut')
}, 120_000)
