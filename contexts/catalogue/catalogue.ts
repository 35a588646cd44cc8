/** The catalogue of one day as a value in memory: what deciding a case asks it, without another look at the database. */
import type { LocalDate } from '#kernel/clock.ts'
import type { EmergencyService } from '#kernel/emergency.ts'
import type { Wording } from '#kernel/refusal.ts'
import { listAt, type CommitteeDuty } from './committee/committee.ts'
import { leadNow, type Delegation, type LeadNow } from './delegating/delegation.ts'
import type { CommitteeList, DutyList, LadderAct, LadderClock, MatterKind, Tier, VersionStatus, WorkKind } from './lifecycle.ts'
import { buildMatcher, type Matcher, type WordedCondition } from './matching.ts'
import type { CatalogueWord, ConditionText, MatterText, Party } from './matter.ts'
import type { CalendarYear, Limit, WorkingCalendar, WorkingHours } from './working-time.ts'

/** One version of a matter as stored, with its conditions in their order. */
export interface MatterVersion extends Omit<MatterText, 'conditions'> {
  readonly id: string
  readonly matterId: string
  readonly number: number
  readonly status: VersionStatus
  readonly effectiveFrom: LocalDate | null
  /** First day on which it no longer holds. */
  readonly effectiveTo: LocalDate | null
  /** Counts the saves; a person who edits names the one that was on the screen. */
  readonly rowVersion: number
  readonly publishedAt: string | null
  readonly conditions: readonly (ConditionText & { readonly id: string })[]
}

/** A filing condition in force. A case keeps `matterVersionId` and `id`: what it was decided under. */
export interface Condition {
  readonly id: string
  readonly code: string
  readonly matterId: string
  readonly matterVersionId: string
  readonly matterCode: string
  readonly matterName: Wording
  readonly description: Wording
  /** What a case is called: the matter, and where the matter has several conditions, which of them. */
  readonly name: Wording
  readonly duty: DutyList | null
  readonly workKind: WorkKind
  /** 呼应: answer by. Counted from dispatch. */
  readonly respond: Limit
  /** 处置: solve by. Counted from dispatch. */
  readonly dispose: Limit
  readonly closing: Wording | null
  readonly tier: Tier
  readonly lead: Party
  readonly helpers: readonly Party[]
  readonly evidence: readonly string[]
}

/** A matter in force. */
export interface Matter {
  readonly id: string
  readonly versionId: string
  readonly number: number
  readonly standard: string
  readonly kind: MatterKind
  readonly code: string
  readonly name: Wording
  readonly category: Wording | null
  readonly words: readonly CatalogueWord[]
  readonly conditionIds: readonly string[]
}

/** What happens at one moment of a running clock: at a share of the limit, or minutes of wall time after the due moment (the other is null). */
export interface LadderStep {
  readonly milestone: LadderClock
  readonly ordinal: number
  readonly percent: number | null
  readonly minutesAfterDue: number | null
  readonly act: LadderAct
  /** Null is the unit that holds the assignment. */
  readonly toRole: string | null
}

/** What a resident may choose from. */
export interface PublicMatter {
  readonly id: string
  readonly name: Wording
  readonly category: Wording | null
}

export interface Catalogue {
  readonly on: LocalDate
  /** Grows with every change of the catalogue; the same number is the same catalogue. */
  readonly revision: number
  /** Matters and conditions in force on the day. */
  readonly matters: ReadonlyMap<string, Matter>
  readonly conditions: ReadonlyMap<string, Condition>
  /** Any condition that was ever published: an old case goes on under the version that it was decided under. */
  condition(id: string): Condition | undefined
  /** Ranks the conditions in force by the words of a resident. */
  readonly matcher: Matcher
  /** Confidence from which a match is taken without a person. */
  readonly floor: number
  readonly calendar: WorkingCalendar
  readonly words: Settings['words']
  readonly callBack: Settings['callBack']
  readonly ladder: readonly LadderStep[]
  /** Limit for dispatching again after a return (china.md 1.7). */
  readonly redispatch: Limit
  readonly publicMatters: readonly PublicMatter[]
  readonly duplicates: DuplicateRules
  /** Words that mean danger, with whom to call first. */
  readonly dangers: readonly Danger[]
  readonly whistle: WhistleSettings
  readonly portal: PortalSettings
  /** Who leads a condition at a place today: work that was delegated returns to its department where the delegation has ended. */
  leadAt(condition: Condition, areaCode: string): LeadNow
  /** On which list of a residents' committee a matter stands today; null on neither, and then no rule sends it there. */
  committeeListAt(matterId: string, communityCode: string): CommitteeList | null
}

/** What a city calls a street's summons (吹哨, 呼叫) and the answer to it (报到, 响应), and which whistle rate of a street is healthy. */
export interface WhistleSettings {
  readonly word: Required<Wording>
  readonly answer: Required<Wording>
  /** Over so many days; with fewer cases than `least` the rate says nothing. `low` and `high` are shares, 0 to 1. */
  readonly rate: { readonly days: number; readonly least: number; readonly low: number; readonly high: number }
  /** Hours that the other side of a summoned unit’s objection has; an adjudication waits for its opinion that long. */
  readonly hearingHours: number
}

/** What the residents' portal tells of itself; null is not shown. */
export interface PortalSettings {
  readonly phone: string
  /** When somebody answers. */
  readonly hours: Required<Wording> | null
  readonly link: { readonly address: string; readonly name: Required<Wording> } | null
}

/** When two calls are proposed as one. */
export interface DuplicateRules {
  /** Calls further apart than this are not proposed, unless one repeats the other's words. */
  readonly metres: number
  /** How many days apart two calls of a kind of work may be. */
  readonly days: Readonly<Record<WorkKind, number>>
  /** Days after closing during which a case is still proposed. */
  readonly closedDays: number
  /** Score from which a case is proposed, 0 to 1. */
  readonly floor: number
  /** Likeness of words from which the place need not be known, 0 to 1. */
  readonly copyFloor: number
}

export interface Danger {
  readonly service: EmergencyService
  readonly word: string
}

/** Single values of a city in force on one day (catalogue.setting). */
export interface Settings {
  readonly zone: string
  readonly workDayMinutes: number
  readonly floor: number
  /** Hours, day and night, in which a case that was given back is dispatched again. */
  readonly redispatchHours: number
  readonly whistle: WhistleSettings
  /** What the city calls a move of a case, by the move's name. */
  readonly words: { readonly callUp: Wording; readonly sendDown: Wording }
  /** Size of a call-back sample. */
  readonly callBack: { readonly percent: number; readonly minimumPerStreet: number }
  readonly duplicates: DuplicateRules
  readonly dangers: readonly Danger[]
  /** Days before its end from which a delegation is listed as ending. */
  readonly noticeDays: number
  readonly portal: PortalSettings
}

export interface CatalogueParts {
  readonly on: LocalDate
  readonly revision: number
  /** Every version that was ever published. */
  readonly versions: readonly MatterVersion[]
  readonly years: readonly CalendarYear[]
  readonly hours: readonly WorkingHours[]
  readonly ladder: readonly LadderStep[]
  readonly settings: Settings
  readonly delegations: readonly Delegation[]
  readonly committeeDuties: readonly CommitteeDuty[]
}

/** Puts the rows of one day together. */
export function assembleCatalogue({
  on,
  revision,
  versions,
  years,
  hours,
  ladder,
  settings,
  delegations,
  committeeDuties,
}: CatalogueParts): Catalogue {
  const inForce = versions.filter((version) => holdsOn(version, on))
  const matters = inForce.map(matterOf)
  const everPublished = mapById(versions.flatMap(conditionsOf))
  return {
    on,
    revision,
    matters: mapById(matters),
    conditions: mapById(inForce.flatMap(conditionsOf)),
    condition: (id) => everPublished.get(id),
    matcher: buildMatcher(inForce.flatMap(wordedConditions)),
    floor: settings.floor,
    calendar: { zone: settings.zone, workDayMinutes: settings.workDayMinutes, hours, years },
    words: settings.words,
    callBack: settings.callBack,
    ladder,
    redispatch: { value: settings.redispatchHours, unit: 'urgent_hour' },
    whistle: settings.whistle,
    portal: settings.portal,
    duplicates: settings.duplicates,
    dangers: settings.dangers,
    publicMatters: matters.map(({ id, name, category }) => ({ id, name, category })),
    leadAt: (condition, areaCode) => leadNow(condition, areaCode, delegations, on),
    committeeListAt: (matterId, communityCode) => listAt(committeeDuties, matterId, communityCode, on),
  }
}

function mapById<T extends { readonly id: string }>(items: readonly T[]): Map<string, T> {
  return new Map(items.map((item) => [item.id, item]))
}

/** True when the version is published and takes cases on the day. */
export function holdsOn(
  { status, effectiveFrom, effectiveTo }: Pick<MatterVersion, 'status' | 'effectiveFrom' | 'effectiveTo'>,
  on: LocalDate,
): boolean {
  return status === 'published' && effectiveFrom !== null && effectiveFrom <= on && (effectiveTo === null || effectiveTo > on)
}

function wordedConditions({ matterId, name, words, conditions }: MatterVersion): WordedCondition[] {
  return conditions.map((condition) => ({ id: condition.id, matterId, matterName: name, matterWords: words, words: condition.words }))
}

/** The conditions of a version by which a case can be decided; a draft's unfinished ones are left out. */
export function conditionsOf(version: MatterVersion): Condition[] {
  const { matterId, id: matterVersionId, code: matterCode, name: matterName, duty, workKind } = version
  const matter = { matterId, matterVersionId, matterCode, matterName, duty, workKind }
  return version.conditions.flatMap(({ words: _words, respond, dispose, tier, lead, ...condition }) => {
    if (!respond || !dispose || !tier || !lead) return []
    const name = version.conditions.length > 1 ? nameWith(matterName, condition.description) : matterName
    return [{ ...matter, ...condition, name, respond, dispose, tier, lead }]
  })
}

function nameWith(matter: Wording, condition: Wording): Wording {
  const zh = `${matter.zh}：${condition.zh}`
  return matter.en !== undefined && condition.en !== undefined ? { zh, en: `${matter.en}: ${condition.en}` } : { zh }
}

function matterOf(version: MatterVersion): Matter {
  const { matterId, id, number, standard, kind, code, name, category, words, conditions } = version
  return {
    id: matterId,
    versionId: id,
    number,
    standard,
    kind,
    code,
    name,
    category,
    words,
    conditionIds: conditions.map((condition) => condition.id),
  }
}

/** What people wrote in a version, in the form in which a new draft or a file is written. */
export function textOf(version: MatterVersion): MatterText {
  const { standard, kind, code, name, category, words, duty, workKind, legalBasis } = version
  const conditions = version.conditions.map(({ id: _id, ...condition }) => condition)
  return { standard, kind, code, name, category, words, duty, workKind, legalBasis, conditions }
}
