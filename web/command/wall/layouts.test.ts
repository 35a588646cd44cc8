import { expect, test } from 'vitest'
import { layoutAt } from './layouts.ts'

test('a wall shows the layout of its address, or all of them in turn by the clock', () => {
  expect([layoutAt('areas', 0), layoutAt('areas', 1e12)]).toEqual(['areas', 'areas'])
  expect([0, 19_999, 20_000, 40_000, 60_000].map((ms) => layoutAt('all', ms))).toEqual(['figures', 'figures', 'areas', 'today', 'figures'])
})
