import { expect, test } from 'vitest'
import { textFaults } from '#web/kit/testing.ts'
import { reportWords } from './report/words.ts'
import { fieldWords } from './words.ts'

test('the grid worker’s page speaks both languages', () => {
  expect(textFaults(fieldWords)).toEqual([])
  expect(textFaults(reportWords)).toEqual([])
})
