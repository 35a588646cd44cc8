import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { desk, openStage, phone, picture, violationsOf, type Stage } from './browser.ts'

let stage: Stage

beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const litter = '楼下墙角丢着几袋垃圾，没人捡'

/** The grid of the first post of whoever is signed in on this page. */
async function gridOf(page: Page): Promise<string> {
  const reply = await page.request.get(`${stage.origin}/api/me`)
  const { posts } = (await reply.json()) as { posts: { areaCode: string }[] }
  return posts[0]?.areaCode ?? ''
}

/** A resident reports; gives the number. */
async function report(areaCode: string): Promise<string> {
  const page = await stage.someone(phone)
  const reply = await page.request.post(`${stage.origin}/api/public/cases`, { data: { commandId: crypto.randomUUID(), text: litter, areaCode } })
  return ((await reply.json()) as { number: string }).number
}

/** Opens a card of the phone's list by its number. */
async function openCard(page: Page, number: string): Promise<void> {
  await page.goto(`${stage.origin}/field/`)
  await page.locator(`a[data-number="${number}"]`).click()
  await page.getByRole('article', { name: number }).waitFor()
}

async function openAtDesk(page: Page, number: string): Promise<void> {
  await page.goto(`${stage.origin}/desk/?view=all&q=${number}`)
  await page.getByRole('row', { name: new RegExp(number) }).click()
  await page.getByRole('article', { name: number }).waitFor()
}

test('a grid worker calls up to the community with what was tried; the community settles it in three taps; somebody else checks and closes it', async () => {
  const worker = await stage.signedIn('grid1', 'field', phone)
  const number = await report(await gridOf(worker))
  await worker.locator(`a[data-number="${number}"]`).waitFor()
  await openCard(worker, number)
  await worker.locator('button[data-move="callUp"]').click()
  const form = worker.getByRole('dialog')
  await form.getByRole('button', { name: '上呼' }).click()
  await form.getByText('请写明本级已经做了什么').waitFor()
  await form.getByRole('combobox').selectOption('beyond_means')
  await form.getByRole('textbox').fill('已清走两次，夜里又有人丢')
  expect(await violationsOf(worker), 'calling up').toEqual([])
  await picture(worker, 'field-call-up')
  await form.getByRole('button', { name: '上呼' }).click()
  await worker.getByRole('heading', { name: '上呼过程' }).waitFor()
  await worker.getByText('已经做了：已清走两次，夜里又有人丢').waitFor()
  expect(await worker.locator('button[data-move]').count()).toBe(0)

  // The community: the card, the move, the sentence. A slip is taken back within ten seconds, and then nothing was sent.
  const community = await stage.signedIn('community1', 'field', phone)
  await openCard(community, number)
  await community.locator('button[data-move="settle"]').click()
  await community.getByRole('button', { name: '已清理干净' }).waitFor()
  await picture(community, 'field-settle')
  expect(await violationsOf(community), 'settling').toEqual([])
  await community.getByRole('button', { name: '已清理干净' }).click()
  await community.locator('[data-undo]').waitFor()
  expect(await violationsOf(community), 'held back').toEqual([])
  await picture(community, 'field-undo')
  await community.locator('[data-undo]').click()
  await community.locator('[data-undo]').waitFor({ state: 'detached' })
  await community.locator('button[data-move="settle"]').click()
  await community.getByRole('button', { name: '已清理干净' }).click()
  // Leaving the page changes nothing.
  await community.getByText('返回今日').click()
  await community.getByText(`${number} 已办结`).waitFor({ timeout: 15_000 })

  const inspector = await stage.signedIn('inspector1', 'desk', desk)
  await openAtDesk(inspector, number)
  await inspector.getByText('已经做了：已清走两次，夜里又有人丢').waitFor()
  await inspector.locator('button[data-move="confirm"]').click()
  await inspector.getByRole('dialog').locator('button[type="submit"]').click()
  await inspector.getByRole('article').getByText('已结案', { exact: true }).first().waitFor()
  expect(await violationsOf(inspector), 'the ladder').toEqual([])
  await picture(inspector, 'desk-ladder')
}, 90_000)

test('随手办: what a grid worker finds and settles at once is reported as settled, and waits for somebody else', async () => {
  const worker = await stage.signedIn('grid1', 'field', phone)
  await worker.goto(`${stage.origin}/field/report`)
  await worker.getByRole('textbox').first().fill(litter)
  await worker.getByLabel('已经当场办好了').check()
  await worker.getByRole('button', { name: '上报并办结' }).click()
  await worker.getByText('请选一句或写明办理结果').waitFor()
  await worker.getByRole('button', { name: '已到现场办好' }).click()
  expect(await violationsOf(worker), 'on the spot').toEqual([])
  await picture(worker, 'field-on-the-spot')
  await worker.getByRole('button', { name: '上报并办结' }).click()
  const done = worker.getByText(/990101-\d{8}-\d{5} 已办结，等别人核查/)
  await done.waitFor()
  const number = /990101-\d{8}-\d{5}/.exec((await done.textContent()) ?? '')?.[0] ?? ''
  const inspector = await stage.signedIn('inspector1', 'desk', desk)
  await openAtDesk(inspector, number)
  await inspector.locator('button[data-move="confirm"]').waitFor()
})

test('a supervisor publishes a seed and draws; anybody repeats it to the same list; “not solved” comes back to the supervisor', async () => {
  const supervisor = await stage.signedIn('supervisor1', 'desk', desk)
  await supervisor.goto(`${stage.origin}/desk/call-backs`)
  await supervisor.locator('[data-publish]').click()
  expect(await violationsOf(supervisor), 'publishing').toEqual([])
  await supervisor.getByRole('dialog').getByRole('button', { name: '公布种子' }).click()
  await supervisor.locator('[data-draw]').click()
  await supervisor.locator('[data-repeat]').click()
  await supervisor.getByText(/^核对一致/).waitFor()
  expect(await violationsOf(supervisor), 'drawn').toEqual([])
  await picture(supervisor, 'desk-call-backs')

  const dispatcher = await stage.signedIn('dispatcher1', 'desk', desk)
  await dispatcher.goto(supervisor.url())
  const card = dispatcher
    .getByRole('article')
    .filter({ has: dispatcher.getByLabel('没有解决') })
    .last()
  const number = (await card.getAttribute('aria-label')) ?? ''
  await card.getByLabel('没有解决').check()
  await card.getByRole('textbox').fill('反映人说还在')
  await card.getByRole('button', { name: '记录' }).click()
  await dispatcher.getByText(`${number} 已记录`).waitFor()
  await supervisor.goto(`${stage.origin}/desk/?view=reopened`)
  await supervisor.getByRole('row', { name: new RegExp(number) }).waitFor()
  await supervisor.goto(`${stage.origin}/desk/figures`)
  await supervisor.getByRole('heading', { name: '回访真实率' }).waitFor()

  const small = await stage.signedIn('supervisor1', 'desk', phone)
  await small.goto(dispatcher.url())
  await small.getByText('返回抽样列表').waitFor()
  expect(await violationsOf(small), 'phone').toEqual([])
  expect(await small.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
  await picture(small, 'desk-call-backs-phone')
}, 60_000)
