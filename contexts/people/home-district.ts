import { districtOf, type DistrictCode } from '#kernel/codes.ts'

/** Where events are kept before any district is open. */
export const noDistrictYet = '000000' as DistrictCode

/**
 * The district whose log keeps what happens to an account or post. One that covers a whole city or everything has no district of its
 * own; the first open district inside it keeps the record, so that every event is numbered and sealed somewhere.
 */
export function homeDistrict(areaCode: string, openDistricts: readonly string[]): DistrictCode {
  const own = districtOf(areaCode)
  if (own !== undefined) return own
  const ordered = openDistricts.toSorted()
  return (ordered.find((code) => code.startsWith(areaCode)) ?? ordered[0] ?? noDistrictYet) as DistrictCode
}
