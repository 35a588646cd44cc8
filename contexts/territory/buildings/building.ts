import type { Wording } from '#kernel/refusal.ts'
import { digitsOf } from '../area.ts'

/** What a building is for. */
export const buildingUses = ['dwelling', 'business', 'mixed', 'public', 'other'] as const
export type BuildingUse = (typeof buildingUses)[number]

export const occupancies = ['occupied', 'vacant', 'unknown'] as const
export type Occupancy = (typeof occupancies)[number]

/** On what ground somebody lives there: 自有, 租赁, 公租房 … */
export const tenures = ['owned', 'rented', 'public_rental', 'other', 'unknown'] as const
export type Tenure = (typeof tenures)[number]

/** Digits of a building's code: its service grid's and three of its own. */
export const buildingDigits = digitsOf.grid + 3
/** Digits of a dwelling's code: its building's and four of its own. */
export const householdDigits = buildingDigits + 4

/** What a file says of a building. */
export interface Building {
  readonly name: Wording
  readonly address: string | null
  readonly use: BuildingUse
  readonly floors: number | null
}

/** What a file says of a dwelling; never who lives in it. */
export interface Household {
  readonly unit: string | null
  readonly floor: number | null
  readonly door: string
  readonly occupancy: Occupancy
  readonly tenure: Tenure
}

/** Code of the service grid that a building stands in, or of the building that a dwelling lies in. */
export function placeAbove(code: string): string {
  return code.slice(0, code.length === householdDigits ? buildingDigits : digitsOf.grid)
}
