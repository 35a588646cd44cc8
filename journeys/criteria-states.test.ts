/** Criterion 46: every way in which a request can fail has a designed state on each kind of page of all three faces; and 35 for the desk: a case on paper. */
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inTransaction, openDatabase, sql } from '#platform/database/database.ts'
import { photoBytes } from '#platform/photo.ts'
import { kitWords } from '#web/kit/words.ts'
import { answer, failures, steerAnswers, type Failure } from './answers.ts'
import { breaks, desk, openStage, phone, picture, violationsOf, type Stage } from './browser.ts'
import { readPdf } from './pdf.ts'
import { goOn } from './portal.ts'

let stage: Stage
let database = ''
let worker: Page
let dispatcher: Page
/** Addresses of a case, as the two see it. */
const at = { desk: '', field: '' }

beforeAll(async () => {
  stage = await openStage(async (url) => {
    database = url
  })
  dispatcher = await stage.signedIn('dispatcher1', 'desk', desk)
  worker = await stage.signedIn('grid1', 'field', phone)
  const first = async (page: Page, view: string): Promise<string> => {
    const { items } = (await (await page.request.get(`${stage.origin}/api/cases?view=${view}`)).json()) as {
      items: { districtCode: string; id: string }[]
    }
    return `${items[0]?.districtCode}/${items[0]?.id}`
  }
  at.desk = `/desk/case/${await first(dispatcher, 'triage')}`
  at.field = `/field/case/${await first(worker, 'open')}`
})
afterAll(() => stage.close())

const words = kitWords.zh
const said: Readonly<Record<Failure, readonly [title: string, text: string]>> = {
  offline: [words.offlineTitle, words.offlineText],
  timeout: [words.slowTitle, words.slowText],
  401: [words.sessionTitle, words.sessionText],
  403: [words.forbiddenTitle, words.forbiddenText],
  404: [words.missingTitle, words.missingText],
  409: [words.changedTitle, words.changedText],
  413: [words.tooLargeTitle, words.tooLargeText],
  429: [words.tooManyTitle, words.tooManyText],
  500: [words.errorTitle, words.errorText],
}
/** Words of a gateway, a browser or a program have no place on a Chinese page. */
const foreign = /Request Failed|gateway|Failed to fetch|unreachable|timed out|undefined|\[object|Error\b/i

/** Another tab of somebody who has signed in, whose answers can be steered. */
async function tab(of: Page): Promise<Page> {
  const page = await of.context().newPage()
  await steerAnswers(page)
  await page.goto(`${stage.origin}/assets/icon.svg`)
  return page
}
async function keep(page: Page, name: string): Promise<void> {
  await picture(page, `state-${name}`)
}

/** A page that could not be read: says what happened and what is safe, and another try brings it. */
async function readsWell(page: Page, name: string, path: string, how: Failure): Promise<void> {
  await answer(page, `${how}`)
  await page.goto(`${stage.origin}${path}`)
  const state = page.locator('main .state').first()
  await state.getByText(said[how][0], { exact: true }).waitFor()
  expect(await state.innerText(), `${name} ${how}`).toContain(said[how][1])
  expect(await page.locator('body').innerText(), `${name} ${how}`).not.toMatch(foreign)
  await keep(page, `${name}-${how}`)
  await answer(page, 'as it comes')
  // Whose sign-in has ended is asked for it in place.
  if (how === 401) return page.getByRole('dialog').getByText('登录已过期').waitFor()
  await state.getByRole('button', { name: '重试' }).click()
  await state.waitFor({ state: 'detached' })
  await page.locator('main').locator('a, button').first().waitFor()
}

for (const [name, of, path] of [
  ['desk-list', () => dispatcher, () => '/desk/?view=open'],
  ['desk-case', () => dispatcher, () => at.desk],
  ['phone-list', () => worker, () => '/field/'],
  ['phone-case', () => worker, () => at.field],
] as const)
  test.concurrent(`46. ${name}: each of nine failures says what happened, what is safe and what to do, and another try helps`, async () => {
    const page = await tab(of())
    for (const how of failures) await readsWell(page, name, path(), how)
    expect(page.url()).toContain(path())
    await page.close()
  })

/** A form that was not taken: says why beside its button, and keeps every word. */
async function staysFilled(page: Page, name: string, how: Failure, field: ReturnType<Page['locator']>, send: () => Promise<void>): Promise<void> {
  const typed = await field.inputValue()
  await answer(page, `${how}`, true)
  await send()
  if (how === 401) await page.getByRole('dialog').getByText('登录已过期').waitFor()
  else await page.locator('.problem, .hand-unsent, [data-part=conflict]').first().waitFor()
  const told = await page.locator('body').innerText()
  expect(told, `${name} ${how}`).not.toMatch(foreign)
  if (how === 'offline' || how === 'timeout') expect(told, `${name} ${how}`).toMatch(/连不上服务器|没有网络|等了很久/)
  else expect(told, `${name} ${how}`).toContain(said[how][0])
  await keep(page, `${name}-${how}`)
  await answer(page, 'as it comes')
  if (how !== 401) expect(await field.inputValue(), `${name} ${how}`).toBe(typed)
}

test.concurrent('46. the forms of a report, at the desk and on the phone, keep every word through each failure', async () => {
  for (const [name, of, path] of [
    ['desk-form', dispatcher, '/desk/report'],
    ['phone-form', worker, '/field/report'],
  ] as const) {
    const page = await tab(of)
    await page.goto(`${stage.origin}${path}`)
    const field = page.locator('form textarea').first()
    await field.fill('示例路口的灯坏了，晚上看不清')
    if (name === 'phone-form') await page.locator('.hand-more summary').click()
    await page
      .getByLabel('详细地址', { exact: false })
      .or(page.getByLabel('地址', { exact: false }))
      .first()
      .fill('示例路 1 号')
    for (const how of failures.filter((one) => one !== 401))
      await staysFilled(page, name, how, field, () => page.locator('form button[type=submit]').click())
    await staysFilled(page, name, 401, field, () => page.locator('form button[type=submit]').click())
    expect(await field.inputValue()).toBe('示例路口的灯坏了，晚上看不清')
    await page.close()
  }
})

test('46. the portal: what is not there, too large, from elsewhere, asked too often or broken has a page with what is safe, a way on and a number', async () => {
  breaks(/status of 5\d\d/)
  const page = await stage.someone(phone)
  const check = async (name: string, ...expected: (string | RegExp)[]): Promise<void> => {
    const told = await page.locator('body').innerText()
    for (const one of expected) expect(told, name).toMatch(one)
    expect(told, name).not.toMatch(foreign)
    expect(await page.title(), name).toMatch(/^错误|没有这个页面/)
    expect(await violationsOf(page), name).toEqual([])
    await keep(page, `portal-${name}`)
  }
  await page.goto(`${stage.origin}/nowhere`)
  await check('404', '没有这个页面', '我要反映')

  await page.goto(`${stage.origin}/report`)
  await page.locator('textarea').fill('示例路口的灯坏了，晚上看不清')
  // Without a network the form stays where it is, with its words.
  await page.context().setOffline(true)
  await goOn(page)
  await page.getByRole('alert').getByText('没有网络，没有发出去').waitFor()
  expect(await page.locator('textarea').inputValue()).toBe('示例路口的灯坏了，晚上看不清')
  await keep(page, 'portal-offline')
  // No link leads away from it either.
  await page.locator('header a').first().click()
  await page.getByRole('alert').getByText('没有网络，打不开下一页').waitFor()
  expect(await page.locator('textarea').inputValue()).toBe('示例路口的灯坏了，晚上看不清')
  await page.context().setOffline(false)
  // What is sent and not answered is told after ten seconds; pressing again is safe. (A request that hangs would hold the test as well, so it is swallowed.)
  await page.clock.install()
  await page.evaluate(`document.addEventListener('submit', (event) => event.preventDefault(), { once: true })`)
  await goOn(page)
  await page.clock.runFor(11_000)
  await page.getByRole('status').getByText('网络慢，还没有收到回答').waitFor()
  expect(await page.locator('textarea').inputValue()).toBe('示例路口的灯坏了，晚上看不清')
  await keep(page, 'portal-slow')
  await goOn(page)
  await page.locator('#address').fill('示例路口')
  await goOn(page)
  if (page.url().endsWith('/same')) await goOn(page)
  const large = join(tmpdir(), 'huying-large.jpg')
  await writeFile(large, Buffer.alloc(photoBytes + 1000, 7))
  await page.locator('input[type=file]').setInputFiles(large)
  await goOn(page)
  await check('413', /过大|太大/)

  // Sent from another site's page.
  const elsewhere = { origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' }
  await page.route('**/report/contact', async (route) => {
    const headers = { ...route.request().headers(), ...(route.request().method() === 'POST' ? elsewhere : {}) }
    await route.fulfill({ response: await route.fetch({ headers }) })
  })
  await page.goto(`${stage.origin}/report/contact`)
  await goOn(page)
  await check('403', '此操作来自其他网站', '您已填写的内容还留着', '12345')
  await page.unroute('**/report/contact')

  await page.goto(`${stage.origin}/track`)
  const { number } = (await (
    await page.request.post(`${stage.origin}/api/public/cases`, {
      data: { commandId: crypto.randomUUID(), text: '示例路口的灯坏了', callerPhone: '13800004321' },
    })
  ).json()) as { number: string }
  for (let tries = 0; tries < 12 && !/过于频繁|太多次|次数/.test(await page.locator('main').innerText()); tries += 1) {
    await page.locator('#number').fill(number)
    await page.locator('#phoneTail').fill('0000')
    await page.locator('form#track > button').click()
  }
  await check('429', /过于频繁|太多次|次数/)

  const db = openDatabase(database)
  await inTransaction(db, (tx) => sql`alter table cases.report_draft rename to report_draft_away`.execute(tx))
  await page.goto(`${stage.origin}/report/contact`)
  await inTransaction(db, (tx) => sql`alter table cases.report_draft_away rename to report_draft`.execute(tx))
  await db.close()
  await check('500', '系统出了问题，已经记录', '您已填写的内容还留着', /编号 \S{6,}/)
  await page.getByRole('link', { name: '再试一次' }).click()
  await page.locator('form#question').waitFor()
})

test('35. a case prints on one A4 sheet that can be signed, with Chinese that can be copied and nothing to press', async () => {
  const page = await stage.signedIn('dispatcher1', 'desk', desk)
  const data = { commandId: crypto.randomUUID(), text: '楼道灯不亮，晚上看不清路', areaCode: '990101001001' }
  const { number } = (await (await page.request.post(`${stage.origin}/api/public/cases`, { data })).json()) as { number: string }
  const { items } = (await (await page.request.get(`${stage.origin}/api/cases?view=all&q=${number}`)).json()) as {
    items: { districtCode: string; id: string }[]
  }
  const { districtCode = '', id = '' } = items[0] ?? {}
  await page.goto(`${stage.origin}/desk/case/${districtCode}/${id}`)
  await page.getByRole('article').getByRole('heading', { name: '办理过程' }).waitFor()
  await page.locator('.paper-sign').waitFor({ state: 'attached' })
  const pdf = await page.pdf({ preferCSSPageSize: true })
  const { pages, text } = readPdf(pdf)
  // Some fonts draw a character and the radical that looks like it with one glyph; the copy is then the radical.
  const copied = text.normalize('NFKC').replaceAll(/\s/g, '')
  for (const part of [
    '案件办理单',
    number,
    '事项',
    '责任单位',
    '办理过程',
    '收到反映',
    '承办单位办理意',
    '承办人(签字)',
    '负责人(签字、盖章)',
    '打印于',
  ])
    expect(copied).toContain(part)
  expect(pages).toBe(1)
  expect(copied).toContain('1/1')
  await page.emulateMedia({ media: 'print' })
  const pressed: unknown = await page.evaluate(
    `[...document.querySelectorAll('button, input, select, textarea, .button, nav, .map')].filter((e) => e.checkVisibility()).map((e) => e.outerHTML.slice(0, 80))`,
  )
  expect(pressed).toEqual([])
  await page.setViewportSize({ width: 688, height: 1010 })
  await picture(page, 'desk-case-on-paper')
})
