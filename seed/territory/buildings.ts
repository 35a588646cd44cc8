import { stringify } from 'csv-stringify/sync'
import { BuildingColumns, HouseholdColumns } from '#contexts/territory/index.ts'
import type { AreaFeature, City } from '../geometry.ts'
import { random, type Random } from '../random.ts'

// Each service grid has this many; cities have more, and a demonstration needs no more.
const BUILDINGS_PER_GRID = 3
const DOORS_PER_FLOOR = 2

/** Two lists as a city would export them: buildings, and the dwellings in them. */
export interface BuildingLists {
  readonly buildings: string
  readonly households: string
}

/** Invented buildings of the demonstration city. The first of each community is its service centre, the others are homes, some with shops below. */
export function buildingLists(city: City, seed = 9902): BuildingLists {
  const chance = random(seed)
  const buildings: string[][] = [['code', 'name', 'name_en', 'address', 'use', 'floors']]
  const households: string[][] = [['code', 'unit', 'floor', 'door', 'occupancy', 'tenure']]
  for (const community of city.community.features) {
    const grids = city.grid.features.filter(({ properties }) => properties.parent === community.properties.code && properties.kind !== 'water')
    const codes = grids.flatMap(({ properties }) =>
      Array.from({ length: BUILDINGS_PER_GRID }, (_, i) => `${properties.code}${String(i + 1).padStart(3, '0')}`),
    )
    codes.forEach((code, i) => {
      const building = i === 0 ? centreOf(community) : homeOf(community, i + 1, chance)
      buildings.push([code, ...building.cells, String(building.floors)])
      if (i > 0) households.push(...doorsOf(code, building.floors, chance))
    })
  }
  return { buildings: stringify(buildings), households: stringify(households) }
}

interface Drawn {
  /** Names, address and use. */
  readonly cells: readonly string[]
  readonly floors: number
}

const shortNames = ({ properties }: AreaFeature): [zh: string, en: string] => [
  properties.name_zh.replace('社区', ''),
  properties.name_en.replace(' Community', ''),
]

function centreOf(community: AreaFeature): Drawn {
  const [zh, en] = shortNames(community)
  return { cells: [`${zh}社区服务中心`, `${en} Community Centre`, `${zh}路2号（示例地址）`, '公共服务'], floors: 2 }
}

function homeOf(community: AreaFeature, number: number, chance: Random): Drawn {
  const [zh, en] = shortNames(community)
  const use = chance.chance(0.2) ? '商住' : '住宅'
  return { cells: [`${zh}${number}号楼`, `${en} Building ${number}`, `${zh}路${number * 2}号（示例地址）`, use], floors: 3 + chance.below(5) }
}

function doorsOf(building: string, floors: number, chance: Random): string[][] {
  return Array.from({ length: floors * DOORS_PER_FLOOR }, (_, i) => {
    const floor = 1 + Math.floor(i / DOORS_PER_FLOOR)
    const door = `${floor}${String(1 + (i % DOORS_PER_FLOOR)).padStart(2, '0')}`
    const occupancy = chance.weighted([
      ['入住', 86],
      ['空置', 9],
      ['', 5],
    ])
    const tenure = chance.weighted([
      ['自有', 66],
      ['租赁', 28],
      ['公租房', 6],
    ])
    return [`${building}${door.padStart(4, '0')}`, '1', String(floor), door, occupancy, tenure]
  })
}

/** How the lists are read: what a city would write into the profile of its own export. */
export const profiles = {
  buildings: BuildingColumns.parse({
    code: 'code',
    name: 'name',
    nameEn: 'name_en',
    address: 'address',
    use: 'use',
    floors: 'floors',
    uses: { 住宅: 'dwelling', 商住: 'mixed', 公共服务: 'public' },
  }),
  households: HouseholdColumns.parse({
    code: 'code',
    unit: 'unit',
    floor: 'floor',
    door: 'door',
    occupancy: 'occupancy',
    tenure: 'tenure',
    occupancies: { 入住: 'occupied', 空置: 'vacant' },
    tenures: { 自有: 'owned', 租赁: 'rented', 公租房: 'public_rental' },
  }),
}
