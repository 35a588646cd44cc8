import { z } from 'zod'
import { endpoint } from '#platform/http/endpoint.ts'
import { caseViews } from '../contract.ts'
import { caseStatuses, channels } from '../lifecycle.ts'

/** What a view narrows the list by. The same fields as the list's address. */
export const ViewFilter = z.object({
  view: z.enum(caseViews).default('open'),
  areaCode: z.string().optional(),
  status: z.enum(caseStatuses).optional(),
  q: z.string().max(50).optional(),
  channel: z.enum(channels).optional(),
  tier: z.enum(['A', 'B', 'C', 'D']).optional(),
  unitId: z.uuid().optional(),
})
export type ViewFilter = z.infer<typeof ViewFilter>

/** Counting stops here: more than this nobody works off by looking. */
export const MOST_COUNTED = 10_000

export const SavedView = z.object({
  id: z.uuid(),
  name: z.string(),
  filter: ViewFilter,
  lost: z.array(z.string()).describe('Fields of the filter that no longer exist and are left out'),
  mine: z.boolean(),
  owner: z.string().describe('Name of the person who keeps it'),
  shared: z.boolean().describe('The posts of the owner’s organisation see it too'),
  pinned: z.boolean().describe('Stands on top for this person'),
  count: z.number().int().describe(`Cases in it now, at most ${MOST_COUNTED}`),
  version: z.number().int(),
})
export type SavedView = z.infer<typeof SavedView>

const Name = z.string().min(1).max(40)
const ViewKey = z.object({ id: z.uuid() })

export const listViews = endpoint({
  id: 'listViews',
  method: 'GET',
  path: '/api/views',
  permission: 'case.read',
  summary:
    'Views that the actor keeps and those that colleagues of the same organisation share, each with the number of cases in it; pinned ones first',
  reply: z.object({ items: z.array(SavedView) }),
})

export const createView = endpoint({
  id: 'createView',
  method: 'POST',
  path: '/api/views',
  permission: 'case.read',
  summary: 'Keep a view of the list under a name',
  body: z.object({ name: Name, filter: ViewFilter, shared: z.boolean().default(false) }),
  reply: SavedView,
})

export const changeView = endpoint({
  id: 'changeView',
  method: 'PUT',
  path: '/api/views/{id}',
  permission: 'case.read',
  summary: 'Rename, narrow anew, share or pin a view. Pinning is each person’s own; the rest is the owner’s, who names the version that he saw',
  params: ViewKey,
  body: z.object({
    expectedVersion: z.number().int().optional(),
    name: Name.optional(),
    filter: ViewFilter.optional(),
    shared: z.boolean().optional(),
    pinned: z.boolean().optional(),
  }),
  reply: SavedView,
})

export const removeView = endpoint({
  id: 'removeView',
  method: 'DELETE',
  path: '/api/views/{id}',
  permission: 'case.read',
  summary: 'Remove a view of one’s own, for everybody',
  params: ViewKey,
  reply: z.object({ removed: z.boolean() }),
})
