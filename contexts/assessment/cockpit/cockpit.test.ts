import { afterAll, beforeAll, expect, test } from 'vitest'
import { aPerson, aPost } from '#contexts/people/testing.ts'
import type { Actor } from '#kernel/actor.ts'
import { addDays, localDate, movableClock, systemClock } from '#kernel/clock.ts'
import { newId } from '#kernel/id.ts'
import { preparedDatabase, type TestDatabase } from '#platform/database/testing.ts'
import { silentLogger } from '#platform/logger.ts'
import { compose, type World } from '#processes/compose.ts'
import { saveTarget, targetsFor } from '../aiming/commands.ts'
import { targetOn } from '../aiming/target.ts'
import { briefingOf } from '../briefing/questions.ts'
import { dimensions } from '../pivoting/contract.ts'
import { pivotMeasureKeys } from '../pivoting/measures.ts'
import { pivotOf } from '../pivoting/questions.ts'
import { figureCases, figuresOf } from '../questions.ts'
import { tallyCases } from '../tallying/questions.ts'
import { tallyKeys } from '../tallying/tallies.ts'
import { cockpitOf, trendsOf } from './questions.ts'

const zone = 'Asia/Shanghai'
const now = systemClock.now()
const today = localDate(now, zone)
let db: TestDatabase
let world: World
let leader: Actor

beforeAll(async () => {
  process.env['HUYING_KEY'] = '07'.repeat(32)
  const { loadDemonstrationCity } = await import('#seed/load.ts')
  db = await preparedDatabase('demonstration', (url) => loadDemonstrationCity(url, { cases: 600 }))
  world = await compose({ database: db.database, clock: movableClock(now), logger: silentLogger, key: new Uint8Array(32).fill(7) })
  leader = aPerson(aPost({ role: 'leader', areaCode: '9901' }))
}, 180_000)
afterAll(() => db.close())

const whole = { from: addDays(today, -40), to: today }

test('every measure of the cockpit shows as many cases as the list behind it holds', async () => {
  for (const areaCode of [undefined, '990101', '990101001']) {
    const { measures } = await cockpitOf(world.figures, leader, { ...whole, areaCode })
    expect(measures.map(({ key }) => key)).toEqual(['open', 'dispose_ontime', 'overdue', 'repeated', 'satisfied', 'handling_time'])
    for (const { behind, numerator } of measures) {
      if (behind.kind === 'tally')
        expect((await tallyCases(world.figures, leader, behind.key as 'handled', { ...whole, areaCode, limit: 1 })).total).toBe(numerator)
      if (behind.kind === 'figure')
        expect((await figureCases(world.figures, leader, behind.key as 'satisfied', { ...whole, areaCode, part: 'numerator', limit: 1 })).total).toBe(
          numerator,
        )
    }
  }
})

test('the workload of the areas adds up to the stock, with what has only a wider place', async () => {
  const { measures, areas, unplaced } = await cockpitOf(world.figures, leader, whole)
  const sum = (key: 'open' | 'overdue' | 'reported' | 'closed'): number => areas.reduce((total, area) => total + area[key], unplaced[key])
  expect(sum('open')).toBe(measures.find(({ key }) => key === 'open')?.value)
  expect(sum('overdue')).toBe(measures.find(({ key }) => key === 'overdue')?.value)
  expect(sum('reported')).toBe((await tallyCases(world.figures, leader, 'reported', { ...whole, limit: 1 })).total)
})

test('the trend of a stock is told by its comings and goings and ends with the number of now', async () => {
  const { days, series } = await trendsOf(world.figures, leader, { days: 14 })
  const values = (key: string) => series.find((one) => one.key === key)?.values ?? []
  const { measures } = await cockpitOf(world.figures, leader, {})
  expect(days).toHaveLength(14)
  expect(days.at(-1)).toBe(today)
  for (const key of ['open', 'overdue']) expect(values(key).at(-1)).toBe(measures.find((one) => one.key === key)?.value)
  for (const value of values('open')) expect(value).toBeGreaterThanOrEqual(0)
  expect(new Set(values('open')).size).toBeGreaterThan(3)
  // A day's share is the figure of that day.
  const [day] = days
  const { figures } = await figuresOf(world.figures, leader, { from: day, to: day })
  expect(values('dispose_ontime')[0]).toBe(figures.find(({ key }) => key === 'dispose_ontime')?.value)
})

test('the stock of an earlier day, recounted from the events of each case, is the same', async () => {
  const { days, series } = await trendsOf(world.figures, leader, { days: 5 })
  const { rows } = await db.database.pool.query<{ n: number }>(
    `select count(*)::int as n from cases.case c where c.reported_at < ($1::date + 1)::timestamp at time zone $2
      and coalesce((select e.to_state from platform.event e where e.subject_id = c.id and e.subject_kind = 'case' and e.to_state is not null
          and e.happened_at < ($1::date + 1)::timestamp at time zone $2 order by e.happened_at desc, e.subject_version desc limit 1), 'reported')
        not in ('closed', 'rejected', 'withdrawn', 'transferred', 'merged', 'split', 'handed_over')`,
    [days[1], zone],
  )
  expect(series.find(({ key }) => key === 'open')?.values[1]).toBe(rows[0]?.n)
})

test('each number of the briefing is the total of its list', async () => {
  const date = addDays(today, -3)
  for (const on of [date, today]) {
    const briefing = await briefingOf(world.figures, leader, { date: on })
    for (const { key, count } of briefing.tallies)
      expect((await tallyCases(world.figures, leader, key, { from: on, to: on, limit: 1 })).total, key).toBe(count)
    for (const { matter, count } of briefing.topics)
      expect((await tallyCases(world.figures, leader, 'reported', { from: on, to: on, matter: matter?.zh ?? '-', limit: 1 })).total).toBe(count)
    expect(briefing.stock === null).toBe(on !== today)
    expect(briefing.sample).toBe(true)
  }
})

test('every measure turns by every dimension; rows add up, and each cell opens as many cases as it says', async () => {
  for (const measure of ['reported', 'handling_time', 'dispose_ontime', 'satisfied'] as const) {
    const pivot = await pivotOf(world.figures, leader, { measure, rows: 'area', columns: 'matter', ...whole })
    for (const [index, row] of pivot.cells.entries()) {
      expect(row.reduce((sum, cell) => sum + (cell?.numerator ?? 0), 0)).toBe(pivot.rowTotals[index]?.numerator)
    }
    expect(pivot.rowTotals.reduce((sum, { numerator }) => sum + numerator, 0)).toBe(pivot.total.numerator)
  }
  for (const rows of dimensions) await pivotOf(world.figures, leader, { measure: 'dispose_ontime', rows, columns: 'none', ...whole })
  const byUnit = await pivotOf(world.figures, leader, { measure: 'dispose_ontime', rows: 'unit', columns: 'none', ...whole })
  for (const [index, { key }] of byUnit.rows.entries()) {
    const { total } = await figureCases(world.figures, leader, 'dispose_ontime', {
      ...whole,
      organisationId: key || '-',
      part: 'numerator',
      limit: 1,
    })
    expect(total).toBe(byUnit.rowTotals[index]?.numerator)
  }
  const byWeek = await pivotOf(world.figures, leader, { measure: 'reported', rows: 'matter', columns: 'week', ...whole })
  expect(byWeek.columnTotals.reduce((sum, { numerator }) => sum + numerator, 0)).toBe(byWeek.total.numerator)
  for (const key of tallyKeys) expect(pivotMeasureKeys).toContain(key)
})

test('a target is dated: the nearest area decides, a later row takes over on its day, and nobody aims for another district', async () => {
  const doing = { ...world, actor: leader, commandId: newId(), requestId: 'test' }
  const rows = async () => (await targetsFor(world.figures, leader)).items
  expect(targetOn(await rows(), 'dispose_ontime', '990101', today)?.value).toBe(0.95)
  const tomorrow = addDays(today, 1)
  const target = { measure: 'dispose_ontime', areaCode: '990101', effectiveFrom: tomorrow, value: 0.97 } as const
  const twice = [await saveTarget(world.figures, doing, target), await saveTarget(world.figures, doing, target)]
  expect(twice[0]).toEqual(twice[1])
  expect(targetOn(await rows(), 'dispose_ontime', '990101001', today)?.value).toBe(0.95)
  expect(targetOn(await rows(), 'dispose_ontime', '990101001', tomorrow)?.value).toBe(0.97)
  expect(targetOn(await rows(), 'dispose_ontime', '990102', tomorrow)?.value).toBe(0.95)
  const supervisor = aPerson(aPost({ role: 'supervisor', areaCode: '990102' }))
  const elsewhere = saveTarget(world.figures, { ...doing, actor: supervisor, commandId: newId() }, target)
  await expect(elsewhere).rejects.toMatchObject({ code: 'assessment.notYours' })
  const past = saveTarget(world.figures, { ...doing, commandId: newId() }, { ...target, effectiveFrom: addDays(today, -1) })
  await expect(past).rejects.toMatchObject({ code: 'assessment.dayPassed' })
})
