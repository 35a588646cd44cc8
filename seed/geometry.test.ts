import { expect, test } from 'vitest'
import { drawCity, origin, type AreaFeature, type City } from './geometry.ts'
import { random } from './random.ts'
import { readGround } from './territory/ground.ts'

const ground = readGround(origin)
const city = drawCity(ground)
const levels = ['city', 'district', 'street', 'community', 'grid'] as const
type Position = readonly [number, number]

/** Whole millionths of a degree, so that sums are exact. */
const whole = ([lng, lat]: Position): Position => [Math.round((lng - origin[0]) * 1e6), Math.round((lat - origin[1]) * 1e6)]
const ringsOf = (area: AreaFeature): Position[][] => area.geometry.coordinates.map((ring) => ring.map(whole))
const ringArea = (ring: readonly Position[]): number => ring.slice(1).reduce((sum, [x, y], i) => sum + ring[i]![0] * y - x * ring[i]![1], 0)
const areaOf = (area: AreaFeature): number => ringsOf(area).reduce((sum, ring) => sum + ringArea(ring), 0)
const below = (level: keyof City, parent: string): AreaFeature[] => city[level].features.filter((area) => area.properties.parent === parent)

function holds(area: AreaFeature, [x, y]: Position): boolean {
  let inside = false
  for (const ring of ringsOf(area)) {
    ring.slice(1).forEach((b, i) => {
      const a = ring[i]!
      if (a[1] > y !== b[1] > y && x < ((b[0] - a[0]) * (y - a[1])) / (b[1] - a[1]) + a[0]) inside = !inside
    })
  }
  return inside
}

test('the city has two districts, six streets, twenty-four communities and at least one hundred and twenty grids', () => {
  expect(levels.map((level) => city[level].features.length).slice(0, 4)).toEqual([1, 2, 6, 24])
  expect(city.grid.features.filter((grid) => grid.properties.kind === 'residential').length).toBeGreaterThanOrEqual(120)
  for (const { properties } of city.street.features) expect(below('community', properties.code)).toHaveLength(4)
  for (const { properties } of city.community.features) expect(below('grid', properties.code).length).toBeGreaterThanOrEqual(5)
})

test('every code begins with its parent and has the digits of its level', () => {
  levels.forEach((level, i) => {
    const codes = city[level].features.map((area) => area.properties.code)
    expect(new Set(codes).size).toBe(codes.length)
    for (const { properties } of city[level].features) {
      expect(properties.code).toMatch(/^9901\d*$/)
      expect(properties.code).toHaveLength([4, 6, 9, 12, 15][i]!)
      expect(properties.parent).toBe(i === 0 ? null : properties.code.slice(0, [0, 4, 6, 9, 12][i]))
      expect(properties.sample).toBe(true)
      expect(properties.name_zh).not.toBe('')
    }
  })
})

test('areas of the parts add up to the whole, to the last square', () => {
  levels.slice(0, -1).forEach((level, i) => {
    for (const area of city[level].features) {
      const parts = below(levels[i + 1]!, area.properties.code)
      expect(parts.reduce((sum, part) => sum + areaOf(part), 0)).toBe(areaOf(area))
    }
  })
})

test('a point lies in exactly one area of each level, and these contain one another', () => {
  const chance = random(7)
  let found = 0
  for (let i = 0; i < 1500; i += 1) {
    // Between the whole numbers, so that no point lies on a border.
    const point = [chance.below(40_000) + 0.31, chance.below(24_500) + 0.47] as const
    const codes = levels.map((level) => city[level].features.filter((area) => holds(area, point)).map((area) => area.properties.code))
    const [whole, ...rest] = codes
    expect(rest.every((list) => list.length === whole!.length)).toBe(true)
    if (whole!.length === 0) continue
    found += 1
    expect(whole).toHaveLength(1)
    codes.slice(1).forEach(([code], level) => expect(code!.startsWith(codes[level]![0]!)).toBe(true))
  }
  expect(found).toBeGreaterThan(1200)
})

test('rings are closed, run counter-clockwise, touch no vertex twice and do not cross themselves', () => {
  for (const area of levels.flatMap((level) => city[level].features)) {
    expect(area.geometry.coordinates).toHaveLength(1)
    const [ring] = ringsOf(area) as [Position[]]
    expect(ring[0]).toEqual(ring.at(-1))
    expect(ringArea(ring)).toBeGreaterThan(0)
    expect(new Set(ring.map(String)).size).toBe(ring.length - 1)
    expect(crossing(ring)).toBeUndefined()
  }
})

test('grids are of a size that one worker can walk, and no splinters', () => {
  for (const grid of city.grid.features.filter(({ properties }) => properties.kind === 'residential')) {
    const [ring] = ringsOf(grid) as [Position[]]
    const metres = ring.map(([x, y]): Position => [x * 0.09518, y * 0.11087])
    const hectares = ringArea(metres) / 2 / 10_000
    const around = metres.slice(1).reduce((sum, b, i) => sum + Math.hypot(b[0] - metres[i]![0], b[1] - metres[i]![1]), 0)
    expect(hectares).toBeGreaterThan(1.5)
    expect(hectares).toBeLessThan(20)
    expect((around / 100) ** 2 / (4 * Math.PI * hectares)).toBeLessThan(3.5)
  }
})

test('the same seed draws the same city; other seeds draw other whole cities', () => {
  expect(drawCity(ground)).toEqual(city)
  const other = drawCity(ground, 7)
  expect(other).not.toEqual(city)
  expect(other.city.features.reduce((sum, area) => sum + areaOf(area), 0)).toBe(other.grid.features.reduce((sum, area) => sum + areaOf(area), 0))
})

/** First pair of edges that cross, as text. */
function crossing(ring: readonly Position[]): string | undefined {
  const side = (a: Position, b: Position, c: Position): number => Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]))
  const n = ring.length - 1
  for (let i = 0; i < n; i += 1) {
    for (let j = i + 2; j < n; j += 1) {
      if (i === 0 && j === n - 1) continue
      const [a, b, c, d] = [ring[i]!, ring[i + 1]!, ring[j]!, ring[j + 1]!]
      if (side(a, b, c) !== side(a, b, d) && side(c, d, a) !== side(c, d, b)) return [a, b, c, d].join(' ')
    }
  }
  return undefined
}
