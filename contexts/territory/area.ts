import { codeDigits, levels } from '#kernel/codes.ts'
import type { Wording } from '#kernel/refusal.ts'

/** The product's five levels, and the province that national code lists put above the city. */
export const areaLevels = ['province', ...levels] as const
export type AreaLevel = (typeof areaLevels)[number]

/** A service grid has households and a worker; a unit grid (万米单元网格) holds components. A case may lie in one of each. */
export const gridKinds = ['service', 'unit'] as const
export type GridKind = (typeof gridKinds)[number]

/** Digits of a code per level: each level adds its own digits to its parent's code (china.md 2.2; GB/T 2260, GB/T 10114). */
export const digitsOf = { province: 2, ...codeDigits } as const satisfies Record<AreaLevel, number>

/** What people read of an area. */
export interface AreaName {
  readonly code: string
  readonly level: AreaLevel
  /** Null for everything but grids. */
  readonly gridKind: GridKind | null
  readonly name: Wording
}

/** An area as it stands on one day. */
export interface Area extends AreaName {
  /** Stays when code, name or border change. */
  readonly id: string
  /** Statistical parent: its code begins this one's. Null at the top. */
  readonly parentCode: string | null
  /** Who governs; the statistical parent unless another area administers it (代管, development zones). */
  readonly administeringParentCode: string | null
  /** Name of the area in the source that it was imported from, such as a zip code. */
  readonly key: string | null
  readonly hasBorder: boolean
}

/** Level of a code by its digits, or undefined where no level has so many. */
export function areaLevelOf(code: string): AreaLevel | undefined {
  if (!/^\d+$/.test(code)) return undefined
  return areaLevels.find((level) => digitsOf[level] === code.length)
}

/** The level above, or undefined for a province. */
export function levelAbove(level: AreaLevel): AreaLevel | undefined {
  return areaLevels[areaLevels.indexOf(level) - 1]
}

/** Code of the statistical parent by the prefix rule, or null where nothing lies above. */
export function parentCodeOf(code: string): string | null {
  const level = areaLevelOf(code)
  const above = level && levelAbove(level)
  return above ? code.slice(0, digitsOf[above]) : null
}

/** Service and unit grids are numbered apart, so a grid's code alone does not say which of the two is meant. */
export function areaKey(code: string, gridKind: GridKind | null): string {
  return gridKind === 'unit' ? `unit:${code}` : code
}

const levelWords: Record<AreaLevel, Wording> = {
  province: { zh: '省', en: 'Province' },
  city: { zh: '市', en: 'City' },
  district: { zh: '区县', en: 'District' },
  street: { zh: '街镇', en: 'Street' },
  community: { zh: '社区', en: 'Community' },
  grid: { zh: '网格', en: 'Grid' },
}

/** A name for an area whose source has none: its level and the source's own key, or its code. */
export function plainName(area: { readonly level: AreaLevel; readonly code: string; readonly key?: string | undefined }): Wording {
  const words = levelWords[area.level]
  return { zh: `${words.zh} ${area.key ?? area.code}`, en: `${words.en} ${area.key ?? area.code}` }
}
