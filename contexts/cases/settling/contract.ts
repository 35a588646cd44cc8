import { z } from 'zod'
import { endpoint } from '#platform/http/endpoint.ts'
import { openCase } from '../contract.ts'

const WordingView = z.object({ zh: z.string(), en: z.string().optional() })

export const listPhrases = endpoint({
  id: 'listPhrases',
  method: 'GET',
  path: '/api/phrases',
  permission: 'case.handle',
  summary: 'Ready sentences for the result of a trifle, those of the matter first',
  query: z.object({ conditionId: z.uuid().optional() }),
  reply: z.object({ items: z.array(WordingView) }),
})

export const settleOnSpot = endpoint({
  id: 'settleOnSpot',
  method: 'POST',
  path: '/api/cases/on-the-spot',
  permission: 'case.report',
  summary:
    'Report a trifle and settle it in one go; somebody else confirms it. Refused, with nothing written, where it is no trifle of one’s own unit',
  body: openCase.body.omit({ channel: true, callerName: true, callerPhone: true }).extend({ result: z.string().min(1).max(1000) }),
  reply: openCase.reply,
})
