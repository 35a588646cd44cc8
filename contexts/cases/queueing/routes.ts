import type { FastifyInstance } from 'fastify'
import { serve } from '#platform/http/serve.ts'
import type { CaseServices } from '../commands.ts'
import * as contract from './contract.ts'
import { overdueOf, queueOf, rowsOf } from './questions.ts'

export function queueRoutes(app: FastifyInstance, services: CaseServices): void {
  serve(app, contract.readQueue, ({ query }, request) => queueOf(services, request.actor, query))
  serve(app, contract.readRows, ({ query }, request) => rowsOf(services, request.actor, query.numbers.split(',')))
  serve(app, contract.listOverdue, ({ query }, request) => overdueOf(services, request.actor, query.areaCode))
}
