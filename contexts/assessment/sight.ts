import type { Actor } from '#kernel/actor.ts'
import { codeDigits, levels, type Level } from '#kernel/codes.ts'
import type { FigureScope, FigureServices } from './questions.ts'
import { periodOf, type Period } from './period.ts'
import { byReading, districtsIn, wholeDistricts } from './reach.ts'
import type { TallyFilter } from './tallying/store.ts'

/** What a count of cases is narrowed by; `-` asks for those without a matter or a unit. */
export interface TallyScope extends FigureScope {
  readonly matter?: string | undefined
  readonly organisationId?: string | undefined
  /** A right that must hold for a case besides reading it. */
  readonly alsoNeeds?: string | undefined
}

const line = { districtCode: 'c.district_code', areaCode: 'c.area_code', organisationIds: 'c.organisation_ids' }
const none = (value: string | undefined): string | undefined => (value === '-' ? '' : value)

/** The cases that a reader's own list shows, of a period. */
export function tallyFilter(services: FigureServices, actor: Actor, scope: TallyScope, by = byReading): TallyFilter & { readonly period: Period } {
  const rules = services.rules()
  const now = services.clock.now()
  const period = periodOf(scope, now, services.zone)
  const permissions: string[] = [by.cases, ...(scope.alsoNeeds === undefined ? [] : [scope.alsoNeeds])]
  return {
    period,
    since: period.since,
    until: period.until,
    now,
    mayRead: permissions.map((right) => rules.policy.visible(actor, right, line)),
    whole:
      scope.matter === undefined && scope.organisationId === undefined
        ? wholeDistricts(rules.policy, actor, { permissions, areaCode: scope.areaCode, column: 'k.district_code' })
        : undefined,
    districts: districtsIn(rules.districts, scope.areaCode),
    areaCode: scope.areaCode,
    matter: none(scope.matter),
    organisationId: none(scope.organisationId),
  }
}

/** The area that a question is about: the one asked for, or the widest that the posts cover. */
export function areaOf(actor: Actor, areaCode: string | undefined): string {
  return areaCode ?? actor.posts.map((post) => post.areaCode).toSorted((one, other) => one.length - other.length)[0] ?? ''
}

/** The level below an area, down to the community: a grid has one worker, and nothing here is about persons. */
export function levelBelow(areaCode: string): Level | undefined {
  return levels.find((level) => level !== 'grid' && codeDigits[level] > areaCode.length)
}
