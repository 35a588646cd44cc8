import { z } from 'zod'
import { endpoint } from '#platform/http/endpoint.ts'
import { CaseDetail } from '../contract.ts'
import { CaseKey, CommandId, ExpectedVersion } from '../shapes/contract.ts'
import { answerMoveNames } from './lifecycle.ts'

export const answerCase = endpoint({
  id: 'answerCase',
  method: 'POST',
  path: '/api/cases/{districtCode}/{id}/assignments/{assignmentId}/moves',
  permission: 'signedIn',
  summary:
    'A unit beside the lead answers on its own part of a case: signs, makes contact, arrives, feeds back or returns; whoever called it lets it go',
  params: CaseKey.extend({ assignmentId: z.uuid() }),
  body: z.object({
    commandId: CommandId,
    expectedVersion: ExpectedVersion,
    move: z.enum(answerMoveNames),
    note: z.string().max(1000).optional(),
    reasonCode: z.string().max(50).optional().describe('return: why'),
  }),
  reply: CaseDetail,
})

export const addHelper = endpoint({
  id: 'addHelper',
  method: 'POST',
  path: '/api/cases/{districtCode}/{id}/helpers',
  permission: 'case.dispatch',
  summary: 'Ask one more unit to help with a case that is being worked on, and say why',
  params: CaseKey,
  body: z.object({ commandId: CommandId, expectedVersion: ExpectedVersion, organisationId: z.uuid(), note: z.string().min(1).max(1000) }),
  reply: CaseDetail,
})
