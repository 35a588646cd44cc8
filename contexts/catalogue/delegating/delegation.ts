/** 权随事转: when the grassroots may lead a department's work, and to whom the lead returns when they no longer may. */
import type { LocalDate } from '#kernel/clock.ts'
import { addDays } from '#kernel/clock.ts'
import { codeDigits, liesWithin } from '#kernel/codes.ts'
import type { Refusal, Wording } from '#kernel/refusal.ts'
import type { DelegationLevel, DelegationState, DutyList } from '../lifecycle.ts'
import type { Party } from '../matter.ts'
import { refuse } from '../refusals.ts'

/** What goes down with the work. Authority 权 always, and at least one of people 人, goods 物 and money 财. */
interface Means {
  readonly authority: Wording
  readonly people: Wording | null
  readonly goods: Wording | null
  readonly money: Wording | null
}

/** A department's matter that a street or community leads inside `areaCode` from `validFrom` until the day before `validTo`. */
export interface Delegation extends Means {
  readonly id: string
  readonly matterId: string
  /** Null: all conditions of the matter. */
  readonly conditionCode: string | null
  /** The delegating department and its function at that time. */
  readonly organisationId: string
  readonly functionCode: string
  readonly level: DelegationLevel
  readonly areaCode: string
  readonly legalBasis: Wording
  readonly validFrom: LocalDate
  readonly validTo: LocalDate
  readonly signedBy: string
  /** First day on which it no longer holds, where it was ended before its term. */
  readonly endedOn: LocalDate | null
  readonly endReason: string | null
}

/** First day on which it no longer holds. */
export function endOf({ validTo, endedOn }: Pick<Delegation, 'validTo' | 'endedOn'>): LocalDate {
  return endedOn !== null && endedOn < validTo ? endedOn : validTo
}

/** How a delegation stands on a day; `ending` is in force for at most `noticeDays` more. */
export function stateOn(one: Pick<Delegation, 'validFrom' | 'validTo' | 'endedOn'>, on: LocalDate, noticeDays: number): DelegationState {
  const end = endOf(one)
  if (end <= on) return 'ended'
  if (one.validFrom > on) return 'planned'
  return end <= addDays(on, noticeDays) ? 'ending' : 'in_force'
}

const isInForce = (one: Delegation, on: LocalDate): boolean => one.validFrom <= on && on < endOf(one)

/** True when a delegation is about a condition of a matter with this lead. */
export function concerns(one: Delegation, matterId: string, conditionCode: string, lead: Party): boolean {
  const isMatter = one.matterId === matterId && (one.conditionCode ?? conditionCode) === conditionCode
  return isMatter && one.level === lead.level && one.functionCode === lead.function
}

/** True when a condition's lead is a department's work in the hands of the grassroots. */
export function isDepartmentWorkBelow(lead: Party): boolean {
  return lead.level !== 'district' && lead.function !== null
}

/** Whether somewhere a delegation of a matter is in force on a day, for a condition's code and lead. */
export type IsDelegated = (conditionCode: string, lead: Party) => boolean

export function delegatedOn(delegations: readonly Delegation[], matterId: string | undefined, on: LocalDate): IsDelegated {
  return (conditionCode, lead) => delegations.some((one) => concerns(one, matterId ?? '', conditionCode, lead) && isInForce(one, on))
}

/** Who leads now: the condition's own lead, or where that is a department's work without a delegation in force here, the department. */
export interface LeadNow {
  readonly lead: Party
  readonly by: 'condition' | 'delegation' | 'return'
  /** The delegation in force; at a return the one that ended last here, if there was one. */
  readonly delegation: Delegation | null
}

/** Answers for a condition at a place on a day. */
export function leadNow(
  { matterId, code, lead }: { readonly matterId: string; readonly code: string; readonly lead: Party },
  areaCode: string,
  delegations: readonly Delegation[],
  on: LocalDate,
): LeadNow {
  if (!isDepartmentWorkBelow(lead)) return { lead, by: 'condition', delegation: null }
  const here = delegations.filter((one) => concerns(one, matterId, code, lead) && liesWithin(areaCode, one.areaCode))
  const [holding] = here.filter((one) => isInForce(one, on))
  if (holding) return { lead, by: 'delegation', delegation: holding }
  const [last = null] = here.filter((one) => endOf(one) <= on).toSorted((one, other) => (endOf(one) > endOf(other) ? -1 : 1))
  return { lead: { level: 'district', function: lead.function }, by: 'return', delegation: last }
}

/** What is known about what a department asks for: to delegate its work, or to put it on the committees' list. */
export interface AskedFacts {
  readonly today: LocalDate
  /** Of the version in force, else of the newest; undefined for a matter that does not exist. */
  readonly matter: { readonly title: string; readonly duty: DutyList | null } | undefined
  readonly department: { readonly isLine: boolean; readonly areaCode: string } | undefined
  readonly isArea: (code: string) => boolean
}

export interface DelegationFacts extends AskedFacts {
  readonly matter: (NonNullable<AskedFacts['matter']> & { readonly conditionCodes: readonly string[] }) | undefined
  readonly others: readonly Delegation[]
}

/** The first thing that stands against a new delegation. */
export function delegationRefusal(asked: Delegation, facts: DelegationFacts): Refusal | undefined {
  const { conditionCode } = asked
  const refusal = workRefusal(facts)
  if (refusal) return refusal
  if (conditionCode !== null && !facts.matter?.conditionCodes.includes(conditionCode)) return refuse.conditionNotFound({}, 'conditionCode')
  if (!asked.people && !asked.goods && !asked.money) return refuse.meansMissing({}, 'people')
  return termRefusal(asked, facts.today) ?? placeRefusal(asked.areaCode, asked.level, facts) ?? twinRefusal(asked, facts.others)
}

/** What stands against a delegation that comes in a file: its term may have passed, and its place may be new. */
export function importedRefusal(
  given: Delegation,
  facts: Pick<AskedFacts, 'matter' | 'department' | 'isArea'> & { readonly others: readonly Delegation[] },
): Refusal | undefined {
  const refusal = workRefusal(facts)
  if (refusal) return refusal
  if (!given.people && !given.goods && !given.money) return refuse.meansMissing({}, 'people')
  if (given.validTo <= given.validFrom) return refuse.termReversed({}, 'validTo')
  return placeRefusal(given.areaCode, given.level, facts) ?? twinRefusal(given, facts.others)
}

/** Work that was taken back (收回) never goes down, and only a department's work can. */
export function workRefusal({ matter, department }: Pick<AskedFacts, 'matter' | 'department'>): Refusal | undefined {
  if (!matter) return refuse.matterNotFound({}, 'matterId')
  if (matter.duty === 'withdrawn') return refuse.withdrawnNotDelegated({ matter: matter.title }, 'matterId')
  return department?.isLine ? undefined : refuse.notDepartment({}, 'organisationId')
}

/** A term lies before its end, and its end lies ahead. */
export function termRefusal({ validFrom, validTo }: { validFrom: LocalDate; validTo: LocalDate }, today: LocalDate): Refusal | undefined {
  if (validTo <= validFrom) return refuse.termReversed({}, 'validTo')
  return validTo <= today ? refuse.termOver({}, 'validTo') : undefined
}

/** A district, or what lies below it down to the level that takes the work, inside the department's territory. */
export function placeRefusal(
  areaCode: string,
  lowest: DelegationLevel,
  { department, isArea }: Pick<AskedFacts, 'department' | 'isArea'>,
): Refusal | undefined {
  const isLevel = areaCode.length >= codeDigits.district && areaCode.length <= codeDigits[lowest]
  return isLevel && liesWithin(areaCode, department?.areaCode ?? '') && isArea(areaCode) ? undefined : refuse.notBelowDepartment({}, 'areaCode')
}

function twinRefusal(asked: Delegation, others: readonly Delegation[]): Refusal | undefined {
  const twin = others.find((one) => isTwin(one, asked))
  return twin && refuse.delegatedAlready({ from: twin.validFrom, to: endOf(twin) }, 'validFrom')
}

// The same work to the same level at the same place on a common day: two records would leave open under which terms it went down.
function isTwin(one: Delegation, other: Delegation): boolean {
  const isWork = one.matterId === other.matterId && one.functionCode === other.functionCode && one.level === other.level
  const isCondition = one.conditionCode === null || other.conditionCode === null || one.conditionCode === other.conditionCode
  const isPlace = liesWithin(one.areaCode, other.areaCode) || liesWithin(other.areaCode, one.areaCode)
  return isWork && isCondition && isPlace && one.validFrom < endOf(other) && other.validFrom < endOf(one)
}
