import type { FastifyInstance, FastifyRequest } from 'fastify'
import { doing } from '#platform/http/doing.ts'
import { serve } from '#platform/http/serve.ts'
import type { CaseServices } from '../commands.ts'
import { moveWhistle, rateWhistle, startWhistle, type By } from './commands.ts'
import { showWhistleSettings } from '../wording/contract.ts'
import * as contract from './contract.ts'
import { listWhistles, oneWhistle, whistleRates, whistleSettings, whistleSuggestion } from './questions.ts'

const by = (request: FastifyRequest): By => ({ actor: request.actor, requestId: request.id, commandId: doing(request).commandId })

export function whistleRoutes(app: FastifyInstance, services: CaseServices): void {
  serve(app, showWhistleSettings, () => whistleSettings(services))
  serve(app, contract.suggestWhistle, async ({ query }) => whistleSuggestion(services, query))
  serve(app, contract.listWhistles, async ({ query }, request) => ({
    ...(await listWhistles(services, request.actor, query)),
    now: services.clock.now(),
  }))
  serve(app, contract.listWhistleRates, (_input, request) => whistleRates(services, request.actor))
  serve(app, contract.startWhistle, async ({ body }, request) => oneWhistle(services, request.actor, await startWhistle(services, by(request), body)))
  serve(app, contract.moveWhistle, async ({ params, body }, request) => {
    await moveWhistle(services, by(request), params, body)
    return oneWhistle(services, request.actor, params)
  })
  serve(app, contract.rateWhistle, async ({ params, body }, request) => {
    await rateWhistle(services, by(request), params, body)
    return oneWhistle(services, request.actor, params)
  })
}
