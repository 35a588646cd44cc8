import { publicActor, type Actor } from '#kernel/actor.ts'
import type { Clock, Instant, LocalDate } from '#kernel/clock.ts'
import type { DistrictCode } from '#kernel/codes.ts'
import { newId } from '#kernel/id.ts'
import { inTransaction, type Database } from '#platform/database/database.ts'
import { emit, type Doing, type NewEvent } from '#platform/event.ts'
import { againAfterTwin, findReceipts, saveReceipts } from '#platform/receipt.ts'
import type { Secrets } from '#platform/secret.ts'
import type { PreparedCall } from './accept.ts'
import { channels, type CaseStep } from './lifecycle.ts'
import { actorKey, type CaseRecord } from './record.ts'
import type { Rules } from './rules.ts'
import {
  insertCallers,
  insertCases,
  insertSteps,
  setChannelDefault,
  takeNumbers,
  type CallerRow,
  type CasesTx,
  type StepRow,
  type WorkTx,
} from './store.ts'

/** What cases need from their surroundings. `rules` gives the rules in force now. */
export interface CaseServices {
  readonly database: Database
  readonly clock: Clock
  readonly subscribersOf: Doing['subscribersOf']
  readonly secrets: Secrets
  readonly rules: () => Rules
}

/** What a caller gets back: the number, and the tracking code, which is shown once and stored as a keyed hash only. */
export interface Accepted {
  readonly districtCode: DistrictCode
  readonly id: string
  readonly number: string
  readonly trackingCode: string
  readonly reportedAt: Instant
  readonly advice: PreparedCall['advice']
}

// A twin may be met at any of these first: the tracking code and the number of a reporting system come with the command's id.
const onceACall = ['receipt_pkey', 'caller_tracking', 'case_external']

/** What the receipt of the command keeps; the rest follows from the call itself. */
type Answer = Omit<Accepted, 'trackingCode' | 'advice'>

/**
 * Writes calls of one district in one transaction: case, first step, caller, event, outbox and receipt, one statement per table.
 * A repeated command id gets its first answer. Nothing is answered before it is committed.
 */
export async function acceptCalls(services: CaseServices, districtCode: DistrictCode, calls: readonly PreparedCall[]): Promise<Accepted[]> {
  return againAfterTwin(() => inTransaction(services.database, (tx: WorkTx) => acceptCallsIn(tx, services, districtCode, calls)), onceACall)
}

/** The same inside the transaction of whoever asks. */
export async function acceptCallsIn(
  tx: WorkTx,
  services: CaseServices,
  districtCode: DistrictCode,
  calls: readonly PreparedCall[],
): Promise<Accepted[]> {
  const before = await findReceipts(
    tx,
    districtCode,
    calls.map((call) => call.commandId),
  )
  const fresh = new Map<string, PreparedCall>()
  for (const call of calls) if (!before.has(call.commandId) && !fresh.has(call.commandId)) fresh.set(call.commandId, call)
  const arrivals = [...fresh.values()].map((call): Arrival => ({
    record: call.record,
    day: call.day,
    caller: callerOf(call, services.secrets),
    by: call,
  }))
  const records = await writeArrivals(tx, services, districtCode, arrivals)
  const answers = new Map(records.map((record, index) => [arrivals[index]?.by.commandId ?? '', answerOf(record)]))
  return calls.map((call) => {
    const answer = answers.get(call.commandId) ?? (before.get(call.commandId) as Answer)
    return { ...answer, trackingCode: call.trackingCode, advice: call.advice }
  })
}

function answerOf({ districtCode, id, number, reportedAt }: CaseRecord): Answer {
  return { districtCode, id, number, reportedAt }
}

function callerOf({ trackingCode, caller }: PreparedCall, secrets: Secrets): Arrival['caller'] {
  return {
    trackingHash: secrets.hash(trackingCode),
    nameBox: caller.name && secrets.encrypt(caller.name),
    phoneBox: caller.phone && secrets.encrypt(caller.phone),
    phoneHash: caller.phone && secrets.hash(caller.phone),
  }
}

/** A case about to be written in a district: a call, or a case that another district handed over. */
export interface Arrival {
  readonly record: Omit<CaseRecord, 'number'>
  readonly day: LocalDate
  readonly caller: Omit<CallerRow, 'districtCode' | 'caseId'> | null
  readonly by: { readonly actor: Actor; readonly requestId: string; readonly commandId: string }
}

/** Numbers and writes cases of one district: case, first step, caller, event, outbox and receipt, one statement per table. */
export async function writeArrivals(
  tx: WorkTx,
  services: CaseServices,
  districtCode: DistrictCode,
  arrivals: readonly Arrival[],
): Promise<CaseRecord[]> {
  if (arrivals.length === 0) return []
  const records = await numbered(tx, districtCode, arrivals)
  await insertCases(tx, records)
  const each = <R>(make: (record: CaseRecord, arrival: Arrival) => R): R[] => records.map((record, index) => make(record, arrivals[index] as Arrival))
  await Promise.all([
    insertSteps(
      tx,
      each((record, { by }) => stepRow(record, 'collect', record.reportedAt, by.actor)),
    ),
    insertCallers(
      tx,
      each((record, { caller }) => caller && { districtCode, caseId: record.id, ...caller }).filter((row) => row !== null),
    ),
    emit(tx, { actor: publicActor, commandId: '', requestId: '', subscribersOf: services.subscribersOf }, each(reportedEvent)),
    saveReceipts(
      tx,
      each((record, { by }) => ({
        districtCode,
        commandId: by.commandId,
        command: 'acceptCall',
        actorPersonId: by.actor.personId,
        result: answerOf(record),
      })),
    ),
  ])
  return records
}

/** Numbers run per district and day of the report, without gaps: 990101-20260302-00001. */
async function numbered(tx: WorkTx, districtCode: DistrictCode, arrivals: readonly Arrival[]): Promise<CaseRecord[]> {
  const next = new Map<LocalDate, number>()
  for (const [day, ofDay] of Map.groupBy(arrivals, (arrival) => arrival.day)) next.set(day, await takeNumbers(tx, districtCode, day, ofDay.length))
  return arrivals.map(({ record, day }) => {
    const serial = next.get(day) ?? 0
    next.set(day, serial + 1)
    return { ...record, number: `${districtCode}-${day.replaceAll('-', '')}-${String(serial).padStart(5, '0')}` }
  })
}

export function stepRow(record: CaseRecord, step: CaseStep, at: Instant, actor: Actor): StepRow {
  return {
    districtCode: record.districtCode,
    id: newId(),
    caseId: record.id,
    step,
    at,
    actorKey: actorKey(actor),
    postId: actor.posts[0]?.id ?? null,
  }
}

function reportedEvent(record: CaseRecord, { by }: Arrival): NewEvent {
  return {
    type: 'case.reported',
    version: 1,
    districtCode: record.districtCode,
    subjectKind: 'case',
    subjectId: record.id,
    subjectVersion: 1,
    toState: 'reported',
    happenedAt: record.reportedAt,
    ruleVersion: record.matterVersionId,
    by,
    data: {
      channel: record.channel,
      areaCode: record.areaCode,
      conditionId: record.conditionId,
      confidence: record.confidence,
      triageReason: record.triageReason,
      originId: record.originId,
    },
  }
}

/** Sends what cannot be located to one district, whatever the channel. */
export async function setChannelDefaults(database: Database, districtCode: DistrictCode): Promise<void> {
  await inTransaction(database, async (tx: CasesTx) => {
    for (const channel of channels) await setChannelDefault(tx, channel, districtCode)
  })
}
