import type { Refusal, Wording } from '#kernel/refusal.ts'
import { areaLevelOf, parentCodeOf, type AreaLevel, type GridKind } from './area.ts'
import type { Datum } from './datum.ts'
import type { Geometry } from './geometry.ts'
import { refuse } from './refusals.ts'

/** What one row or feature of a file says about one area. What it does not say stays as it is. */
export interface AreaDraft {
  /** Line of a table (the header is line 1) or number of a feature. */
  readonly line: number
  readonly code: string
  readonly level: AreaLevel
  readonly gridKind: GridKind | null
  readonly name?: Wording | undefined
  /** For an area that nobody named yet. */
  readonly firstName?: Wording | undefined
  readonly administeringParentCode?: string | undefined
  readonly key?: string | undefined
  readonly border?: { readonly geometry: Geometry; readonly datum: Datum } | undefined
}

/** A row that cannot be taken, and why. */
export interface RejectedRow {
  readonly line: number
  readonly refusal: Refusal
}

/** A file read into drafts. */
export interface Drafts {
  /** Rows or features read. */
  readonly rows: number
  readonly drafts: readonly AreaDraft[]
  readonly rejected: readonly RejectedRow[]
}

/**
 * Checks a code against its level and the parent that the file states: the parent is the level above and its code begins the
 * child's (china.md 2.2), and a grid lies in a community, never directly under a street (DB6101/T 3185).
 */
export function codeFault(code: string, level: AreaLevel | undefined, parentCode: string | undefined): Refusal | undefined {
  if (code === '') return refuse.codeMissing()
  if (level === 'grid' && parentCode !== undefined && areaLevelOf(parentCode) !== 'community')
    return refuse.gridUnderStreet({ code, parent: parentCode })
  const own = areaLevelOf(code)
  if (!own) return refuse.codeDigits({ code })
  if (level !== undefined && own !== level) return refuse.wrongLevel({ code, level })
  if (parentCode !== undefined && parentCode !== parentCodeOf(code)) return refuse.notPrefix({ code, parent: parentCode })
  return undefined
}
