import { expect, test } from 'vitest'
import { listClock } from './clocks.ts'

const one = {
  status: 'dispatched',
  respondDueAt: '2026-03-02T05:00:00.000Z',
  disposeDueAt: '2026-03-04T01:00:00.000Z',
  soonAt: '2026-03-02T04:00:00.000Z',
} as const

test('before first contact the respond clock shows, afterwards the dispose clock', () => {
  expect(listClock(one, '2026-03-02T01:30:00.000Z')).toEqual({ kind: 'respond', dueAt: one.respondDueAt, look: 'running' })
  expect(listClock({ ...one, status: 'contacted' }, '2026-03-02T01:30:00.000Z')?.kind).toBe('dispose')
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
  expect(listClock({ ...one, status: 'reported' }, one.soonAt)).toBeNull()
  expect(listClock({ ...one, status: 'contacted', disposeDueAt: null }, one.soonAt)).toBeNull()
})
