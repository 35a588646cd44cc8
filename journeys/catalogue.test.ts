import { afterAll, beforeAll, expect, test } from 'vitest'
import { localDate, systemClock } from '#kernel/clock.ts'
import { desk, openStage, phone, picture, violationsOf, type Stage } from './browser.ts'

let stage: Stage

beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

test('an administrator writes a matter of the directory: every gap is named at its field, then it takes cases', async () => {
  const page = await stage.signedIn('sysadmin', 'desk', desk)
  await page.getByRole('link', { name: '事项清单' }).click()
  await page.getByRole('searchbox', { name: '查找事项' }).fill('盲道缺损')
  await page.getByRole('link', { name: /06051/ }).waitFor()
  expect(await violationsOf(page), 'list').toEqual([])
  await picture(page, 'catalogue')
  await page.getByRole('link', { name: /06051/ }).click()
  await page.getByRole('button', { name: '编辑草稿' }).click()
  await page.getByRole('button', { name: '增加立案条件' }).click()
  await page.getByLabel('立案条件说明').fill('盲道砖缺失或松动')
  await page.getByRole('button', { name: '发布', exact: true }).click()
  const gaps = page.getByRole('alert').getByRole('listitem')
  await gaps.first().waitFor()
  expect(await gaps.count()).toBe(5)
  // The keyboard stands in the first field to mend, and the field says why.
  expect(await page.locator(':focus').getAttribute('aria-invalid')).toBe('true')
  await page.getByText('“1 盲道砖缺失或松动”没有时限。').first().waitFor()
  expect(await violationsOf(page), 'gaps').toEqual([])
  await picture(page, 'catalogue-gaps')
  await page.getByLabel('呼应时限', { exact: true }).fill('4')
  await page.getByLabel('处置时限', { exact: true }).fill('5')
  await page.getByLabel('分级').selectOption('A')
  await page.getByLabel('牵头层级').selectOption('district')
  await page.getByLabel('部门职能代码').fill('roads')
  await page.getByLabel('生效日期').fill(localDate(systemClock.now(), 'Asia/Shanghai'))
  await page.getByRole('button', { name: '发布', exact: true }).click()
  await page.getByRole('heading', { name: /第 1 版/ }).waitFor()
  await page.getByText('已发布', { exact: true }).waitFor()
  expect(await violationsOf(page), 'matter').toEqual([])
})

test('a matter of the city’s own gets its code from the back, on a phone as well', async () => {
  const page = await stage.signedIn('sysadmin', 'desk', phone)
  await page.goto(`${stage.origin}/desk/catalogue/new`)
  await page.getByLabel('大类（两位数字）').fill('10')
  await page.getByRole('button', { name: '编号并开始填写' }).click()
  await page.getByRole('heading', { name: '新增本市事项 10999' }).waitFor()
  await page.getByLabel('名称', { exact: true }).fill('示例事项')
  await page.getByRole('button', { name: '增加立案条件' }).click()
  expect(await violationsOf(page), 'editor').toEqual([])
  await picture(page, 'catalogue-phone')
  await page.getByLabel('立案条件说明').fill('示例条件')
  await page.getByRole('button', { name: '保存草稿' }).click()
  await page.getByText('草稿已保存').waitFor()
})

test('whoever only reads the catalogue sees its versions and no way to write', async () => {
  const page = await stage.signedIn('dispatcher1', 'desk', desk)
  await page.goto(`${stage.origin}/desk/catalogue`)
  await page.getByRole('searchbox', { name: '查找事项' }).fill('06010')
  await page.getByRole('link', { name: /06010/ }).click()
  await page.getByRole('heading', { name: /第 1 版/ }).waitFor()
  expect(await page.getByRole('button', { name: /草稿/ }).count()).toBe(0)
})
