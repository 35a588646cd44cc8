import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase, sql } from '#platform/database/database.ts'
import { desk, openStage, phone, picture, violationsOf, type Stage } from './browser.ts'

let stage: Stage

/** A kind of whistle whose units must arrive within seconds, and a ladder that escalates at once: rows that any city may write. */
async function quickWhistle(url: string): Promise<void> {
  const database = openDatabase(url)
  await sql`insert into cases.whistle_kind (kind, effective_from, ordinal, name, arrive_value, arrive_unit, needs_approval)
    values ('drill', '2000-01-01', 9, '{"zh": "演练哨", "en": "Drill"}', 0.015, 'urgent_hour', false)`.execute(database.kysely)
  await sql`update catalogue.ladder_step set minutes_after_due = 0 where milestone = 'arrive' and act = 'escalate'`.execute(database.kysely)
  await database.close()
}

beforeAll(async () => {
  stage = await openStage(quickWhistle)
})
afterAll(() => stage.close())

const boardOf = async (page: Page): Promise<void> => {
  await page.goto(`${stage.origin}/desk/whistles`)
  await page.getByRole('heading', { name: '吹哨看板' }).waitFor()
}
const story = '后巷油烟直排，地沟反复堵塞，居民多次反映'
/** The whistle of this story; the demonstration has others. */
const ownIn = (page: Page, column: string): Locator => page.locator(`[data-column=${column}] [data-whistle]`).filter({ hasText: story })
const unitIn = (page: Page, name: string): Locator =>
  page.locator('[data-whistle]').filter({ hasText: story }).locator('[data-unit]').filter({ hasText: name })

/** Gives one answer for a unit on the board, with words where they are asked for. */
async function answer(page: Page, unit: string, move: 'arrive' | 'finish', words = ''): Promise<void> {
  await unitIn(page, unit).locator(`[data-answer="${move}"]`).click()
  const dialog = page.getByRole('dialog')
  if (words) await dialog.getByRole('textbox').fill(words)
  await dialog.locator('button[type=submit]').click()
  await dialog.waitFor({ state: 'detached' })
}

async function rate(page: Page, unit: string, score: string, sentence: string): Promise<void> {
  await unitIn(page, unit).getByRole('button', { name: /评价/ }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(score, { exact: true }).check()
  await dialog.getByRole('textbox').fill(sentence)
  await dialog.locator('button[type=submit]').click()
  await dialog.waitFor({ state: 'detached' })
}

const quick = '城市管理局'
const slow = '水务局'

test('a street whistles two departments: one arrives in time, one is late and escalated, the street rates both', async () => {
  // Everybody is at the desk before the whistle sounds, because its clock is a matter of seconds.
  const street = await stage.signedIn('street1', 'desk', desk)
  const inTime = await stage.signedIn('handler1', 'desk', desk)
  const late = await stage.signedIn('handler11', 'desk', desk)
  const supervisor = await stage.signedIn('supervisor1', 'desk', desk)
  await Promise.all([street, inTime, late].map(boardOf))
  expect(await unitIn(inTime, quick).count()).toBe(0)

  await street.getByRole('button', { name: '发起吹哨' }).click()
  const form = street.getByRole('dialog')
  await form.getByLabel('事情').fill(story)
  await form.getByText('从事项清单中选').click()
  await form.getByLabel('清单中的事项').selectOption({ label: '暴露垃圾' })
  const condition = form.getByLabel('立案条件')
  await condition.waitFor()
  await condition.selectOption({ index: 0 })
  await form.getByLabel('种类').selectOption({ label: '演练哨' })
  await form.getByLabel('已经做过的尝试').fill('上门劝导三次，联合巡查两次')
  await form.getByLabel('本级缺少的权限或力量').fill('没有执法权和疏通设备')
  for (const [unit, basis] of [
    [quick, '餐饮油烟执法'],
    [slow, '排水管网疏通'],
  ] as const) {
    await form.locator('[data-summon]').filter({ hasText: unit }).getByRole('checkbox').check()
    await form.getByLabel(new RegExp(`${unit}的职责依据`)).fill(basis)
  }
  expect(await violationsOf(street)).toEqual([])
  await picture(street, 'whistle-form')
  await form.getByRole('button', { name: '吹哨', exact: true }).click()
  await form.waitFor({ state: 'detached' })
  await ownIn(street, 'answering').waitFor()

  // The department's board shows it by itself, through the stream.
  await unitIn(inTime, quick).locator('[data-answer=arrive]').waitFor()
  await answer(inTime, quick, 'arrive')
  await answer(inTime, quick, 'finish', '现场查处两家，已整改')

  // Nobody comes from the other one: its clock runs out, and the supervisor is told.
  await unitIn(street, slow).getByText('有超时').waitFor({ timeout: 90_000 })
  await expect
    .poll(
      async () => {
        const reply = await supervisor.request.get(`${stage.origin}/api/reminders`)
        const { items } = (await reply.json()) as { items: { act: string; milestone: string }[] }
        return items.some(({ act, milestone }) => act === 'escalate' && milestone === 'arrive')
      },
      { timeout: 30_000 },
    )
    .toBe(true)
  await picture(street, 'whistle-late')
  await answer(late, slow, 'arrive')
  await answer(late, slow, 'finish', '已疏通，约定每周巡查')

  const rating = ownIn(street, 'rating')
  await rating.waitFor()
  await rate(street, quick, '非常有力', '十分钟到场，当天办结')
  await rate(street, slow, '不力', '超时到场，经督查才来')
  await rating.locator('[data-score="2"]').waitFor()
  expect(await violationsOf(street)).toEqual([])
  await picture(street, 'whistle-board')
  await rating.locator('[data-move=close]').click()
  await street.getByRole('dialog').locator('button[type=submit]').click()
  await ownIn(street, 'ended').waitFor()
  // What was late stays late, for the unit too.
  await unitIn(late, slow).getByText('超时完成').waitFor()
})

test('the case tells of the units, and the board fits a phone', async () => {
  const page = await stage.signedIn('street1', 'desk', phone)
  await boardOf(page)
  await page.locator('[data-whistle]').first().waitFor()
  expect(await violationsOf(page)).toEqual([])
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(phone.width)
  await picture(page, 'whistle-phone')
  await ownIn(page, 'ended').locator('a.code').click()
  await page.getByRole('heading', { name: '协同单位' }).waitFor()
  await page.getByText('吹哨召集单位').first().waitFor()
})
