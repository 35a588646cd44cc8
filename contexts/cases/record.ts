import type { Actor } from '#kernel/actor.ts'
import type { Instant } from '#kernel/clock.ts'
import type { DistrictCode } from '#kernel/codes.ts'
import type { Wording } from '#kernel/refusal.ts'
import type { Rung } from './escalating/rung.ts'
import type { EmergencyService } from '#kernel/emergency.ts'
import type { CaseStatus, CaseStep, Channel, TriageReason } from './lifecycle.ts'
import type { ChosenBuilding, PlaceReason } from './place.ts'

/** A case as rules see it: the row, without the caller. Instants UTC, coordinates CGCS2000 degrees. */
export interface CaseRecord {
  readonly districtCode: DistrictCode
  readonly id: string
  readonly number: string
  readonly version: number
  readonly status: CaseStatus
  readonly channel: Channel
  /** Import profile and key in the source system; null for a call made here. */
  readonly source: string | null
  readonly externalKey: string | null
  readonly text: string
  readonly address: string | null
  readonly matterVersionId: string | null
  readonly conditionId: string | null
  readonly matterName: Wording | null
  readonly tier: string | null
  readonly confidence: number | null
  readonly matchReasons: readonly { readonly word: string; readonly where: string }[]
  readonly triageReason: TriageReason | null
  readonly triageNote: Wording | null
  /** Most specific area known; at least the district. */
  readonly areaCode: string
  readonly gridCode: string | null
  readonly unitGridCode: string | null
  /** Chosen by name when the report was taken; its code begins with the grid's. */
  readonly building: ChosenBuilding | null
  readonly lng: number | null
  readonly lat: number | null
  /** Organisation that holds the case now. */
  readonly leadOrganisationId: string | null
  readonly leadPostId: string | null
  readonly assignmentId: string | null
  /** Units that have a part in the case: the lead, and whoever helps. They may read it. */
  readonly organisationIds: readonly string[]
  /** Those of them whose answer is awaited now. */
  readonly awaitedOrganisationIds: readonly string[]
  /** Each step up or down that the case went, oldest first. */
  readonly ladder: readonly Rung[]
  readonly why: { readonly rule: string; readonly text: Wording } | null
  /** True when an older system fixed the clock; `recordedDueAt` is its due time, or null where it promised none. */
  readonly recordedClock: boolean
  readonly recordedDueAt: Instant | null
  readonly respondDueAt: Instant | null
  readonly disposeDueAt: Instant | null
  /** Due time of the clock that runs now, for the queue's order. */
  readonly clockDueAt: Instant | null
  readonly clockSoonAt: Instant | null
  /** 已挂账: the clocks stand still until then; null otherwise. */
  readonly suspendedUntil: Instant | null
  /** 超时申诉 was granted: the figures of timeliness leave the case out, its overdue facts stay. */
  readonly exemptedAt: Instant | null
  /** Units that an adjudication named in this case; they neither object nor return it again. */
  readonly boundOrganisationIds: readonly string[]
  readonly steps: readonly CaseStep[]
  /** Keys of everybody who handled it, so that none of them checks it. */
  readonly handledBy: readonly string[]
  readonly result: string | null
  readonly rating: number | null
  readonly ratedAt: Instant | null
  readonly evaluation: { readonly respondOnTime: boolean | null; readonly disposeOnTime: boolean | null; readonly reworkCount: number } | null
  readonly reworkCount: number
  readonly returnCount: number
  readonly reopenCount: number
  readonly reportedAt: Instant
  readonly closedAt: Instant | null
  /** When it was closed before a rating reopened it. */
  readonly closedBefore: Instant | null
  readonly flags: readonly string[]
  /** Names of areas in its words that say where it is; null where a coordinate or a chosen area does. */
  readonly placeReason: PlaceReason | null
  /** Near-copies of its text share one (merging/words.ts). */
  readonly textMarks: readonly number[]
  /** The case of the same district that answers for this one; set exactly while the status is `merged`. */
  readonly mergedInto: string | null
  /** The call of several matters of which this is one. */
  readonly parentId: string | null
  /** Emergency service that took the call, and when. */
  readonly handOver: { readonly service: EmergencyService; readonly at: Instant } | null
  /** The case of another district from which this one was taken over. */
  readonly originDistrictCode: string | null
  readonly originId: string | null
  readonly sample: boolean
}

/** One key per acting person, or per rule of the platform; two posts of one person are one key. */
export function actorKey(actor: Actor): string {
  return actor.personId !== null ? `person:${actor.personId}` : `${actor.kind}:${actor.name}`
}

/** Held by nobody: nothing runs, and nobody takes part. */
export const unheld = {
  leadOrganisationId: null,
  organisationIds: [],
  awaitedOrganisationIds: [],
  leadPostId: null,
  assignmentId: null,
  ladder: [],
  why: null,
  respondDueAt: null,
  disposeDueAt: null,
  clockDueAt: null,
  clockSoonAt: null,
  suspendedUntil: null,
  exemptedAt: null,
  boundOrganisationIds: [],
} as const satisfies Partial<CaseRecord>

/** Units that had a part in the case before or after a step, separated by commas: each of them hears of it. */
export function partiesOf(before: Pick<CaseRecord, 'organisationIds'>, after: Pick<CaseRecord, 'organisationIds'>): string {
  return [...new Set([...before.organisationIds, ...after.organisationIds])].join()
}

/** The case as the policy sees it. */
export function subjectOf(record: Pick<CaseRecord, 'districtCode' | 'areaCode' | 'organisationIds'>): {
  districtCode: string
  areaCode: string
  organisationIds: readonly string[]
} {
  return { districtCode: record.districtCode, areaCode: record.areaCode, organisationIds: record.organisationIds }
}
