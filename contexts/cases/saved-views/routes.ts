import type { FastifyInstance } from 'fastify'
import { doing } from '#platform/http/doing.ts'
import { serve } from '#platform/http/serve.ts'
import type { CaseServices } from '../commands.ts'
import { changeView, createView, removeView } from './commands.ts'
import * as contract from './contract.ts'
import { listViews } from './questions.ts'

export function savedViewRoutes(app: FastifyInstance, services: CaseServices): void {
  serve(app, contract.listViews, async (_input, request) => ({ items: await listViews(services, request.actor) }))
  serve(app, contract.createView, ({ body }, request) => createView(services, doing(request), body))
  serve(app, contract.changeView, ({ params, body }, request) => changeView(services, doing(request), params.id, body))
  serve(app, contract.removeView, async ({ params }, request) => {
    await removeView(services, doing(request), params.id)
    return { removed: true }
  })
}
