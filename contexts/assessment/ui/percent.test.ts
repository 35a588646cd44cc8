import { expect, test } from 'vitest'
import { percentWords } from './percent.ts'

test('only a whole share reads 100% and only an empty one 0%', () => {
  expect([0, 0.0001, 0.9127, 0.99999, 1].map(percentWords)).toEqual(['0.0%', '0.1%', '91.3%', '99.9%', '100.0%'])
})
