import type { FastifyInstance } from 'fastify'
import { inTransaction } from '#platform/database/database.ts'
import type { LocalDate } from '#kernel/clock.ts'
import { doing } from '#platform/http/doing.ts'
import { serve } from '#platform/http/serve.ts'
import type { CaseServices } from '../commands.ts'
import { settleOnSpot } from './commands.ts'
import * as contract from './contract.ts'
import { savePhrase, todayOf } from '../ruling/commands.ts'
import { phrasesFor } from './phrases.ts'
import { readPhrases, type PhraseTx } from './store.ts'

export function settlingRoutes(app: FastifyInstance, services: CaseServices): void {
  const all = () => inTransaction(services.database, (tx: PhraseTx) => readPhrases(tx))
  serve(app, contract.listPhrases, async ({ query }) => {
    const { catalogue, on } = services.rules()
    const phrases = await all()
    return { items: phrasesFor(phrases, catalogue.condition(query.conditionId ?? '')?.matterCode ?? '', on) }
  })
  serve(app, contract.listReadyPhrases, async () => ({ items: await all(), today: todayOf(services) }))
  serve(app, contract.saveReadyPhrase, ({ body }, request) =>
    savePhrase(services, doing(request), { ...body, effectiveFrom: body.effectiveFrom as LocalDate }),
  )
  serve(app, contract.settleOnSpot, ({ body }, request) => settleOnSpot(services, body, { actor: request.actor, requestId: request.id }))
}
