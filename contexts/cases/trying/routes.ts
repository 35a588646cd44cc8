import type { FastifyInstance } from 'fastify'
import { serve } from '#platform/http/serve.ts'
import type { CaseServices } from '../commands.ts'
import { tryMatterVersion } from './contract.ts'
import { tryDraft } from './questions.ts'

export function tryingRoutes(app: FastifyInstance, services: CaseServices): void {
  serve(app, tryMatterVersion, ({ params, query }, request) => tryDraft(services, request.actor, { ...params, ...query }))
}
