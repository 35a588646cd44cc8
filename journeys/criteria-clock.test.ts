/** Acceptance criterion 13 over a holiday: what a clock of working days says, shows and means while nobody works. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addMs, HOUR_MS, instantAt, msOf, systemClock, wallClock, weekday, type Instant, type LocalDate } from '#kernel/clock.ts'
import { checkout } from '#platform/database/folders.ts'
import { desk, openSteeredStage, type SteeredStage } from './browser.ts'

const ZONE = 'Asia/Shanghai'
let stage: SteeredStage

beforeAll(async () => {
  stage = await openSteeredStage()
})
afterAll(() => stage.close())

/** The shipped calendar, read for itself and not through the engine that is asked. */
const shipped = JSON.parse(readFileSync(join(checkout, 'contexts/catalogue/data/calendars.json'), 'utf8')) as {
  off: LocalDate[]
  makeup: LocalDate[]
}[]
const isWorked = (day: LocalDate): boolean => {
  const isWeekend = [0, 6].includes(weekday(day))
  return isWeekend ? shipped.some(({ makeup }) => makeup.includes(day)) : !shipped.some(({ off }) => off.includes(day))
}
/** So many worked hours later, counted by the half hour: eight to twelve and two to six. */
function workedHoursAfter(start: Instant, hours: number): Instant {
  let at = start
  for (let left = hours * 2; left > 0;) {
    const { date, ms } = wallClock(at, ZONE)
    const hour = ms / HOUR_MS
    if (isWorked(date) && ((hour >= 8 && hour < 12) || (hour >= 14 && hour < 18))) left -= 1
    at = addMs(at, HOUR_MS / 2)
  }
  return at
}

/** What a clock says, and how strongly its words stand out once no colour is left. */
async function look(page: Page) {
  const clock = page.locator('.clock-card', { hasText: '处置' }).locator('.clock')
  await clock.waitFor()
  const { data, info } = await sharp(await clock.screenshot())
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true })
  const light = (value: number): number => ((value / 255 + 0.055) / 1.055) ** 2.4
  const grey = [...data].filter((_, n) => n % info.channels === 0)
  return {
    words: await clock.innerText(),
    look: await clock.getAttribute('data-look'),
    sign: await clock.locator('svg').innerHTML(),
    colour: await clock.evaluate((e) => e.ownerDocument.defaultView?.getComputedStyle(e).color),
    contrast: (light(Math.max(...grey)) + 0.05) / (light(Math.min(...grey)) + 0.05),
  }
}

test('13. over the National Day holiday a clock of working days stands still for the days off, and changes words, sign and colour at its thresholds', async () => {
  const at = (day: string, hour: number): Instant => instantAt(day as LocalDate, hour * HOUR_MS, ZONE)
  let now = msOf(systemClock.now())
  const goTo = (instant: Instant): void => {
    stage.later((msOf(instant) - now) / 60_000)
    now = msOf(instant)
  }
  const eve = at('2026-09-30', 16.5)
  goTo(eve)
  const page = await stage.signedIn('dispatcher1', 'desk', desk)
  const ask = async <T>(path: string, data?: object): Promise<T> => {
    const url = `${stage.origin}/api/${path}`
    const reply = await (data ? page.request.post(url, { data }) : page.request.get(url))
    expect(reply.ok(), await reply.text()).toBe(true)
    return (await reply.json()) as T
  }
  const text = '学校门口的路面有个大坑，坑坑洼洼，昨天有人绊倒崴脚'
  const { number } = await ask<{ number: string }>('public/cases', { commandId: crypto.randomUUID(), text, areaCode: '990101001001' })
  const find = async () =>
    (await ask<{ items: { districtCode: string; id: string; status: string; version: number }[] }>(`cases?view=all&q=${number}`)).items[0]
  await expect.poll(async () => (await find())?.status, { timeout: 15_000 }).not.toBe('reported')
  const found = await find()
  if (!found) throw new Error(`no case ${number}`)
  const path = `cases/${found.districtCode}/${found.id}`
  // Where the rules are not sure, somebody is.
  if (found.status !== 'dispatched') await ask(`${path}/moves`, { commandId: crypto.randomUUID(), move: 'dispatch', expectedVersion: found.version })
  const { milestones } = await ask<{
    milestones: { kind: string; startsAt: Instant; dueAt: Instant; soonAt: Instant | null; limit: { value: number; unit: string } }[]
  }>(path)
  const clock = milestones.find(({ kind }) => kind === 'dispose')
  if (!clock?.soonAt) throw new Error('no clock of working days')
  expect(clock.limit).toMatchObject({ unit: 'work_day' })
  // A moment after half past four: the seconds are not what this is about.
  const started = msOf(clock.startsAt) - msOf(eve)
  expect(addMs(clock.dueAt, -started)).toBe(workedHoursAfter(eve, clock.limit.value * 8))
  expect(addMs(clock.soonAt, -started)).toBe(workedHoursAfter(eve, clock.limit.value * 6))
  const open = async (instant: Instant) => {
    goTo(instant)
    // Days passed, and with them the session.
    const again = await stage.signedIn('dispatcher1', 'desk', desk)
    await again.goto(`${stage.origin}/desk/case/${found.districtCode}/${found.id}`)
    const seen = await look(again)
    await again.context().close()
    expect(seen.contrast, seen.words).toBeGreaterThan(4.5)
    return seen
  }
  const running = await open(at('2026-10-02', 10))
  const still = await open(addMs(clock.soonAt, -60_000))
  const soon = await open(addMs(clock.soonAt, 60_000))
  const over = await open(addMs(clock.dueAt, 2 * HOUR_MS))
  expect(running.words).toMatch(/^剩 \d+ 天/)
  expect(still).toMatchObject({ look: 'running', sign: running.sign, colour: running.colour })
  expect(soon.words).toMatch(/^剩/)
  expect(over.words).toMatch(/^超时 2 小时/)
  for (const part of ['look', 'sign', 'colour'] as const) expect(new Set([running[part], soon[part], over[part]]).size, part).toBe(3)
})
