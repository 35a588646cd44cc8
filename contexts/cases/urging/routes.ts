import type { FastifyInstance } from 'fastify'
import type { Tables } from '#database/tables.ts'
import { inTransaction, type Tx } from '#platform/database/database.ts'
import { serve } from '#platform/http/serve.ts'
import type { CaseServices } from '../commands.ts'
import { urgeTogether } from './commands.ts'
import * as contract from './contract.ts'
import { urgePhrases } from './store.ts'

export function urgingRoutes(app: FastifyInstance, services: CaseServices): void {
  serve(app, contract.urgeCases, async ({ body }, request) => ({
    results: await urgeTogether(services, body, { actor: request.actor, requestId: request.id }),
  }))
  serve(app, contract.listUrgePhrases, async () => ({
    items: await inTransaction(services.database, (tx: Tx<Pick<Tables, 'cases.urgePhrase'>>) => urgePhrases(tx, services.rules().on)),
  }))
}
