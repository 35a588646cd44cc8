/** Acceptance criteria of the base map and of the editor of grids. Each test's name begins with the number of its criterion. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDays, type LocalDate } from '#kernel/clock.ts'
import { breaks, desk, openStage, picture, violationsOf, type Stage } from './browser.ts'

let stage: Stage
let admin: Page
let pictures: Server
const asked: string[] = []

beforeAll(async () => {
  stage = await openStage()
  admin = await stage.signedIn('sysadmin', 'desk', desk)
  pictures = createServer((request, reply) => {
    asked.push(request.url ?? '')
    void tileOf(new URL(request.url ?? '/', 'http://pictures')).then((png) => reply.setHeader('content-type', 'image/png').end(png))
  })
  await new Promise<void>((ready) => pictures.listen(0, '127.0.0.1', ready))
})
afterAll(async () => {
  pictures.close()
  await stage.close()
})

// Where the fixture's red lines cross, and where a case lies.
const LNG = 121.4951
const LAT = 31.2391

/** A picture of a WMTS cut in degrees from the north-west corner of the world (matrix `c`): white, with a red line along one meridian and one parallel. */
async function tileOf(url: URL): Promise<Buffer> {
  const [z, x, y] = ['z', 'x', 'y'].map((name) => Number(url.searchParams.get(name)))
  const side = 360 / 2 ** (z ?? 0)
  const [column, row] = [((LNG + 180) / side - (x ?? 0)) * 256, ((90 - LAT) / side - (y ?? 0)) * 256]
  const line = (box: string): string => `<rect ${box} fill="#ff0000"/>`
  const lines = [line(`x="${column - 1}" y="0" width="2" height="256"`), line(`x="0" y="${row - 1}" width="256" height="2"`)]
  return sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="256" height="256"><rect width="256" height="256" fill="#fff"/>${lines.join('')}</svg>`,
    ),
  )
    .png()
    .toBuffer()
}

const painted = (page: Page): Promise<void> => page.locator('[role=application][data-painted=whole]').waitFor()

test('18. without a configured base map no request leaves the host; with one only its host is asked, its number of approval is shown, and its degrees fit our borders to a pixel', async () => {
  const worker = await stage.signedIn('leader1', 'desk', desk)
  const hosts = new Set<string>()
  worker.on('request', (request) => request.url().startsWith('http') && hosts.add(new URL(request.url()).origin))
  await worker.goto(`${stage.origin}/desk/map`)
  await painted(worker)
  expect([...hosts]).toEqual([stage.origin])

  const report = { commandId: crypto.randomUUID(), text: '路口的井盖松动了', lng: LNG, lat: LAT }
  expect((await worker.request.post(`${stage.origin}/api/public/cases`, { data: report })).status()).toBe(200)
  const origin = `http://127.0.0.1:${(pictures.address() as AddressInfo).port}`
  await admin.goto(`${stage.origin}/desk/base-map`)
  await admin.getByLabel('服务').selectOption('wmts')
  await admin.getByLabel('坐标系').selectOption('EPSG:4490')
  await admin.getByLabel('瓦片地址').fill(`${origin}/wmts?z={z}&y={y}`)
  await admin.getByLabel('审图号').fill('GS（示例）0001号')
  await admin.getByLabel('来源说明').fill('示例底图')
  await admin.getByRole('button', { name: '保存' }).click()
  await admin.getByText('须含有').waitFor()
  expect(await violationsOf(admin)).toEqual([])
  await admin.getByLabel('瓦片地址').fill(`${origin}/wmts?z={z}&x={x}&y={y}`)
  await admin.getByRole('button', { name: '保存' }).click()
  await admin.getByText('底图已保存').waitFor()

  const place = await worker.request.get(`${stage.origin}/api/territory/location?lng=${LNG}&lat=${LAT}`)
  // Only the grid itself is coloured, so that the lines show on the rest.
  const { located } = (await place.json()) as { located: { areaCode: string } }
  const policy =
    (await worker.goto(`${stage.origin}/desk/map?area=${located.areaCode}&at=${LNG},${LAT},17`))?.headers()['content-security-policy'] ?? ''
  expect(policy).toMatch(new RegExp(`img-src 'self' data: blob: ${origin};`))
  expect(policy).toContain("script-src 'self'")
  await painted(worker)
  await worker.getByText('审图号：GS（示例）0001号').waitFor()
  expect([...hosts].toSorted()).toEqual([stage.origin, origin].toSorted())
  expect(asked.length).toBeGreaterThan(0)

  // Our case is drawn at the middle of the map, where it lies, and there the fixture's lines cross.
  await worker.locator('[data-number]').first().waitFor()
  const withCase = await pixelsOf(worker)
  await worker.locator('[data-choice=cases]').selectOption('none')
  await painted(worker)
  const without = await pixelsOf(worker)
  const [x, y] = middleOf(without, ([r, g, b]) => r > 120 && r - g > 60 && r - b > 60, 0.5)
  const differs = (at: number): boolean => [0, 1, 2].some((part) => Math.abs((withCase.data[at + part] ?? 0) - (without.data[at + part] ?? 0)) > 40)
  const [caseX, caseY] = middleOf(without, (_, at, [px, py]) => differs(at) && Math.hypot(px - x, py - y) < 14, 0)
  expect(Math.hypot(caseX - x, caseY - y)).toBeLessThanOrEqual(1.5)
  expect(Math.abs(caseX - x)).toBeLessThanOrEqual(1)
  expect(Math.abs(caseY - y)).toBeLessThanOrEqual(1)
  await picture(worker, 'map-degrees')
  await admin.getByLabel('服务').selectOption('none')
  await admin.getByRole('button', { name: '保存' }).click()
  await expect.poll(async () => (await worker.request.get(`${stage.origin}/desk/map`)).headers()['content-security-policy']).not.toContain(origin)
  await worker.context().close()
})

interface Pixels {
  readonly data: Buffer
  readonly info: { readonly width: number; readonly height: number }
}
const pixelsOf = async (page: Page): Promise<Pixels> =>
  sharp(await page.locator('[role=application]').screenshot())
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })

/** Middle of the pixels that are meant, column by column and row by row; only columns and rows of which they fill more than a share count. */
function middleOf(
  { data, info }: Pixels,
  isMeant: (colour: [number, number, number], at: number, where: [number, number]) => boolean,
  share: number,
): [number, number] {
  const columns = new Map<number, number>()
  const rows = new Map<number, number>()
  for (let at = 0; at < data.length; at += 3) {
    const [x, y] = [(at / 3) % info.width, Math.floor(at / 3 / info.width)]
    if (!isMeant([data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0], at, [x, y])) continue
    columns.set(x, (columns.get(x) ?? 0) + 1)
    rows.set(y, (rows.get(y) ?? 0) + 1)
  }
  const middle = (counts: Map<number, number>, length: number): number => {
    const full = [...counts].filter(([, count]) => count > length * share).map(([at]) => at)
    expect(full.length).toBeGreaterThan(0)
    return full.reduce((sum, at) => sum + at + 0.5, 0) / full.length
  }
  return [middle(columns, info.height), middle(rows, info.width)]
}

const COMMUNITY = '990101001001'
const grid = (page: Page, n: number) => page.locator(`[data-grid="${COMMUNITY}00${n}"]`)

test('19. split, merge and move have buttons and numbers; an overlap and a gap are refused with their place; a saved change holds from its day', async () => {
  breaks(/status of 422/)
  await admin.goto(`${stage.origin}/desk/grids?area=${COMMUNITY}`)
  await grid(admin, 1).click()
  await admin.getByText('顶点坐标').click()
  const before = await admin.locator('[data-grid]').count()

  // A corner typed away from its neighbours' community leaves a gap or an overlap, and saving is closed.
  const lat = admin.getByLabel('纬度 1', { exact: true })
  const was = await lat.inputValue()
  await lat.fill(String(Number(was) - 0.0004))
  await lat.press('Enter')
  await admin.locator('[data-fault]').first().waitFor()
  expect(await admin.locator('[data-fault]').first().innerText()).toMatch(/在 121\.\d{6}, 31\.\d{6} 处(重叠|有空隙)，约 \d+ 平方米，最宽 [\d.]+ 米/)
  expect(await admin.locator('[data-act=save]').isDisabled()).toBe(true)
  expect(await violationsOf(admin)).toEqual([])
  await admin.locator('[data-fault]').first().getByRole('button').click()
  await picture(admin, 'grids-fault')
  await admin.getByRole('button', { name: '撤销' }).click()
  await admin.locator('[data-faults] li').first().waitFor({ state: 'detached' })

  // Split between two corners, look, undo, redo.
  await admin.locator('[data-act=split]').click()
  await admin.locator('[data-faults=none]').waitFor()
  expect(await admin.locator('[data-grid]').count()).toBe(before + 1)
  await admin.getByRole('button', { name: '撤销' }).click()
  expect(await admin.locator('[data-grid]').count()).toBe(before)
  await admin.getByRole('button', { name: '重做' }).click()
  await admin.locator('[data-moves]').first().waitFor()
  await picture(admin, 'grids-split')
  const saved = admin.waitForResponse((reply) => reply.url().endsWith('/api/territory/grids') && reply.request().method() === 'POST')
  await admin.locator('[data-act=save]').click()
  const { codes } = (await (await saved).json()) as { codes: string[] }
  const [made = ''] = codes.filter((code) => code.endsWith('006') || code.endsWith('007') || code.endsWith('008'))
  expect(made).not.toBe('')
  await admin.locator(`[data-grid="${made}"]`).waitFor()

  // Merge it back: it ends, and names what took its place.
  await grid(admin, 1).click()
  await admin.locator('[data-act=other]').selectOption(made)
  await admin.locator('[data-act=join]').click()
  await admin.locator('[data-ended]').waitFor()
  const tomorrow = admin.locator('input[type=date]')
  const day = await tomorrow.inputValue()
  const next = addDays(day as LocalDate, 1)
  await tomorrow.fill(next)
  await admin.locator('[data-faults=none]').waitFor()
  await admin.locator('[data-act=save]').click()
  await admin.getByText(`已保存，从 ${next} 起生效`).waitFor()
  // Until then the grid stands.
  const { items } = (await (await admin.request.get(`${stage.origin}/api/territory/areas?parent=${COMMUNITY}`)).json()) as {
    items: { code: string }[]
  }
  expect(items.map(({ code }) => code)).toContain(made)
})

test('45. what the hand does on the map of grids by dragging, the page does without', async () => {
  await admin.goto(`${stage.origin}/desk/grids?area=990101001002`)
  await admin.locator('[data-grid]').first().click()
  await admin.getByText('顶点坐标').click()
  const corners = async (): Promise<number> => admin.getByRole('spinbutton', { name: /^经度/ }).count()
  const count = await corners()
  await admin.getByRole('button', { name: '插入 1', exact: true }).click()
  expect(await corners()).toBe(count + 1)
  await admin.getByRole('button', { name: '删除 2', exact: true }).click()
  expect(await corners()).toBe(count)
  await admin.getByRole('button', { name: '吸附 1', exact: true }).click()
  await admin.getByText('按坐标新画').click()
  await admin.locator('[data-act=written]').fill('121.40,31.30\n121.41,31.30\n121.41,31.31')
  const grids = await admin.locator('[data-grid]').count()
  await admin.locator('[data-act=draw]').click()
  expect(await admin.locator('[data-grid]').count()).toBe(grids + 1)
  await admin.locator('[data-fault=outside]').waitFor()
})

test('19. by hand: a line across a grid cuts it, and a dragged corner takes its neighbours along', async () => {
  await admin.goto(`${stage.origin}/desk/grids?area=990101001001`)
  await grid(admin, 3).click()
  await painted(admin)
  const box = await admin.locator('[role=application]').boundingBox()
  const grids = await admin.locator('[data-grid]').count()
  await admin.getByText('画线分开').click()
  const [x, y] = [(box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + (box?.height ?? 0) / 2]
  await admin.mouse.click(x - 330, y + 5)
  await admin.mouse.dblclick(x + 330, y - 8)
  await expect.poll(() => admin.locator('[data-grid]').count()).toBe(grids + 1)
  await admin.locator('[data-faults=none]').waitFor()
})
