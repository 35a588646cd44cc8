import fc from 'fast-check'
import { expect, test } from 'vitest'

test('property tests of a run share the printed seed', () => {
  const seed = Number(process.env['HUYING_SEED'])
  expect(fc.readConfigureGlobal().seed).toBe(seed)
  const drawn = fc.sample(fc.integer(), 5)
  expect(fc.sample(fc.integer(), { numRuns: 5, seed })).toEqual(drawn)
})
