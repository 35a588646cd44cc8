import { expect, test } from 'vitest'
import { listClock } from './clocks.ts'

const one = { clockDueAt: '2026-03-02T05:00:00.000Z', soonAt: '2026-03-02T04:00:00.000Z' } as const

test('the clock by which somebody is awaited shows', () => {
  expect(listClock(one, '2026-03-02T01:30:00.000Z')).toEqual({ dueAt: one.clockDueAt, look: 'running' })
})

test('from the moment that the server names the clock is soon over, and past its due moment overdue', () => {
  expect(listClock(one, '2026-03-02T04:00:00.000Z')?.look).toBe('soon')
  expect(listClock(one, '2026-03-02T05:00:00.000Z')?.look).toBe('soon')
  expect(listClock(one, '2026-03-02T05:00:00.001Z')?.look).toBe('overdue')
})

test('a clock without such a moment is never soon', () => {
  expect(listClock({ ...one, soonAt: null }, '2026-03-02T04:59:00.000Z')?.look).toBe('running')
})

test('nobody is waited for where no clock runs', () => {
  expect(listClock({ clockDueAt: null, soonAt: null }, one.soonAt)).toBeNull()
})
