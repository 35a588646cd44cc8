import type { FastifyInstance } from 'fastify'
import type { LocalDate } from '#kernel/clock.ts'
import { doing } from '#platform/http/doing.ts'
import { serve } from '#platform/http/serve.ts'
import { saveTarget, targetsFor } from './aiming/commands.ts'
import * as aiming from './aiming/contract.ts'
import { readBriefing } from './briefing/contract.ts'
import { briefingOf } from './briefing/questions.ts'
import { readCockpit, readTrends } from './cockpit/contract.ts'
import { cockpitOf, trendsOf } from './cockpit/questions.ts'
import { listFigureCases, listFigures } from './contract.ts'
import { exportRoutes } from './exporting/routes.ts'
import { readPivot } from './pivoting/contract.ts'
import { pivotOf } from './pivoting/questions.ts'
import { figureCases, figuresOf, type FigureServices } from './questions.ts'
import { listTallyCases } from './tallying/contract.ts'
import { tallyCases } from './tallying/questions.ts'

/** Mounts the endpoints of this context. */
export function figureRoutes(app: FastifyInstance, services: FigureServices): void {
  serve(app, listFigures, ({ query }, request) => figuresOf(services, request.actor, query))
  serve(app, listFigureCases, ({ params, query }, request) => figureCases(services, request.actor, params.key, query))
  serve(app, readCockpit, ({ query }, request) => cockpitOf(services, request.actor, query))
  serve(app, readTrends, ({ query }, request) => trendsOf(services, request.actor, query))
  serve(app, listTallyCases, ({ params, query }, request) => tallyCases(services, request.actor, params.key, query))
  serve(app, readBriefing, ({ query }, request) => briefingOf(services, request.actor, query))
  serve(app, readPivot, ({ query }, request) => pivotOf(services, request.actor, query))
  exportRoutes(app, services)
  serve(app, aiming.listTargets, (_input, request) => targetsFor(services, request.actor))
  serve(app, aiming.saveTarget, ({ body }, request) => {
    const { commandId: _commandId, ...target } = body
    return saveTarget(services, doing(request), { ...target, effectiveFrom: body.effectiveFrom as LocalDate })
  })
}
