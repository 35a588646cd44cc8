import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { DistrictCode } from '#kernel/codes.ts'
import { doing } from '#platform/http/doing.ts'
import { serve } from '#platform/http/serve.ts'
import type { CaseServices } from '../commands.ts'
import { movedCase } from '../questions.ts'
import { addHelper, answerCase, type CaseCommand } from './commands.ts'
import * as contract from './contract.ts'

function commandOf(request: FastifyRequest, key: { districtCode: string; id: string }, expectedVersion: number): CaseCommand {
  const { id, districtCode } = key
  const { commandId } = doing(request)
  return { id, districtCode: districtCode as DistrictCode, expectedVersion, commandId, actor: request.actor, requestId: request.id }
}

/** A unit that leaves sees once more what became of the case, though it is no longer its own. */
export function joiningRoutes(app: FastifyInstance, services: CaseServices): void {
  serve(app, contract.answerCase, async ({ params, body }, request) => {
    await answerCase(services, commandOf(request, params, body.expectedVersion), { ...body, assignmentId: params.assignmentId })
    return movedCase(services, request.actor, params)
  })
  serve(app, contract.addHelper, async ({ params, body }, request) => {
    await addHelper(services, commandOf(request, params, body.expectedVersion), body)
    return movedCase(services, request.actor, params)
  })
}
