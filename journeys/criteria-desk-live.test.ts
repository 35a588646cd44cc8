/** Acceptance criteria of the dispatch desk between several people and over bad lines: the number stands at the start of each test. */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inTransaction, openDatabase, sql } from '#platform/database/database.ts'
import { addCrowd } from '#seed/crowd.ts'
import { demonstrationPassword } from '#seed/people.ts'
import { desk, openStage, picture, violationsOf, type Stage } from './browser.ts'

let stage: Stage
let page: Page
let database = ''

beforeAll(async () => {
  stage = await openStage(async (url) => {
    database = url
    await addCrowd(url, { districtCode: '990101', status: 'filed', count: 30, day: '2026-01-08', words: '共办案件' })
  })
  page = await stage.signedIn('dispatcher1', 'desk', desk)
})
afterAll(() => stage.close())

const rowsIn = (on: Page) => on.locator('[role=row][data-row]')
const total = async (on: Page): Promise<number> => Number(await on.getByRole('grid').getAttribute('aria-rowcount')) - 1
async function goTo(on: Page, address: string, origin = stage.origin): Promise<void> {
  await on.goto(`${origin}/desk/${address}`)
  await rowsIn(on).first().waitFor()
}
async function ask<T>(on: Page, path: string): Promise<T> {
  const reply = await on.request.get(`${stage.origin}${path}`)
  return (await reply.json()) as T
}
/** Numbers of the crowd, so that each story has its own case. */
const number = (serial: number): string => `990101-20260108-${String(serial).padStart(5, '0')}`
async function open(on: Page, serial: number): Promise<void> {
  await goTo(on, `?view=all&q=${number(serial)}`)
  await rowsIn(on).first().click()
  await on.getByRole('article', { name: number(serial) }).waitFor()
}

test('what one’s own view holds can be acted on; what another unit leads stands under helping', async () => {
  interface Row {
    readonly districtCode: string
    readonly id: string
    readonly number: string
    readonly moves: readonly string[]
  }
  for (const login of ['community1', 'street1', 'handler1', 'grid1']) {
    const on = await stage.signedIn(login, 'desk', desk)
    const mine = (await ask<{ items: Row[] }>(on, '/api/cases?view=mine')).items
    const helping = (await ask<{ items: Row[] }>(on, '/api/cases?view=helping')).items
    expect(mine.length, login).toBeGreaterThan(0)
    const still: string[] = []
    for (const { districtCode, id } of mine) {
      const { moves, number: of } = await ask<Row>(on, `/api/cases/${districtCode}/${id}`)
      if (moves.length === 0) still.push(of)
    }
    expect(still, login).toEqual([])
    expect(
      helping.filter(({ id }) => mine.some((one) => one.id === id)),
      login,
    ).toEqual([])
    if (login !== 'community1') continue
    expect(helping.length).toBeGreaterThan(0)
    await on.locator('[data-view=helping]').click()
    await expect.poll(() => total(on)).toBe(helping.length)
    await on.context().close()
  }
})

test('10. two people at one case: each is named to the other within two seconds, and the second save becomes a question', async () => {
  const second = await stage.signedIn('supervisor1', 'desk', desk)
  const names = await Promise.all([page, second].map(async (on) => (await ask<{ name: string }>(on, '/api/me')).name))
  await open(page, 1)
  await open(second, 1)
  const begun = performance.now()
  await page.getByRole('article').getByText(`${names[1]} 也在看这件案件`).waitFor()
  expect(performance.now() - begun).toBeLessThan(2000)
  await rowsIn(page)
    .first()
    .locator('[data-lookers]')
    .getByText(names[1] ?? '')
    .waitFor()
  await second
    .getByRole('article')
    .getByText(names[0] ?? '')
    .first()
    .waitFor()

  const form = (on: Page) => on.getByRole('dialog')
  const write = async (on: Page, words: string): Promise<void> => {
    await on.locator('button[data-move="dispatch"]').click()
    await form(on).getByRole('textbox').last().fill(words)
  }
  await write(page, '按规则派出')
  await second.getByRole('article').getByText(`${names[0]} 正在办理这件案件`).waitFor()
  await write(second, '督查员的说明')
  await form(page).locator('button[type=submit]').click()
  await form(page).waitFor({ state: 'detached' })
  await form(second).locator('button[type=submit]').click()
  const conflict = second.locator('[data-part=conflict]')
  await conflict.locator('[data-side=theirs]').getByText('派遣到责任单位').waitFor()
  await conflict.locator('[data-side=theirs]').getByText('待派遣 → 待响应').waitFor()
  await conflict.locator('[data-side=yours]').getByText('督查员的说明').waitFor()
  await picture(second, 'desk-conflict')
  expect(await violationsOf(second)).toEqual([])
  await conflict.getByRole('button', { name: '不办了，看最新情况' }).click()
  // The first save is kept, with its words; nothing of the second was written.
  const { items } = await ask<{ items: { districtCode: string; id: string; status: string; version: number }[] }>(
    page,
    `/api/cases?view=all&q=${number(1)}`,
  )
  expect(items[0]).toMatchObject({ status: 'dispatched', version: 2 })
  const { timeline } = await ask<{ timeline: { note: string | null }[] }>(page, `/api/cases/${items[0]?.districtCode}/${items[0]?.id}`)
  expect(timeline.map(({ note }) => note)).toEqual(['按规则派出'])
})

/** A line that can be cut: whoever is connected is thrown off, and nobody gets through until it is mended. */
async function line(to: string): Promise<{ origin: string; cut(): void; mend(): void; close(): Promise<void> }> {
  const open = new Set<Socket>()
  let isCut = false
  const { port } = new URL(to)
  const server = createServer((from) => {
    if (isCut) return void from.destroy()
    const there = connect(Number(port), '127.0.0.1')
    for (const socket of [from, there]) {
      open.add(socket)
      socket
        .on('error', () => undefined)
        .on('close', () => {
          open.delete(socket)
          from.destroy()
          there.destroy()
        })
    }
    from.pipe(there).pipe(from)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut: () => {
      isCut = true
      for (const socket of open) socket.destroy()
    },
    mend: () => void (isCut = false),
    close: () => {
      for (const socket of open) socket.destroy()
      return new Promise((done) => server.close(() => done()))
    },
  }
}

test('14. a cut line is said within five seconds; what happened meanwhile comes afterwards, once', async () => {
  const wire = await line(stage.origin)
  // A context of its own: a browser that cannot reach its server complains, and is right to.
  const context = await page.context().browser()?.newContext({ viewport: desk, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })
  const cutOff = await context?.newPage()
  if (!context || !cutOff) throw new Error('no browser')
  await cutOff.goto(`${wire.origin}/desk/`)
  await cutOff.getByLabel('账号', { exact: true }).fill('dispatcher1')
  await cutOff.getByLabel('密码', { exact: true }).fill(demonstrationPassword)
  await cutOff.getByRole('button', { name: '登录' }).click()
  await rowsIn(cutOff).first().waitFor()
  await goTo(cutOff, '?view=all', wire.origin)
  await cutOff.locator('.live[data-state=live]').waitFor()
  const before = await total(cutOff)
  wire.cut()
  const begun = performance.now()
  await cutOff.locator('.live[data-state=lost]').waitFor()
  expect(performance.now() - begun).toBeLessThan(5000)
  for (const text of ['断线时的垃圾没人清', '断线时的路灯不亮'])
    await page.request.post(`${stage.origin}/api/public/cases`, { data: { commandId: crypto.randomUUID(), text } })
  wire.mend()
  await cutOff.locator('.live[data-state=live]').waitFor({ timeout: 20_000 })
  await cutOff.locator('[data-new]').getByText('2 条新工单').waitFor()
  await cutOff.locator('[data-new]').click()
  await expect.poll(() => total(cutOff)).toBe(before + 2)
  await context.close()
  await wire.close()
})

test('15. a view is kept, renamed, shared and pinned; it is there after a reload and on another device, also when a field of it has gone', async () => {
  await goTo(page, '?view=open&q=共办案件')
  await page.getByRole('button', { name: '保存为视图' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('名称').fill('重点')
  await dialog.getByRole('button', { name: '保存' }).click()
  await page.locator('[data-kept="重点"]').waitFor()
  await page.getByRole('button', { name: '修改“重点”' }).click()
  await dialog.getByLabel('名称').fill('重点路段')
  await dialog.getByLabel('与本单位同事共享').check()
  await dialog.getByLabel('固定在上面').check()
  expect(await violationsOf(page)).toEqual([])
  await dialog.getByRole('button', { name: '保存' }).click()
  await page.locator('[data-kept="重点路段"]').waitFor()
  await page.reload()
  await page.locator('[data-kept="重点路段"]').getByText('30').first().waitFor()
  await picture(page, 'desk-views')

  const elsewhere = await stage.signedIn('dispatcher1', 'desk', desk)
  await elsewhere.locator('[data-kept="重点路段"] [aria-label="已固定"]').waitFor()
  const colleague = await stage.signedIn('supervisor1', 'desk', desk)
  await colleague.locator('[data-kept="重点路段"]').getByText('共享').waitFor()
  await colleague.locator('[data-kept="重点路段"] a').click()
  await expect.poll(() => total(colleague)).toBe(30)
  expect(await colleague.getByRole('heading', { level: 1 }).textContent()).toContain('重点路段')

  const db = openDatabase(database)
  await inTransaction(db, (tx) =>
    sql`update cases.saved_view set filter = filter || '{"colour": "red", "areaCode": "990101999"}' where name = '重点路段'`.execute(tx),
  )
  await db.close()
  await elsewhere.reload()
  await elsewhere.locator('[data-kept="重点路段"] [data-lost]').getByText('区域').waitFor()
  await elsewhere.locator('[data-kept="重点路段"] a').click()
  await expect.poll(() => total(elsewhere)).toBe(30)
})

test('48. a session that ends in the middle of a form is renewed over it, and what was typed stays', async () => {
  const writer = await stage.signedIn('dispatcher1', 'desk', desk)
  await open(writer, 3)
  await writer.locator('button[data-move="dispatch"]').click()
  const form = writer.getByRole('dialog')
  await form.getByRole('textbox').last().fill('写到一半的话')
  await writer.context().clearCookies()
  // Whatever the screen asks next finds that nobody is signed in; it may come before the press.
  await form
    .locator('button[type=submit]')
    .click({ timeout: 3000 })
    .catch(() => undefined)
  await writer.getByText('登录已过期').waitFor()
  await writer.getByLabel('账号', { exact: true }).fill('dispatcher1')
  await writer.getByLabel('密码', { exact: true }).fill(demonstrationPassword)
  await writer.getByRole('button', { name: '登录' }).click()
  await writer.getByText('登录已过期').waitFor({ state: 'detached' })
  expect(await form.getByRole('textbox').last().inputValue()).toBe('写到一半的话')
  await form.locator('button[type=submit]').click()
  await writer.getByText('已派遣 1 件').waitFor()
})

test('50. the file is the list: filter, time and person over it, its rows and no others, Chinese with its mark', async () => {
  await goTo(page, '?view=open&q=共办案件')
  const href = await page.getByRole('link', { name: '导出清单' }).getAttribute('href')
  const text = await (await page.request.get(`${stage.origin}${href}`)).text()
  const { name } = await ask<{ name: string }>(page, '/api/me')
  expect(text).toMatch(/^\uFEFF筛选,在办 · 共办案件\r\n导出时间,\d{4}-\d\d-\d\d \d\d:\d\d\r\n/)
  expect(text.split('\r\n')[2]).toContain(name)
  const rows = [...text.matchAll(/^(990101-\d{8}-\d{5}),/gm)].map(([, found]) => found)
  expect(rows).toHaveLength(await total(page))
  const { numbers } = await ask<{ numbers: string[] }>(page, `/api/cases/queue?view=open&q=${encodeURIComponent('共办案件')}`)
  expect(rows).toEqual(numbers)
})

test('督办: what is late stands as a tree; one press urges a case, and the record holds it', async () => {
  const supervisor = await stage.signedIn('supervisor1', 'desk', desk)
  await supervisor.goto(`${stage.origin}/desk/supervise`)
  await supervisor.locator('.twig-open').first().waitFor()
  expect(await violationsOf(supervisor)).toEqual([])
  const opened = supervisor.locator('li', { has: supervisor.locator('.branch-acts button') }).locator('.twig-open')
  await opened.first().click()
  await supervisor.locator('[data-urge]').first().waitFor()
  await picture(supervisor, 'desk-supervise')
  await supervisor.locator('[data-urge]').first().click()
  await supervisor.getByRole('dialog').getByRole('button', { name: '发送' }).click()
  await supervisor
    .getByText(/已催办 1 件|1 件未办/)
    .first()
    .waitFor()
})
