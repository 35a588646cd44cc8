import { isEnded, wasEverLate, type Assignment } from '#contexts/assignments/index.ts'
import type { Instant, LocalDate } from '#kernel/clock.ts'
import type { DistrictCode } from '#kernel/codes.ts'
import { whistleStateNames, type RateBand, type WhistleColumn, type WhistleState } from './lifecycle.ts'

/** A unit that a whistle summons; `assignmentId` from the moment when it sounds. */
export interface WhistleUnit {
  readonly organisationId: string
  readonly ordinal: number
  /** On which duty it is summoned. */
  readonly basis: string
  readonly assignmentId: string | null
  readonly score: number | null
  readonly scoreNote: string | null
  readonly ratedAt: Instant | null
}

export interface Whistle {
  readonly districtCode: DistrictCode
  readonly id: string
  readonly caseId: string
  readonly kind: string
  readonly kindFrom: LocalDate
  readonly state: WhistleState
  /** Who asked: the street itself, or a community of its. */
  readonly callerOrganisationId: string
  readonly streetOrganisationId: string
  /** The street’s own part: it must see to it that everybody answers, and rate them. */
  readonly conveneAssignmentId: string
  readonly tried: string
  readonly missing: string
  readonly askedAt: Instant
  readonly soundedAt: Instant | null
  /** Key of whoever let it sound. */
  readonly soundedBy: string | null
  readonly endedAt: Instant | null
  readonly endNote: string | null
  readonly units: readonly WhistleUnit[]
}

/** The assignment of a summoned unit; undefined before the whistle sounds. */
export function partOf(unit: WhistleUnit, assignments: readonly Assignment[]): Assignment | undefined {
  return assignments.find(({ id }) => id === unit.assignmentId)
}

/** A unit's answer may be rated when it has answered, and also while it keeps the street waiting beyond its time; who was relieved owed none. */
export function mayBeRated(part: Assignment | undefined, now: Instant): boolean {
  return part !== undefined && (part.state === 'done' || ranLate(part, now))
}

/** True for a unit that was late for what it owed. */
export function ranLate(part: Assignment | undefined, now: Instant): boolean {
  return part !== undefined && part.state !== 'relieved' && wasEverLate(part, now)
}

/** Where a whistle stands on the board. */
export function columnOf({ state, units }: Whistle, assignments: readonly Assignment[]): WhistleColumn {
  if (!whistleStateNames[state].open) return 'ended'
  if (state !== 'sounded') return 'asked'
  const atWork = units.some((unit) => {
    const part = partOf(unit, assignments)
    return part !== undefined && !isEnded(part)
  })
  return atWork ? 'answering' : 'rating'
}

/** 吹哨率: whistles of a street for each of its cases, and where that stands in the healthy band. Too few cases say nothing. */
export function rateOf(
  { whistles, cases }: { whistles: number; cases: number },
  { least, low, high }: { least: number; low: number; high: number },
): { rate: number | null; band: RateBand } {
  if (cases < least) return { rate: null, band: 'none' }
  const rate = whistles / cases
  return { rate, band: rate < low ? 'low' : rate > high ? 'high' : 'healthy' }
}
