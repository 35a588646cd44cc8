import { expect, test } from 'vitest'
import { textFaults } from './testing.ts'
import { language, textIn, texts, useText, wordingIn } from './text.ts'
import { kitWords } from './words.ts'

test('the kit speaks both languages', () => expect(textFaults(kitWords, ['zh', 'en'])).toEqual([]))

test('a catalogue with a forgotten, a differing and a mixed text is found out', () => {
  const broken = { zh: { a: '甲', b: '{n} 件', c: 'Desk 台', d: '乙' }, en: { a: 'A', b: 'cases', c: 'Desk', d: '乙' } }
  expect(textFaults({ ...broken, zh: { ...broken.zh, e: '丙' } })).toHaveLength(4)
})

test('holes are filled, and unknown holes stay visible', () => {
  const words = texts({ left: '剩 {span} {other}' }, { left: '{span} {other} left' })
  expect(textIn(words, 'zh')('left', { span: '2 天' })).toBe('剩 2 天 {other}')
})

test('English takes its singular for one', () => {
  const words = texts({ count: '{n} 件' }, { count: '{n} case|{n} cases' })
  const t = textIn(words, 'en')
  expect([t('count', { n: 1 }), t('count', { n: 2 }), t('count', { n: 0 })]).toEqual(['1 case', '2 cases', '0 cases'])
})

test('readers follow the language shown', () => {
  const t = useText(texts({ hello: '你好' }, { hello: 'Hello' }))
  expect(t('hello')).toBe('你好')
  language.value = 'en'
  expect(t('hello')).toBe('Hello')
  language.value = 'zh'
})

test('a name without English is shown in Chinese', () => expect(wordingIn({ zh: '滨江市' }, 'en')).toBe('滨江市'))
