/** Communities for the form's select, grouped by street. */
import type { DistrictCode } from '#kernel/codes.ts'
import type { Wording } from '#kernel/refusal.ts'
import type { Territory } from '#contexts/territory/index.ts'

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
