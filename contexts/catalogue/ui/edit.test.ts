import { expect, test } from 'vitest'
import { textFaults } from '#web/kit/testing.ts'
import type { MatterText } from '../contract.ts'
import { conditionText, matterForm, matterText, newCondition, wordsOf, wordsText } from './edit.ts'
import { catalogueWords } from './words.ts'

test('the catalogue’s screens speak both languages', () => expect(textFaults(catalogueWords)).toEqual([]))

const matter: MatterText = {
  standard: 'local',
  kind: 'local',
  code: '01999',
  name: { zh: '井盖', en: 'Manhole cover' },
  category: null,
  words: [
    { text: '窨井盖', weight: 1.5 },
    { text: '井盖厂', weight: -1 },
  ],
  duty: 'assist',
  workKind: 'patrol',
  legalBasis: { zh: '示例条例' },
  conditions: [
    {
      code: '1',
      description: { zh: '缺失' },
      words: [{ text: '不见了', weight: 1 }],
      respond: { value: 0.5, unit: 'urgent_hour' },
      dispose: { value: 2, unit: 'natural_day' },
      closing: { zh: '补齐', en: 'Replaced' },
      tier: 'A',
      lead: { level: 'district', function: 'water' },
      helpers: [{ level: 'street', function: null }],
      evidence: ['photo_before', 'photo_after'],
    },
  ],
}

test('what is in the form and not touched is saved as it was', () => {
  expect(matterText(matterForm(matter, null), matter)).toEqual(matter)
})

test('words are typed with commas between them; a minus speaks against, a star weighs', () => {
  const typed = '井盖、 下水道盖，-井盖厂\nmanhole cover; 缺失*1.5，-修好了*2、、-'
  const words = wordsOf(typed)
  expect(words).toEqual([
    { text: '井盖', weight: 1 },
    { text: '下水道盖', weight: 1 },
    { text: '井盖厂', weight: -1 },
    { text: 'manhole cover', weight: 1 },
    { text: '缺失', weight: 1.5 },
    { text: '修好了', weight: -2 },
  ])
  expect(wordsOf(wordsText(words))).toEqual(words)
})

test('what was left empty is saved as missing, so that the review can name it', () => {
  const empty = newCondition([])
  expect(conditionText(empty)).toMatchObject({ code: '1', respond: null, dispose: null, tier: null, lead: null, closing: null, helpers: [] })
  expect(newCondition([empty]).code).toBe('2')
})
