/** Codes of the five levels. Every child's code begins with its parent's (china.md 2.2; GB/T 2260, GB/T 10114, statistics office). */

export const levels = ['city', 'district', 'street', 'community', 'grid'] as const
export type Level = (typeof levels)[number]

/** Digits of an area code per level: 市 4, 区县 6, 街镇 9, 社区 12, 网格 15. */
export const codeDigits = { city: 4, district: 6, street: 9, community: 12, grid: 15 } as const satisfies Record<Level, number>

/** Six digits. On rows it is the frozen shard key: a row never changes district. */
export type DistrictCode = string & { readonly __districtCode: true }

/** Level of a code by its length, or undefined when no level has that length. */
export function levelOfCode(code: string): Level | undefined {
  if (!/^\d+$/.test(code)) return undefined
  return levels.find((level) => codeDigits[level] === code.length)
}

/** The district that an area code lies in. Undefined for a city's code, which lies above districts. */
export function districtOf(code: string): DistrictCode | undefined {
  return /^\d{6,15}$/.test(code) ? (code.slice(0, 6) as DistrictCode) : undefined
}

/** True when `inner` is `outer` or lies below it. */
export function liesWithin(inner: string, outer: string): boolean {
  return inner.startsWith(outer)
}
