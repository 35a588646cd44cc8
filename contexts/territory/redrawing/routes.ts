import type { FastifyInstance } from 'fastify'
import { doing } from '#platform/http/doing.ts'
import { serve } from '#platform/http/serve.ts'
import { checkGrids, redrawGrids } from './commands.ts'
import * as contract from './contract.ts'

/** Mounts the editor of grids; `changed` is waited for, so that the next look-up already finds the new borders. */
export function redrawingRoutes(app: FastifyInstance, deps: { readonly zone: string; readonly changed: () => Promise<void> }): void {
  serve(app, contract.checkGrids, ({ body }, request) => checkGrids(doing(request), deps.zone, body))
  serve(app, contract.redrawGrids, async ({ body }, request) => {
    const answer = await redrawGrids(doing(request), deps.zone, body)
    await deps.changed()
    return answer
  })
}
