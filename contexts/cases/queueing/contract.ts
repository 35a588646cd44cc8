import { z } from 'zod'
import { endpoint } from '#platform/http/endpoint.ts'
import { CaseSummary, ListQuery } from '../contract.ts'
import { Instant } from '../shapes/contract.ts'

/** The desk holds this many rows of a view in order; whoever has more narrows the view or takes the file. */
export const MOST_ROWS = 10_000
/** Rows of one window. */
export const WINDOW_ROWS = 100

export const readQueue = endpoint({
  id: 'readQueue',
  method: 'GET',
  path: '/api/cases/queue',
  permission: 'case.read',
  summary:
    'The order of a view as numbers of cases, with the first rows: the list stands still on a screen while rows are fetched as they come into sight',
  query: ListQuery.omit({ cursor: true, limit: true }).extend({ rows: z.number().int().min(0).max(WINDOW_ROWS).default(50) }),
  reply: z.object({
    numbers: z.array(z.string()).describe(`At most ${MOST_ROWS}, the most urgent first`),
    complete: z.boolean().describe('False when the view holds more than that'),
    items: z.array(CaseSummary).describe('The first of them'),
    now: Instant,
  }),
})

export const readRows = endpoint({
  id: 'readRows',
  method: 'GET',
  path: '/api/cases/rows',
  permission: 'case.read',
  summary: 'Rows by the numbers of their cases, of those that the actor may see, whatever became of them since',
  query: z.object({ numbers: z.string().max(2300).describe(`Up to ${WINDOW_ROWS}, separated by commas`) }),
  reply: z.object({ items: z.array(CaseSummary), now: Instant }),
})

const Group = z.object({
  areaCode: z.string().describe('Street, or the district where no street is known'),
  unitId: z.uuid().nullable().describe('Organisation that leads'),
  overdue: z.number().int(),
  soon: z.number().int().describe('About to run out'),
  oldestDueAt: Instant.nullable(),
})

export const listOverdue = endpoint({
  id: 'listOverdue',
  method: 'GET',
  path: '/api/cases/overdue',
  permission: 'case.read',
  summary: 'What has run out of time or is about to, by street and unit; the same cases as the views overdue and soon',
  query: ListQuery.pick({ areaCode: true }),
  reply: z.object({ groups: z.array(Group.extend({ unit: z.object({ zh: z.string(), en: z.string().optional() }).nullable() })), now: Instant }),
})
