import { z } from 'zod'
import { endpoint } from '#platform/http/endpoint.ts'
import { lackings } from './mapping/filter.ts'
import { emergencyServices } from '#kernel/emergency.ts'
import { othersThen } from './shapes/lifecycle.ts'
import { RungView } from './escalating/contract.ts'
import { caseMoveNames, caseStatuses, caseSteps, channels, MOST_PARTS, triageReasons } from './lifecycle.ts'
import { CaseKey, CommandId, ExpectedVersion, Instant, MilestoneView, UnitView, WordingView, WhistleView } from './shapes/contract.ts'

const DistrictCode = z.string().regex(/^\d{6}$/)
const AreaCode = z.string().regex(/^\d{4,15}$/)
const Lng = z.number().min(-180).max(180)
const Lat = z.number().min(-90).max(90)
const Datum = z.enum(['CGCS2000', 'WGS84', 'GCJ02', 'BD09'])
const ExternalKey = z.string().min(1).max(100)
const TrackingCode = z.string().min(16).max(24).describe('80 random bits, shown once on the receipt')

/** A place is a coordinate, an area, or words alone. */
export const Place = z.object({
  areaCode: AreaCode.optional(),
  address: z.string().max(200).optional(),
  lng: Lng.optional(),
  lat: Lat.optional(),
  datum: Datum.optional(),
})

/** Place and words of a report. */
const Report = Place.extend({
  commandId: CommandId,
  text: z.string().min(2).max(2000),
  callerName: z.string().max(50).optional(),
  callerPhone: z.string().max(20).optional(),
})

export const CaseSummary = z.object({
  districtCode: z.string(),
  id: z.uuid(),
  number: z.string(),
  version: z.number().int(),
  status: z.enum(caseStatuses),
  channel: z.enum(channels),
  text: z.string().describe('What the caller said, numbers of persons masked'),
  matter: WordingView.nullable(),
  guess: z.boolean().describe('The matter is only what the words suggest; nobody has confirmed it'),
  conditionId: z.uuid().nullable(),
  tier: z.string().nullable(),
  areaCode: z.string(),
  place: WordingView.describe('Names from street to grid'),
  address: z.string().nullable(),
  holder: WordingView.nullable().describe('Organisation that must answer now'),
  reportedAt: Instant,
  respondDueAt: Instant.nullable(),
  disposeDueAt: Instant.nullable(),
  clockDueAt: Instant.nullable().describe('Of the clock by which somebody is awaited: 呼应, 处置, or 再派遣 after a return'),
  suspendedUntil: Instant.nullable().describe('已挂账: the clocks stand still until then'),
  soonAt: Instant.nullable().describe('From here on the running clock is about to run out'),
  overdue: z.boolean(),
  triageReason: z.enum(triageReasons).nullable(),
  reworkCount: z.number().int(),
  reopenCount: z.number().int(),
  sample: z.boolean().describe('Sample data of the demonstration city: 示例数据'),
})
export type CaseSummary = z.infer<typeof CaseSummary>

export { MilestoneView } from './shapes/contract.ts'

export const TimelineItem = z.object({
  at: Instant,
  type: z.string().describe('Event type such as case.dispatched'),
  label: WordingView,
  who: WordingView.describe('Name of the person, or the rule that acted'),
  organisation: WordingView.nullable(),
  reason: WordingView.nullable(),
  note: z.string().nullable(),
})
export type TimelineItem = z.infer<typeof TimelineItem>

/** Another case as far as this actor may read it. */
export const CaseLink = CaseSummary.pick({ districtCode: true, id: true, number: true, status: true, text: true, place: true, reportedAt: true })
export type CaseLink = z.infer<typeof CaseLink>

const Reasons = z.array(z.object({ word: z.string(), where: z.string() }))

export const CaseDetail = CaseSummary.extend({
  lng: z.number().nullable(),
  lat: z.number().nullable(),
  gridCode: z.string().nullable(),
  unitGridCode: z.string().nullable(),
  building: z.object({ code: z.string(), name: WordingView }).nullable(),
  confidence: z.number().nullable(),
  matchReasons: Reasons,
  why: z.object({ rule: z.string(), text: WordingView }).nullable().describe('Why this unit'),
  triageNote: WordingView.nullable().describe('The refusal of a rule, in words'),
  steps: z.array(z.object({ step: z.enum(caseSteps), at: Instant, who: WordingView })),
  milestones: z.array(MilestoneView).describe('Clocks of the units that led it'),
  units: z.array(UnitView).describe('Units beside the lead'),
  whistles: z.array(WhistleView),
  mayWhistle: z.boolean().describe('The actor’s street or community may summon units to this case'),
  timeline: z.array(TimelineItem),
  result: z.string().nullable().describe('Feedback of the unit'),
  rating: z.number().int().nullable(),
  evaluation: z.object({ respondOnTime: z.boolean().nullable(), disposeOnTime: z.boolean().nullable(), reworkCount: z.number().int() }).nullable(),
  caller: z.object({ name: z.string().nullable(), phone: z.string().nullable() }).nullable().describe('Masked'),
  flags: z.array(z.string()),
  ladder: z.array(RungView).describe('Each step up or down that the case went, oldest first'),
  words: z.object({ callUp: WordingView, sendDown: WordingView }).describe('What the city calls these moves'),
  placeReason: z
    .object({ words: z.array(z.string()), clear: z.boolean() })
    .nullable()
    .describe('Names of areas in its words that say where it is, or that contradict each other'),
  main: CaseLink.nullable().describe('The case that answers for this one'),
  callers: z.number().int().describe('How many calls are answered with this case, its own among them'),
  merged: z.array(CaseLink).describe('Cases that this one answers for, of those that the actor may see'),
  parent: CaseLink.nullable().describe('The call of several matters of which this is one'),
  parts: z.array(CaseLink).describe('What this call was split into, of those that the actor may see'),
  partsDone: z.boolean().describe('True when every part has ended'),
  handOver: z
    .object({ service: z.enum(emergencyServices), at: Instant, takenBy: z.string().nullable() })
    .nullable()
    .describe('Emergency service that took the call'),
  moves: z.array(z.enum(caseMoveNames)).describe('Exactly the moves that this actor may make now'),
})
export type CaseDetail = z.infer<typeof CaseDetail>

export const caseViews = ['triage', 'mine', 'helping', 'check', 'close', 'reopened', 'soon', 'overdue', 'open', 'all'] as const
export type CaseView = (typeof caseViews)[number]

const BoxText = z
  .string()
  .regex(/^-?\d{1,3}(\.\d{1,17})?(,-?\d{1,3}(\.\d{1,17})?){3}$/)
  .describe('West, south, east and north in degrees (CGCS2000): only cases with a coordinate inside')

export { lackings, type Lacking } from './mapping/filter.ts'

export const ListQuery = z.object({
  view: z.enum(caseViews).default('open'),
  areaCode: AreaCode.optional(),
  status: z.enum(caseStatuses).optional(),
  q: z.string().max(50).optional().describe('Case number or words of the text'),
  box: BoxText.optional(),
  lacking: z.enum(lackings).optional().describe('Only cases without a coordinate, or not located down to this level'),
  channel: z.enum(channels).optional(),
  tier: z.enum(['A', 'B', 'C', 'D']).optional(),
  unitId: z.uuid().optional().describe('Organisation that leads it'),
  cursor: z.string().max(500).optional(),
  limit: z.number().int().min(1).max(200).default(50),
})

const Advice = z.object({ service: z.enum(emergencyServices), text: WordingView })

export const reportCase = endpoint({
  id: 'reportCase',
  method: 'POST',
  path: '/api/public/cases',
  permission: 'public',
  limit: 'public',
  summary: 'A resident reports a problem without an account',
  body: Report,
  reply: z.object({
    number: z.string(),
    trackingCode: TrackingCode,
    reportedAt: Instant,
    advice: Advice.nullable().describe('Whom to dial first, where the words mean danger; the platform never dials by itself'),
  }),
})

const PublicPart = z.object({
  number: z.string(),
  text: z.string(),
  matter: WordingView.nullable(),
  statusName: WordingView,
  holder: WordingView.nullable(),
  result: z.string().nullable(),
})

export const PublicCase = z.object({
  number: z.string(),
  status: z.enum(caseStatuses),
  statusName: WordingView,
  text: z.string(),
  place: WordingView,
  matter: WordingView.nullable(),
  holder: WordingView.nullable(),
  others: z.array(WordingView).describe('Units that help the one responsible'),
  reportedAt: Instant,
  respondDueAt: Instant.nullable(),
  disposeDueAt: Instant.nullable(),
  timeline: z.array(z.object({ at: Instant, label: WordingView, organisation: WordingView.nullable() })),
  rejection: WordingView.nullable().describe('Why it was not filed'),
  mainNumber: z.string().nullable().describe('Number of the case that answers for this call; its progress and result are shown here'),
  parts: z.array(PublicPart).describe('What the call was split into; empty for a call of one matter'),
  partsDone: z.boolean().describe('True when every part has ended'),
  handedTo: WordingView.nullable().describe('Emergency service that took the call'),
  result: z.string().nullable(),
  rating: z.number().int().nullable(),
  mayRate: z.boolean(),
  mayUnrate: z.boolean().describe('For ten minutes the rating can be taken back'),
  mayWithdraw: z.boolean(),
  sample: z.boolean(),
})
export type PublicCase = z.infer<typeof PublicCase>

export const trackCase = endpoint({
  id: 'trackCase',
  method: 'POST',
  path: '/api/public/track',
  permission: 'public',
  limit: 'public',
  summary: 'Follow a case by its tracking code',
  body: z.object({ trackingCode: TrackingCode }),
  reply: PublicCase,
})

export const rateCase = endpoint({
  id: 'rateCase',
  method: 'POST',
  path: '/api/public/rate',
  permission: 'public',
  limit: 'public',
  summary: 'Rate a closed case; an unhappy answer reopens it to the supervisor',
  body: z.object({
    commandId: CommandId,
    trackingCode: TrackingCode,
    score: z.number().int().min(1).max(5),
    reasonCode: z.string().max(50).optional(),
    note: z.string().max(500).optional(),
  }),
  reply: PublicCase,
})

export const withdrawCase = endpoint({
  id: 'withdrawCase',
  method: 'POST',
  path: '/api/public/withdraw',
  permission: 'public',
  limit: 'public',
  summary: 'The caller takes a report back before anybody has worked on it',
  body: z.object({ commandId: CommandId, trackingCode: TrackingCode }),
  reply: PublicCase,
})

export const openCase = endpoint({
  id: 'openCase',
  method: 'POST',
  path: '/api/cases',
  permission: 'case.report',
  summary: 'A grid worker, hotline operator, department or participant reports a problem',
  body: Report.extend({
    channel: z.enum(['grid_worker', 'hotline', 'department', 'resident']),
    conditionId: z.uuid().optional(),
    buildingCode: z
      .string()
      .regex(/^\d{18}$/)
      .optional()
      .describe('Building that it is about; without a coordinate it also says the grid'),
    externalKey: ExternalKey.optional().describe('With a key of a system: its own number of the report; a repeat gives the first case'),
  }),
  reply: z.object({
    districtCode: DistrictCode,
    id: z.uuid(),
    number: z.string(),
    trackingCode: TrackingCode,
    reportedAt: Instant,
    advice: Advice.nullable(),
  }),
})

export const trackReport = endpoint({
  id: 'trackReport',
  method: 'GET',
  path: '/api/cases/reported/{externalKey}',
  permission: 'case.report',
  summary: 'With a key of a system: what became of a report that systems of the same organisation made',
  params: z.object({ externalKey: ExternalKey }),
  reply: PublicCase.extend({ districtCode: DistrictCode, id: z.uuid() }),
})

export const listCases = endpoint({
  id: 'listCases',
  method: 'GET',
  path: '/api/cases',
  permission: 'case.read',
  summary: 'Cases that the actor may see, by view; the most urgent first',
  query: ListQuery,
  reply: z.object({ items: z.array(CaseSummary), cursor: z.string().nullable(), now: Instant }),
})

export const countCases = endpoint({
  id: 'countCases',
  method: 'GET',
  path: '/api/cases/counts',
  permission: 'case.read',
  summary: 'How many cases each view holds, under the same rights as the list',
  query: z.object({ areaCode: AreaCode.optional() }),
  reply: z.object({ counts: z.record(z.enum(caseViews), z.number().int()) }),
})

export const getCase = endpoint({
  id: 'getCase',
  method: 'GET',
  path: '/api/cases/{districtCode}/{id}',
  permission: 'case.read',
  summary: 'One case with its clocks, timeline and the moves that this actor may make',
  params: CaseKey,
  reply: CaseDetail,
})

export const moveCase = endpoint({
  id: 'moveCase',
  method: 'POST',
  path: '/api/cases/{districtCode}/{id}/moves',
  permission: 'signedIn',
  summary: 'Make one move of the state table',
  params: CaseKey,
  body: z.object({
    commandId: CommandId,
    move: z.enum(caseMoveNames),
    expectedVersion: ExpectedVersion,
    reasonCode: z.string().max(50).optional(),
    note: z.string().max(1000).optional(),
    conditionId: z.uuid().optional().describe('correct, file: the matter that it really is'),
    areaCode: AreaCode.optional().describe('correct: the place where it really is'),
    organisationId: z.uuid().optional().describe('dispatch: another unit than the rule names; needs a note'),
    candidateIds: z.array(z.uuid()).max(10).optional().describe('dispatch: several units at once; the first to make contact leads'),
    othersThen: z.enum(othersThen).optional().describe('dispatch: what becomes of the other candidates then'),
    mainId: z.uuid().optional().describe('merge: the case of the same district that answers for this one'),
    parts: z
      .array(z.object({ text: z.string().max(2000), conditionId: z.uuid().optional(), areaCode: AreaCode.optional() }))
      .max(MOST_PARTS)
      .optional()
      .describe('split: the matters that the call holds; a part without a place is where the call is'),
  }),
  reply: CaseDetail,
})

export const suggestDispatch = endpoint({
  id: 'suggestDispatch',
  method: 'GET',
  path: '/api/cases/{districtCode}/{id}/suggestion',
  permission: 'case.dispatch',
  summary: 'The unit that the rules name for this case, why, and until when',
  params: CaseKey,
  query: z.object({ conditionId: z.uuid().optional() }),
  reply: z.object({
    organisation: z.object({ id: z.uuid(), name: WordingView }).nullable(),
    why: WordingView,
    respondDueAt: Instant.nullable(),
    disposeDueAt: Instant.nullable(),
    matters: z.array(z.object({ conditionId: z.uuid(), name: WordingView, confidence: z.number(), reasons: Reasons })),
  }),
})

export const revealCaller = endpoint({
  id: 'revealCaller',
  method: 'POST',
  path: '/api/cases/{districtCode}/{id}/caller',
  permission: 'person.unmask',
  summary: 'See the caller in clear for a stated purpose; the look is recorded',
  params: CaseKey,
  body: z.object({ purpose: z.enum(['contact', 'check', 'call_back']) }),
  reply: z.object({ name: z.string().nullable(), phone: z.string().nullable() }),
})
