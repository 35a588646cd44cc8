import type { FastifyInstance } from 'fastify'
import type { LocalDate } from '#kernel/clock.ts'
import type { DistrictCode } from '#kernel/codes.ts'
import { doing } from '#platform/http/doing.ts'
import { serve } from '#platform/http/serve.ts'
import type { CaseServices } from '../commands.ts'
import { saveRequestKind, todayOf } from '../ruling/commands.ts'
import * as commands from './commands.ts'
import * as contract from './contract.ts'
import { countRequests } from './counting/contract.ts'
import * as questions from './questions.ts'

/** Endpoints of requests, adjudication and precedents. */
export function requestRoutes(app: FastifyInstance, services: CaseServices): void {
  readingRoutes(app, services)
  actingRoutes(app, services)
  ruleRoutes(app, services)
}

function readingRoutes(app: FastifyInstance, services: CaseServices): void {
  serve(app, contract.listCaseRequests, ({ params }, request) => questions.caseRequests(services, request.actor, params))
  serve(app, contract.listRequests, async ({ query }, request) => ({
    items: await questions.requestList(services, request.actor, query.view, query.limit),
  }))
  serve(app, countRequests, (_input, request) => questions.requestCounts(services, request.actor))
  serve(app, contract.listUnits, async ({ params }) => ({ items: questions.unitsOf(services, params.districtCode) }))
  serve(app, contract.listPrecedents, async ({ params }, request) => ({
    items: await questions.precedentsFor(services, request.actor, params),
  }))
}

function actingRoutes(app: FastifyInstance, services: CaseServices): void {
  const keyOf = (params: { districtCode: string; requestId: string }) => ({ ...params, districtCode: params.districtCode as DistrictCode })
  const shown = async (actor: Parameters<typeof questions.requestOf>[1], districtCode: string, id: string) =>
    questions.requestOf(services, actor, { districtCode, caseId: await questions.caseOfRequest(services, districtCode, id), id })

  serve(app, contract.askRequest, async ({ params, body }, request) => {
    const input = { ...body, until: body.until as LocalDate | undefined }
    const { id } = await commands.askFor(services, doing(request), { ...params, districtCode: params.districtCode as DistrictCode }, input)
    return questions.requestOf(services, request.actor, { districtCode: params.districtCode, caseId: params.id, id })
  })
  serve(app, contract.decideRequest, async ({ params, body }, request) => {
    const { id } = await commands.decide(services, doing(request), keyOf(params), body)
    return shown(request.actor, params.districtCode, id)
  })
  serve(app, contract.withdrawRequest, async ({ params, body }, request) => {
    const { id } = await commands.withdraw(services, doing(request), keyOf(params), body.expectedVersion)
    return shown(request.actor, params.districtCode, id)
  })
  serve(app, contract.answerObjection, async ({ params, body }, request) => {
    const { id } = await commands.answer(services, doing(request), keyOf(params), body)
    return shown(request.actor, params.districtCode, id)
  })
  serve(app, contract.markPrecedent, ({ params, body }, request) =>
    commands.markPrecedent(services, doing(request), { ...params, districtCode: params.districtCode as DistrictCode }, body.isRule),
  )
}

function ruleRoutes(app: FastifyInstance, services: CaseServices): void {
  serve(app, contract.listRequestKinds, async () => ({
    items: (await questions.kindRules(services)).map((rule) => ({ ...rule, levels: [...rule.levels] })),
    today: todayOf(services),
  }))
  serve(app, contract.saveRequestKind, async ({ body }, request) => {
    const saved = await saveRequestKind(services, doing(request), { ...body.rule, effectiveFrom: body.rule.effectiveFrom as LocalDate })
    return { ...saved, levels: [...saved.levels] }
  })
}
