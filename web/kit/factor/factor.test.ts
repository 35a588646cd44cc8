import { expect, test } from 'vitest'
import { textFaults } from '../testing.ts'
import { groupsOfFour } from './groups.ts'
import { factorWords } from './words.ts'

test('the second factor speaks both languages', () => expect(textFaults(factorWords)).toEqual([]))

test('a key is shown in groups of four, and nothing of it is lost', () => {
  expect(groupsOfFour('GEZDGNBVGY')).toBe('GEZD GNBV GY')
})
