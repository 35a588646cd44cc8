import { afterAll, beforeAll, expect, test } from 'vitest'
import { desk, openStage, phone, violationsOf, type Stage } from './browser.ts'
import { goOn } from './portal.ts'

let stage: Stage

beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

test('the portal has no WCAG 2.2 AA violation that axe finds, in its plain and its elder view, in both languages', async () => {
  const page = await stage.someone(phone)
  for (const settings of [{}, { size: 'elder' }, { lang: 'en' }]) {
    await page.context().addCookies(Object.entries(settings).map(([name, value]) => ({ name, value, url: stage.origin })))
    for (const path of ['/', '/report', '/track', '/settings']) {
      await page.goto(`${stage.origin}${path}`)
      expect(await violationsOf(page), `${path} ${JSON.stringify(settings)}`).toEqual([])
    }
  }
})

test('a report without words says so at the field, on top and in the title, and keeps what was typed, without JavaScript', async () => {
  const browserPage = await stage.someone(phone)
  await browserPage.route('**/*.js', (route) => route.abort())
  await browserPage.goto(`${stage.origin}/report`)
  await browserPage.locator('textarea[name="text"]').fill('灯')
  await goOn(browserPage)
  expect(await browserPage.title()).toMatch(/^错误/)
  expect(await browserPage.locator('textarea[name="text"]').inputValue()).toBe('灯')
  await browserPage.locator('a[href="#text"]').waitFor()
  expect(await violationsOf(browserPage), 'what').toEqual([])
  await browserPage.locator('textarea[name="text"]').fill('示例路口的灯坏了')
  await goOn(browserPage)
  await goOn(browserPage)
  expect(await browserPage.title()).toMatch(/^错误/)
  await browserPage.locator('a[href="#address"]').waitFor()
  expect(await violationsOf(browserPage), 'where').toEqual([])
  await browserPage.getByRole('link', { name: '上一步' }).click()
  expect(await browserPage.locator('textarea[name="text"]').inputValue()).toBe('示例路口的灯坏了')
  expect(await violationsOf(browserPage)).toEqual([])
})

test('the desk has no WCAG 2.2 AA violation that axe finds: sign-in, queue, case, form and reminders', async () => {
  const stranger = await stage.someone(desk)
  await stranger.goto(`${stage.origin}/desk/`)
  await stranger.getByRole('button', { name: '登录' }).waitFor()
  expect(await violationsOf(stranger), 'sign-in').toEqual([])
  const page = await stage.signedIn('dispatcher1', 'desk', desk)
  const file = await page.request.get(`${stage.origin}${await page.getByRole('link', { name: '导出清单' }).getAttribute('href')}`)
  expect(await file.text()).toMatch(/^\uFEFF筛选,[^\n]*\n导出时间,[^\n]*\n导出人,[^\n]*\n\r\n编号,状态,/)
  await page.locator('[role=row][aria-selected]').first().click()
  await page.getByRole('article').getByRole('heading', { name: '办理过程' }).waitFor()
  expect(await violationsOf(page), 'case').toEqual([])
  await page.locator('button[data-move="correct"]').click()
  await page.getByRole('dialog').waitFor()
  expect(await violationsOf(page), 'form').toEqual([])
})

test('the figures have no WCAG 2.2 AA violation that axe finds, and each number opens as many cases as it says', async () => {
  for (const size of [desk, phone]) {
    const page = await stage.signedIn('leader2', 'desk', size)
    await page.getByRole('button', { name: '页面' }).click()
    await page.getByRole('menuitem', { name: '指标' }).click()
    const part = page.locator('[data-figure="dispose_ontime"] button').first()
    const said = Number(/\d+/.exec(await part.innerText())?.[0])
    expect(await violationsOf(page), 'figures').toEqual([])
    await part.click()
    await page.getByText(`共 ${said} 件`).waitFor()
    expect(said).toBeGreaterThan(0)
    expect(await violationsOf(page), 'cases').toEqual([])
    await page.getByRole('button', { name: '关闭' }).click()
    await page.locator('[data-figure="dispose_ontime"] button:focus').waitFor()
  }
})

test('an administrator’s desk without cases says so in its heading and leads to the administrators’ pages', async () => {
  const page = await stage.signedIn('sysadmin', 'desk', desk)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.getByRole('main').getByRole('link', { name: '组织与岗位' }).waitFor()
  expect(await violationsOf(page)).toEqual([])
})

test('the grid worker’s page has no WCAG 2.2 AA violation that axe finds', async () => {
  const page = await stage.signedIn('grid1', 'field', phone)
  await page.getByRole('link', { name: /上报/ }).waitFor()
  await page.locator('main').getByRole('link').first().waitFor()
  expect(await violationsOf(page), 'today').toEqual([])
  await page.getByRole('link', { name: /上报/ }).click()
  await page.getByRole('textbox').first().waitFor()
  expect(await violationsOf(page), 'report').toEqual([])
})
