import { expect, test } from 'vitest'
import { textFaults } from '#web/kit/testing.ts'
import { boardWords } from '#contexts/assessment/ui/board-words.ts'
import { briefingWords } from '../briefing/words.ts'
import { cockpitWords } from '../cockpit/words.ts'
import { wallWords } from '../wall/words.ts'
import { chartOption, type Drawn } from './chart-option.ts'
import { insightWords } from './words.ts'

const inks = { text: '#000', soft: '#333', line: '#ccc', surface: '#fff', font: 'sans', hues: ['#111'] }
const drawn: Drawn = {
  names: ['甲', '乙'],
  columns: ['三月', '四月'],
  values: [
    [1, 2],
    [null, 4],
  ],
  unit: 'cases',
  time: null,
}
const series = (of: Drawn) => chartOption(of, inks)['series'] as { name: string; type: string; data: unknown[]; stack?: string }[]

test('the cockpit, the wall, the briefing and the analysis speak both languages', () => {
  for (const words of [boardWords, cockpitWords, wallWords, briefingWords, insightWords]) expect(textFaults(words)).toEqual([])
})

test('counts stack as bars, time makes lines, and a share is drawn in percent', () => {
  expect(series(drawn)).toEqual([
    { name: '三月', type: 'bar', barMaxWidth: 22, stack: 'all', data: [1, null] },
    { name: '四月', type: 'bar', barMaxWidth: 22, stack: 'all', data: [2, 4] },
  ])
  expect(series({ ...drawn, time: 'columns' }).map(({ name, type, data }) => [name, type, data])).toEqual([
    ['甲', 'line', [1, 2]],
    ['乙', 'line', [null, 4]],
  ])
  expect(series({ ...drawn, time: 'rows' }).map(({ name, data }) => [name, data])).toEqual([
    ['三月', [1, null]],
    ['四月', [2, 4]],
  ])
  expect(series({ ...drawn, columns: [], values: [[0.927], [1]], unit: 'share' })[0]?.data).toEqual([92.7, 100])
})
