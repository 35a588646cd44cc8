import { expect, test } from 'vitest'
import type { LocalDate } from '#kernel/clock.ts'
import type { MatterVersion } from './catalogue.ts'
import { MatterText } from './matter.ts'
import { overlapRefusals } from './overlap.ts'

const words = (text: string): { text: string; weight: number }[] =>
  text
    .split(' ')
    .filter(Boolean)
    .map((word) => (word.startsWith('-') ? { text: word.slice(1), weight: -1 } : { text: word, weight: 1 }))

function version(
  code: string,
  name: string,
  said: string,
  conditions: readonly string[],
  from = '2026-01-01',
  to: string | null = null,
): MatterVersion {
  const text = MatterText.parse({
    standard: 'local',
    kind: 'local',
    code,
    name: { zh: name },
    words: words(said),
    conditions: conditions.map((one, index) => ({ code: String(index + 1), description: { zh: `条件${index + 1}` }, words: words(one) })),
  })
  const days = { effectiveFrom: from as LocalDate, effectiveTo: to as LocalDate | null }
  return {
    ...text,
    ...days,
    id: code,
    matterId: code,
    number: 1,
    status: 'published',
    rowVersion: 1,
    publishedAt: null,
    conditions: text.conditions.map((condition) => ({ ...condition, id: `${code}.${condition.code}` })),
  }
}
const told = (checked: MatterVersion[], others: MatterVersion[] = []): [string | undefined, unknown, unknown][] =>
  overlapRefusals(checked, others).map(({ field, params }) => [field, params['condition'], params['by']])

test('a condition whose words another condition of the matter has as well is refused, naming that one', () => {
  expect(told([version('1', '路灯', '街灯', ['不亮 灭了', '不亮'])])).toEqual([['conditions.1.words', '1 路灯：2 条件2', '1 路灯：1 条件1']])
})

test('a word at the matter is wider than at the condition and hides it too', () => {
  expect(told([version('1', '路灯', '街灯 不亮', ['灭了', '不亮'])])).toEqual([])
  expect(told([version('1', '灯', '路灯 街灯 灯坏 不亮', ['灭了'])], [version('2', '路灯', '', ['不亮'])])).toEqual([
    ['conditions.0.words', '2 路灯：1 条件1', '1 灯：1 条件1'],
  ])
})

test('of two that say the same, the one being published is told', () => {
  expect(told([version('2', '路灯', '', ['不亮'])], [version('1', '路灯', '', ['不亮'])])).toEqual([
    ['conditions.0.words', '2 路灯：1 条件1', '1 路灯：1 条件1'],
  ])
})

test('a word against, a word of its own, other days and conditions without words leave both to be found', () => {
  expect(told([version('1', '路灯', '', ['不亮 灭了 -整条街', '不亮'])])).toEqual([])
  expect(told([version('1', '路灯', '', ['不亮 灭了', '不亮 闪'])])).toEqual([])
  expect(told([version('1', '路灯', '', ['不亮', ''])])).toEqual([])
  expect(told([version('2', '路灯', '', ['不亮'], '2026-06-01')], [version('1', '路灯', '', ['不亮'], '2026-01-01', '2026-06-01')])).toEqual([])
})

test('what others have between themselves does not stand against this one', () => {
  expect(told([version('3', '树', '', ['倒了'])], [version('1', '路灯', '', ['不亮']), version('2', '路灯', '', ['不亮'])])).toEqual([])
})
