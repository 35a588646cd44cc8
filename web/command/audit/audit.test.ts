import { expect, test } from 'vitest'
import { textFaults } from '#web/kit/testing.ts'
import { factNames, reasonWord, recordedFacts, stateWord } from './facts.ts'
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
    number: '990101-20260302-00001',
    cursor: 'abc',
  } as const
  expect(readAuditState(writeAuditState(state))).toEqual(state)
  expect(writeAuditState(readAuditState({ list: 'nonsense', district: 'x', from: 'yesterday', type: 'a b', subject: '1' }))).toEqual({})
})

test('what was recorded reads in words; ids and numbers stay as they are, and what is empty is left out', () => {
  const data = {
    factor: 'none',
    locked: false,
    channel: 'hotline',
    confidence: 0.97,
    toRole: 'supervisor',
    mainId: null,
    drawId: 'a1',
    unheardOf: 'x',
  }
  expect(recordedFacts({ data }).map(({ name, value }) => `${name.zh}：${value.zh}`)).toEqual([
    '第二步：没有',
    '账号已锁定：否',
    '来源：热线',
    '把握：0.97',
    '升级给：督查员',
    '回访抽样编号：a1',
    'unheardOf：x',
  ])
  expect(['filed', 'constructor'].map((state) => stateWord('case', state).zh)).toEqual(['待派遣', 'constructor'])
  expect(stateWord('entry_request', 'asked').zh).toBe('待审批')
  expect(reasonWord('not_fixed').zh).toBe('问题仍在')
  expect(Object.values(factNames).filter(({ zh, en }) => !/\p{Script=Han}/u.test(zh) || !en)).toEqual([])
})
