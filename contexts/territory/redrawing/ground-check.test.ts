import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rectangle } from '../testing.ts'
import { groundFaults, type Bordered } from './ground-check.ts'

const WEST = 121.4
const SOUTH = 31.2
// About a metre each.
const EAST_METRE = 1.0513e-5
const NORTH_METRE = 8.993e-6

/** A rectangle in metres from a corner of the city. */
const block = (code: string, west: number, south: number, east: number, north: number): Bordered => ({
  code,
  geometry: {
    type: 'Polygon',
    coordinates: rectangle(WEST + west * EAST_METRE, SOUTH + south * NORTH_METRE, WEST + east * EAST_METRE, SOUTH + north * NORTH_METRE),
  },
})
const parent = block('', 0, 0, 300, 200).geometry
const before = [block('a', 0, 0, 150, 200), block('b', 150, 0, 300, 200)]
const look = (after: readonly Bordered[], more: { neighbours?: Bordered[]; parent?: null } = {}) =>
  groundFaults({ before, after, parent: more.parent === null ? null : parent, neighbours: more.neighbours ?? [] })

test('moving the border between two grids leaves no fault', () => {
  expect(look([block('a', 0, 0, 120, 200), block('b', 120, 0, 300, 200)])).toEqual([])
})

test('a gap and an overlap of more than a metre are told with their grids, their size and a place inside them', () => {
  const [gap, ...rest] = look([block('a', 0, 0, 140, 200), block('b', 150, 0, 300, 200)])
  expect(rest).toEqual([])
  expect(gap).toMatchObject({ kind: 'gap', codes: ['a', 'b'] })
  expect(Math.abs((gap?.squareMetres ?? 0) - 2000)).toBeLessThan(60)
  expect(Math.abs((gap?.widthMetres ?? 0) - 10)).toBeLessThan(0.3)
  expect(((gap?.at.lng ?? 0) - WEST) / EAST_METRE).toBeGreaterThan(140)
  expect(((gap?.at.lng ?? 0) - WEST) / EAST_METRE).toBeLessThan(150)
  expect(look([block('a', 0, 0, 160, 200), block('b', 150, 0, 300, 200)])).toMatchObject([{ kind: 'overlap', codes: ['a', 'b'] }])
})

test('a sliver is no fault however long, lying or standing; two metres are one', () => {
  expect(look([block('a', 0, 0, 149.4, 200), block('b', 150, 0, 300, 200)])).toEqual([])
  expect(look([block('a', 0, 0, 300, 99.5), block('b', 0, 100, 300, 200)])).toEqual([])
  expect(look([block('a', 0, 0, 300, 98), block('b', 0, 100, 300, 200)])).toMatchObject([{ kind: 'gap' }])
})

test('a grid that reaches out of its community, or into another one’s grid, is told', () => {
  const after = [block('a', -20, 0, 150, 200), block('b', 150, 0, 300, 200)]
  expect(look(after)).toMatchObject([{ kind: 'outside', codes: ['a'] }])
  expect(look(after, { neighbours: [block('n', -100, 0, 0, 200)] }).map(({ kind, codes }) => [kind, ...codes])).toContainEqual(['overlap', 'a', 'n'])
})

test('where the community has no border, its grids’ own ground must stay covered', () => {
  expect(look([block('a', 0, 0, 150, 200)], { parent: null })).toMatchObject([{ kind: 'gap', codes: ['a'] }])
})

test('what was wrong before is nobody’s new fault', () => {
  const torn = [block('a', 0, 0, 140, 200), block('b', 150, 0, 300, 200)]
  const after = [block('a', 0, 0, 140, 200), block('b', 150, 0, 300, 100), block('c', 150, 100, 300, 200)]
  expect(groundFaults({ before: torn, after, parent, neighbours: [] })).toEqual([])
})

test('any cut of a block along a line leaves no fault, and a cut with a hole wider than a metre always does', () => {
  fc.assert(
    fc.property(fc.double({ min: 20, max: 280, noNaN: true }), fc.double({ min: 2, max: 15, noNaN: true }), (at, hole) => {
      expect(look([block('a', 0, 0, at, 200), block('b', at, 0, 300, 200)])).toEqual([])
      expect(look([block('a', 0, 0, at, 200), block('b', Math.min(299, at + hole), 0, 300, 200)])).toMatchObject([{ kind: 'gap' }])
    }),
    { numRuns: 20 },
  )
})
