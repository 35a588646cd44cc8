/** Apart from the other contracts of requests, because the bell of every page asks it. */
import { z } from 'zod'
import { endpoint } from '#platform/http/endpoint.ts'

export const countRequests = endpoint({
  id: 'countRequests',
  method: 'GET',
  path: '/api/requests/counts',
  permission: 'case.read',
  summary: 'How many requests wait for this actor, and how many of his units’ are open',
  reply: z.object({ waiting: z.number().int(), asked: z.number().int() }),
})
