import type { LocalDate } from '#kernel/clock.ts'
import type { Wording } from '#kernel/refusal.ts'
import { requestKinds, type RequestKind, type RequestLevel } from './lifecycle.ts'
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
export function checkKindRule(rule: RequestKindRule): void {
  const found = faults.find(({ isWrong }) => isWrong(rule))
  if (found) throw refuseRequest.badRequestKind({ zh: found.zh, en: found.en }, found.field)
}

interface Fault {
  readonly field: 'levels' | 'most' | 'tries' | 'longestDays'
  readonly isWrong: (rule: RequestKindRule) => boolean
  readonly zh: string
  readonly en: string
}

const isAdjudicated = (rule: RequestKindRule): boolean => rule.kind === 'objection'
const isReviewedTwice = ({ kind }: RequestKindRule): boolean => kind === 'extension' || kind === 'appeal'
const mostOf = ({ kind }: RequestKindRule): number => (kind === 'extension' ? MOST_EXTENSIONS : 1)

const faults: readonly Fault[] = [
  {
    field: 'levels',
    isWrong: (rule) => rule.levels.some((level) => (level === 'case.adjudicate') !== isAdjudicated(rule)),
    zh: '异议由裁定决定，裁定也只用于异议',
    en: 'objections are adjudicated, and nothing else is',
  },
  {
    field: 'levels',
    isWrong: (rule) => isAdjudicated(rule) && rule.levels.length !== 1,
    zh: '异议由一级裁定',
    en: 'an objection is adjudicated once',
  },
  { field: 'levels', isWrong: (rule) => isReviewedTwice(rule) && rule.levels.length < 2, zh: '至少两级审批', en: 'two levels at least' },
  { field: 'most', isWrong: (rule) => rule.most > mostOf(rule), zh: '批准次数超过规定', en: 'more approvals than the rules allow' },
  {
    field: 'tries',
    isWrong: ({ kind, tries }) => (kind === 'appeal' || kind === 'objection') && tries !== 1,
    zh: '每件只能提出一次',
    en: 'it may be asked once per case',
  },
  {
    field: 'longestDays',
    isWrong: ({ kind, longestDays }) => (longestDays !== null) !== (kind === 'suspension'),
    zh: '挂账须有最长期限，其他申请没有',
    en: 'a suspension has a longest term, and nothing else has',
  },
  {
    field: 'longestDays',
    isWrong: ({ longestDays }) => longestDays !== null && longestDays > LONGEST_SUSPENSION_DAYS,
    zh: '挂账最长一年',
    en: 'a suspension lasts a year at most',
  },
]
