import { z } from 'zod'
import { endpoint } from '#platform/http/endpoint.ts'
import { AreaLoad } from '../cockpit/contract.ts'
import { AreaCode, Day, WordingView } from '../shapes/contract.ts'
import { tallyKeys } from '../tallying/tallies.ts'

export const readBriefing = endpoint({
  id: 'readBriefing',
  method: 'GET',
  path: '/api/briefing',
  permission: 'board.read',
  summary: 'The day in numbers, each with the cases behind it, and what needs a decision now',
  query: z.object({ date: Day.optional().describe('Without it today'), areaCode: AreaCode.optional() }),
  reply: z.object({
    now: z.iso.datetime(),
    date: Day,
    today: Day,
    area: WordingView.nullable(),
    sample: z.boolean(),
    reader: z.string().describe('Who asked, for the foot of the print'),
    tallies: z.array(
      z.object({
        key: z.enum(tallyKeys),
        name: WordingView,
        meaning: WordingView,
        count: z.number().int(),
        before: z.number().int().describe('The day before'),
      }),
    ),
    stock: z
      .object({ open: z.number().int(), overdue: z.number().int() })
      .nullable()
      .describe('As it stands now; null for another day than today, whose list is gone'),
    topics: z
      .array(z.object({ matter: WordingView.nullable(), count: z.number().int(), before: z.number().int() }))
      .describe('Matters of the new calls, the most frequent first'),
    areas: z.array(AreaLoad),
    unplaced: AreaLoad.omit({ code: true, name: true }),
    decisions: z
      .array(z.object({ key: z.enum(['requests', 'triage', 'reopened', 'overdue', 'check']), count: z.number().int() }))
      .nullable()
      .describe('What waits now for whoever reads; nothing that is zero. Null for another day than today'),
  }),
})
