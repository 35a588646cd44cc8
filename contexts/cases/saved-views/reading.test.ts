import { expect, test } from 'vitest'
import { readFilter } from './reading.ts'

const known = { isArea: (code: string) => code === '990101001', isUnit: () => false }

test('a kept filter is read as it was written', () => {
  expect(readFilter({ view: 'overdue', areaCode: '990101001', q: '路灯' }, known)).toEqual({
    filter: { view: 'overdue', areaCode: '990101001', q: '路灯' },
    lost: [],
  })
})

test.each([
  ['a field that the product no longer has', { colour: 'red' }, 'colour'],
  ['a value that is none any more', { status: 'archived' }, 'status'],
  ['an area that was abolished', { areaCode: '990109009' }, 'areaCode'],
  ['a unit that is gone', { unitId: '01a20084-8fa9-7470-be94-da54afc2a66d' }, 'unitId'],
])('%s is left out and named, and the rest holds', (_what, more, lost) => {
  expect(readFilter({ view: 'mine', q: '树', ...more }, known)).toEqual({ filter: { view: 'mine', q: '树' }, lost: [lost] })
})

test('whatever was kept, a view opens', () => {
  for (const kept of [null, [], 'x', 3, { view: 7 }]) expect(readFilter(kept, known).filter).toEqual({ view: 'open' })
})
