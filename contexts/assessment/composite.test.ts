import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { LocalDate } from '#kernel/clock.ts'
import { inTransaction } from '#platform/database/database.ts'
import { testDatabase, type TestDatabase } from '#platform/database/testing.ts'
import { composite, type CompositeRule } from './composite.ts'
import { ratio } from './indicators.ts'
import { compositesOn } from './store.ts'

let db: TestDatabase
let shipped: readonly CompositeRule[]
beforeAll(async () => {
  db = await testDatabase()
  shipped = await inTransaction(db.database, (tx) => compositesOn(tx as never, '2026-03-02' as LocalDate))
})
afterAll(() => db.close())

/** The composite of a shipped rule, for values in the order of its parts. */
const of = (rule: string, ...values: (number | null)[]) => {
  const parts = shipped.find(({ key }) => key === rule)?.parts ?? []
  return composite(parts, (key) => values[parts.findIndex((part) => part.key === key)] ?? null)
}

test('the published composite gives 92.7 for its golden values (成都金牛区)', () => {
  const { score, points, outOf, missing } = of('jinniu', 0.95, 0.9, 0.05, 0.1, 0.08)
  expect(score).toBeCloseTo(92.7, 10)
  expect({ points, outOf, missing }).toEqual({ points: score, outOf: 100, missing: [] })
})

test('the three rates with weights 30, 35 and 35 give 89.5 for their golden values (准格尔旗)', () => {
  expect(of('three_rates', 1, 0.9, 0.8).score).toBeCloseTo(89.5, 10)
})

test('the weights of every shipped composite make a hundred points', () => {
  expect(shipped.map(({ parts }) => parts.reduce((sum, { weight }) => sum + weight, 0))).toEqual([100, 100])
  expect(of('jinniu', 1, 1, 0, 0, 0).score).toBe(100)
  expect(of('jinniu', 0, 0, 1, 1, 1).score).toBe(0)
})

test('a part without data leaves the composite without a score, and is named', () => {
  expect(of('jinniu', 0.95, 0.9, 0.05, 0.1, null)).toEqual({ score: null, points: expect.closeTo(83.5, 10), outOf: 90, missing: ['extension'] })
  expect(of('jinniu')).toMatchObject({ score: null, points: 0, outOf: 0 })
})

test('a zero denominator is no data, never 0 or 1; a figure lies between 0 and 1', () => {
  expect(ratio(0, 0)).toBeNull()
  expect(ratio(0, 7)).toBe(0)
  const counted = fc.nat({ max: 1000 }).chain((whole) => fc.tuple(fc.nat({ max: whole }), fc.constant(whole)))
  fc.assert(
    fc.property(counted, ([some, whole]) => {
      const value = ratio(some, whole)
      expect(value === null).toBe(whole === 0)
      if (value !== null) expect(value >= 0 && value <= 1).toBe(true)
    }),
  )
})
