import type { FastifyInstance } from 'fastify'
import { serve } from '#platform/http/serve.ts'
import type { CaseServices } from '../commands.ts'
import * as contract from './contract.ts'
import { countAreas, countBins, listNearby, listPoints, previewGrids } from './questions.ts'

/** Mounts what the map asks about cases. */
export function mapRoutes(app: FastifyInstance, services: CaseServices): void {
  serve(app, contract.countAreas, ({ query: { within, ...query } }, request) => countAreas(services, request.actor, { ...query, areaCode: within }))
  serve(app, contract.listPoints, ({ query: { within, ...query } }, request) => listPoints(services, request.actor, { ...query, areaCode: within }))
  serve(app, contract.listNearby, ({ params }, request) => listNearby(services, request.actor, params))
  serve(app, contract.countBins, ({ query: { within, ...query } }, request) => countBins(services, request.actor, { ...query, areaCode: within }))
  serve(app, contract.previewGrids, ({ body }, request) => previewGrids(services, request.actor, body.grids))
}
