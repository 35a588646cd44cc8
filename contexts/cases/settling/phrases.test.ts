import { expect, test } from 'vitest'
import type { LocalDate } from '#kernel/clock.ts'
import { phrasesFor, type ReadyPhrase } from './phrases.ts'

const day = '2026-03-02' as LocalDate
const phrase = (matterPrefix: string, ordinal: number, zh: string, parts: Partial<ReadyPhrase> = {}): ReadyPhrase => ({
  matterPrefix,
  ordinal,
  effectiveFrom: '2000-01-01' as LocalDate,
  effectiveTo: null,
  text: { zh },
  ...parts,
})
const words = (all: readonly ReadyPhrase[], code: string): string[] => phrasesFor(all, code, day).map(({ zh }) => zh)

test('the most particular sentences of a matter come first, and those of other matters not at all', () => {
  const all = [phrase('', 1, '办好了'), phrase('06', 2, '劝导了'), phrase('06', 1, '清理了'), phrase('06994', 1, '看望了'), phrase('07', 1, '清除了')]
  expect(words(all, '06994')).toEqual(['看望了', '清理了', '劝导了', '办好了'])
  expect(words(all, '09001')).toEqual(['办好了'])
})

test('a sentence holds from its first day until the day before its last', () => {
  const next = phrase('', 1, '以后才有', { effectiveFrom: '2026-03-03' as LocalDate })
  const ended = phrase('', 2, '到今天为止', { effectiveTo: day })
  expect(words([next, ended, phrase('', 3, '今天有')], '06')).toEqual(['今天有'])
})

test('nobody has to search a list: there are five at most', () => {
  expect(
    words(
      Array.from({ length: 9 }, (_, index) => phrase('', index, `句${index}`)),
      '06',
    ),
  ).toHaveLength(5)
})
