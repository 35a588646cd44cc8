import { z } from 'zod'
import { endpoint } from '#platform/http/endpoint.ts'
import { CaseKey } from '../shapes/contract.ts'

/** A screen says at least this often that it still shows the case. */
export const BEAT_SECONDS = 10

export const lookOn = endpoint({
  id: 'lookOn',
  method: 'PUT',
  path: '/api/cases/{districtCode}/{id}/onlookers',
  permission: 'case.read',
  summary: `A screen shows this case; said again every ${BEAT_SECONDS} seconds, forgotten after half a minute, never kept`,
  params: CaseKey,
  body: z.object({
    screenId: z.uuid().describe('Made by the screen, one per tab'),
    doing: z.enum(['looking', 'writing', 'gone']),
  }),
  reply: z.object({ others: z.number().int() }),
})

export const listOnlookers = endpoint({
  id: 'listOnlookers',
  method: 'GET',
  path: '/api/cases/onlookers',
  permission: 'case.read',
  summary: 'Which colleagues have which cases open now, of the cases that the actor may see',
  reply: z.object({
    items: z.array(z.object({ districtCode: z.string(), caseId: z.uuid(), name: z.string(), doing: z.enum(['looking', 'writing']) })),
  }),
})
