import type { FastifyRequest } from 'fastify'
import type { Clock } from '#kernel/clock.ts'
import { newId } from '#kernel/id.ts'
import type { Database } from '../database/database.ts'
import type { Doing } from '../event.ts'
import { refuse } from '../refusals.ts'

/** What every handler works with; the same for all requests of a process. */
export interface Ground {
  readonly database: Database
  readonly clock: Clock
  readonly subscribersOf: (type: string) => readonly string[]
}

declare module 'fastify' {
  interface FastifyInstance {
    ground: Ground
  }
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/**
 * What a command needs to know about this request. Its id is the header Idempotency-Key, else `commandId` of the body (a field of the
 * contract), else a new one; a caller that may retry sends its own.
 */
export function doing(request: FastifyRequest): Doing {
  const { database, clock, subscribersOf } = request.server.ground
  return { database, clock, subscribersOf, actor: request.actor, commandId: commandIdOf(request), requestId: request.id }
}

function commandIdOf(request: FastifyRequest): string {
  const header = request.headers['idempotency-key']
  const given = header ?? (request.body as { commandId?: unknown } | null | undefined)?.commandId
  if (given === undefined || given === null) return newId()
  if (typeof given !== 'string' || !uuid.test(given)) throw refuse.badCommandId({}, header === undefined ? 'commandId' : 'Idempotency-Key')
  return given.toLowerCase()
}
