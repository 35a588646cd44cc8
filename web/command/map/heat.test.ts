import fc from 'fast-check'
import { expect, test } from 'vitest'
import { textFaults } from '#web/kit/testing.ts'
import { areaRows, heatOf, heatSteps, pointsAt, stepsOf, valueOf } from './heat.ts'
import { mapWords } from './map-words.ts'

test('the map speaks both languages', () => expect(textFaults(mapWords)).toEqual([]))

test('every count has exactly one step, a greater count never a weaker one, and the greatest the strongest', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(5000)), (counts) => {
      const steps = heatSteps(counts)
      expect(steps.length).toBeLessThanOrEqual(5)
      const sorted = counts.toSorted((a, b) => a - b)
      const found = sorted.map((count) => heatOf(count, steps))
      expect(found).toEqual(found.toSorted((a, b) => a - b))
      sorted.forEach((count, index) => expect(found[index] === 0).toBe(count === 0))
      if ((sorted.at(-1) ?? 0) > 0) expect(found.at(-1)).toBe(5)
      for (const [index, { from, to }] of steps.entries()) {
        expect(from).toBeLessThanOrEqual(to)
        expect(from).toBe((steps[index - 1]?.to ?? 0) + 1)
      }
    }),
  )
})

test('the table shows empty areas and counted areas without a name, the greatest of the measure first', () => {
  const known = [
    { code: '990101', name: { zh: '甲' } },
    { code: '990102', name: { zh: '乙' } },
  ]
  const counted = [
    { areaCode: '990102', count: 3, overdue: 0, soon: 2 },
    { areaCode: '990199', count: 1, overdue: 1, soon: 0 },
  ]
  expect(areaRows(known, counted, 'count').map(({ code, count }) => [code, count])).toEqual([
    ['990102', 3],
    ['990199', 1],
    ['990101', 0],
  ])
  expect(areaRows(known, counted, 'overdue')[0]).toEqual({ code: '990199', name: { zh: '990199' }, count: 1, overdue: 1, soon: 0 })
})

test('cases at one coordinate are one point with their number, and no case is lost', () => {
  const one = { lng: 121.5, lat: 31.2, overdue: false }
  const points = pointsAt([
    { ...one, id: 'a' },
    { ...one, id: 'b', overdue: true },
    { ...one, id: 'c', lat: 31.3 },
  ])
  expect(points).toEqual([
    { id: 'a', lng: 121.5, lat: 31.2, late: 1, count: 2 },
    { id: 'c', lng: 121.5, lat: 31.3, late: 0, count: 1 },
  ])
})

test('the share in time has a colour wherever there is a case, the darkest where the fewest are in time, and none where there is none', () => {
  const row = (count: number, overdue: number) => ({ code: 'a', name: { zh: '甲' }, count, overdue, soon: 0 })
  const steps = stepsOf([], 'inTime')
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 500 }), fc.nat(500), (count, late) => {
      const overdue = Math.min(count, late)
      expect(heatOf(valueOf(row(count, overdue), 'inTime'), steps)).toBeGreaterThan(0)
    }),
  )
  expect(heatOf(valueOf(row(10, 10), 'inTime'), steps)).toBe(5)
  expect(heatOf(valueOf(row(10, 0), 'inTime'), steps)).toBe(1)
  expect(valueOf(row(0, 0), 'inTime')).toBeNull()
  const codes = areaRows(
    [{ code: 'z', name: { zh: '乙' } }],
    [
      { areaCode: 'b', count: 2, overdue: 0, soon: 0 },
      { areaCode: 'c', count: 2, overdue: 2, soon: 0 },
    ],
    'inTime',
  )
  expect(codes.map(({ code }) => code)).toEqual(['c', 'b', 'z'])
})
