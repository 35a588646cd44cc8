import fc from 'fast-check'
import { expect, test } from 'vitest'
import { areaLevelOf, areaLevels, digitsOf, parentCodeOf } from './area.ts'
import { codeFault } from './area-draft.ts'

const codeOf = (digits: number) => fc.stringMatching(new RegExp(`^\\d{${digits}}$`))

test('the digits of a code say its level', () => {
  expect(['42', '4201', '420106', '420106001', '420106001002', '420106001002003'].map(areaLevelOf)).toEqual([...areaLevels])
  expect(['', '4', '42010', '4201060', '4201O6'].map(areaLevelOf)).toEqual([undefined, undefined, undefined, undefined, undefined])
})

test('the parent of every code below a province is the level above and begins the code', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...areaLevels.slice(1)).chain((level) => codeOf(digitsOf[level])),
      (code) => {
        const parent = parentCodeOf(code) ?? ''
        const level = areaLevelOf(code)
        return code.startsWith(parent) && areaLevels.indexOf(areaLevelOf(parent) ?? 'grid') === areaLevels.indexOf(level ?? 'province') - 1
      },
    ),
  )
  expect(parentCodeOf('42')).toBeNull()
})

test.each([
  ['', undefined, undefined, 'territory.codeMissing'],
  ['42010', undefined, undefined, 'territory.codeDigits'],
  ['420106', 'street', undefined, 'territory.wrongLevel'],
  ['420106001', 'street', '420107', 'territory.notPrefix'],
  ['420106001', 'street', '4201', 'territory.notPrefix'],
  ['420106001001001', 'grid', '420106001', 'territory.gridUnderStreet'],
  ['420106001001', 'grid', '420106001', 'territory.gridUnderStreet'],
  ['420106001001001', 'grid', '420106', 'territory.gridUnderStreet'],
  ['420106001001001', 'grid', '420106001002', 'territory.notPrefix'],
  ['420106001001001', 'grid', '420106001001', undefined],
  ['420106001001001', 'grid', undefined, undefined],
] as const)('code %s of level %s below %s gives %s', (code, level, parent, reason) => {
  expect(codeFault(code, level, parent)?.code).toBe(reason)
})
