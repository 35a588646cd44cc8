import type { FastifyInstance } from 'fastify'
import type { Tables } from '#database/tables.ts'
import { inTransaction, type Tx } from '#platform/database/database.ts'
import { serve } from '#platform/http/serve.ts'
import type { CaseServices } from '../commands.ts'
import { settleOnSpot } from './commands.ts'
import * as contract from './contract.ts'
import { phrasesFor } from './phrases.ts'
import { readPhrases } from './store.ts'

export function settlingRoutes(app: FastifyInstance, services: CaseServices): void {
  serve(app, contract.listPhrases, async ({ query }) => {
    const { catalogue, on } = services.rules()
    const phrases = await inTransaction(services.database, (tx: Tx<Pick<Tables, 'cases.readyPhrase'>>) => readPhrases(tx))
    return { items: phrasesFor(phrases, catalogue.condition(query.conditionId ?? '')?.matterCode ?? '', on) }
  })
  serve(app, contract.settleOnSpot, ({ body }, request) => settleOnSpot(services, body, { actor: request.actor, requestId: request.id }))
}
