import { expect, test } from 'vitest'
import { textFaults } from '#web/kit/testing.ts'
import { actWords } from './act-words.ts'
import { keepWords } from './keep-words.ts'
import { paletteWords } from './palette-words.ts'
import { differenceOf, wantedOf } from './queue-rows.ts'
import { queueWords } from './queue-words.ts'
import { reminderWords } from './reminder-words.ts'
import { readState, writeState, type DeskState } from './url-state.ts'
import { viewsFor } from './views.ts'
import { deskWords } from './words.ts'

const id = '01a20084-8fa9-7470-be94-da54afc2a66d'

test.each([deskWords, queueWords, actWords, keepWords, paletteWords, reminderWords])('the desk speaks both languages', (words) =>
  expect(textFaults(words)).toEqual([]),
)

test('the address holds the whole state and gives it back', () => {
  const state: DeskState = {
    view: 'overdue',
    area: '990101001',
    q: '路灯',
    status: 'dispatched',
    channel: 'hotline',
    tier: 'B',
    unit: id,
    cursor: '990101-20260302-00007',
    chosen: '990101-20260302:1.4-9',
    kept: id,
    case: { districtCode: '990101', id },
    measure: 'overdue',
  }
  expect(readState(writeState(state))).toEqual(state)
})

test('defaults leave the address empty', () => expect(writeState(readState({}))).toEqual({}))

test('what the address cannot mean is left out', () => {
  const nonsense = { view: 'nonsense', area: '12; drop', case: 'x', q: ['a', 'b'], status: 'x', unit: 'x', sel: '<', kept: '1', at: 'z' }
  expect(readState(nonsense)).toEqual(readState({}))
})

test('each role sees what it needs first', () => {
  const holding = (...permissions: string[]) => viewsFor((permission) => ['case.read', ...permissions].includes(permission))
  expect(holding('case.file', 'case.close')).toEqual(['triage', 'close', 'soon', 'overdue', 'open', 'all'])
  expect(holding('case.handle').slice(0, 2)).toEqual(['mine', 'helping'])
  expect(holding('case.check')[0]).toBe('check')
  expect(holding('case.reopen')[0]).toBe('reopened')
  expect(viewsFor(() => false)).toEqual([])
})

test('what others change is counted against the order that is shown', () => {
  const shown = ['a', 'b', 'c']
  expect(differenceOf(shown, ['a', 'b', 'c'])).toEqual({ came: 0, went: 0, moved: false })
  expect(differenceOf(shown, ['n', 'a', 'b', 'm', 'c'])).toEqual({ came: 2, went: 0, moved: false })
  expect(differenceOf(shown, ['a', 'c'])).toEqual({ came: 0, went: 1, moved: false })
  expect(differenceOf(shown, ['c', 'a', 'b', 'n'])).toEqual({ came: 1, went: 0, moved: true })
})

test('rows are asked for in windows, and not again while they are fresh', () => {
  const numbers = Array.from({ length: 1000 }, (_, index) => String(index))
  const known = new Set(numbers.slice(0, 60))
  const isFresh = (number: string): boolean => known.has(number)
  expect(wantedOf(numbers, 0, 20, isFresh)).toEqual([])
  const next = wantedOf(numbers, 30, 50, isFresh)
  expect(next.slice(0, 2)).toEqual(['60', '61'])
  expect(next.length).toBeGreaterThan(20)
  expect(wantedOf(numbers, 990, 999, isFresh)).toEqual(numbers.slice(970))
})
