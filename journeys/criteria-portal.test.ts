/** Criteria of the residents' portal. The number is the criterion's in the design of the screens. */
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStage, phone, picture, violationsOf, type Stage } from './browser.ts'
import { follow, goOn, sendReport, writeReport } from './portal.ts'
import { readPdf } from './pdf.ts'
import { faultsOfMotion, hiddenText, layoutShift, smallTargets, twoWayScroll } from './faces.ts'

let stage: Stage
let areaCode = ''

beforeAll(async () => {
  stage = await openStage()
  const street = await stage.signedIn('street1', 'desk', phone)
  const reply = await street.request.get(`${stage.origin}/api/me`)
  areaCode = `${((await reply.json()) as { posts: { areaCode: string }[] }).posts[0]?.areaCode.slice(0, 9)}001`
  await street.context().close()
})
afterAll(() => stage.close())

const words = (n: number): string => `第 ${n} 处：河边步道的栏杆松动了，靠上去很危险`
const photo = async (): Promise<{ name: string; mimeType: string; buffer: Buffer }> => ({
  name: 'seen.jpg',
  mimeType: 'image/jpeg',
  buffer: await sharp({ create: { width: 1600, height: 1200, channels: 3, background: '#7a6' } })
    .jpeg()
    .toBuffer(),
})

/** A resident whose browser runs no script at all. */
async function withoutScript(): Promise<Page> {
  const browser = (await stage.someone(phone)).context().browser() as Browser
  const context = await browser.newContext({ viewport: phone, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', javaScriptEnabled: false })
  context.setDefaultTimeout(15_000)
  return context.newPage()
}

/** Asks the API as somebody at work; the portal itself has no account. */
async function staff(login: string): Promise<(path: string, body?: object) => Promise<Record<string, unknown>>> {
  const page = await stage.signedIn(login, 'desk', phone)
  return async (path, body) => {
    const reply = body
      ? await page.request.post(`${stage.origin}/api/${path}`, {
          data: { commandId: crypto.randomUUID(), ...body },
          headers: { 'idempotency-key': crypto.randomUUID() },
        })
      : await page.request.get(`${stage.origin}/api/${path}`)
    return (await reply.json()) as Record<string, unknown>
  }
}

/** Takes a report of the street all the way to its closing. */
async function closeCase(number: string): Promise<void> {
  const [dispatcher, street, inspector] = [await staff('dispatcher1'), await staff('street1'), await staff('inspector1')]
  const find = async (): Promise<{ districtCode: string; id: string; status: string; version: number }> => {
    const { items } = (await dispatcher(`cases?view=all&q=${number}`)) as { items: never[] }
    return items[0] as never
  }
  const { districtCode, id, status } = await find()
  const move = async (by: typeof dispatcher, name: string, more: object = {}) => {
    const { version } = await find()
    await by(`cases/${districtCode}/${id}/moves`, { move: name, expectedVersion: version, ...more })
  }
  const deadline = performance.now() + 10_000
  while ((await find()).status === 'reported' && performance.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 200))
  expect(status).not.toBe('closed')
  await move(street, 'contact')
  await move(street, 'handle', { note: '已加固栏杆' })
  await move(inspector, 'check')
  await move(dispatcher, 'close')
  expect((await find()).status).toBe('closed')
}
const garbage = '小区门口的垃圾好几天没人清理，一地都是，气味很大'

test('32, 36. report, track and rate without JavaScript; 未解决 never reads as fixed and goes back to the supervisor; 37. the rating can be changed', async () => {
  const page = await withoutScript()
  const { number, code } = await sendReport(page, stage.origin, { text: garbage, areaCode, phone: '13800004321', photo: await photo() })
  // One script, which comes after the page and did not run here.
  expect(await page.locator('script').count()).toBe(1)
  expect(await page.locator('script[defer][src^="/assets/"]').count()).toBe(1)
  expect(await page.locator('#due').textContent()).toMatch(/\d+ 天内，最晚 \d{4}年/)
  await closeCase(number)

  // By number and the end of the telephone, too: progress without the words.
  await page.goto(`${stage.origin}/track?n=${number}`)
  await page.locator('#phoneTail').fill('4321')
  await page.locator('form#track > button').click()
  expect(await page.locator('main').textContent()).not.toContain(garbage)
  expect(await page.locator('main').textContent()).toContain('已加固栏杆')

  expect(await follow(page, stage.origin, code)).toContain('已结案')
  expect(await page.getByRole('img', { name: '您的照片 1' }).count()).toBe(1)
  await picture(page, 'portal-closed')
  await page.getByLabel('一般').check()
  await page.getByLabel('问题没有解决').check()
  await page.locator('form#rate > button').click()
  const told = (await page.locator('main').textContent()) ?? ''
  expect(told).toMatch(/已重新打开，由督查员跟进/)
  expect(told).not.toMatch(/已解决|已修好|已经处理好|解决了/)
  const supervisor = await staff('supervisor1')
  expect(JSON.stringify(await supervisor('cases?view=reopened'))).toContain(number)
  await page.getByRole('button', { name: '收回评价' }).click()
  expect(await page.locator('main').textContent()).toContain('已收回评价')
  await page.getByLabel('满意', { exact: true }).check()
  await page.locator('form#rate > button').click()
  expect(await page.locator('main').textContent()).toContain('您的评价：满意')
})

test('33. errors: the summary has the focus, links lead to the field, both places say the same, the title begins 错误, nothing typed is lost', async () => {
  const page = await stage.someone(phone)
  await page.goto(`${stage.origin}/report`)
  await page.locator('textarea').fill('灯')
  await goOn(page)
  const check = async (field: string, typed: () => Promise<string>, was: string): Promise<void> => {
    expect(await page.title()).toMatch(/^错误/)
    expect(await page.evaluate('document.activeElement.id')).toBe('errors')
    const link = page.locator(`#errors a[href="#${field}"]`)
    expect(await link.textContent()).toBe(await page.locator(`#${field}-error`).textContent())
    await link.click()
    expect(await page.evaluate('document.activeElement.id')).toBe(field)
    expect(await typed()).toBe(was)
    expect(await violationsOf(page), field).toEqual([])
  }
  await check('text', () => page.locator('#text').inputValue(), '灯')
  await page.locator('textarea').fill(garbage)
  await goOn(page)
  await goOn(page)
  await check('address', () => page.locator('#address').inputValue(), '')
  await page.locator('#address').fill('示例路口')
  await goOn(page)
  if (page.url().endsWith('/same')) await goOn(page)
  await goOn(page)
  await page.locator('#callerName').fill('示例')
  await page.locator('#callerPhone').fill('12x')
  await goOn(page)
  await check('callerPhone', () => page.locator('#callerPhone').inputValue(), '12x')
  expect(await page.locator('#callerName').inputValue()).toBe('示例')
  await page.goto(`${stage.origin}/track`)
  await page.locator('#number').fill('990101')
  await page.locator('form#track > button').click()
  await check('phoneTail', () => page.locator('#number').inputValue(), '990101')
})

test('34. 长辈版: 24 px, line height 1.3, targets of 60 px, remembered, reached from home and settings, the telephone on every page', async () => {
  const page = await stage.someone(phone)
  await page.goto(stage.origin)
  await page.getByRole('button', { name: '长辈版：大字' }).click()
  const pages = ['/', '/report', '/track', '/settings', '/nowhere']
  for (const path of pages) {
    await page.goto(`${stage.origin}${path}`)
    const small: unknown = await page.evaluate(`[...document.querySelectorAll('body *')]
      .filter((e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim()) && e.checkVisibility() && !e.closest('.unseen, option'))
      .map((e) => ({ e, s: getComputedStyle(e) }))
      .filter(({ s }) => parseFloat(s.fontSize) < 24 || parseFloat(s.lineHeight) / parseFloat(s.fontSize) < 1.295)
      .map(({ e, s }) => e.tagName + '.' + e.className + ' ' + s.fontSize + '/' + s.lineHeight)`)
    expect(small, path).toEqual([])
    expect(
      await smallTargets(
        page,
        60,
        'main a, main button, main input:not([type=hidden], [type=radio]), main select, main textarea, .choice, header button, header a',
      ),
      path,
    ).toEqual([])
    expect(await page.locator('a[href^="tel:12345"]').count(), path).toBeGreaterThan(0)
    expect(await violationsOf(page), path).toEqual([])
    expect(await twoWayScroll(page), path).toBe(false)
    await picture(page, `portal-elder${path.replaceAll('/', '-')}`)
  }
  // No voice on this device, so nothing is offered to read aloud; where there is one, it is.
  expect(await page.locator('#aloud').isVisible()).toBe(false)
  const [speaks, cookies] = [await stage.someone(phone), await page.context().cookies()]
  await speaks.context().addCookies(cookies)
  await speaks.addInitScript(`SpeechSynthesis.prototype.getVoices = () => [{ lang: 'zh-CN', name: 'a voice' }]`)
  await speaks.goto(stage.origin)
  await speaks.getByRole('button', { name: '朗读这一页' }).waitFor()
  await page.goto(`${stage.origin}/settings`)
  await page.getByLabel('标准', { exact: true }).check()
  await page.getByRole('button', { name: '保存' }).click()
  expect(await page.locator('html').getAttribute('data-size')).toBe('standard')
  await page.getByLabel('长辈版', { exact: false }).check()
  await page.getByRole('button', { name: '保存' }).click()
  expect(await page.locator('html').getAttribute('data-size')).toBe('elder')
})

test('35. the receipt prints on one sheet of A4, and its Chinese can be copied', async () => {
  const page = await stage.someone(phone)
  const { number, code } = await sendReport(page, stage.origin, { text: words(1), areaCode })
  const pdf = await page.pdf({ preferCSSPageSize: true })
  await writeFile(join(tmpdir(), 'huying-receipt.pdf'), pdf)
  const { pages, text } = readPdf(pdf)
  await page.emulateMedia({ media: 'print' })
  expect(pages, `${String(await page.evaluate('document.documentElement.scrollHeight'))} px high`).toBe(1)
  expect(text.replace(/\s/g, '')).toContain('已收到，谢谢您')
  for (const said of [number, '查询码', code.slice(0, 4), '预计办完', '12345']) expect(text).toContain(said)
})

test('37. a report can be taken back for ten minutes from its receipt, and me-too as well', async () => {
  const [first, second] = [await stage.someone(phone), await stage.someone(phone)]
  const sent = await sendReport(first, stage.origin, { text: garbage, areaCode })
  const joined = await sendReport(second, stage.origin, { text: `${garbage}，请来看看`, areaCode, joins: true })
  expect(await second.locator('main').textContent()).toContain('已并入同一件事')
  expect(await follow(second, stage.origin, joined.code)).toMatch(/一起办理/)
  await second.getByRole('button', { name: '撤回' }).click()
  expect(await second.locator('main').textContent()).toContain('您已撤回这件事')
  await first.getByRole('button', { name: '撤回' }).click()
  expect(await follow(first, stage.origin, sent.code)).toContain('您已撤回这件事')
})

test('38. no name, telephone, identity number or dwelling of anybody is in what the public side answers', async () => {
  const secret = '王示例，电话13912345678，身份证11010519491231002X，住6号楼302室'
  const teller = await stage.someone(phone)
  const { number } = await sendReport(teller, stage.origin, {
    text: `${garbage}。${secret}`,
    areaCode,
    address: '6号楼302室',
    phone: '13912345678',
    photo: await photo(),
  })
  const stranger = await stage.someone(phone)
  const seen: string[] = []
  stranger.on(
    'response',
    (response) =>
      void response.text().then(
        (text) => seen.push(text),
        () => undefined,
      ),
  )
  await writeReport(stranger, stage.origin, { text: garbage, areaCode })
  await stranger.goto(`${stage.origin}/report/same`)
  expect(await stranger.locator('main').textContent()).toContain('都不是')
  await stranger.goto(`${stage.origin}/track?n=${number}`)
  await stranger.locator('#phoneTail').fill('0000')
  await stranger.locator('form#track > button').click()
  await stranger.goto(`${stage.origin}/`)
  // A point asked back in words, and the tiles of the map.
  const near = await stranger.request.post(`${stage.origin}/report/place`, { data: { lng: 121.49, lat: 31.24 } })
  const tile = await stranger.request.get(`${stage.origin}/api/public/tiles/14/13721/6692`)
  seen.push(await near.text(), (await tile.body()).toString('latin1'))
  const json = await stranger.request.post(`${stage.origin}/api/public/track`, { data: { trackingCode: 'A'.repeat(16) } })
  seen.push(
    await json.text(),
    await (await stranger.request.get(`${stage.origin}/api/cases`)).text(),
    await (await stranger.request.get(`${stage.origin}/api/cases/export.csv`)).text(),
  )
  const all = seen.join('\n')
  expect(all.length).toBeGreaterThan(5000)
  for (const part of ['王示例', '1391234', '110105', '302室', '6号楼', 'data:image/webp']) expect(all).not.toContain(part)
})

test('41. pages reflow at 320 px and at 400 %, and wider text spacing loses nothing', async () => {
  const page = await stage.someone({ width: 320, height: 640 })
  await writeReport(page, stage.origin, { text: garbage, areaCode }, async (at) => {
    expect(await twoWayScroll(page), at).toBe(false)
    expect(await hiddenText(page), at).toEqual([])
  })
  for (const path of ['/', '/track', '/settings']) {
    await page.goto(`${stage.origin}${path}`)
    expect(await twoWayScroll(page), path).toBe(false)
    expect(await hiddenText(page), path).toEqual([])
  }
})

test('42. nothing moves for whoever wants it still, and states keep their words in forced colours', async () => {
  const page = await stage.someone(phone)
  await page.emulateMedia({ reducedMotion: 'reduce', forcedColors: 'active' })
  for (const path of ['/', '/report', '/settings']) {
    await page.goto(`${stage.origin}${path}`)
    expect(await faultsOfMotion(page), path).toEqual([])
    expect(await violationsOf(page), path).toEqual([])
  }
  await picture(page, 'portal-forced-colours')
})

// Every page in every look in Chinese: journeys/criteria-access.test.ts.
test('39, 44. a theme that was chosen is the page’s; in English no page breaks WCAG 2.2 AA, and each says its language', async () => {
  const page = await stage.someone(phone)
  const choose = (given: Readonly<Record<string, string>>): Promise<void> =>
    page.context().addCookies(Object.entries(given).map(([name, value]) => ({ name, value, url: stage.origin })))
  for (const theme of ['light', 'dark', 'contrast']) {
    await choose({ theme, lang: 'zh' })
    await page.goto(stage.origin)
    expect(await page.locator('html').getAttribute('data-theme')).toBe(theme)
    await picture(page, `portal-home-${theme}-zh`)
  }
  await choose({ theme: 'light', lang: 'en' })
  for (const path of ['/', '/settings', '/track', '/report', '/report/where', '/report/photo', '/report/contact', '/report/check']) {
    if (path === '/report/where') {
      await page.goto(`${stage.origin}/report`)
      await page.locator('textarea').fill(garbage)
      await goOn(page)
    }
    await page.goto(`${stage.origin}${path}`)
    expect(await violationsOf(page), path).toEqual([])
    expect(await page.locator('html').getAttribute('lang'), path).toBe('en')
  }
  await page.goto(stage.origin)
  await picture(page, 'portal-home-light-en')
})

test('16, 38, 45. a place is marked on the map by a press, by buttons and by keys, told in words and taken back; no request leaves the house', async () => {
  const page = await stage.someone({ width: 320, height: 640 })
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  const drawn: Buffer[] = []
  page.on(
    'response',
    (response) =>
      void (
        /public\/tiles/.test(response.url()) &&
        response.body().then(
          (body) => drawn.push(body),
          () => undefined,
        )
      ),
  )
  await page.goto(stage.origin)
  await page.getByRole('button', { name: '长辈版：大字' }).click()
  await page.goto(`${stage.origin}/report`)
  await page.locator('textarea').fill(garbage)
  await goOn(page)
  expect(asked.filter((url) => url.includes('place-map'))).toEqual([])
  await page.getByRole('button', { name: '在地图上标出' }).click()
  const canvas = page.getByRole('application', { name: '标出地点的地图' })
  await page.locator('.place-canvas[data-painted=whole]').waitFor()
  // The list stays the way for whoever wants no map, and brings the map along.
  await page.locator('select[name="areaCode"]').selectOption(areaCode)
  const status = page.locator('#position [role=status]')
  const at = (): Promise<string> => page.evaluate(`['lng', 'lat'].map((name) => document.querySelector('[name=' + name + ']').value).join()`)
  await canvas.click()
  await expect.poll(() => status.textContent()).toMatch(/^已标出：.*街道.*(社区|村)/)
  const first = await at()
  await page.getByRole('button', { name: '向北移 10 米' }).click()
  await expect.poll(at).not.toBe(first)
  const [, south = 0] = first.split(',').map(Number)
  const [, north = 0] = (await at()).split(',').map(Number)
  expect((north - south) * 111_320).toBeCloseTo(10, 0)
  await page.getByRole('button', { name: '撤销这一步' }).click()
  expect(await at()).toBe(first)
  await page.getByRole('button', { name: '不用位置' }).click()
  expect([await at(), await status.textContent()]).toEqual([',', ''])
  // By keys alone: the map moves under the middle, and Enter marks it.
  await canvas.focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect.poll(() => status.textContent()).toContain('已标出')
  expect(await violationsOf(page)).toEqual([])
  expect(await twoWayScroll(page)).toBe(false)
  expect(await smallTargets(page, 60, 'main button, main a, main input:not([type=hidden]), main select')).toEqual([])
  await picture(page, 'portal-place-elder')
  await goOn(page)
  await page.goto(`${stage.origin}/report/check`)
  expect(await page.locator('main').textContent()).toMatch(/已标出：.*街道/)
  await page.goto(`${stage.origin}/report/where`)
  await expect.poll(() => status.textContent()).toContain('已标出')
  expect(asked.filter((url) => !url.startsWith(stage.origin) && !url.startsWith('data:'))).toEqual([])
  expect(asked.some((url) => /lng|lat=/.test(url))).toBe(false)
  expect(drawn.length).toBeGreaterThan(0)
  const tiles = Buffer.concat(drawn).toString('utf8')
  expect(tiles).toContain('社区')
  expect(tiles).not.toMatch(/网格|号楼|1[3-9]\d{9}/)
})

test('6, 45. nothing moves, and nothing needs a drag, a hover, a colour or three fingers: every page is links and plain forms', async () => {
  const page = await stage.someone(phone)
  for (const path of ['/', '/report', '/track', '/settings']) {
    await page.goto(`${stage.origin}${path}`)
    const odd: unknown = await page.evaluate(
      `[...document.querySelectorAll('[draggable=true], [onmouseover], [title]:not(iframe), canvas, [role=slider]')].map((e) => e.outerHTML)`,
    )
    expect(odd, path).toEqual([])
    expect(await layoutShift(page), path).toBeLessThanOrEqual(0.05)
  }
  await page.goto(stage.origin)
  await page.keyboard.press('Tab')
  expect(await page.evaluate('document.activeElement.className')).toBe('skip')
})
