import type { FastifyInstance } from 'fastify'
import { serve } from '#platform/http/serve.ts'
import type { CaseServices } from '../commands.ts'
import { moveCasesTogether } from './contract.ts'
import { moveTogether } from './commands.ts'

export function togetherRoutes(app: FastifyInstance, services: CaseServices): void {
  serve(app, moveCasesTogether, async ({ body }, request) => ({
    results: await moveTogether(services, body, { actor: request.actor, requestId: request.id }),
  }))
}
