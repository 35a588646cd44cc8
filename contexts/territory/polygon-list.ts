import type { Wording } from '#kernel/refusal.ts'
import type { AreaLevel, GridKind } from './area.ts'
import { codeFault, type AreaDraft, type Drafts, type RejectedRow } from './area-draft.ts'
import type { Datum } from './datum.ts'
import { readGeometry } from './geometry.ts'
import { refuse } from './refusals.ts'

/** How to read a GeoJSON file of areas of one level. */
export interface PolygonColumns {
  readonly level: AreaLevel
  /** For level grid; service unless said. */
  readonly gridKind?: GridKind
  readonly datum: Datum
  /** Property with the code. Without it codes are made (synthetic-codes.ts) from the key and the parent. */
  readonly codeProperty?: string
  /** Property with the source's own name of the area, found again by `Territory.byKey`. */
  readonly keyProperty?: string
  /** Property with the parent's code; for made codes any area above. */
  readonly parentProperty?: string
  /** Parent of every feature, where no property says it. */
  readonly parentCode?: string
  readonly administeringParentProperty?: string
  readonly nameProperty?: string
  readonly nameEnProperty?: string
}

/** One feature, checked but for its code. */
export interface ReadFeature extends Omit<AreaDraft, 'code'> {
  readonly code: string | undefined
  readonly parentCode: string | undefined
}

/** Reads the features of a collection. Throws a refusal when the value is no FeatureCollection or no code can come from the columns. */
export function readFeatures(collection: unknown, columns: PolygonColumns): { features: ReadFeature[]; rejected: RejectedRow[]; rows: number } {
  const list = typeof collection === 'object' && collection !== null && 'features' in collection ? collection.features : undefined
  if (!Array.isArray(list)) throw refuse.notAFeatureCollection()
  const { codeProperty, keyProperty, parentProperty, parentCode } = columns
  if (codeProperty === undefined && (keyProperty === undefined || (parentProperty ?? parentCode) === undefined)) throw refuse.noCodeRule()
  const features: ReadFeature[] = []
  const rejected: RejectedRow[] = []
  list.forEach((feature: unknown, index) => {
    const line = index + 1
    const geometry = readGeometry(fieldOf(feature, 'geometry'), columns.datum)
    if (typeof geometry === 'string') rejected.push({ line, refusal: refuse[geometry]() })
    else features.push({ ...readProperties(fieldOf(feature, 'properties'), columns), line, border: { geometry, datum: columns.datum } })
  })
  return { features, rejected, rows: list.length }
}

/** Drafts of features that carry codes. */
export function draftsWithCodes(features: readonly ReadFeature[]): Pick<Drafts, 'drafts' | 'rejected'> {
  const drafts = new Map<string, AreaDraft>()
  const rejected: RejectedRow[] = []
  for (const { code = '', parentCode, ...feature } of features) {
    const refusal = codeFault(code, feature.level, parentCode) ?? (drafts.has(code) ? refuse.codeTwice({ code }) : undefined)
    if (refusal) rejected.push({ line: feature.line, refusal })
    else drafts.set(code, { ...feature, code })
  }
  return { drafts: [...drafts.values()], rejected }
}

function readProperties(properties: unknown, columns: PolygonColumns): Omit<ReadFeature, 'line' | 'border'> {
  const text = (property: string | undefined): string | undefined => {
    const value = property === undefined ? undefined : fieldOf(properties, property)
    const written = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : ''
    return written === '' ? undefined : written
  }
  const [zh, en] = [text(columns.nameProperty), text(columns.nameEnProperty)]
  const name: Wording | undefined = zh === undefined ? undefined : en === undefined ? { zh } : { zh, en }
  return {
    level: columns.level,
    gridKind: columns.level === 'grid' ? (columns.gridKind ?? 'service') : null,
    code: text(columns.codeProperty),
    parentCode: text(columns.parentProperty) ?? columns.parentCode,
    administeringParentCode: text(columns.administeringParentProperty),
    key: text(columns.keyProperty),
    name,
  }
}

function fieldOf(value: unknown, field: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[field] : undefined
}
