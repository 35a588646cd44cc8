import { expect, test } from 'vitest'
import { addMs, DAY_MS, localDate, parseInstant, weekday } from '#kernel/clock.ts'
import { drawCity, origin } from '../geometry.ts'
import { random } from '../random.ts'
import { readGround } from '../territory/ground.ts'
import { placesOf } from './places.ts'
import { planCases } from './plan.ts'

const city = drawCity(readGround(origin))
const road = {
  name: '示例路',
  lines: [
    [
      [121.483, 31.229],
      [121.486, 31.246],
    ] as [number, number][],
    [
      [121.503, 31.233],
      [121.516, 31.24],
    ] as [number, number][],
  ],
}
const places = placesOf(city, [road])
const now = parseInstant('2026-09-24T15:30:00+08:00')
const plans = planCases(places, now, random(3), 600)

test('reports arrive in the three months before now, in their order, fewer of them on weekends', () => {
  expect(plans).toHaveLength(600)
  expect(new Set(plans.map(({ key }) => key)).size).toBe(600)
  expect(plans.map(({ reportedAt }) => reportedAt)).toEqual(plans.map(({ reportedAt }) => reportedAt).toSorted())
  expect(plans.every(({ reportedAt }) => reportedAt < now && reportedAt > addMs(now, -91 * DAY_MS))).toBe(true)
  expect(plans.some(({ reportedAt }) => reportedAt < addMs(now, -80 * DAY_MS))).toBe(true)
  const perDay = [0, 1, 2, 3, 4, 5, 6].map((day) => plans.filter(({ reportedAt }) => weekday(localDate(reportedAt, 'Asia/Shanghai')) === day).length)
  const [sunday = 0, monday = 0] = perDay
  expect(sunday).toBeLessThan(0.7 * monday)
})

test('the demonstration has some 2,500 of them', () => {
  expect(planCases(places, now, random(3))).toHaveLength(2500)
})

test('the same seed and moment give the same plan', () => {
  expect(planCases(places, now, random(3), 600)).toEqual(plans)
})

test('each says where it is in one of three ways, and most say it exactly', () => {
  const exact = plans.filter(({ point }) => point !== null)
  const area = plans.filter(({ areaCode }) => areaCode !== null)
  const nothing = plans.filter(({ point, areaCode }) => point === null && areaCode === null)
  expect(exact.length + area.length + nothing.length).toBe(600)
  expect(exact.length).toBeGreaterThan(450)
  expect(area.length).toBeGreaterThan(20)
  expect(nothing.length).toBeGreaterThan(10)
  // Whose call names no place is taken for somebody of the first district; one of them turns out not to be.
  expect(nothing.filter(({ gridCode }) => !gridCode.startsWith('990101')).map(({ fate }) => fate)).toEqual(['misplaced'])
})

test('some places are reported again and some reports are too vague for a rule', () => {
  const again = plans.filter(({ key }) => key.startsWith('again'))
  expect(again.length).toBeGreaterThan(30)
  expect(Map.groupBy(again, ({ gridCode, about }) => `${gridCode} ${about}`).size).toBeLessThan(again.length / 2)
  expect(plans.filter(({ about }) => about === null).length).toBeGreaterThan(5)
})
