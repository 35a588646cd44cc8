import { sql, type Tx } from './database/database.ts'
import type { Instant } from '#kernel/clock.ts'

/** One event as a timeline reads it. */
export interface PastEvent {
  readonly id: string
  readonly type: string
  readonly actorKind: 'person' | 'system' | 'public'
  readonly actorPersonId: string | null
  readonly actorPostId: string | null
  readonly fromState: string | null
  readonly toState: string | null
  readonly reasonCode: string | null
  readonly happenedAt: Instant
  readonly recordedAt: Instant
  readonly commandId: string
  readonly subjectVersion: number
  readonly data: Readonly<Record<string, string | number | boolean | null>>
}

/** Everything that happened to one subject, oldest first. */
export async function historyOf<Tables>(tx: Tx<Tables>, districtCode: string, subjectId: string): Promise<PastEvent[]> {
  const found =
    await sql<PastEvent>`select id, type, actor_kind, actor_person_id, actor_post_id, from_state, to_state, reason_code, happened_at, recorded_at,
    command_id, subject_version, data from platform.event where district_code = ${districtCode} and subject_id = ${subjectId} order by recorded_at, subject_version, id`.execute(
      tx,
    )
  return found.rows
}

/** The last event of one type of each subject, as far as there is one. */
export async function lastEventsOf<Tables>(
  tx: Tx<Tables>,
  districtCode: string,
  subjectIds: readonly string[],
  type: string,
): Promise<Map<string, Pick<PastEvent, 'fromState' | 'happenedAt' | 'subjectVersion'>>> {
  if (subjectIds.length === 0) return new Map()
  const found = await sql<Pick<PastEvent, 'fromState' | 'happenedAt' | 'subjectVersion'> & { subjectId: string }>`
    select distinct on (subject_id) subject_id, from_state, happened_at, subject_version from platform.event
     where district_code = ${districtCode} and subject_id = any(${[...subjectIds]}::uuid[]) and type = ${type}
     order by subject_id, subject_version desc`.execute(tx)
  return new Map(found.rows.map((row) => [row.subjectId, row]))
}
