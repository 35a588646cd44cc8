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
  const [gap, ...more] = groundOf({ inFile: children.slice(0, 1), others: children.slice(1), parents: [parent] }).gaps
  expect(more).toEqual([])
  expect(gap).toMatchObject({ parentCode: '9901', share: 0.25, at: { lng: 2.5 } })
  // One square degree half a degree north of the equator.
  expect((gap?.squareMetres ?? 0) / 12_363_857_000).toBeCloseTo(1, 3)
  expect(groundOf({ inFile: [block('990101', 0, 0, 4, 1)], others: [], parents: [parent] }).gaps).toEqual([])
})

test('of several holes the largest is shown, by a point inside it, however it bends', () => {
  const parent = block('9901', 0, 0, 10, 10)
  // Bare ground: a square of one in the south-west corner, and an L along the north and the east.
  const children = [block('990101', 1, 0, 8, 1), block('990102', 0, 1, 8, 8)]
  const [gap] = groundOf({ inFile: children, others: [], parents: [parent] }).gaps
  expect(gap?.share).toBeCloseTo((100 - 7 - 56) / 100, 2)
  const { lng = 0, lat = 0 } = gap?.at ?? {}
  expect(lng > 8 || lat > 8).toBe(true)
})

test('the measured gap of one hole is the true one, and its point lies in it', () => {
  const place = fc.double({ min: 0.1, max: 0.6, noNaN: true })
  const side = fc.double({ min: 0.1, max: 0.3, noNaN: true })
  fc.assert(
    fc.property(fc.tuple(place, place), fc.tuple(side, side), ([x, y], [width, height]) => {
      const round = [
        block('990101', 0, 0, 1, y),
        block('990102', 0, y + height, 1, 1),
        block('990103', 0, y, x, y + height),
        block('990104', x + width, y, 1, y + height),
      ]
      const [gap] = groundOf({ inFile: round, others: [], parents: [block('9901', 0, 0, 1, 1)] }).gaps
      expect(Math.abs((gap?.share ?? 0) - width * height)).toBeLessThan(0.004)
      const { lng = 0, lat = 0 } = gap?.at ?? {}
      expect(lng > x && lng < x + width && lat > y && lat < y + height).toBe(true)
    }),
  )
})

test('where the parent has no border, the gap is told of the nearest area above that has one', () => {
  const communities = [block('990101001001', 0, 0, 1, 1), block('990101002001', 1, 0, 2, 1)]
  const { gaps } = groundOf({ inFile: communities, others: [], parents: [block('990101', 0, 0, 4, 1)] })
  expect(gaps).toMatchObject([{ parentCode: '990101', share: 0.5 }])
})

test('among twenty thousand unit grids none overlaps, and each of the hundred communities has its gap', () => {
  const parents = Array.from({ length: 100 }, (_, i) => block(`990101001${String(i).padStart(3, '0')}`, i * 0.02, 0, i * 0.02 + 0.014, 0.015))
  const grids = parents.flatMap(({ code }, i) =>
    Array.from({ length: 200 }, (_, g) => {
      const [west, south] = [i * 0.02 + (g % 14) * 0.001, Math.floor(g / 14) * 0.001]
      return block(`${code}${String(g + 1).padStart(3, '0')}`, west, south, west + 0.001, south + 0.001)
    }),
  )
  const { overlaps, gaps } = groundOf({ inFile: grids, others: [], parents })
  expect(overlaps).toEqual([])
  expect(gaps).toHaveLength(100)
})
