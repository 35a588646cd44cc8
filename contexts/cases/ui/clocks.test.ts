import { expect, test } from 'vitest'
import { listClock } from './clocks.ts'

const one = {
  status: 'dispatched',
  reportedAt: '2026-03-02T01:00:00.000Z',
  respondDueAt: '2026-03-02T05:00:00.000Z',
  disposeDueAt: '2026-03-04T01:00:00.000Z',
  overdue: false,
} as const

test('before first contact the respond clock shows, afterwards the dispose clock', () => {
  expect(listClock(one, '2026-03-02T01:30:00.000Z')).toEqual({ kind: 'respond', dueAt: one.respondDueAt, look: 'running' })
  expect(listClock({ ...one, status: 'contacted' }, '2026-03-02T01:30:00.000Z')?.kind).toBe('dispose')
})

test('the last quarter is soon, and past the moment is overdue', () => {
  expect(listClock(one, '2026-03-02T04:00:00.000Z')?.look).toBe('soon')
  expect(listClock(one, '2026-03-02T05:00:00.000Z')?.look).toBe('soon')
  expect(listClock(one, '2026-03-02T05:00:00.001Z')?.look).toBe('overdue')
})

test('an old case with days left is not soon', () => {
  expect(listClock({ ...one, reportedAt: '2025-11-01T01:00:00.000Z', status: 'contacted' }, '2026-03-02T01:00:00.000Z')?.look).toBe('running')
})

test('nobody is waited for where no clock runs', () => {
  expect(listClock({ ...one, status: 'reported' }, one.reportedAt)).toBeNull()
  expect(listClock({ ...one, status: 'contacted', disposeDueAt: null }, one.reportedAt)).toBeNull()
})
