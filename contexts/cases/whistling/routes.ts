import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { LocalDate } from '#kernel/clock.ts'
import { doing } from '#platform/http/doing.ts'
import { serve } from '#platform/http/serve.ts'
import { saveWhistleKind, todayOf } from '../ruling/commands.ts'
import type { CaseServices } from '../commands.ts'
import { moveWhistle, rateWhistle, startWhistle, type By } from './commands.ts'
import type { WhistleKind } from './kinds.ts'
import { showWhistleSettings } from '../wording/contract.ts'
import * as contract from './contract.ts'
import { allKinds, listWhistles, oneWhistle, whistleRates, whistleSettings, whistleSuggestion } from './questions.ts'

const by = (request: FastifyRequest): By => ({ actor: request.actor, requestId: request.id, commandId: doing(request).commandId })

/** Clocks that are left out are not there, rather than there without a value. */
const limitsOf = ({ limits }: contract.WhistleKindView): WhistleKind['limits'] =>
  Object.fromEntries(Object.entries(limits).filter(([, limit]) => limit !== undefined))

export function whistleRoutes(app: FastifyInstance, services: CaseServices): void {
  serve(app, showWhistleSettings, () => whistleSettings(services))
  serve(app, contract.listWhistleKinds, async () => ({ items: await allKinds(services), today: todayOf(services) }))
  serve(app, contract.saveWhistleKind, ({ body: { kind } }, request) =>
    saveWhistleKind(services, doing(request), { ...kind, effectiveFrom: kind.effectiveFrom as LocalDate, limits: limitsOf(kind) }),
  )
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
