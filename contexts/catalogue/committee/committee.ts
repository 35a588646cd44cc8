/** What a residents' committee does: its own matters 自治, and those it assists the government with 协助, which enter only by approval 准入. */
import { addDays, type LocalDate } from '#kernel/clock.ts'
import { liesWithin } from '#kernel/codes.ts'
import type { Refusal } from '#kernel/refusal.ts'
import { placeRefusal, termRefusal, workRefusal, type AskedFacts } from '../delegating/delegation.ts'
import type { CommitteeList, EntryStatus } from '../lifecycle.ts'
import { refuse } from '../refusals.ts'

/** A matter on a list of the committees whose code begins with `areaCode`, from `validFrom` until the day before `validTo`. */
export interface CommitteeDuty {
  readonly id: string
  readonly list: CommitteeList
  readonly matterId: string
  /** `''` for all, twelve digits for one. */
  readonly areaCode: string
  /** False takes the matter off both lists there: an exception to a wider row. */
  readonly listed: boolean
  readonly validFrom: LocalDate
  readonly validTo: LocalDate | null
  /** The approved request by which it entered; null for what the committees did from the start, and for exceptions. */
  readonly requestId: string | null
  readonly reason: string | null
  readonly endReason: string | null
}

const isInForce = (one: Pick<CommitteeDuty, 'validFrom' | 'validTo'>, on: LocalDate): boolean =>
  one.validFrom <= on && (one.validTo === null || on < one.validTo)

/** The row that decides for a matter at a community on a day: the most specific, and of equals the latest. */
export function decidingRow(rows: readonly CommitteeDuty[], matterId: string, community: string, on: LocalDate): CommitteeDuty | undefined {
  const here = rows.filter((one) => one.matterId === matterId && liesWithin(community, one.areaCode) && isInForce(one, on))
  return here.toSorted(
    (a, b) => b.areaCode.length - a.areaCode.length || (a.validFrom === b.validFrom ? (a.id < b.id ? 1 : -1) : a.validFrom < b.validFrom ? 1 : -1),
  )[0]
}

/** On which list of the community the matter stands that day; null on neither. */
export function listAt(rows: readonly CommitteeDuty[], matterId: string, community: string, on: LocalDate): CommitteeList | null {
  const row = decidingRow(rows, matterId, community, on)
  return row?.listed ? row.list : null
}

/** 准入申请: a department asks to put a matter on the 协助 list. */
export interface EntryRequest {
  readonly id: string
  readonly status: EntryStatus
  readonly matterId: string
  readonly organisationId: string
  /** A district for all its communities, a street for all of its, or one community. */
  readonly areaCode: string
  readonly reason: string
  readonly legalBasis: string
  /** What comes with it, at least one. */
  readonly authority: string | null
  readonly people: string | null
  readonly money: string | null
  readonly validFrom: LocalDate
  readonly validTo: LocalDate
  readonly askedAt: string
  readonly askedBy: string | null
  readonly decidedAt: string | null
  readonly decidedBy: string | null
  readonly decisionReason: string | null
}

export interface EntryFacts extends AskedFacts {
  readonly requests: readonly EntryRequest[]
  readonly duties: readonly CommitteeDuty[]
}

/** The first thing that stands against asking. */
export function entryRefusal(asked: EntryRequest, facts: EntryFacts): Refusal | undefined {
  const refusal = workRefusal(facts)
  if (refusal) return refusal
  if (!asked.authority && !asked.people && !asked.money) return refuse.entryMeansMissing({}, 'people')
  return termRefusal(asked, facts.today) ?? placeRefusal(asked.areaCode, 'community', facts) ?? repeatRefusal(asked, facts)
}

function repeatRefusal(asked: EntryRequest, { today, requests, duties }: EntryFacts): Refusal | undefined {
  const { matterId, areaCode } = asked
  const open = requests.some((one) => one.status === 'asked' && one.matterId === matterId && one.areaCode === areaCode)
  if (open) return refuse.askedAlready({}, 'matterId')
  const from = asked.validFrom > today ? asked.validFrom : today
  const isListed = listAt(duties, matterId, areaCode, from) !== null && isListedUntil(duties, asked, from)
  return isListed ? refuse.listedAlready({}, 'matterId') : undefined
}

// It may be asked again for the time after the present term.
function isListedUntil(duties: readonly CommitteeDuty[], asked: EntryRequest, from: LocalDate): boolean {
  const row = decidingRow(duties, asked.matterId, asked.areaCode, from)
  return row !== undefined && (row.validTo === null || row.validTo >= addDays(asked.validTo, -1))
}

/** The row by which an approved matter enters: never before the day of the approval. */
export function entryOf(request: EntryRequest, id: string, today: LocalDate): CommitteeDuty {
  const { matterId, areaCode, validFrom, validTo } = request
  return {
    id,
    list: 'assist',
    matterId,
    areaCode,
    listed: true,
    validFrom: validFrom > today ? validFrom : today,
    validTo,
    requestId: request.id,
    reason: null,
    endReason: null,
  }
}
