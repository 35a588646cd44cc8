import { expect, test } from 'vitest'
import { caseMoveNames, moveReasons, type CaseMoveName } from '../lifecycle.ts'
import { formOf, inButtonOrder, isOtherUnit, missingIn, nameOfMove, type FilledMove } from './moves.ts'

const nothing: FilledMove = { reasonCode: '', note: '', conditionId: '', areaCode: '', organisationId: '', mainId: '', parts: [] }
const here = { districtCode: '990101', suggestedId: 'unit' }

test.each(caseMoveNames)('%s asks for a reason exactly where the table lists reasons', (move) => {
  const codes = Object.keys((moveReasons as Partial<Record<CaseMoveName, object>>)[move] ?? {})
  expect(formOf(move, 1).reasons.map(({ code }) => code)).toEqual(codes)
})

test('finishing asks for a reason only while other units have not answered', () => {
  expect(formOf('handle').reasons).toEqual([])
  expect(missingIn('handle', { ...nothing, note: '已修复' }, { ...here, awaited: 1 })).toEqual({ reasonCode: 'reasonMissing' })
})

test('the way forward comes first, corrections last', () => {
  expect(inButtonOrder(['correct', 'reject', 'file'])).toEqual(['file', 'reject', 'correct'])
  expect(inButtonOrder(['file', 'handOver'])).toEqual(['file', 'handOver'])
  expect(inButtonOrder(['file', 'handOver'], true)).toEqual(['handOver', 'file'])
})

test('a result must be written, a note elsewhere need not', () => {
  expect(missingIn('handle', nothing, here)).toEqual({ note: 'resultMissing' })
  expect(missingIn('handle', { ...nothing, note: ' 已修复 ' }, here)).toEqual({})
  expect(missingIn('contact', nothing, here)).toEqual({})
})

test('giving back needs a reason', () => expect(missingIn('giveBack', nothing, here)).toEqual({ reasonCode: 'reasonMissing' }))

test('filing needs a matter', () => expect(missingIn('file', nothing, here)).toEqual({ conditionId: 'matterMissing' }))

test('following the suggestion needs nothing; another unit needs a why', () => {
  expect(missingIn('dispatch', nothing, here)).toEqual({})
  const other = { ...nothing, organisationId: 'other' }
  expect(isOtherUnit('dispatch', other, 'unit')).toBe(true)
  expect(missingIn('dispatch', other, here)).toEqual({ note: 'otherUnitMissing' })
  expect(isOtherUnit('dispatch', { ...nothing, organisationId: 'unit' }, 'unit')).toBe(false)
})

test('where the rules name nobody, somebody must be chosen; while nobody knows yet, nothing is asked', () => {
  expect(missingIn('dispatch', nothing, { ...here, suggestedId: null })).toEqual({ organisationId: 'noSuggestion' })
  expect(missingIn('dispatch', nothing, { ...here, suggestedId: undefined })).toEqual({})
})

test('moving to another district needs another district', () => {
  expect(missingIn('transfer', nothing, here)).toMatchObject({ areaCode: 'otherDistrictMissing' })
  expect(missingIn('transfer', { ...nothing, areaCode: '990101001' }, here)).toMatchObject({ areaCode: 'otherDistrictMissing' })
  expect(missingIn('transfer', { ...nothing, areaCode: '990102001' }, here)).toEqual({})
})

test('calling up needs a reason and what was tried, and stands before the ways back', () => {
  expect(missingIn('callUp', nothing, here)).toEqual({ reasonCode: 'reasonMissing', note: 'triedMissing' })
  expect(inButtonOrder(['contact', 'giveBack', 'callUp', 'sendDown', 'settle'])).toEqual(['settle', 'contact', 'callUp', 'giveBack', 'sendDown'])
})

test('the city’s own words name a move, and the table’s where it has none', () => {
  const words = { callUp: { zh: '吹哨' } }
  expect(nameOfMove({ words }, 'callUp').zh).toBe('吹哨')
  expect(nameOfMove({ words }, 'contact').zh).toBe('已联系')
})

test('merging needs a main case', () => {
  expect(missingIn('merge', nothing, here)).toEqual({ mainId: 'mainMissing' })
  expect(missingIn('merge', { ...nothing, mainId: 'x' }, here)).toEqual({})
})

test('splitting needs two parts, each with its words', () => {
  const part = (text: string) => ({ text, conditionId: '', areaCode: '' })
  expect(missingIn('split', { ...nothing, parts: [part('路灯不亮')] }, here)).toEqual({ parts: 'partsMissing' })
  expect(missingIn('split', { ...nothing, parts: [part('路灯不亮'), part(' ')] }, here)).toEqual({ parts: 'partsMissing' })
  expect(missingIn('split', { ...nothing, parts: [part('路灯不亮'), part('垃圾没人收')] }, here)).toEqual({})
})

test('handing over needs the service and who took it', () => {
  expect(missingIn('handOver', nothing, here)).toEqual({ reasonCode: 'reasonMissing', note: 'takenByMissing' })
  expect(missingIn('handOver', { ...nothing, reasonCode: '119', note: '席位 3' }, here)).toEqual({})
})
