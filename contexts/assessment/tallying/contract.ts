import { z } from 'zod'
import { endpoint } from '#platform/http/endpoint.ts'
import { caseStatuses } from '../../cases/lifecycle.ts'
import { AreaCode, Day, WordingView } from '../shapes/contract.ts'
import { tallyKeys } from './tallies.ts'

export { tallyKeys, type TallyKey } from './tallies.ts'

/** What a list of a tally is narrowed by; the same for the number, the list and the file. */
export const TallyScope = z.object({
  from: Day.optional().describe('First day, in the city’s calendar; without it thirty days'),
  to: Day.optional().describe('Last day; without it today'),
  areaCode: AreaCode.optional(),
  matter: z.string().max(100).optional().describe('Chinese name of a matter; “-” for calls without one'),
  organisationId: z
    .union([z.uuid(), z.literal('-')])
    .optional()
    .describe('Unit that leads; “-” for cases without one'),
})

export const TallyCase = z.object({
  districtCode: z.string(),
  id: z.uuid(),
  number: z.string(),
  status: z.enum(caseStatuses),
  matter: WordingView.nullable(),
  place: WordingView,
  holder: WordingView.nullable(),
  reportedAt: z.iso.datetime(),
  at: z.iso.datetime().describe('When it happened that the tally counts'),
})
export type TallyCase = z.infer<typeof TallyCase>

export const listTallyCases = endpoint({
  id: 'listTallyCases',
  method: 'GET',
  path: '/api/tallies/{key}/cases',
  permission: 'figures.read',
  summary: 'The cases that a count of the cockpit, the briefing or the analysis counts, newest first; `total` is that count',
  params: z.object({ key: z.enum(tallyKeys) }),
  query: TallyScope.extend({ cursor: z.string().max(200).optional(), limit: z.number().int().min(1).max(200).default(50) }),
  reply: z.object({
    name: WordingView,
    meaning: WordingView,
    from: Day,
    to: Day,
    total: z.number().int(),
    items: z.array(TallyCase),
    cursor: z.string().nullable(),
    now: z.iso.datetime(),
  }),
})
