import type { LocalDate } from '#kernel/clock.ts'
import type { Wording } from '#kernel/refusal.ts'
import { requestKinds, requestLevels, type RequestKind, type RequestLevel } from './lifecycle.ts'
import { refuseRequest } from './refusals.ts'

/** The rules of one kind of request from a day on (cases.request_kind). */
export interface RequestKindRule {
  readonly kind: RequestKind
  readonly effectiveFrom: LocalDate
  /** The permission that each approval needs, one after the other. */
  readonly levels: readonly RequestLevel[]
  /** How many may be approved. */
  readonly most: number
  /** How often a unit may ask in one case; null is no limit. */
  readonly tries: number | null
  /** Longest term in days; null where no date is asked for. */
  readonly longestDays: number | null
  readonly name: Wording
  readonly explanation: Wording
}

/** An adjudication that was marked as a rule: who is responsible for this condition of this matter within an area. */
export interface RulePrecedent {
  readonly id: string
  readonly matterId: string
  readonly conditionCode: string
  readonly organisationId: string
  readonly scopeArea: string
  readonly caseNumber: string
  readonly decidedAt: string
}

/** Rules of requests in force, held in memory with the others. */
export interface RequestRules {
  readonly kinds: ReadonlyMap<RequestKind, RequestKindRule>
  /** The newest first. */
  readonly precedents: readonly RulePrecedent[]
}

/** Of each kind the rule with the latest day that is not after `on`. */
export function kindsOn(rows: readonly RequestKindRule[], on: LocalDate): ReadonlyMap<RequestKind, RequestKindRule> {
  const inForce = rows.filter((row) => row.effectiveFrom <= on).toSorted((a, b) => (a.effectiveFrom < b.effectiveFrom ? -1 : 1))
  return new Map(requestKinds.flatMap((kind) => inForce.findLast((row) => row.kind === kind) ?? []).map((row) => [row.kind, row]))
}

const LONGEST_SUSPENSION_DAYS = 365
const MOST_EXTENSIONS = 2

/**
 * Refuses rules that the official limits do not allow (china.md 1.7): at most two extensions, by two levels; one suspension of at most a year;
 * one appeal with two reviews; one objection. A city may be stricter.
 */
export function checkKindRule({ kind, levels, most, tries, longestDays }: RequestKindRule): void {
  const no = (field: string, zh: string, en: string): Error => refuseRequest.badRequestKind({ zh, en }, field)
  if (levels.some((level) => !requestLevels.includes(level))) throw no('levels', '审批级别不存在', 'a level is unknown')
  if ((kind === 'objection') !== levels.every((level) => level === 'case.adjudicate') || (kind !== 'objection' && levels.includes('case.adjudicate')))
    throw no('levels', '裁定只用于异议', 'adjudication belongs to objections only')
  if (kind === 'objection' && levels.length !== 1) throw no('levels', '异议由一级裁定', 'an objection is adjudicated once')
  if ((kind === 'extension' || kind === 'appeal') && levels.length < 2) throw no('levels', '至少两级审批', 'two levels at least')
  if (most > (kind === 'extension' ? MOST_EXTENSIONS : 1)) throw no('most', '批准次数超过规定', 'more approvals than the rules allow')
  if ((kind === 'appeal' || kind === 'objection') && tries !== 1) throw no('tries', '每件只能提出一次', 'it may be asked once per case')
  if ((longestDays !== null) !== (kind === 'suspension')) throw no('longestDays', '只有挂账需要最长期限', 'only a suspension has a longest term')
  if (longestDays !== null && longestDays > LONGEST_SUSPENSION_DAYS) throw no('longestDays', '挂账最长一年', 'a suspension lasts a year at most')
}
