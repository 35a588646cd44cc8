import type { DistrictCode } from '#kernel/codes.ts'

/**
 * By what somebody shows that a report is his: the code of the receipt, or its number with the last four digits of the telephone that he left.
 * Four digits can be guessed, so they show less and do less (docs/decisions/0026).
 */
export type Proof = string | { readonly number: string; readonly phoneTail: string }

export interface ProvenCase {
  readonly districtCode: DistrictCode
  readonly caseId: string
  /** False for whoever knows number and telephone only. */
  readonly byCode: boolean
}

/** Wrong tries within an hour after which a number answers nobody. */
export const TRIES_AN_HOUR = 5
