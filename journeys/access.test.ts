import { afterAll, beforeAll, expect, test } from 'vitest'
import { appCode } from '#contexts/people/testing.ts'
import { addMs, systemClock } from '#kernel/clock.ts'
import { demonstrationPassword } from '#seed/people.ts'
import { desk, openStage, phone, picture, violationsOf, type Stage } from './browser.ts'

let stage: Stage

beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

test('an administrator is invited, switches the second factor on, and signs in with it; a recovery code does as well', async () => {
  const page = await stage.signedIn('secadmin', 'desk', desk)
  await page.getByText('您的岗位建议启用两步登录').waitFor()
  expect(await violationsOf(page), 'invitation').toEqual([])
  await page.getByRole('button', { name: '启用两步登录' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('现在的密码').fill(demonstrationPassword)
  await dialog.getByRole('button', { name: '开始' }).click()
  await dialog.getByRole('img', { name: '密钥的二维码' }).waitFor()
  const secret = ((await dialog.getByRole('group', { name: '密钥' }).locator('.code').textContent()) ?? '').replaceAll(' ', '')
  expect(secret).toMatch(/^[A-Z2-7]{32}$/)
  expect(await violationsOf(page), 'key').toEqual([])
  await picture(page, 'factor-key')
  await dialog.getByLabel('6 位验证码').fill('000000')
  await dialog.getByRole('button', { name: '确认启用' }).click()
  await dialog.getByText('验证码不正确或已用过').waitFor()
  await dialog.getByLabel('6 位验证码').fill(appCode(secret, systemClock.now()))
  await dialog.getByRole('button', { name: '确认启用' }).click()
  await dialog.getByRole('heading', { name: '备用码' }).waitFor()
  const codes = await dialog.getByRole('listitem').allTextContents()
  expect(codes).toHaveLength(10)
  expect(await violationsOf(page), 'recovery codes').toEqual([])
  await picture(page, 'factor-recovery')
  await dialog.getByRole('button', { name: '我已保存' }).click()
  await page.getByText('两步登录已启用').waitFor()

  for (const [code, viewport] of [
    // The next step's code: this one was used to confirm.
    [() => appCode(secret, addMs(systemClock.now(), 30_000)), phone],
    [() => codes[0] ?? '', desk],
  ] as const) {
    const again = await stage.someone(viewport)
    await again.goto(`${stage.origin}/desk/`)
    await again.getByLabel('账号', { exact: true }).fill('secadmin')
    await again.getByLabel('密码', { exact: true }).fill(demonstrationPassword)
    await again.getByRole('button', { name: '登录' }).click()
    await again.getByLabel('验证码').waitFor()
    expect(await violationsOf(again), 'second step').toEqual([])
    await picture(again, `factor-sign-in-${viewport.width}`)
    await again.getByLabel('验证码').fill(code())
    await again.getByRole('button', { name: '登录' }).click()
    await again.getByRole('heading', { name: '您能进的页面' }).waitFor()
    await again.goto(`${stage.origin}/desk/people?list=factors`)
    await again.getByRole('table').waitFor()
    expect(await violationsOf(again), 'demands').toEqual([])
    expect(await again.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
    await picture(again, `factor-demands-${viewport.width}`)
  }
}, 90_000)

test('the audit administrator lands at the records, opens one, and verifies a district', async () => {
  const page = await stage.signedIn('auditadmin', 'desk', desk)
  await page.getByRole('heading', { name: '审计', exact: true }).waitFor()
  await page.getByRole('table').waitFor()
  await page.getByRole('button', { name: /^详情/ }).first().click()
  await page.getByText('请求编号').waitFor()
  await picture(page, 'audit-entries')
  expect(await violationsOf(page), 'entries').toEqual([])
  await page.getByLabel('事项类型').selectOption({ label: '立案' })
  await page.getByRole('button', { name: '查询' }).click()
  await expect.poll(() => page.getByRole('row').nth(1).textContent()).toContain('立案')
  // What was recorded is told in words, and not by the names of the code.
  await page.getByRole('button', { name: /^详情/ }).first().click()
  await page.getByText('状态', { exact: true }).waitFor()
  const terms = await page.locator('dl dt').allTextContents()
  expect(terms.filter((term) => !/\p{Script=Han}/u.test(term))).toEqual([])
  await page.getByText('待受理 → 待派遣').waitFor()

  await page.getByRole('link', { name: '封存与核验' }).click()
  const [first] = await page.getByRole('article').all()
  await first?.getByRole('button', { name: /^核验/ }).click()
  await first?.getByText(/核验完成：[1-9]/).waitFor()
  await picture(page, 'audit-seals')
  expect(await violationsOf(page), 'seals').toEqual([])
  await first?.getByLabel('此前记下的锚点').fill('990101:1:abc')
  await first?.getByRole('button', { name: /^核验/ }).click()
  await first?.getByText('不是锚点').waitFor()
  await page.getByRole('link', { name: '个人信息查看' }).click()
  await page.getByText('没有符合条件的记录').waitFor()
}, 60_000)

test('the records fit a phone, in both languages; a dispatcher does not get in', async () => {
  const page = await stage.signedIn('supervisor1', 'desk', phone)
  for (const list of ['', '?list=seals', '?list=looks']) {
    await page.goto(`${stage.origin}/desk/audit${list}`)
    await page.getByRole('heading', { name: '审计', exact: true }).waitFor()
    await page.waitForLoadState('networkidle').catch(() => undefined)
    expect(await violationsOf(page), list).toEqual([])
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), list).toBe(true)
    await picture(page, `audit-phone${list.slice(6)}`)
  }
  const dispatcher = await stage.signedIn('dispatcher1', 'desk', desk)
  await dispatcher.goto(`${stage.origin}/desk/audit`)
  await dispatcher.getByText('无权查看').waitFor()
}, 60_000)

test('a system administrator makes a key for the system of a department; it opens, and no more once it is revoked', async () => {
  const page = await stage.signedIn('sysadmin', 'desk', desk)
  await page.goto(`${stage.origin}/desk/people?list=keys`)
  await page.getByRole('button', { name: '发放密钥' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: '保存' }).click()
  expect(await dialog.getByText('请填写').count()).toBe(2)
  await dialog.getByLabel('系统').fill('排水监测平台（示例）')
  await dialog.getByLabel('单位').locator('option', { hasText: '城市管理' }).first().waitFor({ state: 'attached' })
  await dialog.getByLabel('单位').selectOption({ index: 3 })
  expect(await violationsOf(page), 'new key').toEqual([])
  await picture(page, 'keys-new')
  await dialog.getByRole('button', { name: '保存' }).click()
  const secret = (await page.getByText(/^hyk_[\w-]{43}$/).textContent()) ?? ''
  await page.getByRole('button', { name: '我已记下' }).click()
  const look = async () => (await fetch(`${stage.origin}/api/cases`, { headers: { authorization: `Bearer ${secret}` } })).status
  expect(await look()).toBe(200)
  await page.reload()
  await page.getByRole('table').waitFor()
  expect(await page.getByText('未使用').count()).toBe(0)
  expect(await violationsOf(page), 'keys').toEqual([])
  await picture(page, 'keys')
  await page.getByRole('button', { name: /^撤销/ }).click()
  await dialog.getByRole('button', { name: '撤销' }).click()
  await page.getByRole('cell', { name: '已撤销' }).waitFor()
  expect(await look()).toBe(401)
}, 60_000)
