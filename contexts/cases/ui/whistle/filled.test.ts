import { expect, test } from 'vitest'
import { textFaults } from '#web/kit/testing.ts'
import { lacksOf, type FilledWhistle } from './filled.ts'
import { candidateTexts } from '../units/words.ts'
import { unitTexts } from './words.ts'

const whole: FilledWhistle = {
  kind: 'ordinary',
  text: '积存垃圾',
  areaCode: '990101001',
  conditionId: 'condition',
  tried: '劝导三次',
  missing: '没有执法权',
  bases: { unit: '负责清运' },
}

test('a whistle names the try, the missing authority, and the duty of each unit', () => {
  expect(lacksOf(whole, true)).toEqual({})
  expect(lacksOf({ ...whole, tried: ' ', missing: '', bases: {} }, true)).toEqual({
    tried: 'triedMissing',
    missing: 'missingMissing',
    units: 'summonMissing',
  })
  expect(lacksOf({ ...whole, bases: { unit: '负责清运', other: ' ' } }, true)).toEqual({ units: 'basisMissing' })
})

test('without a case its words, place and matter are asked as well', () => {
  const bare = { ...whole, text: '', areaCode: '990101', conditionId: '' }
  expect(lacksOf(bare, true)).toEqual({})
  expect(lacksOf(bare, false)).toEqual({ text: 'aboutMissing', areaCode: 'whereMissing', conditionId: 'matterMissing' })
})

test.each([unitTexts, candidateTexts])('whistles and units speak both languages', (words) => expect(textFaults(words)).toEqual([]))
