import { toCgcs2000, type Area, type Datum, type Territory } from '#contexts/territory/index.ts'
import { codeDigits, districtOf, type DistrictCode } from '#kernel/codes.ts'
import type { CaseRecord } from './record.ts'
import { refuse } from './refusals.ts'

/** What a caller says about the place; coordinates in degrees of `datum` (CGCS2000 when not said). */
export interface PlaceInput {
  readonly lng?: number | undefined
  readonly lat?: number | undefined
  readonly datum?: Datum | undefined
  readonly areaCode?: string | undefined
  /** A building that stands; its grid is where the case lies unless a coordinate says it. */
  readonly building?: CaseRecord['building'] | undefined
}

/** Where a case lies: coordinates in CGCS2000, and the most specific area known, at least the district. */
export interface Place {
  readonly districtCode: DistrictCode
  readonly areaCode: string
  readonly gridCode: string | null
  readonly unitGridCode: string | null
  readonly building: CaseRecord['building']
  readonly lng: number | null
  readonly lat: number | null
  /** False when only the channel's default district is known. */
  readonly located: boolean
}

/**
 * Finds the place of a call. A coordinate wins over a chosen area; a coordinate outside the territory falls back to the area, and without one is refused
 * with `pointOutside` where `strict`, since the caller can still put it right. A building must stand where the rest of the call says.
 */
export function findPlace(input: PlaceInput, territory: Territory, fallback: DistrictCode | undefined, strict: boolean): Place {
  const { building = null } = input
  if (building === null) return { ...findArea(input, territory, fallback, strict), building }
  const grid = building.code.slice(0, codeDigits.grid)
  if (input.areaCode !== undefined && !grid.startsWith(input.areaCode)) throw refuse.buildingElsewhere({}, 'buildingCode')
  const place = findArea({ ...input, areaCode: grid }, territory, fallback, strict)
  // A coordinate may lie across the path in the next grid, but not in another community.
  if (!grid.startsWith(place.areaCode.slice(0, codeDigits.community))) throw refuse.buildingElsewhere({}, 'buildingCode')
  return { ...place, building }
}

function findArea(input: PlaceInput, territory: Territory, fallback: DistrictCode | undefined, strict: boolean): Omit<Place, 'building'> {
  if ((input.lng === undefined) !== (input.lat === undefined)) throw refuse.pairIncomplete({}, input.lng === undefined ? 'lng' : 'lat')
  if (input.lng !== undefined && input.lat !== undefined) {
    const point = toCgcs2000({ lng: input.lng, lat: input.lat }, input.datum ?? 'CGCS2000')
    const found = territory.locate(point)
    const district = found && districtOf(found.areaCode)
    if (found && district) {
      return {
        districtCode: district,
        areaCode: found.areaCode,
        gridCode: found.gridCode,
        unitGridCode: found.unitGridCode,
        lng: point.lng,
        lat: point.lat,
        located: true,
      }
    }
    if (input.areaCode === undefined && strict) throw refuse.pointOutside({}, 'lng')
    return placeByArea(input.areaCode, territory, fallback, point)
  }
  return placeByArea(input.areaCode, territory, fallback, null)
}

function placeByArea(
  code: string | undefined,
  territory: Territory,
  fallback: DistrictCode | undefined,
  point: { lng: number; lat: number } | null,
): Omit<Place, 'building'> {
  const area = areaOf(code, territory)
  // A city's code says less than a district's: the call then goes where calls without a place go.
  const areaCode = area && districtOf(area.code) ? area.code : fallback
  if (areaCode === undefined) throw refuse.noDistrict()
  const at = point ?? { lng: null, lat: null }
  return {
    ...at,
    districtCode: areaCode.slice(0, codeDigits.district) as DistrictCode,
    areaCode,
    gridCode: area?.level === 'grid' ? area.code : null,
    unitGridCode: null,
    located: areaCode.length > codeDigits.district && area !== undefined,
  }
}

function areaOf(code: string | undefined, territory: Territory): Area | undefined {
  if (code === undefined) return undefined
  const area = territory.area(code)
  if (!area) throw refuse.areaUnknown({ code }, 'areaCode')
  return area
}
