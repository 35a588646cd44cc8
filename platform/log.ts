import { sql } from 'kysely'
import type { Instant } from '#kernel/clock.ts'
import type { DistrictCode } from '#kernel/codes.ts'
import { inTransaction, insertRows, type Tx } from './database/database.ts'
import { goRound, type Round } from './district.ts'
import { leafOf, type EventRow } from './leaf.ts'

/** A committed event and its place in its district's order. Numbers start at 1 and have no gaps. */
export interface LogEntry {
  readonly districtCode: DistrictCode
  readonly number: number
  readonly eventId: string
  readonly eventRecordedAt: Instant
  readonly eventType: string
  readonly subjectId: string
  /** SM3 of the event's canonical text (leaf.ts). */
  readonly leaf: string
}

/**
 * Numbers the committed events of every district; returns how many. Only what is committed can be seen, so a reader that goes on from the
 * last number it saw misses nothing, which no order by time or id can promise. One sequencer per district works at a time: the head's
 * row lock is the lease, and a process that dies gives it back with its connection.
 */
export function sequence(round: Round, batch = 2000): Promise<number> {
  return goRound(round, 'sequencer', (district) => inTransaction(round.database, (tx: Tx<never>) => sequenceDistrict(tx, district, batch)))
}

async function sequenceDistrict(tx: Tx<never>, district: DistrictCode, batch: number): Promise<number> {
  // The head first: the statement that reads the outbox then sees everything that was committed when the lease was got.
  const heads = await sql<{
    lastNumber: number
  }>`select last_number from platform.log_head where district_code = ${district} for update skip locked`.execute(tx)
  const head = heads.rows[0]
  if (!head) return 0
  const { rows } = await sql<EventRow & { outboxId: string }>`
    select o.id as outbox_id, e.*
      from platform.outbox o
      join platform.event e on e.district_code = o.district_code and e.recorded_at = o.recorded_at and e.id = o.event_id
     where o.district_code = ${district} and o.subscriber = 'log'
     order by o.id limit ${batch}`.execute(tx)
  if (rows.length === 0) return 0
  const entries = bySubjectVersion(rows).map((event, index) => ({
    districtCode: district,
    number: head.lastNumber + 1 + index,
    eventId: event.id,
    eventRecordedAt: event.recordedAt,
    eventType: event.type,
    subjectId: event.subjectId,
    leaf: leafOf(event),
  }))
  await Promise.all([
    insertRows(tx, 'platform.log_entry', entries),
    sql`update platform.log_head set last_number = ${head.lastNumber + rows.length} where district_code = ${district}`.execute(tx),
    sql`delete from platform.outbox where district_code = ${district} and id = any(${rows.map((row) => row.outboxId)}::uuid[])`.execute(tx),
  ])
  return rows.length
}

/** Puts the events of one subject in the order of its versions, within the places they hold: ids come from clocks of several machines. */
function bySubjectVersion<E extends EventRow>(events: readonly E[]): E[] {
  const bySubject = Map.groupBy(events, (event) => event.subjectId)
  for (const own of bySubject.values()) own.sort((a, b) => b.subjectVersion - a.subjectVersion || (a.id < b.id ? 1 : -1))
  return events.map((event) => bySubject.get(event.subjectId)?.pop() ?? event)
}

/** Entries of a district after a number, in order. An empty answer means that there is nothing newer yet. */
export async function readLog<Tables>(tx: Tx<Tables>, district: DistrictCode, after: number, limit: number): Promise<LogEntry[]> {
  const { rows } = await sql<LogEntry>`
    select district_code, number, event_id, event_recorded_at, event_type, subject_id, leaf
      from platform.log_entry where district_code = ${district} and number > ${after} order by number limit ${limit}`.execute(tx)
  return rows
}

/** An entry with the place and the holder that its event names. */
export interface Reach extends Pick<LogEntry, 'districtCode' | 'number' | 'eventType' | 'subjectId'> {
  readonly areaCode: string | null
  /** Separated by commas. */
  readonly organisationIds: string | null
}

/** Like `readLog`, with what rights are asked by: `areaCode` and `organisationIds` (else `organisationId`) of the event's data, null where it names none. */
export async function readReach<Tables>(tx: Tx<Tables>, district: DistrictCode, after: number, limit: number): Promise<Reach[]> {
  const { rows } = await sql<Reach>`
    select l.district_code, l.number, l.event_type, l.subject_id, e.data ->> 'areaCode' as area_code, coalesce(nullif(e.data ->> 'organisationIds', ''), e.data ->> 'organisationId') as organisation_ids
      from platform.log_entry l
      left join platform.event e on e.district_code = l.district_code and e.recorded_at = l.event_recorded_at and e.id = l.event_id
     where l.district_code = ${district} and l.number > ${after} order by l.number limit ${limit}`.execute(tx)
  return rows
}

/** The last number given in a district; 0 before the first event. */
export async function lastNumber<Tables>(tx: Tx<Tables>, district: DistrictCode): Promise<number> {
  const { rows } = await sql<{ lastNumber: number }>`select last_number from platform.log_head where district_code = ${district}`.execute(tx)
  return rows[0]?.lastNumber ?? 0
}
