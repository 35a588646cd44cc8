import { expect, test } from 'vitest'
import { drawCity, origin, type AreaFeature } from '../geometry.ts'
import { random } from '../random.ts'
import { readGround } from './ground.ts'
import { unitGridsOf } from './unit-grids.ts'

const city = drawCity(readGround(origin))
const grids = unitGridsOf(city, origin).features
const byCommunity = Map.groupBy(grids, ({ properties }) => properties.parent)

type Position = readonly [number, number]
const ringOf = (area: AreaFeature): readonly Position[] => area.geometry.coordinates[0] ?? []
const metres = ([lng, lat]: Position): Position => [(lng - origin[0]) * 95_180, (lat - origin[1]) * 110_870]
const squareMetres = (area: AreaFeature): number => {
  const ring = ringOf(area).map(metres)
  return ring.slice(1).reduce((sum, [x, y], i) => sum + (ring[i]?.[0] ?? 0) * y - x * (ring[i]?.[1] ?? 0), 0) / 2
}
const holds = (area: AreaFeature, [x, y]: Position): boolean => {
  const ring = ringOf(area)
  const crossings = ring.slice(1).filter((b, i) => {
    const a = ring[i] as Position
    return a[1] > y !== b[1] > y && x < ((b[0] - a[0]) * (y - a[1])) / (b[1] - a[1]) + a[0]
  })
  return crossings.length % 2 === 1
}

test('every community has its unit grids, numbered from 001 in its own code', () => {
  expect(byCommunity.size).toBe(city.community.features.length)
  for (const [parent, own] of byCommunity) {
    expect(own.map(({ properties }) => properties.code)).toEqual(own.map((_, i) => `${parent}${String(i + 1).padStart(3, '0')}`))
  }
})

test('they are of some hundred metres a side, and no splinters', () => {
  const surfaces = grids.map(squareMetres)
  expect(Math.min(...surfaces)).toBeGreaterThan(2400)
  expect(Math.max(...surfaces)).toBeLessThan(17_500)
  expect(surfaces.filter((one) => Math.abs(one - 10_000) < 300).length).toBeGreaterThan(surfaces.length / 2)
})

test('together they are their community, to a few square metres', () => {
  for (const community of city.community.features) {
    const sum = (byCommunity.get(community.properties.code) ?? []).reduce((all, grid) => all + squareMetres(grid), 0)
    expect(Math.abs(sum - squareMetres(community))).toBeLessThan(10)
  }
})

test('a point of the city lies in exactly one of them, and that one is in its community', () => {
  const chance = random(11)
  let found = 0
  for (let i = 0; i < 1000; i += 1) {
    const point = [origin[0] + 0.04 * chance.next(), origin[1] + 0.0245 * chance.next()] as const
    const inside = grids.filter((grid) => holds(grid, point))
    const communities = city.community.features.filter((community) => holds(community, point))
    expect(inside.map(({ properties }) => properties.parent)).toEqual(communities.map(({ properties }) => properties.code))
    found += inside.length
  }
  expect(found).toBeGreaterThan(800)
})
