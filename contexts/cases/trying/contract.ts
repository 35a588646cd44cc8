import { z } from 'zod'
import { endpoint } from '#platform/http/endpoint.ts'
import { Instant, WordingView as Wording } from '../shapes/contract.ts'

const TriedCondition = z.object({
  code: z.string(),
  description: Wording,
  respondDueAt: Instant.nullable(),
  disposeDueAt: Instant.nullable(),
  unit: Wording.nullable().describe('Who would have to answer by rule'),
  people: z.number().int().nullable().describe('How many of that unit could take it there on that day'),
  why: Wording.nullable(),
  refusal: Wording.nullable().describe('Why no unit or no limit can be named; the fix stands in it'),
})

export const tryMatterVersion = endpoint({
  id: 'tryMatterVersion',
  method: 'GET',
  path: '/api/catalogue/versions/{matterVersionId}/trial',
  permission: 'catalogue.edit',
  summary:
    'What a case at a place would look like if a draft were in force: limits, the unit on duty and why, and what the words of a caller lead to',
  params: z.object({ matterVersionId: z.uuid() }),
  query: z.object({
    areaCode: z.string().regex(/^\d{6,15}$/),
    text: z.string().max(500).default('').describe('What a caller might say'),
  }),
  reply: z.object({
    on: z.iso.date().describe('The first day of the draft, or today'),
    at: Instant.describe('When the case is taken to be dispatched'),
    conditions: z.array(TriedCondition),
    heard: z.array(
      z.object({
        name: Wording,
        confidence: z.number(),
        own: z.boolean().describe('Of this draft'),
        sure: z.boolean().describe('Confident enough to go without a person'),
      }),
    ),
  }),
})
