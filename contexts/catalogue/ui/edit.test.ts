import { expect, test } from 'vitest'
import { textFaults } from '#web/kit/testing.ts'
import { MatterText } from '../matter.ts'
import { aCatalogueFile } from '../testing.ts'
import { conditionText, matterForm, matterText, newCondition, wordsOf, wordsText } from './edit.ts'
import { catalogueWords } from './words.ts'

test('the catalogue’s screens speak both languages', () => expect(textFaults(catalogueWords)).toEqual([]))

test('what is in the form and not touched is saved as it was', () => {
  for (const entry of aCatalogueFile().matters ?? []) {
    const matter = MatterText.parse({
      ...entry,
      conditions: entry.conditions?.map((one) => ({ ...one, lead: one.lead ? { function: null, ...one.lead } : null })),
    })
    expect(matterText(matterForm(matter, null), matter)).toEqual(matter)
  }
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
