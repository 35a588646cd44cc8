import { z } from 'zod'
import { endpoint } from '#platform/http/endpoint.ts'
import { OneOfMany, ResultOfOne } from '../together/contract.ts'
import { WordingView } from '../shapes/contract.ts'
import { urgeKinds } from './lifecycle.ts'

export const urgeCases = endpoint({
  id: 'urgeCases',
  method: 'POST',
  path: '/api/cases/urgings',
  permission: 'case.urge',
  summary: 'Urge the units that owe an answer, or put cases before the leader in charge; each case is done or refused by itself and keeps the record',
  body: z.object({
    kind: z.enum(urgeKinds),
    words: z.string().min(1).max(500).describe('What is said to them: a ready sentence or one’s own'),
    cases: z
      .array(OneOfMany.omit({ expectedVersion: true }))
      .min(1)
      .max(500),
  }),
  reply: z.object({ results: z.array(ResultOfOne) }),
})

export const listUrgePhrases = endpoint({
  id: 'listUrgePhrases',
  method: 'GET',
  path: '/api/urge-phrases',
  permission: 'case.urge',
  summary: 'Ready sentences for urging and escalating',
  reply: z.object({ items: z.array(z.object({ kind: z.enum(urgeKinds), text: WordingView })) }),
})
