import type { Wording } from '#kernel/refusal.ts'
import { random } from './random.ts'
import { divide, squareMetres, type Streets } from './territory/cut.ts'
import { cityName, districtNames, type DistrictNames, type StreetNames } from './territory/names.ts'
import { layBanks, type RiverLines } from './territory/outline.ts'
import { outlines, ringOf, type Face, type Plane, type Spot } from './territory/plane.ts'
import { shareWater } from './territory/water.ts'

/** One area of the demonstration city. `position` is longitude and latitude in degrees, to six decimals. */
export interface AreaFeature {
  readonly type: 'Feature'
  readonly properties: {
    readonly code: string
    readonly name_zh: string
    readonly name_en: string
    /** Code one level up; null for the city. */
    readonly parent: string | null
    /** Grids only: `water` is the river in front of a community, looked after by it as a grid of its own. */
    readonly kind?: 'residential' | 'water'
    /** Everything here is invented. */
    readonly sample: true
  }
  readonly geometry: { readonly type: 'Polygon'; readonly coordinates: readonly (readonly (readonly [number, number])[])[] }
}
export interface AreaCollection {
  readonly type: 'FeatureCollection'
  readonly features: readonly AreaFeature[]
}
export interface City {
  readonly city: AreaCollection
  readonly district: AreaCollection
  readonly street: AreaCollection
  readonly community: AreaCollection
  readonly grid: AreaCollection
}

/** What the city is drawn over, in millionths of a degree from the origin. */
export interface Ground {
  readonly river: RiverLines
  readonly streets: Streets
}

/** South-west corner that all spots are counted from, in degrees. */
export const origin = [121.48, 31.226] as const
const extent: readonly [Spot, Spot] = [
  [1450, 890],
  [39_780, 24_380],
]
// Enough for about a hundred and forty grids of five to eight hectares.
const GRIDS_PER_COMMUNITY = 5.6
const CITY = '9901'
// Grids with a purpose of their own are numbered from 901.
const WATER_GRID = 901

interface Part {
  readonly face: Face
  readonly kind: 'residential' | 'water'
}

/**
 * Draws the demonstration city: grids tile their community, communities their street, streets their district, districts the city,
 * exactly, because all levels are unions of the same faces. The same seed gives the same city.
 */
export function drawCity(ground: Ground, seed = 9901): City {
  const chance = random(seed)
  const plane: Plane = { spots: [], faces: [] }
  const { westLand, westWater, eastLand, eastWater } = layBanks(plane, ground.river, extent, chance)
  const streets = [westLand, eastLand].map((land) =>
    divide(plane, land, 3, ground.streets, chance).map((street) => divide(plane, street, 4, ground.streets, chance)),
  )
  const land = streets.map((district) => {
    const fit = district.flat().reduce((sum, face) => sum + areaOf(plane, [face]), 0) / (12 * GRIDS_PER_COMMUNITY)
    return district.map((street) =>
      street.map((face) => divide(plane, face, Math.min(8, Math.max(5, Math.round(areaOf(plane, [face]) / fit))), ground.streets, chance)),
    )
  })
  const drawn = land.map((district, i) => {
    const water = shareWater(plane, i === 0 ? westWater : eastWater, district.flat())
    return district.map((street, s) => street.map((faces, c) => parts(faces, water[s * 4 + c])))
  })
  return collect(plane, drawn)
}

const areaOf = (plane: Plane, faces: readonly Face[]): number => faces.reduce((sum, face) => sum + squareMetres(ringOf(plane, face)), 0)

function parts(faces: readonly Face[], water: Face | undefined): Part[] {
  const land = faces.map((face): Part => ({ face, kind: 'residential' }))
  return water ? [...land, { face: water, kind: 'water' }] : land
}

const facesOf = (parts: readonly Part[]): Face[] => parts.map((part) => part.face)

function collect(plane: Plane, drawn: readonly (readonly (readonly Part[])[])[][]): City {
  const out = {
    city: [] as AreaFeature[],
    district: [] as AreaFeature[],
    street: [] as AreaFeature[],
    community: [] as AreaFeature[],
    grid: [] as AreaFeature[],
  }
  const add = (level: keyof City, code: string, name: Wording, faces: readonly Face[], kind?: Part['kind']): void => {
    const parent = level === 'city' ? null : code.slice(0, level === 'district' ? 4 : -3)
    const properties = { code, name_zh: name.zh, name_en: name.en ?? name.zh, parent, ...(kind && { kind }), sample: true as const }
    out[level].push({ type: 'Feature', properties, geometry: { type: 'Polygon', coordinates: outlines(faces).map((ring) => degrees(plane, ring)) } })
  }
  add('city', CITY, cityName, facesOf(drawn.flat(3)))
  drawn.forEach((district, d) => {
    const districtCode = `${CITY}${String(d + 1).padStart(2, '0')}`
    const names = districtNames[d] as DistrictNames
    add('district', districtCode, names, facesOf(district.flat(2)))
    inOrder(plane, district, (street) => street.flat()).forEach((street, s) => {
      const streetCode = `${districtCode}${three(s + 1)}`
      const streetName = names.streets[s] as StreetNames
      add('street', streetCode, streetName, facesOf(street.flat()))
      inOrder(plane, street, (grids) => grids).forEach((grids, c) => {
        const code = `${streetCode}${three(c + 1)}`
        const name = streetName.communities[c] as Wording
        add('community', code, name, facesOf(grids))
        inOrder(plane, grids, (grid) => [grid]).forEach((grid, g, all) => {
          const number = grid.kind === 'water' ? WATER_GRID : all.slice(0, g + 1).filter((one) => one.kind === 'residential').length
          add('grid', `${code}${three(number)}`, gridName(name, number), [grid.face], grid.kind)
        })
      })
    })
  })
  const collection = (features: AreaFeature[]): AreaCollection => ({ type: 'FeatureCollection', features })
  return {
    city: collection(out.city),
    district: collection(out.district),
    street: collection(out.street),
    community: collection(out.community),
    grid: collection(out.grid),
  }
}

const three = (n: number): string => String(n).padStart(3, '0')

function gridName(community: Wording, number: number): Wording {
  const en = (community.en ?? '').replace(' Community', '')
  return number === WATER_GRID
    ? { zh: `${community.zh.replace('社区', '')}水域网格`, en: `${en} Water Grid` }
    : { zh: `${community.zh.replace('社区', '')}第${number}网格`, en: `${en} Grid ${number}` }
}

/** From north to south, as a reader would number them; areas at like height from west to east. */
function inOrder<T>(plane: Plane, items: readonly T[], partsOf: (item: T) => readonly Part[]): T[] {
  const place = (item: T): number => {
    const spots = partsOf(item).flatMap((part) => ringOf(plane, part.face))
    const [x, y] = [0, 1].map((axis) => spots.reduce((sum, spot) => sum + (spot[axis] as number), 0) / spots.length) as [number, number]
    return 0.35 * x - y
  }
  return [...items].sort((a, b) => place(a) - place(b))
}

function degrees(plane: Plane, ring: Face): [number, number][] {
  return [...ring, ring[0] as number].map((v) => {
    const [x, y] = plane.spots[v] as Spot
    return [Math.round((origin[0] + x / 1e6) * 1e6) / 1e6, Math.round((origin[1] + y / 1e6) * 1e6) / 1e6]
  })
}
