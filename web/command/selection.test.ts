import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MOST_SELECTED, readSelection, toggled, withRange, writeSelection } from './selection.ts'

const number = (serial: number, day = '990101-20260302'): string => `${day}-${String(serial).padStart(5, '0')}`

test('a selection goes into the address and comes back', () => {
  const numbers = fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: 99_999 }), fc.constantFrom('990101-20260302', '990102-20260303')), {
    maxLength: 200,
    selector: String,
  })
  fc.assert(
    fc.property(numbers, (some) => {
      const chosen = some.map(([serial, day]) => number(serial, day))
      expect(readSelection(writeSelection(chosen)).toSorted()).toEqual(chosen.toSorted())
    }),
  )
})

test('two hundred neighbours take no more room than two', () => {
  expect(writeSelection(Array.from({ length: 200 }, (_, index) => number(index + 1)))).toBe('990101-20260302:1-200')
})

test('nonsense selects nothing, and never more than one decision covers', () => {
  expect(readSelection('x,990101-20260302:a,990101-20260302:9-3,:1')).toEqual([])
  expect(readSelection('990101-20260302:1-99999')).toHaveLength(MOST_SELECTED)
})

test('rows are chosen one by one and by range', () => {
  const rows = [1, 2, 3, 4].map((serial) => number(serial))
  expect([...(toggled(new Set(), number(2)) ?? [])]).toEqual([number(2)])
  expect([...(toggled(new Set([number(2)]), number(2)) ?? [])]).toEqual([])
  expect([...withRange(new Set(), rows, 3, 1)]).toEqual(rows.slice(1))
  expect(toggled(new Set(Array.from({ length: MOST_SELECTED }, (_, index) => number(index + 1))), number(99_999))).toBeNull()
})
