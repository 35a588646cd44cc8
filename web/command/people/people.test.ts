import { expect, test } from 'vitest'
import { textFaults } from '#web/kit/testing.ts'
import { readStaffState, writeStaffState } from './filter.ts'
import { peopleWords } from './words.ts'

test('the page of organisations and posts speaks both languages', () => expect(textFaults(peopleWords)).toEqual([]))

test('the address holds the lists, their filters and the page, and gives them back', () => {
  const state = { tab: 'organisations', q: '城管', within: '990101', role: 'handler', kind: 'department', cursor: 'abc' } as const
  expect(readStaffState(writeStaffState(state))).toEqual(state)
  expect(writeStaffState(readStaffState({ list: 'nonsense', area: 'x', role: 'a b', kind: 'king' }))).toEqual({})
})
