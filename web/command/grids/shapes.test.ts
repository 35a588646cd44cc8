import fc from 'fast-check'
import { expect, test } from 'vitest'
import { textFaults } from '#web/kit/testing.ts'
import { redrawingOf } from './drawing.ts'
import { addCorner, cutAlong, dropCorner, merge, moveCorner, nearestCorner, splitAt, type Shape, type Spot } from './shapes.ts'
import { gridWords } from './words.ts'

test('the editor of grids speaks both languages', () =>
  expect(textFaults(gridWords, ['corners', 'kind_wmts', 'kind_xyz', 'tilesHint', 'projection_3857', 'projection_4490'])).toEqual([]))

const box = (west: number, south: number, east: number, north: number): Spot[] => [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
]
const shape = (key: string, ring: Spot[]): Shape => ({ key, name: { zh: key }, ring })
const surface = (ring: readonly Spot[]): number =>
  Math.abs(ring.reduce((sum, [x, y], i) => sum + x * (ring[(i + 1) % ring.length]?.[1] ?? 0) - (ring[(i + 1) % ring.length]?.[0] ?? 0) * y, 0)) / 2

test('a corner moves in every grid that has it', () => {
  const moved = moveCorner([shape('a', box(0, 0, 1, 1)), shape('b', box(1, 0, 2, 1))], [1, 1], [1.1, 1.2])
  expect(moved.map(({ ring }) => ring.some(([x, y]) => x === 1.1 && y === 1.2))).toEqual([true, true])
})

test('a corner is put on the edges through its place, and taken away again', () => {
  const shapes = [shape('a', box(0, 0, 1, 1)), shape('b', box(1, 0, 2, 1))]
  const more = addCorner(shapes, [1, 0.5])
  expect(more.map(({ ring }) => ring.length)).toEqual([5, 5])
  expect(dropCorner(more, [1, 0.5])).toEqual(shapes)
  expect(dropCorner([shape('t', box(0, 0, 1, 1).slice(0, 3))], [0, 0])).toBeUndefined()
})

test('the nearest corner within reach is found, and itself is none', () => {
  const shapes = [shape('a', box(0, 0, 1, 1)), shape('b', box(1.01, 0, 2, 1))]
  expect(nearestCorner(shapes, [1, 0], 0.02)).toEqual([1.01, 0])
  expect(nearestCorner(shapes, [1, 0], 0.005)).toBeUndefined()
})

test('a cut between two corners gives two parts that are the whole', () => {
  const parts = splitAt(box(0, 0, 2, 1), 0, 2)
  expect(parts?.map(surface)).toEqual([1, 1])
  expect(splitAt(box(0, 0, 1, 1), 0, 1)).toBeUndefined()
  expect(splitAt(box(0, 0, 1, 1), 0, 3)).toBeUndefined()
})

test('a drawn line cuts wherever it crosses, bends with it, and cuts nothing where it does not cross', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.05, max: 0.95, noNaN: true }), fc.double({ min: 0.05, max: 0.95, noNaN: true }), (at, bend) => {
      const line: Spot[] = [
        [at, -0.5],
        [bend, 0.5],
        [1 - at, 1.5],
      ]
      const cut = cutAlong(box(0, 0, 1, 1), line)
      expect(cut?.parts.map(surface).reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 5)
      expect(Math.min(...(cut?.parts.map(surface) ?? []))).toBeGreaterThan(0)
    }),
  )
  expect(
    cutAlong(box(0, 0, 1, 1), [
      [2, 2],
      [3, 3],
    ]),
  ).toBeUndefined()
})

test('what a cut parts a merge joins, whatever the way round, and strangers are not joined', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.1, max: 0.9, noNaN: true }), fc.double({ min: 0.1, max: 0.9, noNaN: true }), fc.boolean(), (low, high, turned) => {
      const [one = [], other = []] =
        cutAlong(box(0, 0, 1, 1), [
          [low, -1],
          [high, 2],
        ])?.parts ?? []
      const joined = merge(turned ? one.toReversed() : one, other)
      expect(surface(joined ?? [])).toBeCloseTo(1, 5)
      expect(joined?.length).toBe(4)
    }),
  )
  expect(merge(box(0, 0, 1, 1), box(5, 5, 6, 6))).toBeUndefined()
  // Along a part of a longer edge.
  expect(surface(merge(box(0, 0, 1, 1), box(1, 0.25, 2, 0.75)) ?? [])).toBeCloseTo(1.5, 9)
})

test('only what changed is sent, with the ended grids and who takes their place', () => {
  const before = [shape('990101001001001', box(0, 0, 1, 1)), shape('990101001001002', box(1, 0, 2, 1)), shape('990101001001003', box(2, 0, 3, 1))]
  const joined = shape('990101001001001', box(0, 0, 2, 1))
  const sent = redrawingOf({
    community: '990101001001',
    validFrom: '2026-07-01',
    before,
    now: { shapes: [joined, before[2] as Shape], heirs: { '990101001001002': '990101001001001' } },
  })
  expect(sent.grids.map(({ code }) => code)).toEqual(['990101001001001'])
  expect(sent.ended).toEqual([{ code: '990101001001002', successor: 0 }])
  expect(sent.grids[0]?.ring.at(-1)).toEqual(sent.grids[0]?.ring[0])
})
