import fc from 'fast-check'
import { expect, test } from 'vitest'
import { groundOf, overlapsAmong, type Bordered } from './overlap.ts'
import { rectangle } from './testing.ts'

const block = (code: string, west: number, south: number, east: number, north: number): Bordered => ({
  code,
  geometry: { type: 'Polygon', coordinates: rectangle(west, south, east, north) },
})

test('neighbours that only touch do not overlap', () => {
  expect(overlapsAmong([block('1', 0, 0, 1, 1), block('2', 1, 0, 2, 1), block('3', 0, 1, 1, 2)])).toEqual([])
})

test('an overlap is told once, as part of the smaller of the two', () => {
  expect(overlapsAmong([block('1', 0, 0, 10, 10), block('2', 9, 0, 11, 1)])).toEqual([{ codes: ['1', '2'], share: 0.5 }])
})

test('pairs of areas that were both there before are not told again', () => {
  expect(overlapsAmong([block('1', 0, 0, 1, 1)], [block('2', 5, 5, 6, 6), block('3', 5, 5, 6, 6)])).toEqual([])
})

test('the measured share of two rectangles is the true one', () => {
  const side = fc.double({ min: 0.2, max: 1, noNaN: true })
  const offset = fc.double({ min: 0, max: 1, noNaN: true })
  fc.assert(
    fc.property(fc.tuple(side, side), fc.tuple(side, side), fc.tuple(offset, offset), ([w1, h1], [w2, h2], [x, y]) => {
      const shared = Math.max(0, Math.min(w1, x + w2) - x) * Math.max(0, Math.min(h1, y + h2) - y)
      const [told] = overlapsAmong([block('1', 0, 0, w1, h1), block('2', x, y, x + w2, y + h2)])
      expect(Math.abs((told?.share ?? 0) - shared / Math.min(w1 * h1, w2 * h2))).toBeLessThan(0.006)
    }),
  )
})

test('ground of a parent that no child claims is a gap', () => {
  const parent = block('9901', 0, 0, 4, 1)
  const children = [block('990101', 0, 0, 1, 1), block('990102', 0.5, 0, 2, 1), block('990103', 3, 0, 4, 1)]
  expect(groundOf({ inFile: children.slice(0, 1), others: children.slice(1), parents: [parent] }).gaps).toEqual([{ parentCode: '9901', share: 0.25 }])
  expect(groundOf({ inFile: [block('990101', 0, 0, 4, 1)], others: [], parents: [parent] }).gaps).toEqual([])
})
