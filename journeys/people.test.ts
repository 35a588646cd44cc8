import { afterAll, beforeAll, expect, test } from 'vitest'
import { desk, openStage, phone, picture, violationsOf, type Stage } from './browser.ts'

let stage: Stage

beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

test('an administrator takes somebody on and appoints him; he signs in with the password told once and must change it', async () => {
  const page = await stage.signedIn('sysadmin', 'desk', desk)
  await page.goto(`${stage.origin}/desk/people`)
  await page.getByRole('table').waitFor()
  await picture(page, 'people-posts')
  expect(await violationsOf(page), 'posts').toEqual([])

  await page.getByRole('link', { name: '人员与账号' }).click()
  await page.getByRole('button', { name: '新增人员' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: '保存' }).click()
  expect(await dialog.getByText('请填写').count()).toBe(3)
  await dialog.getByLabel('姓名').fill('新示例')
  await dialog.getByLabel('工号').fill('BJ0001')
  await dialog.getByLabel('登录账号').fill('new.example')
  await dialog.getByRole('button', { name: '保存' }).click()
  await dialog.getByText('已有人使用').waitFor()
  expect(await violationsOf(page), 'refused form').toEqual([])
  await dialog.getByLabel('工号').fill('BJ9001')
  await dialog.getByRole('button', { name: '保存' }).click()
  const once = page.getByText(/^([a-z]{3}\d-){3}[a-z]{3}\d$/)
  const password = (await once.textContent()) ?? ''
  await picture(page, 'people-password')
  await page.getByRole('button', { name: '我已记下' }).click()

  await page.getByRole('link', { name: '岗位', exact: true }).click()
  await page.getByRole('button', { name: '任命岗位' }).click()
  await dialog.getByLabel('查找人员').fill('BJ9001')
  await dialog.getByLabel('人员', { exact: true }).locator('option', { hasText: '新示例' }).waitFor({ state: 'attached' })
  await dialog.getByLabel('人员', { exact: true }).selectOption({ label: '新示例 · BJ9001' })
  await dialog.getByRole('group', { name: '区域' }).getByRole('combobox').first().selectOption({ index: 1 })
  await dialog.getByLabel('单位').selectOption({ index: 1 })
  await dialog.getByLabel('角色').selectOption('leader')
  expect(await violationsOf(page), 'appoint').toEqual([])
  await picture(page, 'people-appoint')
  await dialog.getByRole('button', { name: '保存' }).click()
  await page.getByText('已任命').waitFor()
  await page.getByLabel('在列表中查找').fill('BJ9001')
  await page.getByRole('cell', { name: '新示例', exact: true }).waitFor()

  const newcomer = await stage.someone(desk)
  await newcomer.goto(`${stage.origin}/desk/`)
  await newcomer.getByLabel('账号', { exact: true }).fill('new.example')
  await newcomer.getByLabel('密码', { exact: true }).fill(password)
  await newcomer.getByRole('button', { name: '登录' }).click()
  await newcomer.getByLabel('新密码', { exact: true }).waitFor()
}, 90_000)

test('an administrator renames an organisation, cannot end one that holds open work, and sees teams and party organisations in the tree', async () => {
  const page = await stage.signedIn('sysadmin', 'desk', desk)
  await page.goto(`${stage.origin}/desk/people?list=tree`)
  await page.getByText('成员单位').first().waitFor()
  await page.getByText('双报到社区').first().waitFor()
  expect(await violationsOf(page), 'tree').toEqual([])
  await picture(page, 'people-tree')

  await page.goto(`${stage.origin}/desk/people?list=organisations&kind=department`)
  await page
    .getByRole('button', { name: /^更名.*水务局/ })
    .first()
    .click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('中文名称').fill('示例区水务和海洋局')
  await dialog.getByRole('button', { name: '保存' }).click()
  await page.getByText('已更名').waitFor()
  await page.getByText('示例区水务和海洋局').waitFor()

  await page
    .getByRole('button', { name: /^撤销.*城市管理局/ })
    .first()
    .click()
  await dialog.getByRole('button', { name: '撤销' }).click()
  await dialog.getByText(/还有 \d+ 件未办结的工作，不能撤销/).waitFor()
  expect(await violationsOf(page), 'refused end').toEqual([])
}, 60_000)

test('the page of organisations and posts fits a phone without a violation, in both languages; a dispatcher does not get in', async () => {
  const page = await stage.signedIn('secadmin', 'desk', phone)
  await page.goto(`${stage.origin}/desk/people?list=tree`)
  await page.getByText('综合行政执法队').first().waitFor()
  expect(await violationsOf(page), 'tree').toEqual([])
  expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), 'tree').toBe(true)
  await picture(page, 'people-phone-tree')
  for (const list of ['', '?list=organisations', '?list=persons']) {
    await page.goto(`${stage.origin}/desk/people${list}`)
    await page.getByRole('table').waitFor()
    expect(await violationsOf(page), list).toEqual([])
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), list).toBe(true)
    await picture(page, `people-phone${list.slice(6)}`)
  }
  await page.context().addCookies([{ name: 'lang', value: 'en', url: stage.origin }])
  await page.goto(`${stage.origin}/desk/people`)
  await page.getByRole('heading', { name: 'Organisations and posts' }).waitFor()
  await page.getByRole('table').waitFor()
  await page.getByRole('button', { name: 'Appoint' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  expect(await violationsOf(page), 'English').toEqual([])
  await picture(page, 'people-phone-en')
  const dispatcher = await stage.signedIn('dispatcher1', 'desk', desk)
  await dispatcher.goto(`${stage.origin}/desk/people`)
  await dispatcher.getByText('无权查看').waitFor()
}, 60_000)
