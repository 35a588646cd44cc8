import type { AreaFeature, City } from '../geometry.ts'
import type { Random } from '../random.ts'
import type { Place } from './sayings.ts'

type Position = readonly [number, number]

/** A named road as lines of longitude and latitude. */
export interface Road {
  readonly name: string
  readonly lines: readonly (readonly Position[])[]
}

/** Somewhere in the city, as a caller would say it. */
export interface Spot {
  readonly lng: number
  readonly lat: number
  readonly gridCode: string
  readonly community: string
  /** The road that it is on, when it is on one. */
  readonly road: string | null
}

/** Where reports come from. */
export interface Places {
  /** A spot of that kind, inside one area if told which. */
  spot(kind: Place, chance: Random, areaCode?: string): Spot
  /** Another spot within some thirty metres, in the same grid. */
  near(spot: Pick<Spot, 'lng' | 'lat' | 'gridCode'>, chance: Random): { lng: number; lat: number }
}

// Degrees: about 35 metres along a road, about 30 metres around a spot.
const STEP = 0.00035
const NEARBY = 0.0003

/** Finds the spots of a city: along its named roads, and anywhere inside its grids. */
export function placesOf(city: City, roads: readonly Road[]): Places {
  const communities = new Map(city.community.features.map((area) => [area.properties.code, area]))
  const grids = city.grid.features.map((area) => ({ area, box: boxOf(area), community: communities.get(area.properties.parent ?? '') ?? area }))
  const land = grids.filter((grid) => grid.area.properties.kind !== 'water')
  const water = grids.filter((grid) => grid.area.properties.kind === 'water')
  const spotIn = ({ area, community }: (typeof grids)[number], [lng, lat]: Position, road: string | null): Spot => ({
    lng: round(lng),
    lat: round(lat),
    gridCode: area.properties.code,
    community: community.properties.name_zh,
    road,
  })
  const onRoads = roads.flatMap(({ name, lines }) =>
    lines.flatMap(along).flatMap((at) => land.filter((grid) => isIn(grid.box, at) && holds(grid.area, at)).map((grid) => spotIn(grid, at, name))),
  )
  return {
    spot: (kind, chance, areaCode = '') => {
      const isInside = (code: string): boolean => code.startsWith(areaCode)
      if (kind === 'street') return chance.pick(onRoads.filter((spot) => isInside(spot.gridCode)))
      const grid = chance.pick((kind === 'water' ? water : land).filter(({ area }) => isInside(area.properties.code)))
      // People see the river from the bank: of a few points on the water the one nearest to the houses.
      const points = Array.from({ length: kind === 'water' ? 8 : 1 }, () => pointIn(grid.area, grid.box, chance))
      const home = middleOf(boxOf(land.find(({ community }) => community === grid.community)?.area ?? grid.area))
      return spotIn(grid, points.toSorted((a, b) => distance(a, home) - distance(b, home))[0] as Position, null)
    },
    near: (spot, chance) => {
      const grid = grids.find(({ area }) => area.properties.code === spot.gridCode)
      const moved: Position = [spot.lng + (chance.next() - 0.5) * NEARBY, spot.lat + (chance.next() - 0.5) * NEARBY]
      return grid && holds(grid.area, moved) ? { lng: round(moved[0]), lat: round(moved[1]) } : { lng: spot.lng, lat: spot.lat }
    },
  }
}

const round = (degrees: number): number => Math.round(degrees * 1e6) / 1e6
const distance = (a: Position, b: Position): number => Math.hypot((a[0] - b[0]) * 0.855, a[1] - b[1])

function along(line: readonly Position[]): Position[] {
  return line.flatMap((a, i) => {
    const b = line[i + 1]
    if (!b) return []
    const steps = Math.max(1, Math.round(distance(a, b) / STEP))
    return Array.from({ length: steps }, (_, step): Position => [
      a[0] + ((b[0] - a[0]) * (step + 0.5)) / steps,
      a[1] + ((b[1] - a[1]) * (step + 0.5)) / steps,
    ])
  })
}

type Box = readonly [Position, Position]

function boxOf(area: AreaFeature): Box {
  const ring = area.geometry.coordinates[0] ?? []
  const [lngs, lats] = [ring.map(([lng]) => lng), ring.map(([, lat]) => lat)]
  return [
    [Math.min(...lngs), Math.min(...lats)],
    [Math.max(...lngs), Math.max(...lats)],
  ]
}

const middleOf = ([low, high]: Box): Position => [(low[0] + high[0]) / 2, (low[1] + high[1]) / 2]
const isIn = ([low, high]: Box, [lng, lat]: Position): boolean => lng >= low[0] && lng <= high[0] && lat >= low[1] && lat <= high[1]

function holds(area: AreaFeature, [lng, lat]: Position): boolean {
  let inside = false
  for (const ring of area.geometry.coordinates) {
    for (let i = 1; i < ring.length; i += 1) {
      const [a, b] = [ring[i - 1] as Position, ring[i] as Position]
      if (a[1] > lat !== b[1] > lat && lng < ((b[0] - a[0]) * (lat - a[1])) / (b[1] - a[1]) + a[0]) inside = !inside
    }
  }
  return inside
}

function pointIn(area: AreaFeature, [low, high]: Box, chance: Random): Position {
  for (;;) {
    const at: Position = [low[0] + chance.next() * (high[0] - low[0]), low[1] + chance.next() * (high[1] - low[1])]
    if (holds(area, at)) return at
  }
}
