import { expect, test } from 'vitest'
import { textFaults } from '#web/kit/testing.ts'
import { dayAfter, standingOf, versionsOf } from './versions.ts'
import { ruleWords } from './words.ts'

const rows = ['2000-01-01', '2026-03-01', '2026-06-01'].map((effectiveFrom) => ({ key: 'a', effectiveFrom }))

test('of each key the latest day that has come is in force, what follows is coming and what came before is past', () => {
  const found = versionsOf(rows, '2026-03-02', ({ key }) => key).get('a')
  expect(found?.current?.effectiveFrom).toBe('2026-03-01')
  expect(found?.all.map((row) => standingOf(row, found, '2026-03-02'))).toEqual(['coming', 'inForce', 'past'])
})

test('a change may take effect from tomorrow on', () => {
  expect(dayAfter('2026-02-28')).toBe('2026-03-01')
})

test('rules speak both languages', () => {
  expect(textFaults(ruleWords)).toEqual([])
})
