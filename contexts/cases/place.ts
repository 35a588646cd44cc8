import { toCgcs2000, type Area, type Datum, type PlaceInWords, type Territory } from '#contexts/territory/index.ts'
import type { Wording } from '#kernel/refusal.ts'
import { codeDigits, districtOf, type DistrictCode } from '#kernel/codes.ts'
import { refuse } from './refusals.ts'

/** A building that was chosen by name; its code begins with the grid's. */
export interface ChosenBuilding {
  readonly code: string
  readonly name: Wording
}

/** What a caller says about the place; coordinates in degrees of `datum` (CGCS2000 when not said). */
export interface PlaceInput {
  readonly lng?: number | undefined
  readonly lat?: number | undefined
  readonly datum?: Datum | undefined
  readonly areaCode?: string | undefined
  /** A building that stands; its grid is where the case lies unless a coordinate says it. */
  readonly building?: ChosenBuilding | null | undefined
  readonly address?: string | undefined
  readonly text?: string | undefined
}

/** Names of areas in the words of the call that say where it is, or that contradict each other and leave it to a person. */
export interface PlaceReason {
  readonly words: readonly string[]
  readonly clear: boolean
}

/** Where a case lies: coordinates in CGCS2000, and the most specific area known, at least the district. */
export interface Place {
  readonly districtCode: DistrictCode
  readonly areaCode: string
  readonly gridCode: string | null
  readonly unitGridCode: string | null
  readonly building: ChosenBuilding | null
  readonly lng: number | null
  readonly lat: number | null
  /** False when nothing below the district is known, or when the words contradict each other. */
  readonly located: boolean
  /** Null where a coordinate or a chosen area says it. */
  readonly placeReason: PlaceReason | null
}

export interface PlaceRules {
  readonly territory: Territory
  /** Open districts: names of areas elsewhere say nothing. */
  readonly districts: readonly DistrictCode[]
  /** District of a call that says nothing about its place. */
  readonly fallback: DistrictCode | undefined
  /** A record of another system is taken as it is: nothing is refused, and its words are not read for a place. */
  readonly recorded: boolean
}

/**
 * Finds the place of a call. A coordinate wins over a chosen area; a coordinate outside the territory falls back to the area, and without one is refused
 * with `pointOutside`, since the caller can still put it right. Where nothing below the district is given, the names of areas in the
 * address decide, then those in the text. A building must stand where the rest of the call says.
 */
export function findPlace(input: PlaceInput, rules: PlaceRules): Place {
  const { building = null } = input
  if (building === null) return { ...findArea(input, rules), building }
  const grid = building.code.slice(0, codeDigits.grid)
  if (input.areaCode !== undefined && !grid.startsWith(input.areaCode)) throw refuse.buildingElsewhere({}, 'buildingCode')
  const place = findArea({ ...input, areaCode: grid }, rules)
  // A coordinate may lie across the path in the next grid, but not in another community.
  if (!grid.startsWith(place.areaCode.slice(0, codeDigits.community))) throw refuse.buildingElsewhere({}, 'buildingCode')
  return { ...place, building }
}

function findArea(input: PlaceInput, { territory, districts, fallback, recorded }: PlaceRules): Omit<Place, 'building'> {
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
        placeReason: null,
      }
    }
    if (input.areaCode === undefined && !recorded) throw refuse.pointOutside({}, 'lng')
    return placeByArea(input, { territory, districts, fallback, recorded }, point)
  }
  return placeByArea(input, { territory, districts, fallback, recorded }, null)
}

function placeByArea(input: PlaceInput, rules: PlaceRules, point: { lng: number; lat: number } | null): Omit<Place, 'building'> {
  const chosen = areaOf(input.areaCode, rules.territory)
  const named = rules.recorded || isBelowDistrict(chosen) ? null : placeInWords(input, rules, chosen)
  const area = named?.areaCode ? rules.territory.area(named.areaCode) : chosen
  const areaCode = codeOf(area, rules.fallback)
  return {
    ...(point ?? { lng: null, lat: null }),
    districtCode: areaCode.slice(0, codeDigits.district) as DistrictCode,
    areaCode,
    gridCode: area?.level === 'grid' ? area.code : null,
    unitGridCode: null,
    located: isBelowDistrict(area) && named?.clear !== false,
    placeReason: named && { words: named.words, clear: named.clear },
  }
}

const isBelowDistrict = (area: Pick<Area, 'code'> | undefined): boolean => area !== undefined && area.code.length > codeDigits.district

/** A city's code says less than a district's: the call then goes where calls without a place go. */
function codeOf(area: Area | undefined, fallback: DistrictCode | undefined): string {
  const code = area && districtOf(area.code) ? area.code : fallback
  if (code === undefined) throw refuse.noDistrict()
  return code
}

/** The address is written to say where; the text names places for other reasons too, so it is read inside what the address says. */
function placeInWords({ address = '', text = '' }: PlaceInput, { territory, districts }: PlaceRules, chosen: Area | undefined): PlaceInWords | null {
  const within = chosen ? [chosen.code] : districts
  const inAddress = territory.named(address, within)
  if (!inAddress?.areaCode) return territory.named(text, within) ?? inAddress
  if (isBelowDistrict({ code: inAddress.areaCode })) return inAddress
  const inText = territory.named(text, [inAddress.areaCode])
  return inText
    ? { ...inText, areaCode: inText.areaCode ?? inAddress.areaCode, words: [...new Set([...inAddress.words, ...inText.words])] }
    : inAddress
}

function areaOf(code: string | undefined, territory: Territory): Area | undefined {
  if (code === undefined) return undefined
  const area = territory.area(code)
  if (!area) throw refuse.areaUnknown({ code }, 'areaCode')
  return area
}
