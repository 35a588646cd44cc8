import { expect, test } from 'vitest'
import { agoWords, dueWords, shareOfSpan, shortTimeWords, spanWords, timeWords } from './clock.ts'

const now = '2026-03-02T01:00:00.000Z'
const minutes = (n: number): string => `2026-03-02T${String(1 + Math.floor(n / 60)).padStart(2, '0')}:${String(n % 60).padStart(2, '0')}:00.000Z`

test('a deadline ahead says what is left in two units', () => {
  expect(dueWords(minutes(130), now, 'zh')).toBe('剩 2 小时 10 分')
  expect(dueWords(minutes(130), now, 'en')).toBe('2 h 10 min left')
})

test('a deadline behind says by how much', () => {
  expect(dueWords('2026-03-02T00:25:00.000Z', now, 'zh')).toBe('超时 35 分')
  expect(dueWords('2026-02-28T00:00:00.000Z', now, 'en')).toBe('2 d 1 h over')
})

test('the very moment is not yet overdue', () => expect(dueWords(now, now, 'zh')).toBe('剩 不到 1 分'))

test('seconds show only when asked, within the last hour', () => {
  expect(spanWords(125_000, 'zh', true)).toBe('2 分 5 秒')
  expect(spanWords(3_725_000, 'zh', true)).toBe('1 小时 2 分')
  expect(spanWords(125_000, 'zh')).toBe('2 分')
})

test('ago begins with just now', () => {
  expect(agoWords('2026-03-02T00:59:30.000Z', now, 'zh')).toBe('刚刚')
  expect(agoWords('2026-03-01T00:00:00.000Z', now, 'zh')).toBe('1 天 1 小时前')
})

test('times are shown in the city’s zone, near days by name', () => {
  expect(timeWords(now, 'zh')).toBe('2026年3月2日 09:00')
  expect(shortTimeWords('2026-03-02T09:00:00.000Z', now, 'zh')).toBe('今天 17:00')
  expect(shortTimeWords('2026-03-02T16:30:00.000Z', now, 'zh')).toBe('明天 00:30')
  expect(shortTimeWords('2026-03-01T15:59:00.000Z', now, 'zh')).toBe('昨天 23:59')
  expect(shortTimeWords('2026-03-09T01:00:00.000Z', now, 'zh')).toBe('3月9日 09:00')
  expect(shortTimeWords('2025-12-31T01:00:00.000Z', now, 'zh')).toBe('2025年12月31日 09:00')
})

test('the share of a span stays between nothing and all', () => {
  expect(shareOfSpan('2026-03-02T00:00:00.000Z', '2026-03-02T02:00:00.000Z', now)).toBe(0.5)
  expect(shareOfSpan('2026-03-02T02:00:00.000Z', '2026-03-02T03:00:00.000Z', now)).toBe(0)
  expect(shareOfSpan('2026-03-01T00:00:00.000Z', '2026-03-01T00:00:00.000Z', now)).toBe(1)
})
