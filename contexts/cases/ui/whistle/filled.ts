/** What a person fills in to whistle, and what still lacks something. Pure. */

export interface FilledWhistle {
  readonly kind: string
  readonly text: string
  readonly areaCode: string
  readonly conditionId: string
  readonly tried: string
  readonly missing: string
  /** Chosen units, each with the duty on which it is summoned. */
  readonly bases: Readonly<Record<string, string>>
}
export type WhistleField = 'text' | 'areaCode' | 'conditionId' | 'tried' | 'missing' | 'units'
export type WhistleLack = 'aboutMissing' | 'whereMissing' | 'matterMissing' | 'triedMissing' | 'missingMissing' | 'summonMissing' | 'basisMissing'

/** Fields that lack something; without a case also the words, the place and the matter of the one that is opened. */
export function lacksOf(filled: FilledWhistle, hasCase: boolean): Partial<Record<WhistleField, WhistleLack>> {
  const bases = Object.values(filled.bases)
  const checks: readonly (readonly [WhistleField, boolean, WhistleLack])[] = [
    ['text', !hasCase && filled.text.trim().length < 2, 'aboutMissing'],
    ['areaCode', !hasCase && filled.areaCode.length < 9, 'whereMissing'],
    ['conditionId', !hasCase && !filled.conditionId, 'matterMissing'],
    ['tried', !filled.tried.trim(), 'triedMissing'],
    ['missing', !filled.missing.trim(), 'missingMissing'],
    ['units', bases.some((basis) => !basis.trim()), 'basisMissing'],
    ['units', bases.length === 0, 'summonMissing'],
  ]
  return Object.fromEntries(checks.filter(([, lacks]) => lacks).map(([field, , what]) => [field, what]))
}
