import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { LocalDate } from '#kernel/clock.ts'
import { doing } from '#platform/http/doing.ts'
import { serve } from '#platform/http/serve.ts'
import type { CaseServices } from '../commands.ts'
import { drawSample, publishDraw, recordCallBack } from './commands.ts'
import * as contract from './contract.ts'
import { drawDetail, listDraws, repeatDraw, type DrawKey } from './questions.ts'

export function callBackRoutes(app: FastifyInstance, services: CaseServices): void {
  const shown = async (request: FastifyRequest, work: Promise<DrawKey>) => drawDetail(services, request.actor, await work)
  serve(app, contract.listDraws, ({ query }, request) => listDraws(services, request.actor, query.limit))
  serve(app, contract.publishDraw, ({ body: { areaCode, from, to } }, request) =>
    shown(request, publishDraw(doing(request), services, { areaCode, from: from as LocalDate, to: to as LocalDate })),
  )
  serve(app, contract.drawSample, ({ params }, request) => shown(request, drawSample(doing(request), services, params)))
  serve(app, contract.getDraw, ({ params }, request) => drawDetail(services, request.actor, params))
  serve(app, contract.repeatDraw, ({ params }, request) => repeatDraw(services, request.actor, params))
  serve(app, contract.recordCallBack, ({ params, body: { caseId, outcome, note } }, request) =>
    shown(request, recordCallBack(doing(request), services, params, { caseId, outcome, note })),
  )
}
