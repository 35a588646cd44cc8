import { expect, test } from 'vitest'
import { textFaults } from '#web/kit/testing.ts'
import { listWords, matterWords } from './list-words.ts'
import { requestWords } from './requests/words.ts'
import { tieWords } from './tie-words.ts'
import { caseWords } from './words.ts'

test.each([caseWords, listWords, requestWords, tieWords])('cases speak both languages', (words) => expect(textFaults(words)).toEqual([]))

test('a matter that is only a guess is named as one', () => {
  const matter = { zh: '暴露垃圾', en: 'Rubbish' }
  expect([matterWords({ matter, guess: true }), matterWords({ matter, guess: false }), matterWords({ matter: null, guess: false })]).toEqual([
    '疑似 暴露垃圾',
    '暴露垃圾',
    '事项待定',
  ])
})
