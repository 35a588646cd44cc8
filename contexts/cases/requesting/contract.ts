import { z } from 'zod'
import { endpoint } from '#platform/http/endpoint.ts'
import { requestKinds, requestLevels, requestViews, shownStates, verdicts } from './lifecycle.ts'

export {
  adjudicationNames,
  requestKindNames,
  requestKinds,
  requestLevelNames,
  requestLevels,
  requestReasons,
  requestStateNames,
  summonsAdjudicationNames,
  type RequestLevel,
} from './lifecycle.ts'

const WordingView = z.object({ zh: z.string(), en: z.string().optional() })
const Instant = z.iso.datetime()
const Day = z.iso.date()
const CommandId = z.uuid().describe('Made by the sender; a repeat with the same id gets the same answer')
const DistrictCode = z.string().regex(/^\d{6}$/)
const Key = z.object({ districtCode: DistrictCode, id: z.uuid() })
const Unit = z.object({ id: z.uuid(), name: WordingView })

export const RequestView = z.object({
  districtCode: z.string(),
  id: z.uuid(),
  caseId: z.uuid(),
  number: z.string().describe('Of the case'),
  matter: WordingView.nullable(),
  place: WordingView,
  kind: z.enum(requestKinds),
  state: z.enum(shownStates),
  version: z.number().int(),
  unit: Unit.describe('The unit that asks'),
  askedBy: WordingView,
  askedAt: Instant,
  reason: WordingView,
  note: z.string(),
  until: Day.nullable(),
  proposed: Unit.nullable().describe('异议: the unit that should lead instead'),
  whistleId: z.uuid().nullable().describe('异议 of a unit that this whistle summons'),
  heard: Unit.nullable().describe('异议: the other side: the unit proposed, or the street that summons'),
  counter: z.object({ opinion: z.string(), at: Instant }).nullable().describe('What the other side says'),
  why: WordingView.nullable().describe('异议: why it was dispatched to this unit'),
  levels: z.array(
    z.object({
      level: z.enum(requestLevels),
      decision: z.object({ verdict: z.enum(verdicts), opinion: z.string(), who: WordingView, at: Instant }).nullable(),
    }),
  ),
  mayOpen: z.boolean().describe('The reader may open the case; a unit that it was taken from may not any more'),
  mayDecide: z.boolean(),
  mayWithdraw: z.boolean(),
  mayAnswer: z.boolean().describe('The reader’s unit is the other side and has not answered yet'),
})
export type RequestView = z.infer<typeof RequestView>

/** What was adjudicated last about summoning this unit to the same matter. */
const SummonsPrecedent = z.object({ upheld: z.boolean().describe('True where it was relieved'), decidedAt: Instant })

export const KindView = z.object({
  kind: z.enum(requestKinds),
  explanation: WordingView,
  lastDay: Day.nullable().describe('挂账: the last day that may be asked for'),
  whistleId: z.uuid().nullable().describe('异议 to the summons of this whistle'),
  precedent: SummonsPrecedent.nullable(),
})
export type KindView = z.infer<typeof KindView>

export const listCaseRequests = endpoint({
  id: 'listCaseRequests',
  method: 'GET',
  path: '/api/cases/{districtCode}/{id}/requests',
  permission: 'case.read',
  summary: 'Requests of a case with their decisions, and what this actor’s unit may ask for now',
  params: Key,
  reply: z.object({ items: z.array(RequestView), mayAsk: z.array(KindView), suspendedUntil: Instant.nullable(), exemptedAt: Instant.nullable() }),
})

export const askRequest = endpoint({
  id: 'askRequest',
  method: 'POST',
  path: '/api/cases/{districtCode}/{id}/requests',
  permission: 'request.ask',
  summary: 'A unit asks for an extension or a suspension, appeals against an overdue mark, or objects to being in charge',
  params: Key,
  body: z.object({
    commandId: CommandId,
    kind: z.enum(requestKinds),
    expectedVersion: z.number().int().min(1).describe('The version of the case that the person saw'),
    reasonCode: z.string().max(50),
    note: z.string().max(1000),
    until: Day.optional().describe('suspension: the day on which the clocks go on'),
    organisationId: z.uuid().optional().describe('objection: the unit that should lead, or be summoned, instead'),
    whistleId: z.uuid().optional().describe('objection to the summons of this whistle'),
  }),
  reply: RequestView,
})

const RequestParams = z.object({ districtCode: DistrictCode, requestId: z.uuid() })

export const decideRequest = endpoint({
  id: 'decideRequest',
  method: 'POST',
  path: '/api/requests/{districtCode}/{requestId}/decisions',
  permission: 'signedIn',
  summary: 'Decide the next level of a request; the last approval has its effect at once',
  params: RequestParams,
  body: z.object({
    commandId: CommandId,
    expectedVersion: z.number().int().min(1),
    verdict: z.enum(verdicts),
    opinion: z.string().max(1000),
    organisationId: z.uuid().optional().describe('An objection that is upheld: the unit that leads, or is summoned, from now on'),
    asRule: z.boolean().default(false).describe('Adjudication: dispatch follows it from now on'),
  }),
  reply: RequestView,
})

export const withdrawRequest = endpoint({
  id: 'withdrawRequest',
  method: 'POST',
  path: '/api/requests/{districtCode}/{requestId}/withdrawal',
  permission: 'request.ask',
  summary: 'The unit takes its request back before it is decided',
  params: RequestParams,
  body: z.object({ commandId: CommandId, expectedVersion: z.number().int().min(1) }),
  reply: RequestView,
})

export const answerObjection = endpoint({
  id: 'answerObjection',
  method: 'POST',
  path: '/api/requests/{districtCode}/{requestId}/opinion',
  permission: 'request.ask',
  summary: 'The other side of an objection says what it thinks: the unit proposed instead, or the street that summons',
  params: RequestParams,
  body: z.object({ commandId: CommandId, expectedVersion: z.number().int().min(1), opinion: z.string().min(1).max(1000) }),
  reply: RequestView,
})

export const listRequests = endpoint({
  id: 'listRequests',
  method: 'GET',
  path: '/api/requests',
  permission: 'case.read',
  summary: 'Requests that wait for this actor, the oldest first, or that his units made, the newest first',
  query: z.object({ view: z.enum(requestViews).default('waiting'), limit: z.number().int().min(1).max(200).default(100) }),
  reply: z.object({ items: z.array(RequestView) }),
})

export const listUnits = endpoint({
  id: 'listUnits',
  method: 'GET',
  path: '/api/units/{districtCode}',
  permission: 'case.read',
  summary: 'Names of the units of a district that a case may go to',
  params: z.object({ districtCode: DistrictCode }),
  reply: z.object({ items: z.array(Unit) }),
})

export const PrecedentView = z.object({
  districtCode: z.string(),
  id: z.uuid(),
  caseId: z.uuid(),
  number: z.string(),
  place: WordingView,
  objecting: WordingView.nullable(),
  responsible: WordingView.nullable(),
  summoned: z.boolean().describe('About a summons by whistle; dispatch does not follow it'),
  upheld: z.boolean(),
  opinion: z.string(),
  isRule: z.boolean(),
  decidedAt: Instant,
})
export type PrecedentView = z.infer<typeof PrecedentView>

export const listPrecedents = endpoint({
  id: 'listPrecedents',
  method: 'GET',
  path: '/api/cases/{districtCode}/{id}/precedents',
  permission: 'request.review',
  summary: 'Adjudications of the same condition of a matter in the district: those of the same street first, then the newest',
  params: Key,
  reply: z.object({ items: z.array(PrecedentView) }),
})

export const markPrecedent = endpoint({
  id: 'markPrecedent',
  method: 'POST',
  path: '/api/precedents/{districtCode}/{id}/rule',
  permission: 'case.adjudicate',
  summary: 'Let dispatch follow an adjudication, or follow it no longer',
  params: Key,
  body: z.object({ commandId: CommandId, isRule: z.boolean() }),
  reply: z.object({ isRule: z.boolean() }),
})

export const RequestRuleView = z.object({
  kind: z.enum(requestKinds),
  effectiveFrom: Day,
  levels: z.array(z.enum(requestLevels)).min(1).max(3),
  most: z.number().int().min(1).max(9),
  tries: z.number().int().min(1).max(9).nullable(),
  longestDays: z.number().int().min(1).max(3660).nullable(),
  name: WordingView,
  explanation: WordingView,
})
export type RequestRuleView = z.infer<typeof RequestRuleView>

export const listRequestKinds = endpoint({
  id: 'listRequestKinds',
  method: 'GET',
  path: '/api/request-kinds',
  permission: 'catalogue.read',
  summary: 'The rules of each kind of request with all their days',
  reply: z.object({ items: z.array(RequestRuleView), today: Day }),
})

export const saveRequestKind = endpoint({
  id: 'saveRequestKind',
  method: 'POST',
  path: '/api/request-kinds',
  permission: 'catalogue.edit',
  summary: 'Change the rules of a kind of request from a day to come; the past stays',
  body: z.object({ commandId: CommandId, rule: RequestRuleView }),
  reply: RequestRuleView,
})
