import { expect, test } from 'vitest'
import { textFaults } from '#web/kit/testing.ts'
import { figureWords } from '#contexts/assessment/ui/words.ts'
import { readFigures, writeFigures, type FiguresState } from './figures-state.ts'

const nothing: FiguresState = { from: '', to: '', area: '', open: null, matter: '', unit: '' }

test('figures speak both languages', () => expect(textFaults(figureWords)).toEqual([]))

test('the address of the figures holds the whole state and gives it back', () => {
  const state: FiguresState = {
    from: '2026-02-01',
    to: '2026-03-02',
    area: '990101001',
    open: { key: 'rework', part: 'rest' },
    matter: '路灯不亮',
    unit: '-',
  }
  expect(readFigures(writeFigures(state))).toEqual(state)
  expect(writeFigures(nothing)).toEqual({})
})

test('what the address cannot mean is left out, and nobody looks below the community', () => {
  expect(readFigures({ from: '2026-02-31', to: 'today', area: '990101001001001', figure: 'best_worker' })).toEqual(nothing)
})
