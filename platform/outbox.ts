import { sql } from 'kysely'
import { addMs, type Clock, type Instant } from '#kernel/clock.ts'
import type { DistrictCode } from '#kernel/codes.ts'
import { Refusal } from '#kernel/refusal.ts'
import { errorCode, inTransaction, type Tx } from './database/database.ts'
import { isUnavailable } from './database/unavailable.ts'
import { goRound, type Round } from './district.ts'

/** An event waiting for one subscriber. */
export interface OutboxRow {
  readonly districtCode: DistrictCode
  readonly id: string
  readonly eventId: string
  readonly eventType: string
  readonly subjectId: string
  readonly recordedAt: Instant
  readonly attempts: number
}

export interface OutboxWork extends Round {
  readonly clock: Clock
  readonly subscriber: string
  /** Rows per transaction and district; 100 unless told. */
  readonly batch?: number
  /**
   * The effect, in the transaction that removes the rows. All rows are of one district, oldest first. Two events of one subject may be
   * handled out of order after a failure, so an effect reads what is so now and does not trust that it is told in order.
   */
  readonly handle: (tx: Tx<never>, rows: readonly OutboxRow[]) => Promise<void>
}

/**
 * One turn: takes a batch per district and does its effect and its removal in one transaction, so in the database each effect happens
 * exactly once. When a batch fails its rows are tried one by one; the one that fails waits longer each time and holds up nobody.
 * Returns the number of rows dealt with.
 */
export function runOutbox(work: OutboxWork): Promise<number> {
  return goRound(work, `outbox of ${work.subscriber}`, (district) => runDistrict(work, district))
}

async function runDistrict(work: OutboxWork, district: DistrictCode): Promise<number> {
  const { database, clock, subscriber, batch = 100, handle } = work
  let claimed: OutboxRow[] = []
  try {
    return await inTransaction(database, async (tx: Tx<never>) => {
      claimed = await claim(tx, district, subscriber, clock.now(), batch)
      if (claimed.length === 0) return 0
      await handle(tx, claimed)
      await remove(tx, district, claimed)
      return claimed.length
    })
  } catch (error) {
    if (claimed.length === 0 || isUnavailable(error)) throw error
    return runOneByOne(work, district, claimed, error)
  }
}

async function runOneByOne(work: OutboxWork, district: DistrictCode, rows: readonly OutboxRow[], batchError: unknown): Promise<number> {
  if (rows.length > 1)
    work.logger.warn(
      { err: batchError, subscriber: work.subscriber, district, rows: rows.length },
      'a batch of the outbox failed; its rows follow one by one',
    )
  for (const row of rows) {
    try {
      await inTransaction(work.database, async (tx: Tx<never>) => {
        // Another worker may have taken it since the batch was given up.
        if (!(await lock(tx, district, row.id))) return
        await work.handle(tx, [row])
        await remove(tx, district, [row])
      })
    } catch (error) {
      if (isUnavailable(error)) throw error
      work.logger.error(
        { err: error, subscriber: work.subscriber, district, eventId: row.eventId, eventType: row.eventType, attempts: row.attempts + 1 },
        'an event could not be handled',
      )
      await inTransaction(work.database, (tx: Tx<never>) => postpone(tx, row, addMs(work.clock.now(), waitMs(row.attempts)), reasonOf(error)))
    }
  }
  return rows.length
}

const longestWaitMs = 10 * 60_000

/** 1 s, 2 s, 4 s … up to ten minutes. */
function waitMs(attempts: number): number {
  return Math.min(longestWaitMs, 1000 * 2 ** Math.min(attempts, 20))
}

/** Says enough to find the cause and quotes no row: database messages can hold what a person typed. */
function reasonOf(error: unknown): string {
  if (error instanceof Refusal) return error.code
  if (!(error instanceof Error)) return 'something that is not an error was thrown'
  const code = errorCode(error)
  return (/^[0-9A-Z]{5}$/.test(code) ? `database error ${code}` : `${error.name}: ${error.message}`).slice(0, 200)
}

// A fresh row has no available_at: it is due whatever the clock says. Only a retry waits for the clock.
async function claim(tx: Tx<never>, district: DistrictCode, subscriber: string, now: Instant, batch: number): Promise<OutboxRow[]> {
  const { rows } = await sql<OutboxRow>`
    select district_code, id, event_id, event_type, subject_id, recorded_at, attempts
      from platform.outbox
     where district_code = ${district} and subscriber = ${subscriber} and (available_at is null or available_at <= ${now})
     order by id limit ${batch} for update skip locked`.execute(tx)
  return rows
}

async function lock(tx: Tx<never>, district: DistrictCode, id: string): Promise<boolean> {
  const { rows } = await sql`select id from platform.outbox where district_code = ${district} and id = ${id} for update skip locked`.execute(tx)
  return rows.length > 0
}

async function remove(tx: Tx<never>, district: DistrictCode, rows: readonly OutboxRow[]): Promise<void> {
  await sql`delete from platform.outbox where district_code = ${district} and id = any(${rows.map((row) => row.id)}::uuid[])`.execute(tx)
}

async function postpone(tx: Tx<never>, row: OutboxRow, until: Instant, reason: string): Promise<void> {
  await sql`
    update platform.outbox set attempts = least(attempts + 1, 32000), available_at = ${until}, last_error = ${reason}
     where district_code = ${row.districtCode} and id = ${row.id}`.execute(tx)
}
