import { expect, test } from 'vitest'
import { textFaults } from '#web/kit/testing.ts'
import { treeOf, type Group } from './supervise-tree.ts'
import { superviseWords } from './supervise-words.ts'

const group = (areaCode: string, unitId: string | null, overdue: number, oldestDueAt: string | null = null): Group => ({
  areaCode,
  unitId,
  unit: unitId === null ? null : { zh: `单位${unitId}` },
  overdue,
  soon: 1,
  oldestDueAt,
})
const groups = [group('001', 'a', 1, '2026-03-02'), group('001', 'b', 3, '2026-03-01'), group('002', 'a', 5), group('002', null, 0)]
const names = { area: (code: string) => `街道${code}`, unit: (unit: { zh: string } | null) => unit?.zh ?? '未派' }

test('the board speaks both languages', () => expect(textFaults(superviseWords)).toEqual([]))

test('streets hold their units, the most overdue first, and a street is the sum of its units', () => {
  const tree = treeOf(groups, 'area', names)
  expect(tree.map(({ name, overdue, oldestDueAt, areaCode, unitId }) => [name, overdue, oldestDueAt, areaCode, unitId])).toEqual([
    ['街道002', 5, null, '002', null],
    ['街道001', 4, '2026-03-01', '001', null],
  ])
  expect(tree[1]?.below.map(({ name }) => name)).toEqual(['单位b', '单位a'])
})

test('units hold their streets, from the same groups', () => {
  const tree = treeOf(groups, 'unit', names)
  expect(tree.map(({ name, overdue, areaCode, unitId }) => [name, overdue, areaCode, unitId])).toEqual([
    ['单位a', 6, '', 'a'],
    ['单位b', 3, '', 'b'],
    ['未派', 0, '', null],
  ])
})
