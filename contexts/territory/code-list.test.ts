import { expect, test } from 'vitest'
import { collectCodes, missingColumn, type CodeColumns } from './code-list.ts'

const wide: CodeColumns[] = [
  { code: 'city_code', name: 'city' },
  { code: 'area_code', name: 'area' },
  { code: 'street_code', name: 'street' },
]

function collect(groups: CodeColumns[], rows: readonly Record<string, string>[]): { codes: string[]; reasons: (string | number)[][] } {
  const list = collectCodes(groups)
  rows.forEach((row, index) => list.add(index + 2, row))
  const { drafts, rejected } = list.drafts()
  return { codes: drafts.map(({ code }) => code), reasons: rejected.map(({ line, refusal }) => [line, refusal.code]) }
}

test('an area that stands on many lines is taken once', () => {
  const row = { city_code: '9901', city: '滨江市', area_code: '990101', area: '东岸区' }
  const rows = [
    { ...row, street_code: '990101001', street: '一街' },
    { ...row, street_code: '990101002', street: '二街' },
  ]
  expect(collect(wide, rows)).toEqual({ codes: ['9901', '990101', '990101001', '990101002'], reasons: [] })
})

test('a list that leaves a level out on a line is taken, because the code alone says the parent', () => {
  expect(collect(wide, [{ city_code: '4419', city: '东莞市', area_code: '', area: '', street_code: '441900003', street: '东城街道' }])).toEqual({
    codes: ['4419', '441900003'],
    reasons: [],
  })
})

test('a code under another parent than its own is rejected', () => {
  expect(collect(wide, [{ city_code: '9901', city: '滨江市', area_code: '990201', area: '西岸区', street_code: '', street: '' }]).reasons).toEqual([
    [2, 'territory.notPrefix'],
  ])
})

test('two names for one code, a missing name and a code of no level are told by line', () => {
  const long: CodeColumns[] = [{ code: 'code', name: 'name' }]
  const rows = [
    { code: '9901', name: '甲' },
    { code: '9901', name: '乙' },
    { code: '990101', name: '' },
    { code: '99010', name: '丙' },
    { code: '', name: '丁' },
    { code: '', name: '' },
  ]
  expect(collect(long, rows)).toEqual({
    codes: ['9901'],
    reasons: [
      [3, 'territory.nameConflict'],
      [4, 'territory.nameMissing'],
      [5, 'territory.codeDigits'],
      [6, 'territory.codeMissing'],
    ],
  })
})

test('a stated parent and a kind of grid are read from their columns', () => {
  const list = collectCodes([{ code: 'code', name: 'name', nameEn: 'en', parent: 'parent', administeringParent: 'governs', gridKind: 'unit' }])
  list.add(2, { code: '990101001001001', name: '单元一', en: 'Unit 1', parent: '990101001001', governs: '990101001002' })
  list.add(3, { code: '990101001001002', name: '单元二', en: '', parent: '990101001', governs: '' })
  const { drafts, rejected } = list.drafts()
  expect(drafts).toMatchObject([{ gridKind: 'unit', name: { zh: '单元一', en: 'Unit 1' }, administeringParentCode: '990101001002' }])
  expect(rejected.map(({ refusal }) => refusal.code)).toEqual(['territory.gridUnderStreet'])
})

test('a column that the file does not have is named', () => {
  expect(missingColumn({ city_code: '', city: '', area_code: '', area: '', street_code: '' }, wide)).toBe('street')
})
