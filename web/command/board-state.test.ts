import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readBoard, writeBoard } from './board-state.ts'

test('the address keeps the filters of the board', () => {
  const state = fc.record({ area: fc.constantFrom('', '990101', '990101001'), kind: fc.constantFrom('', 'hard'), late: fc.boolean() })
  fc.assert(
    fc.property(state, (one) => {
      expect(readBoard(writeBoard(one))).toEqual({ ...one })
    }),
  )
})

test('nonsense in the address is no filter', () => {
  expect(readBoard({ area: '../x', kind: 'a b', late: 'maybe' })).toEqual({ area: '', kind: '', late: false })
})
