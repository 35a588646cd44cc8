import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ReadFeature } from './polygon-list.ts'
import { makeCodes } from './synthetic-codes.ts'

const none = { codeOfKey: new Map<string, string>(), used: new Set<string>() }
const community = (key: string | undefined, parentCode: string, line = 1): ReadFeature => ({
  line,
  level: 'community',
  gridKind: null,
  code: undefined,
  parentCode,
  key,
})
const codes = (features: ReadFeature[], given: Parameters<typeof makeCodes>[1] = none): Record<string, string> =>
  Object.fromEntries(makeCodes(features, given).drafts.map(({ key, code }) => [key ?? '(filler)', code]))

test('communities of a district lie in one street that is not stated and are numbered by their keys', () => {
  expect(codes([community('B', '420106'), community('A', '420106')])).toEqual({ '(filler)': '420106900', A: '420106900001', B: '420106900002' })
})

test('where the parent is the level above, nothing is filled in', () => {
  expect(codes([community('A', '420106003')])).toEqual({ A: '420106003001' })
})

test('the order of features does not change the codes', () => {
  const keys = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 50 })
  fc.assert(
    fc.property(keys, (list) => {
      const features = list.map((key, i) => community(key, '420106', i + 1))
      expect(codes(features.toReversed())).toEqual(codes(features))
    }),
  )
})

test('a grown file keeps the old codes and never uses a number twice', () => {
  const given = { codeOfKey: new Map([['B', '420106900001']]), used: new Set(['420106900001', '420106900002']) }
  expect(codes([community('A', '420106'), community('B', '420106')], given)).toEqual({
    '(filler)': '420106900',
    A: '420106900003',
    B: '420106900001',
  })
})

test('a grid is never put under a street by filling in a community', () => {
  const grid: ReadFeature = { line: 7, level: 'grid', gridKind: 'service', code: undefined, parentCode: '420106003', key: 'G' }
  expect(makeCodes([grid], none).rejected.map(({ line, refusal }) => [line, refusal.code])).toEqual([[7, 'territory.gridUnderStreet']])
})

test('a missing key, a key that stands twice, a parent of the same level and a full parent are rejected by line', () => {
  const { rejected } = makeCodes(
    [community(undefined, '420106', 1), community('A', '420106', 2), community('A', '420106', 3), community('C', '420106001002', 4)],
    none,
  )
  expect(rejected.map(({ line, refusal }) => [line, refusal.code])).toEqual([
    [1, 'territory.keyMissing'],
    [3, 'territory.keyTwice'],
    [4, 'territory.parentMissing'],
  ])
  const full = new Set(Array.from({ length: 999 }, (_, i) => `420106900${String(i + 1).padStart(3, '0')}`))
  expect(makeCodes([community('Z', '420106')], { ...none, used: full }).rejected[0]?.refusal.code).toBe('territory.numbersUsedUp')
})
