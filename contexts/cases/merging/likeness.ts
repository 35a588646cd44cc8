/**
 * How likely two calls are about the same thing, by place, matter, words and time, always with the reasons. It proposes; a person merges.
 */
import type { DuplicateRules } from '#contexts/catalogue/index.ts'
import { msOf, DAY_MS, type Instant } from '#kernel/clock.ts'
import { codeDigits } from '#kernel/codes.ts'
import type { Wording } from '#kernel/refusal.ts'
import { likeness } from './words.ts'

/** What is known of a call that may repeat another. Coordinates in CGCS2000 degrees. */
export interface Comparable {
  readonly lng: number | null
  readonly lat: number | null
  readonly areaCode: string
  readonly conditionId: string | null
  readonly matterId: string | null
  readonly reportedAt: Instant
  /** Keyed hash of the caller's telephone. */
  readonly phoneHash: string | null
  readonly pairs: ReadonlySet<string>
  /** Pairs of its first sentence. */
  readonly opening: ReadonlySet<string>
}

export interface Likeness {
  /** 0 to 1. */
  readonly score: number
  /** Null where one of the two has no coordinate. */
  readonly metres: number | null
  readonly reasons: readonly Wording[]
}

/** What each of them says where it is known; what is not known is left out of the sum. */
const weights = { place: 0.4, caller: 0.4, matter: 0.25, words: 0.35 } as const
/** At the end of the window a likeness is worth this much less. */
const FADES_BY = 0.2
const sameGrid = 0.8
const sameCommunity = 0.5
const sameMatter = 0.8
/** Of letters that have half their words and their openings in common 95 in 100 are about the same (read on two cities' records): so much is their mean worth. */
const HALF_ALIKE = 1.2
/** Fewer pairs than these, or less alike than this, share half by chance. */
const FEWEST_PAIRS = 20
const LEAST_ALIKE = 0.3
const GRID_DIGITS = codeDigits.grid
const COMMUNITY_DIGITS = codeDigits.community

interface Part {
  readonly weight: number
  /** 0 to 1. */
  readonly value: number
  readonly reason?: Wording
}

/** Compares two calls of one district. Null when they are too far apart in time or place, or too unlike, to be proposed. */
export function compareCalls(a: Comparable, b: Comparable, windowDays: number, rules: DuplicateRules): Likeness | null {
  const days = Math.abs(msOf(a.reportedAt) - msOf(b.reportedAt)) / DAY_MS
  if (days > windowDays) return null
  const metres = distance(a, b)
  const place = placePart(a, b, metres, rules)
  const words = wordsPart(likeness(a.pairs, b.pairs))
  const copy = copyValue(a, b, words.value)
  const isCopy = copy >= rules.copyFloor
  const caller = callerPart(a, b)
  if (place === null && caller === null && !isCopy) return null
  const parts = [place, caller, matterPart(a, b), words].filter((part) => part !== null)
  const sum = parts.reduce((total, part) => total + part.weight * part.value, 0) / parts.reduce((total, part) => total + part.weight, 0)
  const faded = Math.max(sum, isCopy && place === null ? copy : 0) * (1 - (FADES_BY * days) / windowDays)
  // Words alone that repeat another call are enough, wherever the two say they are, and however late within the window.
  const score = isCopy ? Math.max(faded, rules.floor) : faded
  if (score < rules.floor) return null
  const far = place === null && metres !== null ? [metresReason(metres)] : []
  return { score, metres, reasons: [...far, ...parts.flatMap((part) => part.reason ?? []), timeReason(days)] }
}

/** How far one call repeats the other. People who write again, or for a neighbour, begin alike, name place and matter there, and then tell it otherwise. */
function copyValue(a: Comparable, b: Comparable, whole: number): number {
  if (whole < LEAST_ALIKE || Math.min(a.pairs.size, b.pairs.size) < FEWEST_PAIRS) return whole
  return Math.max(whole, Math.min(1, (HALF_ALIKE * (whole + likeness(a.opening, b.opening))) / 2))
}

/** Null where the place says nothing: not known on one side, or too far apart. */
function placePart(a: Comparable, b: Comparable, metres: number | null, rules: DuplicateRules): Part | null {
  const weight = weights.place
  if (metres !== null) return metres > rules.metres ? null : { weight, value: 1 - metres / (2 * rules.metres), reason: metresReason(metres) }
  const shares = (digits: number): boolean => a.areaCode.length >= digits && a.areaCode.slice(0, digits) === b.areaCode.slice(0, digits)
  if (shares(GRID_DIGITS)) return { weight, value: sameGrid, reason: { zh: '同一网格', en: 'the same grid' } }
  if (shares(COMMUNITY_DIGITS)) return { weight, value: sameCommunity, reason: { zh: '同一社区', en: 'the same community' } }
  return null
}

/** Repeated demands of one person are merged in principle (国办函〔2025〕66号); somebody else's call says nothing. */
function callerPart(a: Comparable, b: Comparable): Part | null {
  if (a.phoneHash === null || a.phoneHash !== b.phoneHash) return null
  return { weight: weights.caller, value: 1, reason: { zh: '同一反映人', en: 'the same caller' } }
}

/** Null where one of the two has no matter yet. */
function matterPart(a: Comparable, b: Comparable): Part | null {
  const weight = weights.matter
  if (a.matterId === null || b.matterId === null) return null
  if (a.conditionId === b.conditionId) return { weight, value: 1, reason: { zh: '同一事项和立案条件', en: 'the same matter and condition' } }
  if (a.matterId === b.matterId) return { weight, value: sameMatter, reason: { zh: '同一事项', en: 'the same matter' } }
  return { weight, value: 0 }
}

function wordsPart(value: number): Part {
  const percent = Math.round(value * 100)
  return { weight: weights.words, value, ...(percent >= 20 ? { reason: { zh: `文字相近 ${percent}%`, en: `${percent}% of the words alike` } } : {}) }
}

function metresReason(metres: number): Wording {
  const shown = String(Math.round(metres))
  return { zh: `相距 ${shown} 米`, en: `${shown} m apart` }
}

function timeReason(days: number): Wording {
  const whole = Math.floor(days)
  return whole === 0 ? { zh: '一天之内', en: 'within a day' } : { zh: `相隔 ${whole} 天`, en: whole === 1 ? 'a day apart' : `${whole} days apart` }
}

const EARTH_RADIUS_M = 6_371_000
const RADIAN = Math.PI / 180

/** Metres between two points a few kilometres apart (plane of the mean latitude); null without both coordinates. */
export function distance(a: Pick<Comparable, 'lng' | 'lat'>, b: Pick<Comparable, 'lng' | 'lat'>): number | null {
  if (a.lng === null || a.lat === null || b.lng === null || b.lat === null) return null
  const east = (b.lng - a.lng) * RADIAN * Math.cos(((a.lat + b.lat) / 2) * RADIAN)
  const north = (b.lat - a.lat) * RADIAN
  return Math.hypot(east, north) * EARTH_RADIUS_M
}
