import { expect, test } from 'vitest'
import { daysOfSpan, spansOf } from './spans.ts'

const period = { from: '2026-01-28', to: '2026-02-09' }

test('a period falls into weeks from Monday and into months, cut at its ends', () => {
  expect(spansOf('week', period)).toEqual(['2026-01-26', '2026-02-02', '2026-02-09'])
  expect(spansOf('month', period)).toEqual(['2026-01', '2026-02'])
  expect(spansOf('day', { from: '2026-02-28', to: '2026-03-01' })).toEqual(['2026-02-28', '2026-03-01'])
  expect(daysOfSpan('week', '2026-01-26', period)).toEqual({ from: '2026-01-28', to: '2026-02-01' })
  expect(daysOfSpan('month', '2026-02', period)).toEqual({ from: '2026-02-01', to: '2026-02-09' })
  expect(daysOfSpan('day', '2026-02-01', period)).toEqual({ from: '2026-02-01', to: '2026-02-01' })
})
