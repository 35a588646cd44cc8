/** Communities for the form's select, grouped by street. */
import type { DistrictCode } from '#kernel/codes.ts'
import type { Wording } from '#kernel/refusal.ts'
import { codeDigits } from '#kernel/codes.ts'
import { toCgcs2000, type Territory } from '#contexts/territory/index.ts'

export interface PlaceGroup {
  readonly name: Wording
  readonly options: readonly { readonly code: string; readonly name: Wording }[]
}

// A select of thousands cannot be used with a thumb. A big city offers streets, and the address says the rest.
const MOST_OPTIONS = 400

/** Groups of the districts that take reports: communities by street, or streets by district where there are too many communities. */
export function placesOf(territory: Territory, districts: readonly DistrictCode[]): PlaceGroup[] {
  const streets = districts.flatMap((code) => territory.children(code))
  const communities = streets.map(({ code, name }) => ({ name, options: territory.children(code).filter((area) => area.level === 'community') }))
  const count = communities.reduce((sum, { options }) => sum + options.length, 0)
  if (count > 0 && count <= MOST_OPTIONS) return communities.filter(({ options }) => options.length > 0)
  return districts.flatMap((code) => {
    const district = territory.area(code)
    return district ? [{ name: district.name, options: territory.children(code) }] : []
  })
}

/** Street and community of a point that a browser gave (WGS84); null outside the districts that take reports. A grid would be nearly a house. */
export function placeAt(
  territory: Territory,
  districts: readonly DistrictCode[],
  point: { readonly lng: number; readonly lat: number },
): Wording[] | null {
  const located = territory.locate(toCgcs2000(point, 'WGS84'))
  if (!located || !districts.some((code) => located.areaCode.startsWith(code))) return null
  return located.path.filter(({ code }) => code.length > codeDigits.district && code.length <= codeDigits.community).map(({ name }) => name)
}

/** Degrees from west and south to east and north that the areas span; undefined where none has a border. */
export function spanOf(territory: Territory, codes: readonly string[]): [number, number, number, number] | undefined {
  const boxes = codes.flatMap((code) => territory.box(code) ?? [])
  if (boxes.length === 0) return undefined
  const round = (degrees: number): number => Number(degrees.toFixed(5))
  const [west, south] = [Math.min(...boxes.map((box) => box.west)), Math.min(...boxes.map((box) => box.south))]
  const [east, north] = [Math.max(...boxes.map((box) => box.east)), Math.max(...boxes.map((box) => box.north))]
  return [round(west), round(south), round(east), round(north)]
}
