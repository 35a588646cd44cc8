import { expect, test } from 'vitest'
import { textFaults } from '#web/kit/testing.ts'
import { readAuditState, writeAuditState } from './state.ts'
import { auditWords } from './words.ts'

test('the audit page speaks both languages', () => expect(textFaults(auditWords)).toEqual([]))

test('the address holds list, filters and page, and gives them back', () => {
  const state = {
    tab: 'looks',
    district: '990101',
    from: '2026-03-01',
    to: '2026-03-02',
    who: '张',
    type: 'case.filed',
    subject: '01a20101-3941-7409-adf3-f3f0531a1169',
    cursor: 'abc',
  } as const
  expect(readAuditState(writeAuditState(state))).toEqual(state)
  expect(writeAuditState(readAuditState({ list: 'nonsense', district: 'x', from: 'yesterday', type: 'a b', subject: '1' }))).toEqual({})
})
