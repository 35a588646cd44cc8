import { localDate, type Instant } from '#kernel/clock.ts'
import type { DistrictCode } from '#kernel/codes.ts'
import type { Actor } from '#kernel/actor.ts'
import type { EmergencyService } from '#kernel/emergency.ts'
import { newId } from '#kernel/id.ts'
import type { Wording } from '#kernel/refusal.ts'
import type { Secrets } from '#platform/secret.ts'
import type { Datum } from '#contexts/territory/index.ts'
import type { Channel, TriageReason } from './lifecycle.ts'
import { adviceFor, dangerIn } from './danger.ts'
import { marksOf, pairsOf } from './merging/words.ts'
import { findPlace } from './place.ts'
import { unheld, type CaseRecord } from './record.ts'
import type { Rules } from './rules.ts'
import { refuse } from './refusals.ts'

/** A call as it arrives, from whichever channel. */
export interface CallInput {
  readonly commandId: string
  readonly channel: Channel
  readonly text: string
  readonly areaCode?: string | undefined
  readonly address?: string | undefined
  readonly lng?: number | undefined
  readonly lat?: number | undefined
  readonly datum?: Datum | undefined
  readonly building?: CaseRecord['building'] | undefined
  readonly callerName?: string | undefined
  readonly callerPhone?: string | undefined
  /** The matter, where the person who takes the call knows it; otherwise the words decide. */
  readonly conditionId?: string | undefined
  /** Import: profile, key in the source, when it was reported there, and the clock that the source fixed. */
  readonly source?: string | undefined
  readonly externalKey?: string | undefined
  readonly reportedAt?: Instant | undefined
  readonly recordedClock?: boolean | undefined
  readonly recordedDueAt?: Instant | null | undefined
  readonly flags?: readonly string[] | undefined
  readonly sample?: boolean | undefined
}

/** A call ready to be written: everything but its number, which the district's counter gives in the transaction. */
export interface PreparedCall {
  readonly districtCode: DistrictCode
  readonly day: ReturnType<typeof localDate>
  readonly record: Omit<CaseRecord, 'number'>
  readonly trackingCode: string
  /** Whom to dial first, where the words mean danger. */
  readonly advice: { readonly service: EmergencyService; readonly text: Wording } | null
  readonly caller: { name: string | null; phone: string | null }
  readonly actor: Actor
  readonly requestId: string
  readonly commandId: string
}

/** Finds place and matter of a call. Pure look-ups in the rules; refuses what the caller can still put right. */
export function prepareCall(input: CallInput, by: { actor: Actor; requestId: string }, now: Instant, rules: Rules, secrets: Secrets): PreparedCall {
  const { territory, districts } = rules
  const recorded = input.channel === 'import'
  const { located, ...place } = findPlace(input, { territory, districts, fallback: rules.defaultDistrict(input.channel), recorded })
  const { triageReason, ...matter } = findMatter(input, rules)
  const danger = recorded ? null : dangerIn(input.text, rules.catalogue.dangers)
  const reportedAt = input.reportedAt ?? now
  return {
    districtCode: place.districtCode,
    day: localDate(reportedAt, rules.catalogue.calendar.zone),
    record: {
      ...begun,
      ...place,
      ...matter,
      ...told(input, rules),
      id: newId(),
      triageReason: danger ? 'danger' : (triageReason ?? (located ? null : 'not_located')),
      triageNote: danger && adviceFor(danger),
      reportedAt,
    },
    trackingCode: secrets.code(input.commandId),
    advice: danger && { service: danger.service, text: adviceFor(danger) },
    caller: { name: input.callerName?.trim() || null, phone: input.callerPhone?.trim() || null },
    actor: by.actor,
    requestId: by.requestId,
    commandId: input.commandId,
  }
}

/** A case at its beginning: collected, and nothing decided. */
const begun = {
  version: 1,
  status: 'reported',
  steps: ['collect'],
  handledBy: [],
  ...unheld,
  result: null,
  rating: null,
  ratedAt: null,
  evaluation: null,
  reworkCount: 0,
  returnCount: 0,
  reopenCount: 0,
  closedAt: null,
  closedBefore: null,
  originDistrictCode: null,
  originId: null,
  mergedInto: null,
  parentId: null,
  handOver: null,
} as const satisfies Partial<CaseRecord>

function told(input: CallInput, rules: Rules) {
  const { channel, source = null, externalKey = null, recordedClock = false, recordedDueAt = null, flags = [] } = input
  return {
    channel,
    source,
    externalKey,
    recordedClock,
    recordedDueAt,
    flags,
    text: input.text.trim(),
    textMarks: marksOf(pairsOf(input.text)),
    address: input.address?.trim() || null,
    // A call made in the invented city is invented too.
    sample: input.sample ?? rules.sample,
  }
}

interface FoundMatter {
  readonly conditionId: string | null
  readonly matterVersionId: string | null
  readonly matterName: CaseRecord['matterName']
  readonly tier: string | null
  readonly confidence: number | null
  readonly matchReasons: CaseRecord['matchReasons']
  readonly triageReason: TriageReason | null
}

const nothing: FoundMatter = {
  conditionId: null,
  matterVersionId: null,
  matterName: null,
  tier: null,
  confidence: null,
  matchReasons: [],
  triageReason: 'no_match',
}

function findMatter(input: CallInput, rules: Rules): FoundMatter {
  const { catalogue } = rules
  const best = input.conditionId === undefined ? catalogue.matcher.match(input.text)[0] : undefined
  const id = input.conditionId ?? best?.conditionId
  if (id === undefined) return nothing
  const condition = catalogue.condition(id)
  if (!condition) throw refuse.conditionUnknown({}, 'conditionId')
  const confidence = best?.confidence ?? 1
  return {
    conditionId: condition.id,
    matterVersionId: condition.matterVersionId,
    matterName: condition.name,
    tier: condition.tier,
    confidence,
    matchReasons: best?.reasons ?? [],
    triageReason: confidence < catalogue.floor ? 'low_confidence' : null,
  }
}
