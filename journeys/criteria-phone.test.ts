/** Criteria of the grid worker's phone page. The number is the criterion's in the design of the screens. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkout } from '#platform/database/folders.ts'
import { breaks, openStage, phone, picture, violationsOf, type Stage } from './browser.ts'
import { faultsOfMotion, hiddenText, layoutShift, smallTargets, twoWayScroll } from './faces.ts'

let stage: Stage
let worker: Page
let areaCode = ''

beforeAll(async () => {
  stage = await openStage()
  worker = await stage.signedIn('grid1', 'field', phone)
  const reply = await worker.request.get(`${stage.origin}/api/me`)
  areaCode = ((await reply.json()) as { posts: { areaCode: string }[] }).posts[0]?.areaCode ?? ''
})
afterAll(() => stage.close())

const targets = 'main a, main button, main input:not([type=hidden]), main select, main textarea, main summary, nav a'
const routes = ['/field/', '/field/map', '/field/report', '/field/me']

/** Opens a page of the phone and waits for what it is about. */
async function open(page: Page, path: string): Promise<void> {
  await page.goto(`${stage.origin}${path}`)
  await page.locator('main').locator('a, button, input').first().waitFor()
}

async function newReport(): Promise<string> {
  const text = '楼下墙角丢着几袋垃圾，没人捡'
  const reply = await worker.request.post(`${stage.origin}/api/public/cases`, { data: { commandId: crypto.randomUUID(), text, areaCode } })
  return ((await reply.json()) as { number: string }).number
}

/** What a camera makes: large, full of detail, and with the place in it. */
const fromCamera = async (): Promise<{ name: string; mimeType: string; buffer: Buffer }> => {
  const noise = Buffer.from(Array.from({ length: 640 * 480 * 3 }, (_, n) => (n * 7919 + (n >> 5) * 104729) & 255))
  const buffer = await sharp(noise, { raw: { width: 640, height: 480, channels: 3 } })
    .resize(4000, 3000)
    .withExif({ IFD0: { Make: 'Camera' }, IFD3: { GPSLatitude: '31/1 14/1 0/1', GPSLongitude: '121/1 29/1 0/1' } })
    .jpeg({ quality: 96 })
    .toBuffer()
  return { name: 'seen.jpg', mimeType: 'image/jpeg', buffer }
}

test('24, 29. a report in four taps without position and with the camera denied, saying so; without a network the words stay and go out later', async () => {
  const page = await stage.signedIn('grid1', 'field', phone)
  await page.addInitScript(`{
    const query = navigator.permissions.query.bind(navigator.permissions)
    navigator.permissions.query = (asked) => (asked.name === 'camera' ? Promise.resolve({ state: 'denied' }) : query(asked))
  }`)
  await open(page, '/field/')
  const began = performance.now()
  await page.getByRole('link', { name: '上报' }).click()
  await page.getByText('相机没有授权，拍不了照。没有照片也可以提交。').waitFor()
  await page.getByRole('button', { name: '取位置' }).click()
  await page.getByText('没有取得位置（没有授权或没有信号）').waitFor()
  await page.locator('.tile').first().waitFor()
  expect(await page.locator('.tile').count()).toBe(8)
  await picture(page, 'field-report-tiles')
  await page.locator('.tile').first().click()
  await page.getByRole('button', { name: '提交' }).click()
  await page.getByText(/990101-\d{8}-\d{5}/).waitFor()
  expect(performance.now() - began).toBeLessThan(30_000)

  await open(page, '/field/report')
  await page.locator('textarea').fill('下水道口的盖子翘起来了')
  await page.context().setOffline(true)
  await page.getByRole('button', { name: '提交' }).click()
  await page.getByText('没有发出去：连不上服务器').waitFor()
  await page.locator('.field-away').waitFor()
  expect(await violationsOf(page), 'offline').toEqual([])
  await picture(page, 'field-report-offline')
  await page.context().setOffline(false)
  await page.reload()
  expect(await page.locator('textarea').inputValue()).toBe('下水道口的盖子翘起来了')
  await page.getByRole('button', { name: '提交' }).click()
  await page.getByText(/990101-\d{8}-\d{5}/).waitFor()
})

test('24. with a position the report carries it from the moment when the camera opened', async () => {
  const page = await stage.signedIn('grid1', 'field', phone)
  await page.context().grantPermissions(['geolocation'], { origin: stage.origin })
  await page.context().setGeolocation({ latitude: 31.2385, longitude: 121.499, accuracy: 8 })
  await open(page, '/field/report')
  const bodies: string[] = []
  page.on('request', (request) => void (request.url().endsWith('/api/cases') && bodies.push(request.postData() ?? '')))
  const chooser = page.waitForEvent('filechooser')
  await page.getByText('拍照', { exact: true }).click()
  await (await chooser).setFiles(await fromCamera())
  await page.getByText(/已取得位置，误差约 8 米/).waitFor()
  await page
    .getByText('第 1 张照片')
    .or(page.getByRole('img', { name: '第 1 张照片' }))
    .first()
    .waitFor()
  await page.context().setGeolocation({ latitude: 31.2501, longitude: 121.5201, accuracy: 8 })
  await page.locator('textarea').fill('路灯不亮，晚上看不清路')
  await page.getByRole('button', { name: '提交' }).click()
  await page
    .getByText(/99010\d-\d{8}-\d{5}/)
    .first()
    .waitFor()
  expect(JSON.parse(bodies[0] ?? '{}')).toMatchObject({ lng: 121.499, lat: 31.2385, datum: 'WGS84' })
})

test('27. a picture leaves the phone with at most 1600 pixels and 400 kB and without the place in it, and is kept so', async () => {
  const page = await stage.signedIn('grid1', 'field', phone)
  await page.addInitScript(`{
    const send = window.fetch
    window.sentPictures = []
    window.fetch = (input, init) => {
      if (init?.body instanceof Blob) init.body.arrayBuffer().then((bytes) => window.sentPictures.push([...new Uint8Array(bytes)]))
      return send(input, init)
    }
  }`)
  await open(page, '/field/report')
  const original = await fromCamera()
  expect((await sharp(original.buffer).metadata()).exif).toBeDefined()
  expect(original.buffer.length).toBeGreaterThan(1_000_000)
  await page.locator('input[type=file]').setInputFiles(original)
  await page.locator('textarea').fill('绿化带里有垃圾')
  await page.getByRole('button', { name: '提交' }).click()
  await page.getByText('已上传').waitFor()
  const [bytes = []] = await page.evaluate<number[][]>('window.sentPictures')
  const sent = Buffer.from(bytes)
  expect(sent.length).toBeGreaterThan(1000)
  expect(sent.length).toBeLessThanOrEqual(400_000)
  const { width, height, exif } = await sharp(sent).metadata()
  expect([width, height, exif]).toEqual([1600, 1200, undefined])
})

test('three taps to done: the card, the camera, a ready sentence; a slip is taken back within ten seconds', async () => {
  const number = await newReport()
  await open(worker, '/field/')
  const card = worker.locator(`a[data-number="${number}"]`)
  await card.waitFor()
  await picture(worker, 'field-today')
  await card.click()
  await worker.getByRole('heading', { name: '办完了' }).waitFor()
  expect(await violationsOf(worker), 'case').toEqual([])
  expect(await smallTargets(worker, 44, targets)).toEqual([])
  await picture(worker, 'field-done')
  const chooser = worker.waitForEvent('filechooser')
  await worker.getByText('拍照（可以不拍）').click()
  await (await chooser).setFiles(await fromCamera())
  await worker.getByText('已拍 1 张').waitFor()
  await worker.locator('[data-done]').first().click()
  await worker.locator('[data-undo]').click()
  await card.click()
  // What does not arrive keeps its words and pictures, and is sent again by one press.
  breaks(/status of 503/)
  await worker.route('**/moves', (route) => route.fulfill({ status: 503 }), { times: 1 })
  await worker.locator('[data-done]').first().click()
  await worker.getByRole('button', { name: '立即提交' }).click()
  await worker.locator('[data-unsent]').getByText('没有送到').waitFor()
  expect(await violationsOf(worker), 'unsent').toEqual([])
  await worker.getByRole('button', { name: '再发一次' }).click()
  await worker.getByText(`${number} 已提交，等别人核查`).waitFor()
})

test('the work of the day is ordered by deadline, then by distance when the worker asks for it', async () => {
  const page = await stage.signedIn('grid1', 'field', phone)
  await page.context().grantPermissions(['geolocation'], { origin: stage.origin })
  await page.context().setGeolocation({ latitude: 31.2385, longitude: 121.499 })
  await open(page, '/field/')
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  await page.getByRole('button', { name: '近的排前面' }).click()
  await page.getByText('位置只在这台设备上用').waitFor()
  await page
    .getByText(/约 [\d.]+ (米|公里)/)
    .first()
    .waitFor()
  expect(asked.filter((url) => /31\.23|121\.499/.test(url))).toEqual([])
})

test('who is away hands the posts over; the colleague sees for whom, finds the case and answers it, and it ends again', async () => {
  const colleague = await stage.signedIn('grid2', 'field', phone)
  const nameOf = async (page: Page): Promise<string> => ((await (await page.request.get(`${stage.origin}/api/me`)).json()) as { name: string }).name
  const [holderName, colleagueName] = [await nameOf(worker), await nameOf(colleague)]
  const number = await newReport()
  await open(worker, '/field/me')
  await worker.getByRole('button', { name: '请假，找人代班' }).click()
  const dialog = worker.getByRole('dialog')
  const option = dialog.getByLabel('谁来代班').locator('option', { hasText: colleagueName })
  await option.waitFor({ state: 'attached' })
  await dialog.getByRole('button', { name: '交给同事代班' }).click()
  await dialog.getByText('请选择代班的同事').waitFor()
  await dialog.getByLabel('谁来代班').selectOption((await option.getAttribute('value')) ?? '')
  await dialog.getByLabel('最后一天').fill(await dialog.getByLabel('第一天').inputValue())
  expect(await violationsOf(worker), 'dialog').toEqual([])
  expect(await smallTargets(worker, 44, '[role=dialog] button, [role=dialog] select, [role=dialog] input')).toEqual([])
  await picture(worker, 'field-leave')
  await dialog.getByRole('button', { name: '交给同事代班' }).click()
  await worker
    .getByText(new RegExp(`^代班：${colleagueName}`))
    .first()
    .waitFor()

  await open(colleague, '/field/me')
  await colleague
    .getByText(new RegExp(`代 ${holderName}（.+）至 \\d+ 月 \\d+ 日`))
    .first()
    .waitFor()
  expect(await violationsOf(colleague), 'standing in').toEqual([])
  expect(await layoutShift(colleague), 'standing in').toBeLessThanOrEqual(0.05)
  await picture(colleague, 'field-standing-in')
  await open(colleague, '/field/')
  await colleague.locator(`a[data-number="${number}"]`).click()
  await colleague.getByRole('heading', { name: '办完了' }).waitFor()
  await picture(colleague, 'field-standing-in-case')
  await colleague.locator('[data-done]').first().click()
  await colleague.getByRole('button', { name: '立即提交' }).click()
  await colleague.getByText(`${number} 已提交，等别人核查`).waitFor()

  const end = worker.getByRole('button', { name: /^结束/ })
  for (let left = await end.count(); left > 0; left -= 1) {
    await end.first().click()
    await expect.poll(() => end.count()).toBe(left - 1)
  }
  const { posts } = (await (await colleague.request.get(`${stage.origin}/api/me`)).json()) as { posts: { personName: string }[] }
  expect(posts.filter(({ personName }) => personName !== colleagueName)).toEqual([])
})

test('the map shows one’s own grid and its neighbours, and everything on it is in the list below', async () => {
  const page = await stage.signedIn('grid1', 'field', phone)
  await open(page, '/field/map')
  await page.locator('.map canvas').first().waitFor()
  await page.locator('.map-list a').first().waitFor()
  expect(await violationsOf(page)).toEqual([])
  await picture(page, 'field-map')
  await page.locator('.map-list a').first().click()
  await page.getByRole('article').first().waitFor()
})

test('29, 41. every target is at least 44 px; pages reflow at 320 px with 200 % text, and wider spacing loses nothing', async () => {
  const page = await stage.signedIn('grid1', 'field', { width: 320, height: 640 })
  for (const path of routes) {
    await open(page, path)
    expect(await smallTargets(page, 44, targets), path).toEqual([])
    expect(await hiddenText(page), path).toEqual([])
    await page.evaluate(`document.documentElement.style.fontSize = '200%'`)
    expect(await twoWayScroll(page), path).toBe(false)
    await picture(page, `field-320-200${path.replaceAll('/', '-')}`)
  }
})

test('31. nothing that is shipped speaks of check-ins, points, ranks or time online', () => {
  const files = ['web/dist/field/assets', 'web/dist/command/assets', 'web/resident', 'web/resident/report', 'seed'].flatMap((folder) =>
    readdirSync(join(checkout, folder))
      .filter((name) => /\.(js|ts|css|html|json)$/.test(name) && !name.endsWith('.test.ts'))
      .map((name) => join(checkout, folder, name)),
  )
  expect(files.length).toBeGreaterThan(40)
  const found = files.flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/打卡|签到|积分|排名|在线时长/g)].map(([word]) => `${file}: ${word}`))
  expect(found).toEqual([])
})

test('42. nothing moves for whoever wants it still; in forced colours states keep their words and shapes', async () => {
  const page = await stage.signedIn('grid1', 'field', phone)
  await page.emulateMedia({ reducedMotion: 'reduce', forcedColors: 'active' })
  for (const path of routes) {
    await open(page, path)
    expect(await faultsOfMotion(page), path).toEqual([])
  }
  await open(page, '/field/')
  const clocks = page.locator('.case-card .clock')
  expect(await clocks.first().textContent()).toMatch(/剩|超时|已挂账/)
  expect(await clocks.first().locator('svg').count()).toBe(1)
  await picture(page, 'field-forced-colours')
})

// Every page in every look in Chinese: journeys/criteria-access.test.ts.
test('39, 44. a theme is one choice away and stays; the elder view in English breaks WCAG 2.2 AA on no page and scrolls one way', async () => {
  const page = await stage.signedIn('grid1', 'field', phone)
  const themes = { 浅色: 'light', 深色: 'dark', 高对比度: 'contrast' }
  for (const [label, theme] of Object.entries(themes)) {
    await open(page, '/field/me')
    await page.getByLabel(label).check()
    expect(await page.locator('html').getAttribute('data-theme')).toBe(theme)
    await open(page, '/field/')
    expect(await page.locator('html').getAttribute('data-theme')).toBe(theme)
    await picture(page, `field-today-${theme}`)
  }
  await open(page, '/field/me')
  await page.getByLabel('长辈版').check()
  await page.getByLabel('English').check()
  for (const path of routes) {
    await open(page, path)
    expect(await violationsOf(page), `${path} elder`).toEqual([])
    expect(await twoWayScroll(page), path).toBe(false)
  }
  await picture(page, 'field-elder-en')
})

test('6. nothing moves under the thumb while a page fills', async () => {
  const page = await stage.signedIn('grid1', 'field', phone)
  for (const path of [
    ...routes,
    await page.evaluate<string>(
      `fetch('/api/cases?view=mine').then((r) => r.json()).then(({ items: [one] }) => '/field/case/' + one.districtCode + '/' + one.id)`,
    ),
  ]) {
    await open(page, path)
    expect(await layoutShift(page), path).toBeLessThanOrEqual(0.05)
  }
})

test('45. nothing needs a drag, a hover, a colour or three fingers', async () => {
  for (const path of routes) {
    await open(worker, path)
    const odd: unknown = await worker.evaluate(
      `[...document.querySelectorAll('main [draggable=true], main [role=slider], main [title]')].map((e) => e.outerHTML.slice(0, 80))`,
    )
    expect(odd, path).toEqual([])
  }
  await open(worker, '/field/map')
  // The map can be moved by keys and buttons as well.
  await worker.getByRole('button', { name: '放大' }).click()
  await worker.locator('.map-canvas').focus()
  await worker.keyboard.press('ArrowLeft')
})
