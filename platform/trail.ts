import { sql } from 'kysely'
import type { Instant } from '#kernel/clock.ts'
import type { DistrictCode } from '#kernel/codes.ts'
import type { Wording } from '#kernel/refusal.ts'
import type { Tx } from './database/database.ts'
import type { PastEvent } from './history.ts'

/** One event as an auditor reads it. `number` is null until the sequencer has come by. */
export interface TrailRow extends PastEvent {
  readonly districtCode: DistrictCode
  readonly subjectKind: string
  readonly subjectId: string
  readonly requestId: string
  readonly number: number | null
}

/** What a page of the trail is narrowed by. `after` is the last row of the page before. */
export interface TrailFilter {
  readonly since?: Instant | undefined
  readonly until?: Instant | undefined
  readonly type?: string | undefined
  readonly actorPersonIds?: readonly string[] | undefined
  readonly subjectId?: string | undefined
  readonly after?: { readonly recordedAt: string; readonly id: string } | undefined
  readonly limit: number
}

/** Events of a district, the latest recorded first. */
export async function readTrail<Tables>(tx: Tx<Tables>, district: DistrictCode, filter: TrailFilter): Promise<TrailRow[]> {
  const { since, until, type, actorPersonIds, subjectId, after, limit } = filter
  const parts = [
    sql<boolean>`e.district_code = ${district}`,
    since === undefined ? undefined : sql<boolean>`e.recorded_at >= ${since}`,
    until === undefined ? undefined : sql<boolean>`e.recorded_at < ${until}`,
    type === undefined ? undefined : sql<boolean>`e.type = ${type}`,
    actorPersonIds === undefined ? undefined : sql<boolean>`e.actor_person_id = any(${actorPersonIds}::uuid[])`,
    subjectId === undefined ? undefined : sql<boolean>`e.subject_id = ${subjectId}`,
    after === undefined ? undefined : sql<boolean>`(e.recorded_at, e.id) < (${after.recordedAt}::timestamptz, ${after.id}::uuid)`,
  ].filter((part) => part !== undefined)
  const { rows } = await sql<TrailRow>`
    select e.district_code, e.id, e.type, e.actor_kind, e.actor_person_id, e.actor_post_id, e.from_state, e.to_state, e.reason_code, e.happened_at,
           e.recorded_at, e.command_id, e.request_id, e.subject_kind, e.subject_id, e.subject_version, e.data, l.number
      from platform.event e
      left join platform.log_entry l on l.district_code = e.district_code and l.event_id = e.id
     where ${sql.join(parts, sql` and `)}
     order by e.recorded_at desc, e.id desc limit ${limit}`.execute(tx)
  return rows
}

/** How far a district's log is numbered and sealed. */
export interface SealState {
  readonly districtCode: DistrictCode
  readonly name: Wording
  readonly lastNumber: number
  readonly sealedNumber: number
  readonly seals: number
  /** Chain value of the last seal; empty before the first. */
  readonly chain: string
  readonly sealedAt: Instant | null
  /** Events that no number was given yet. */
  readonly waiting: number
}

export async function readSealStates<Tables>(tx: Tx<Tables>, districts: readonly DistrictCode[]): Promise<SealState[]> {
  const { rows } = await sql<SealState>`
    select d.code as district_code, d.name, coalesce(h.last_number, 0) as last_number, coalesce(h.sealed_number, 0) as sealed_number,
           coalesce(h.seal_count, 0) as seals, coalesce(h.chain, '') as chain, s.sealed_at,
           (select count(*) from platform.outbox o where o.district_code = d.code and o.subscriber = 'log') as waiting
      from platform.district d
      left join platform.log_head h on h.district_code = d.code
      left join platform.seal s on s.district_code = d.code and s.ordinal = h.seal_count
     where d.code = any(${districts}) order by d.code`.execute(tx)
  return rows
}
