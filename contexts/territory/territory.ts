import type { LocalDate } from '#kernel/clock.ts'
import { areaKey, areaLevels, digitsOf, parentCodeOf, type Area, type AreaLevel, type AreaName, type GridKind } from './area.ts'
import type { AreaVersion } from './area-history.ts'
import type { Point } from './datum.ts'
import { boxOf, surfaceOf, type Box } from './geometry.ts'
import { buildBorderIndex } from './grid-index.ts'
import { buildPlaceNames, type PlaceInWords } from './place-names.ts'

/** Where a coordinate lies. */
export interface Located {
  /** Most specific area: the service grid if there is one, else the community, street, district or city. */
  readonly areaCode: string
  readonly gridCode: string | null
  readonly unitGridCode: string | null
  /** From the city down to `areaCode`. */
  readonly path: readonly AreaName[]
  /** Codes of every border that holds the point, most specific level first, smallest first: borders of real cities overlap. */
  readonly candidates: readonly string[]
}

/** All areas in force on one day, in memory. Answers are immediate; a changed territory is loaded anew. */
export interface Territory {
  readonly on: LocalDate
  /** Number of areas. */
  readonly size: number
  /** Coordinate in CGCS2000 or WGS84 degrees; null outside every border. Among overlapping borders of a level the smallest is chosen. */
  locate(point: Point): Located | null
  /** Undefined when no area has the code on that day. Fifteen digits mean a service grid unless `unit` is said. */
  area(code: string, gridKind?: GridKind): Area | undefined
  /** Areas directly below by statistics, in order of code; `''` gives the top. */
  children(code: string): readonly AreaName[]
  /** The degrees that an area's border spans; undefined without a border. */
  box(code: string): Box | undefined
  /** From the city down to the area; empty when the code is unknown. */
  path(code: string, gridKind?: GridKind): readonly AreaName[]
  /** The area that an imported source calls by this key. */
  byKey(key: string): Area | undefined
  /** The area that a text names, inside one of the areas `within`; null when it names none. */
  named(text: string, within: readonly string[]): PlaceInWords | null
}

/** Builds the territory of a day from the versions in force on it. */
export function buildTerritory(versions: readonly AreaVersion[], on: LocalDate): Territory {
  const areas = new Map<string, Area>()
  const keyed = new Map<string, Area>()
  const below = new Map<string, Area[]>()
  const boxes = new Map<string, Box>()
  const bordered: { area: Area; version: AreaVersion; surface: number }[] = []
  const codeOfId = new Map(versions.map((version) => [version.areaId, version.code]))
  for (const version of versions.toSorted((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0))) {
    const area = areaOf(version, codeOfId)
    areas.set(areaKey(area.code, area.gridKind), area)
    if (area.key !== null) keyed.set(area.key, area)
    const siblings = below.get(area.parentCode ?? '')
    if (siblings) siblings.push(area)
    else below.set(area.parentCode ?? '', [area])
    if (!version.geometry) continue
    bordered.push({ area, version, surface: surfaceOf(version.geometry) })
    if (area.gridKind === null) boxes.set(area.code, boxOf(version.geometry))
  }
  bordered.sort((a, b) => levelRank(b.area) - levelRank(a.area) || a.surface - b.surface)
  const names = buildPlaceNames(areas.values())
  const borders = buildBorderIndex(bordered.flatMap(({ version }) => version.geometry ?? []))

  const area = (code: string, gridKind: GridKind = 'service'): Area | undefined => areas.get(areaKey(code, gridKind))
  const path = (code: string, gridKind: GridKind = 'service'): AreaName[] => {
    const found: AreaName[] = []
    for (let at = area(code, gridKind); at && at.level !== 'province'; at = at.parentCode === null ? undefined : area(at.parentCode))
      found.unshift(at)
    return found
  }

  return {
    on,
    size: areas.size,
    area,
    path,
    box: (code) => boxes.get(code),
    children: (code) => below.get(code) ?? [],
    byKey: (key) => keyed.get(key),
    named: (text, within) => names.find(text, within),
    locate: ({ lng, lat }) => {
      const found = borders.search(lng, lat)
      const areasFound = found.flatMap((index) => bordered[index]?.area ?? [])
      const unit = areasFound.find(({ gridKind }) => gridKind === 'unit')
      const areaCode = areasFound.find(({ gridKind, level }) => gridKind !== 'unit' && level !== 'province')?.code ?? unit?.parentCode
      if (areaCode == null) return null
      return {
        areaCode,
        gridCode: areaCode.length === digitsOf.grid ? areaCode : null,
        unitGridCode: unit?.code ?? null,
        path: path(areaCode),
        candidates: areasFound.map(({ code }) => code),
      }
    },
  }
}

function areaOf(version: AreaVersion, codeOfId: ReadonlyMap<string, string>): Area {
  const { areaId, code, level, gridKind, name, parentId, administeringParentId, key } = version
  const parentCode = parentId === null ? null : (codeOfId.get(parentId) ?? parentCodeOf(code))
  return {
    id: areaId,
    code,
    level,
    gridKind,
    name,
    parentCode,
    administeringParentCode: administeringParentId === null ? parentCode : (codeOfId.get(administeringParentId) ?? parentCode),
    key,
    hasBorder: version.geometry !== null,
  }
}

const rankOfLevel = Object.fromEntries(areaLevels.map((level, index) => [level, index])) as Record<AreaLevel, number>

function levelRank({ level }: Area): number {
  return rankOfLevel[level]
}
