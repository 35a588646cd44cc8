import { z } from 'zod'
import { endpoint } from '#platform/http/endpoint.ts'
import { WordingView } from '../shapes/contract.ts'

export const listFrequentMatters = endpoint({
  id: 'listFrequentMatters',
  method: 'GET',
  path: '/api/cases/frequent-matters',
  permission: 'case.report',
  summary: 'Matters for the tiles of one’s own phone page: those that one reported most in the last half year, then those of the district',
  reply: z.object({
    items: z.array(z.object({ conditionId: z.uuid(), name: WordingView, detail: WordingView.describe('What exactly is wrong with it') })),
  }),
})
