import type { Refusal, Wording } from '#kernel/refusal.ts'
import { areaLevelOf, areaLevels, digitsOf, levelAbove, type AreaLevel } from './area.ts'
import type { AreaDraft, RejectedRow } from './area-draft.ts'
import type { ReadFeature } from './polygon-list.ts'
import { refuse } from './refusals.ts'

/** Codes that are already given, now or earlier: a number is never used twice. */
export interface GivenCodes {
  /** Code in force of each key of the file that is known. */
  readonly codeOfKey: ReadonlyMap<string, string>
  /** Codes of the level of the file. */
  readonly used: ReadonlySet<string>
}

/**
 * Makes codes for areas whose source has none. The rule:
 * 1. a key that is known keeps its code;
 * 2. a level between the stated area above and the new area is filled by one area with segment `900` (no code of
 *    the national list of 2023 has a segment from 600 up), named as not stated;
 * 3. new keys are numbered in ascending order of their text with the lowest free numbers from 1 up, never one that was used before.
 * So the same file always gives the same codes, and a grown file keeps the old ones. A grid is never filled up to a community.
 */
export function makeCodes(features: readonly ReadFeature[], given: GivenCodes): { drafts: AreaDraft[]; rejected: RejectedRow[] } {
  const drafts: AreaDraft[] = []
  const rejected: RejectedRow[] = []
  const fillers = new Map<string, AreaDraft>()
  const used = new Set(given.used)
  const next = new Map<string, number>()
  const keys = new Set<string>()

  const take = ({ parentCode = '', ...feature }: ReadFeature): Refusal | undefined => {
    const { line, level, key } = feature
    const above = fillUp(parentCode, level, line)
    if (key === undefined) return refuse.keyMissing()
    if (keys.has(key)) return refuse.keyTwice({ key })
    if ('refusal' in above) return above.refusal
    const known = given.codeOfKey.get(key)
    const code = known?.startsWith(above.code) ? known : nextCode(above.code, level, used, next)
    if (code === undefined) return refuse.numbersUsedUp({ parent: above.code })
    keys.add(key)
    for (const filler of above.fillers) fillers.set(filler.code, filler)
    drafts.push({ ...feature, code })
    return undefined
  }

  for (const feature of features.toSorted(byKeyText)) {
    const refusal = take(feature)
    if (refusal) rejected.push({ line: feature.line, refusal })
  }
  return { drafts: [...fillers.values(), ...drafts], rejected }
}

function byKeyText(a: ReadFeature, b: ReadFeature): number {
  const [left, right] = [a.key ?? '', b.key ?? '']
  return left < right ? -1 : left > right ? 1 : a.line - b.line
}

const fillerNames: Partial<Record<AreaLevel, Wording>> = {
  district: { zh: '未分区县', en: 'District not stated' },
  street: { zh: '未分街镇', en: 'Street not stated' },
  community: { zh: '未分社区', en: 'Community not stated' },
}

/** Code of the area directly above a new one, with the areas that have to be made in between. */
function fillUp(parentCode: string, level: AreaLevel, line: number): { code: string; fillers: AreaDraft[] } | { refusal: Refusal } {
  const from = areaLevelOf(parentCode)
  if (level === 'grid' && from !== 'community') return { refusal: refuse.gridUnderStreet({ code: '?', parent: parentCode }) }
  const between = from ? areaLevels.slice(areaLevels.indexOf(from) + 1, areaLevels.indexOf(level)) : []
  if (!from || areaLevels.indexOf(from) >= areaLevels.indexOf(level)) return { refusal: refuse.parentMissing({ code: '?', parent: parentCode }) }
  const fillers: AreaDraft[] = []
  let code = parentCode
  for (const filled of between) {
    code += '900'.slice(0, digitsOf[filled] - code.length)
    fillers.push({ line, code, level: filled, gridKind: null, firstName: fillerNames[filled] })
  }
  return { code, fillers }
}

function nextCode(parent: string, level: AreaLevel, used: Set<string>, next: Map<string, number>): string | undefined {
  const digits = digitsOf[level] - digitsOf[levelAbove(level) ?? level]
  for (let number = next.get(parent) ?? 1; number < 10 ** digits; number += 1) {
    const code = parent + String(number).padStart(digits, '0')
    if (used.has(code)) continue
    used.add(code)
    next.set(parent, number + 1)
    return code
  }
  return undefined
}
