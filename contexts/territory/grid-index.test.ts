import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Geometry, Position } from './geometry.ts'
import { buildBorderIndex } from './grid-index.ts'
import { rectangle } from './testing.ts'

const polygon = (...rings: Position[][]): Geometry => ({ type: 'Polygon', coordinates: rings })

/** Corners of a convex polygon: points of an ellipse, by ascending angle. */
const convex = fc
  .record({
    lng: fc.double({ min: 110, max: 120, noNaN: true }),
    lat: fc.double({ min: 25, max: 35, noNaN: true }),
    width: fc.double({ min: 0.0005, max: 0.5, noNaN: true }),
    height: fc.double({ min: 0.0005, max: 0.5, noNaN: true }),
    angles: fc.uniqueArray(fc.integer({ min: 0, max: 359 }), { minLength: 3, maxLength: 12 }),
  })
  .map(({ lng, lat, width, height, angles }) =>
    angles
      .sort((a, b) => a - b)
      .map((angle) => [lng + width * Math.cos((angle * Math.PI) / 180), lat + height * Math.sin((angle * Math.PI) / 180)] as const),
  )

const closed = (corners: readonly Position[]): Position[] => [...corners, corners[0] ?? []]

/** A mean of all corners, each with its own weight: strictly inside a convex polygon. */
function weighted(corners: readonly Position[], weights: readonly number[]): [number, number] {
  const sum = corners.reduce((total, _, i) => total + (weights[i % weights.length] ?? 1), 0)
  const mean = (axis: 0 | 1): number =>
    corners.reduce((total, corner, i) => total + (corner[axis] ?? 0) * (weights[i % weights.length] ?? 1), 0) / sum
  return [mean(0), mean(1)]
}

const weights = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 12 })

test('a point inside a convex polygon is found among many polygons', () => {
  fc.assert(
    fc.property(fc.array(convex, { minLength: 1, maxLength: 20 }), weights, fc.nat(), (polygons, parts, pick) => {
      const index = buildBorderIndex(polygons.map((corners) => polygon(closed(corners))))
      const chosen = pick % polygons.length
      const [lng, lat] = weighted(polygons[chosen] ?? [], parts)
      expect(index.search(lng, lat)).toContain(chosen)
    }),
    { numRuns: 500 },
  )
})

test('a point beyond the box of every polygon is found nowhere', () => {
  fc.assert(
    fc.property(fc.array(convex, { minLength: 1, maxLength: 20 }), (polygons) => {
      const index = buildBorderIndex(polygons.map((corners) => polygon(closed(corners))))
      expect([...index.search(121, 30), ...index.search(115, 36)]).toEqual([])
    }),
  )
})

test('a point on the border that two polygons share belongs to at least one of them, whichever way each walks it', () => {
  fc.assert(
    fc.property(convex, fc.double({ min: 0.001, max: 0.999, noNaN: true }), fc.boolean(), (corners, part, turned) => {
      fc.pre(corners.length >= 4)
      const middle = Math.floor(corners.length / 2)
      const one = corners.slice(0, middle + 1)
      const other = [...corners.slice(middle), corners[0] ?? []]
      const index = buildBorderIndex([polygon(closed(one)), polygon(closed(turned ? other.toReversed() : other))])
      const [a, b] = [corners[0] ?? [], corners[middle] ?? []]
      const at = (axis: 0 | 1): number => (a[axis] ?? 0) + part * ((b[axis] ?? 0) - (a[axis] ?? 0))
      expect(index.search(at(0), at(1)).length).toBeGreaterThan(0)
    }),
    { numRuns: 2000 },
  )
})

test('in a lattice every corner and every point of a shared side belongs to a cell', () => {
  const cells = Array.from({ length: 100 }, (_, i): Geometry => {
    const [x, y] = [i % 10, Math.floor(i / 10)]
    return { type: 'Polygon', coordinates: rectangle(x, y, x + 1, y + 1) }
  })
  const index = buildBorderIndex(cells)
  for (let x = 0.5; x < 9.5; x += 0.5) for (let y = 0.5; y < 9.5; y += 0.5) expect(index.search(x, y).length).toBeGreaterThan(0)
})

test('a hole is outside, an island in the hole is inside again, and every part of a multipolygon counts', () => {
  const lake = rectangle(2, 2, 8, 8)[0]
  const island = rectangle(4, 4, 6, 6)[0]
  const index = buildBorderIndex([
    { type: 'MultiPolygon', coordinates: [[rectangle(0, 0, 10, 10)[0], lake], [island], rectangle(20, 0, 21, 1)] },
    { type: 'Polygon', coordinates: [lake] },
  ])
  expect(index.search(1, 1)).toEqual([0])
  expect(index.search(3, 3)).toEqual([1])
  expect(index.search(5, 5)).toEqual([0, 1])
  expect(index.search(20.5, 0.5)).toEqual([0])
  expect(index.search(15, 5)).toEqual([])
})

test('an index of nothing finds nothing', () => {
  expect(buildBorderIndex([]).search(1, 1)).toEqual([])
})
