import type { FastifyInstance, FastifyRequest } from 'fastify'
import { traceRead, type PeopleTables } from '#contexts/people/index.ts'
import { findBuilding } from '#contexts/territory/index.ts'
import type { AssignmentsTables } from '#contexts/assignments/index.ts'
import type { DistrictCode } from '#kernel/codes.ts'
import { publicActor } from '#kernel/actor.ts'
import type { Instant } from '#kernel/clock.ts'
import { inTransaction, type Tx } from '#platform/database/database.ts'
import { doing } from '#platform/http/doing.ts'
import { serve } from '#platform/http/serve.ts'
import { callBackRoutes } from './calling-back/routes.ts'
import { awaitsCallBack, type CallBackTables } from './calling-back/store.ts'
import type { CaseServices } from './commands.ts'
import { subjectOf } from './record.ts'
import * as contract from './contract.ts'
import { listFrequentMatters } from './frequent/contract.ts'
import { frequentMatters } from './frequent/questions.ts'
import { exportRoutes } from './exporting/routes.ts'
import { onlookingRoutes } from './onlooking/routes.ts'
import { queueRoutes } from './queueing/routes.ts'
import { savedViewRoutes } from './saved-views/routes.ts'
import { togetherRoutes } from './together/routes.ts'
import { urgingRoutes } from './urging/routes.ts'
import { acceptFromSystem, reportedBySystem } from './department/commands.ts'
import { planDispatch } from './dispatch.ts'
import type { Intake } from './intake.ts'
import { joiningRoutes } from './joining/routes.ts'
import { whistleRoutes } from './whistling/routes.ts'
import { callerInClear, caseDetail, countCases, listCases, movedCase, remindersOf, visibleCase } from './questions.ts'
import { callerActs } from './tracking/commands.ts'
import { mapRoutes } from './mapping/routes.ts'
import * as merging from './merging/contract.ts'
import { duplicatesOfCase, duplicatesOfReport } from './merging/questions.ts'
import { refuse } from './refusals.ts'
import { listReminders } from './reminding/contract.ts'
import { requestRoutes } from './requesting/routes.ts'
import { Refusal, type Wording } from '#kernel/refusal.ts'
import { settlingRoutes } from './settling/routes.ts'
import { tryingRoutes } from './trying/routes.ts'
import type { CasesTables } from './store.ts'
import { conditionName, organisationName } from './view.ts'

/** What routes of cases need. */
export interface CaseDeps {
  readonly services: CaseServices
  readonly intake: Intake
}

export function caseRoutes(app: FastifyInstance, deps: CaseDeps): void {
  publicRoutes(app, deps)
  deskRoutes(app, deps)
  dispatchRoutes(app, deps)
  exportRoutes(app, deps.services)
  requestRoutes(app, deps.services)
  joiningRoutes(app, deps.services)
  whistleRoutes(app, deps.services)
  settlingRoutes(app, deps.services)
  callBackRoutes(app, deps.services)
  mapRoutes(app, deps.services)
  queueRoutes(app, deps.services)
  togetherRoutes(app, deps.services)
  urgingRoutes(app, deps.services)
  savedViewRoutes(app, deps.services)
  onlookingRoutes(app, deps.services)
  tryingRoutes(app, deps.services)
}

function publicRoutes(app: FastifyInstance, deps: CaseDeps): void {
  const { intake } = deps
  const caller = callerActs(deps)
  serve(app, contract.reportCase, ({ body }, request) =>
    intake.accept({ ...body, channel: 'resident' }, { actor: publicActor, requestId: request.id }),
  )
  serve(app, contract.trackCase, ({ body }) => caller.track(body.trackingCode))
  serve(app, contract.rateCase, ({ body }, request) => caller.rate(body.trackingCode, request.id, body))
  serve(app, contract.withdrawCase, ({ body }, request) => caller.withdraw(body.trackingCode, request.id, body))
}

function deskRoutes(app: FastifyInstance, { services, intake }: CaseDeps): void {
  serve(app, contract.openCase, async ({ body: { buildingCode, ...body } }, request) => {
    const building = buildingCode === undefined ? null : await findBuilding(services.database, services.rules().on, buildingCode)
    if (building === undefined) throw refuse.buildingUnknown({ code: buildingCode ?? '' }, 'buildingCode')
    return acceptFromSystem(services, intake, { ...body, building }, by(request))
  })
  serve(app, listFrequentMatters, async (_input, request) => ({ items: await frequentMatters(services, request.actor) }))
  serve(app, contract.trackReport, ({ params }, request) => reportedBySystem(services, request.actor, params.externalKey))
  serve(app, contract.listCases, async ({ query }, request) => {
    const page = await listCases(services, request.actor, query)
    return { items: [...page.items], cursor: page.cursor, now: services.clock.now() }
  })
  serve(app, contract.countCases, async ({ query }, request) => ({ counts: await countCases(services, request.actor, query.areaCode) }))
  serve(app, contract.getCase, ({ params }, request) => caseDetail(services, request.actor, params))
  serve(app, contract.moveCase, async ({ params, body }, request) => {
    await intake.move(params.districtCode as DistrictCode, {
      ...body,
      id: params.id,
      commandId: doing(request).commandId,
      by: by(request),
    })
    return movedCase(services, request.actor, params)
  })
  serve(app, merging.listDuplicates, async ({ params }, request) => ({ items: await duplicatesOfCase(services, request.actor, params) }))
  serve(app, merging.findDuplicates, async ({ body }, request) => ({ items: await duplicatesOfReport(services, request.actor, body) }))
  serve(app, listReminders, async ({ query }, request) => ({ items: await remindersOf(services, request.actor, query.limit) }))
}

const by = (request: FastifyRequest) => ({ actor: request.actor, requestId: request.id })

function dispatchRoutes(app: FastifyInstance, { services }: CaseDeps): void {
  serve(app, contract.suggestDispatch, async ({ params, query }, request) => {
    const rules = services.rules()
    const record = await inTransaction(services.database, (tx: Tx<CasesTables & AssignmentsTables>) => visibleCase(tx, request.actor, rules, params))
    if (!rules.policy.may(request.actor, 'case.dispatch', subjectOf(record))) throw refuse.notYours({ move: '派遣' })
    const matters = rules.catalogue.matcher.match(record.text).map((match) => ({
      conditionId: match.conditionId,
      name: conditionName(rules.catalogue.condition(match.conditionId)),
      confidence: match.confidence,
      reasons: match.reasons.map((reason) => ({ ...reason })),
    }))
    return { ...suggestion({ ...record, conditionId: query.conditionId ?? record.conditionId }, services), matters }
  })
  serve(app, contract.revealCaller, async ({ params, body }, request) => {
    const rules = services.rules()
    return inTransaction(services.database, async (tx: Tx<CasesTables & AssignmentsTables & PeopleTables & CallBackTables>) => {
      const record = await visibleCase(tx, request.actor, rules, params)
      // An ended case gives nobody a purpose to look any more, but whoever must call its caller back.
      const ended = record.status === 'closed' || record.status === 'withdrawn'
      const mayCallBack = body.purpose === 'call_back' && rules.policy.may(request.actor, 'case.call_back', subjectOf(record))
      const awaited = ended && mayCallBack && (await awaitsCallBack(tx, record.districtCode, record.id))
      if (!rules.policy.may(request.actor, 'person.unmask', subjectOf(record)) || (ended && !awaited)) throw refuse.noPurpose()
      await traceRead(tx, {
        districtCode: record.districtCode,
        subjectKind: 'case',
        subjectId: record.id,
        fields: ['caller.name', 'caller.phone'],
        purpose: body.purpose,
        actor: request.actor,
        at: services.clock.now(),
        requestId: request.id,
      })
      return callerInClear(tx, services, record)
    })
  })
}

function suggestion(
  record: Parameters<typeof planDispatch>[0],
  services: CaseServices,
): {
  organisation: { id: string; name: Wording } | null
  why: Wording
  respondDueAt: Instant | null
  disposeDueAt: Instant | null
} {
  const rules = services.rules()
  try {
    const plan = planDispatch(record, { move: 'dispatch' }, services.clock.now(), rules)
    const due = (kind: 'respond' | 'dispose'): Instant | null => plan.milestones.find((m) => m.kind === kind)?.dueAt ?? null
    return {
      organisation: { id: plan.organisationId, name: organisationName(plan.organisationId, rules) ?? { zh: '' } },
      why: plan.why.text,
      respondDueAt: due('respond'),
      disposeDueAt: due('dispose'),
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { organisation: null, why: { zh: error.text('zh'), en: error.text('en') }, respondDueAt: null, disposeDueAt: null }
  }
}
