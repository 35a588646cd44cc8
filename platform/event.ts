import type { Actor } from '#kernel/actor.ts'
import type { Clock, Instant } from '#kernel/clock.ts'
import type { DistrictCode } from '#kernel/codes.ts'
import { newId } from '#kernel/id.ts'
import { insertRows, type Database, type Tx } from './database/database.ts'

/** What every command is given: who acts, by which clock, under which command id. */
export interface Doing {
  readonly database: Database
  readonly clock: Clock
  readonly actor: Actor
  /** Made by the caller; a repeat with the same id gets the same answer and does nothing twice. */
  readonly commandId: string
  readonly requestId: string
  /** Who hears an event of this type (processes/subscriptions.ts). */
  readonly subscribersOf: (type: string) => readonly string[]
}

/** Something that happened. Ids and codes only: text that a person typed or that names a person stays in erasable rows. */
export interface NewEvent {
  readonly type: string
  readonly version: number
  readonly districtCode: DistrictCode
  readonly subjectKind: string
  readonly subjectId: string
  readonly subjectVersion: number
  readonly fromState?: string | null
  readonly toState?: string | null
  readonly reasonCode?: string | null
  /** When it happened in the world; may come from a phone or an older system. */
  readonly happenedAt: Instant
  readonly postId?: string | null
  /** Who did it, where one transaction carries the commands of several people. */
  readonly by?: Pick<Doing, 'actor' | 'commandId' | 'requestId'>
  readonly ruleVersion?: string | null
  readonly data?: Readonly<Record<string, string | number | boolean | null>>
}

/** Appends events with one outbox row per subscriber, and one for the sequencer, in the transaction that made the change. */
export async function emit<Tables>(
  tx: Tx<Tables>,
  doing: Pick<Doing, 'actor' | 'commandId' | 'requestId' | 'subscribersOf'>,
  events: readonly NewEvent[],
): Promise<void> {
  if (events.length === 0) return
  const rows = events.map(({ by = doing, ...event }) => ({
    districtCode: event.districtCode,
    id: newId(),
    type: event.type,
    version: event.version,
    subjectKind: event.subjectKind,
    subjectId: event.subjectId,
    subjectVersion: event.subjectVersion,
    actorKind: by.actor.kind,
    actorPersonId: by.actor.personId,
    actorPostId: event.postId ?? by.actor.posts[0]?.id ?? null,
    fromState: event.fromState ?? null,
    toState: event.toState ?? null,
    reasonCode: event.reasonCode ?? null,
    happenedAt: event.happenedAt,
    commandId: by.commandId,
    requestId: by.requestId,
    ruleVersion: event.ruleVersion ?? null,
    data: event.data ?? {},
  }))
  const outbox = rows.flatMap((row) =>
    ['log', ...doing.subscribersOf(row.type)].map((subscriber) => ({
      districtCode: row.districtCode,
      id: newId(),
      subscriber,
      eventId: row.id,
      eventType: row.type,
      subjectId: row.subjectId,
    })),
  )
  await Promise.all([insertRows(tx, 'platform.event', rows), insertRows(tx, 'platform.outbox', outbox)])
}
