import { z } from 'zod'
import { endpoint } from '#platform/http/endpoint.ts'
import { caseStatuses } from '../lifecycle.ts'
import { callBackOutcomes } from './lifecycle.ts'

const WordingView = z.object({ zh: z.string(), en: z.string().optional() })
const Instant = z.iso.datetime()
const Day = z.iso.date()
const CommandId = z.uuid().describe('Made by the sender; a repeat with the same id gets the same answer')
const DrawKey = z.object({ districtCode: z.string().regex(/^\d{6}$/), id: z.uuid() })

export const DrawView = DrawKey.extend({
  area: WordingView,
  from: Day,
  to: Day,
  percent: z.number(),
  minimumPerStreet: z.number().int(),
  seed: z.string().describe('Published before anything is drawn'),
  publishedAt: Instant,
  drawnAt: Instant.nullable(),
  population: z.number().int().describe('Closed cases drawn from'),
  sampled: z.number().int(),
  answered: z.number().int().describe('Of the sample, those with an outcome'),
  mayDraw: z.boolean(),
})
export type DrawView = z.infer<typeof DrawView>

export const CallBackView = z.object({
  caseId: z.uuid(),
  number: z.string(),
  status: z.enum(caseStatuses),
  matter: WordingView.nullable(),
  place: WordingView,
  holder: WordingView.nullable().describe('The unit that led it when it was drawn'),
  result: z.string().nullable(),
  caller: z.object({ name: z.string().nullable(), phone: z.string().nullable() }).nullable().describe('Masked'),
  outcome: z.enum(callBackOutcomes).nullable(),
  recordedAt: Instant.nullable(),
  mayRecord: z.boolean().describe('False for whoever handled or checked it, and once it is recorded'),
})
export type CallBackView = z.infer<typeof CallBackView>

const DrawDetail = DrawView.extend({ items: z.array(CallBackView) })

export const listDraws = endpoint({
  id: 'listDraws',
  method: 'GET',
  path: '/api/call-backs',
  permission: 'case.call_back',
  summary: 'Call-back samples, published and drawn, newest first',
  query: z.object({ limit: z.number().int().min(1).max(100).default(30) }),
  reply: z.object({ items: z.array(DrawView) }),
})

export const publishDraw = endpoint({
  id: 'publishDraw',
  method: 'POST',
  path: '/api/call-backs',
  permission: 'case.draw_sample',
  summary: 'Publish the seed, the period and the size of a call-back sample, before anything is drawn',
  body: z.object({
    commandId: CommandId,
    areaCode: z
      .string()
      .regex(/^\d{6}(\d{3})?$/)
      .describe('A district or a street'),
    from: Day,
    to: Day,
  }),
  reply: DrawDetail,
})

export const drawSample = endpoint({
  id: 'drawSample',
  method: 'POST',
  path: '/api/call-backs/{districtCode}/{id}/draw',
  permission: 'case.draw_sample',
  summary: 'Draw the sample by its published seed; once',
  params: DrawKey,
  body: z.object({ commandId: CommandId }),
  reply: DrawDetail,
})

export const getDraw = endpoint({
  id: 'getDraw',
  method: 'GET',
  path: '/api/call-backs/{districtCode}/{id}',
  permission: 'case.call_back',
  summary: 'One sample with its cases and what their callers said',
  params: DrawKey,
  reply: DrawDetail,
})

export const repeatDraw = endpoint({
  id: 'repeatDraw',
  method: 'GET',
  path: '/api/call-backs/{districtCode}/{id}/repeat',
  permission: 'case.call_back',
  summary: 'Draw again by the same seed from the same cases and compare: the lowest SHA-256 of seed/number in each street',
  params: DrawKey,
  reply: z.object({
    seed: z.string(),
    population: z.array(z.string()).describe('street/number of every case drawn from'),
    sample: z.array(z.string()),
    isSame: z.boolean().describe('True when this list is the one that was drawn'),
  }),
})

export const recordCallBack = endpoint({
  id: 'recordCallBack',
  method: 'POST',
  path: '/api/call-backs/{districtCode}/{id}/outcomes',
  permission: 'case.call_back',
  summary: 'Record what a caller said; “not solved” reopens the case to the supervisor',
  params: DrawKey,
  body: z.object({ commandId: CommandId, caseId: z.uuid(), outcome: z.enum(callBackOutcomes), note: z.string().max(500).optional() }),
  reply: DrawDetail,
})
