import type { FastifyInstance } from 'fastify'
import { serve } from '#platform/http/serve.ts'
import type { CaseServices } from '../commands.ts'
import * as contract from './contract.ts'
import { lookOn } from './commands.ts'
import { colleaguesOf } from './questions.ts'

export { passingOnlookers } from './questions.ts'

export function onlookingRoutes(app: FastifyInstance, services: CaseServices): void {
  serve(app, contract.lookOn, async ({ params, body }, request) => ({ others: await lookOn(services, request.actor, params, body) }))
  serve(app, contract.listOnlookers, async (_input, request) => ({ items: await colleaguesOf(services, request.actor) }))
}
