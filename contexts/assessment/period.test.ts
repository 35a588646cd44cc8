import { expect, test } from 'vitest'
import { parseInstant } from '#kernel/clock.ts'
import { periodOf } from './period.ts'

const now = parseInstant('2026-03-02T23:30:00+08:00')

test('a period is days of the city, both included', () => {
  expect(periodOf({ from: '2026-02-01', to: '2026-02-28' }, now, 'Asia/Shanghai')).toMatchObject({
    since: '2026-01-31T16:00:00.000Z',
    until: '2026-02-28T16:00:00.000Z',
  })
})

test('without days it is the last thirty, up to today in the city', () => {
  expect(periodOf({}, now, 'Asia/Shanghai')).toMatchObject({ from: '2026-02-01', to: '2026-03-02' })
})

test('a period that ends before it begins is refused', () => {
  expect(() => periodOf({ from: '2026-03-02', to: '2026-03-01' }, now, 'Asia/Shanghai')).toThrow('is after')
})
