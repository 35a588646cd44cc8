import { z } from 'zod'
import { endpoint } from '#platform/http/endpoint.ts'
import { CaseSummary, Place } from '../contract.ts'
import { CaseKey, WordingView } from '../shapes/contract.ts'

export const LikelyDuplicate = CaseSummary.pick({
  districtCode: true,
  id: true,
  number: true,
  status: true,
  channel: true,
  text: true,
  matter: true,
  place: true,
  holder: true,
  reportedAt: true,
  sample: true,
}).extend({
  score: z.number().describe('0 to 1'),
  metres: z.number().nullable().describe('How far apart; null where one of the two has no coordinate'),
  reasons: z.array(WordingView).describe('Why it may be the same, in words'),
})
export type LikelyDuplicate = z.infer<typeof LikelyDuplicate>

const Likely = z.object({ items: z.array(LikelyDuplicate).describe('The likeliest first; nothing is merged by itself') })

export const listDuplicates = endpoint({
  id: 'listDuplicates',
  method: 'GET',
  path: '/api/cases/{districtCode}/{id}/duplicates',
  permission: 'case.read',
  summary: 'Cases that may be about the same as this one, of those that the actor may see',
  params: CaseKey,
  reply: Likely,
})

export const findDuplicates = endpoint({
  id: 'findDuplicates',
  method: 'POST',
  path: '/api/cases/duplicates',
  permission: 'case.read',
  summary: 'Cases that a report being written may repeat, of those that the actor may see; nothing is kept',
  body: Place.extend({ text: z.string().min(2).max(2000) }),
  reply: Likely,
})
