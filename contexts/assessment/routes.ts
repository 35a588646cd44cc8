import type { FastifyInstance } from 'fastify'
import { serve } from '#platform/http/serve.ts'
import { listFigureCases, listFigures } from './contract.ts'
import { figureCases, figuresOf, type FigureServices } from './questions.ts'

/** Mounts the endpoints of this context. */
export function figureRoutes(app: FastifyInstance, services: FigureServices): void {
  serve(app, listFigures, ({ query }, request) => figuresOf(services, request.actor, query))
  serve(app, listFigureCases, ({ params, query }, request) => figureCases(services, request.actor, params.key, query))
}
