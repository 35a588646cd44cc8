import fc from 'fast-check'
import { expect, test } from 'vitest'
import { composite, compositeParts, type CompositeKey } from './composite.ts'
import { ratio } from './indicators.ts'

const values = (...five: (number | null)[]): Record<CompositeKey, number | null> =>
  Object.fromEntries(compositeParts.map(({ key }, index) => [key, five[index] ?? null])) as Record<CompositeKey, number | null>

test('the published composite gives 92.7 for its golden values (成都金牛区)', () => {
  const { score, points, outOf, missing } = composite(values(0.95, 0.9, 0.05, 0.1, 0.08))
  expect(score).toBeCloseTo(92.7, 10)
  expect({ points, outOf, missing }).toEqual({ points: score, outOf: 100, missing: [] })
})

test('the weights make a hundred points', () => {
  expect(compositeParts.reduce((sum, { weight }) => sum + weight, 0)).toBe(100)
  expect(composite(values(1, 1, 0, 0, 0)).score).toBe(100)
  expect(composite(values(0, 0, 1, 1, 1)).score).toBe(0)
})

test('a part without data leaves the composite without a score, and is named', () => {
  expect(composite(values(0.95, 0.9, 0.05, 0.1, null))).toEqual({ score: null, points: expect.closeTo(83.5, 10), outOf: 90, missing: ['extension'] })
  expect(composite(values())).toMatchObject({ score: null, points: 0, outOf: 0 })
})

test('a zero denominator is no data, never 0 or 1; a figure lies between 0 and 1', () => {
  expect(ratio(0, 0)).toBeNull()
  expect(ratio(0, 7)).toBe(0)
  const counted = fc.nat({ max: 1000 }).chain((of) => fc.tuple(fc.nat({ max: of }), fc.constant(of)))
  fc.assert(
    fc.property(counted, ([some, of]) => {
      const value = ratio(some, of)
      expect(value === null).toBe(of === 0)
      if (value !== null) expect(value >= 0 && value <= 1).toBe(true)
    }),
  )
})
