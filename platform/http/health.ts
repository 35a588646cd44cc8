import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { z } from 'zod'
import { inTransaction, type Database } from '../database/database.ts'
import { endpoint } from './endpoint.ts'
import { serve } from './serve.ts'

export const readHealth = endpoint({
  id: 'readHealth',
  method: 'GET',
  path: '/api/health',
  permission: 'public',
  summary: 'Says whether the database answers and how far the log, the seals and the reactions are behind.',
  reply: z.object({
    database: z.literal('reachable'),
    log: z.object({
      waiting: z.int().describe('Events that have no number yet.'),
      oldestSeconds: z.number().describe('Age of the oldest of them.'),
      unsealed: z.int().describe('Numbered events that no seal covers yet.'),
    }),
    reactions: z.object({
      waiting: z.int(),
      failing: z.int().describe('Reactions that failed at least once and will be tried again.'),
    }),
  }),
})

type Health = z.infer<(typeof readHealth)['reply']>

/** Mounts GET /api/health. Anybody may ask, so one answer serves everybody for a second. */
export function serveHealth(app: FastifyInstance): void {
  let asked: Promise<Health> | undefined
  serve(app, readHealth, () => {
    if (!asked) {
      asked = measure(app.ground.database)
      setTimeout(() => (asked = undefined), 1000).unref()
    }
    return asked
  })
}

// Both tables are short by nature: the outbox holds what waits, the heads one row per district.
async function measure(database: Database): Promise<Health> {
  return inTransaction(database, async (tx) => {
    const [outbox, heads] = await Promise.all([
      sql<{ waiting: number; oldestSeconds: number; reactions: number; failing: number }>`
        select count(*) filter (where subscriber = 'log') as waiting,
               coalesce(extract(epoch from now() - min(recorded_at) filter (where subscriber = 'log')), 0)::float8 as oldest_seconds,
               count(*) filter (where subscriber <> 'log') as reactions,
               count(*) filter (where subscriber <> 'log' and attempts > 0) as failing
          from platform.outbox`.execute(tx),
      sql<{ unsealed: number }>`select coalesce(sum(last_number - sealed_number), 0)::bigint as unsealed from platform.log_head`.execute(tx),
    ])
    const { waiting = 0, oldestSeconds = 0, reactions = 0, failing = 0 } = outbox.rows[0] ?? {}
    return {
      database: 'reachable',
      log: { waiting, oldestSeconds, unsealed: heads.rows[0]?.unsealed ?? 0 },
      reactions: { waiting: reactions, failing },
    }
  })
}
