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

const PhrasePlaceView = z.object({
  matterPrefix: z
    .string()
    .regex(/^\d{0,9}$/)
    .describe('It fits every matter whose code begins so; empty fits all'),
  ordinal: z.number().int().min(1).max(999).describe('Its place under the prefix'),
})

export const ReadyPhraseView = PhrasePlaceView.extend({
  effectiveFrom: z.iso.date(),
  effectiveTo: z.iso.date().nullable().describe('First day on which it no longer holds'),
  text: WordingView,
})
export type ReadyPhraseView = z.infer<typeof ReadyPhraseView>

export const listReadyPhrases = endpoint({
  id: 'listReadyPhrases',
  method: 'GET',
  path: '/api/ready-phrases',
  permission: 'catalogue.read',
  summary: 'Every ready sentence with all its days',
  reply: z.object({ items: z.array(ReadyPhraseView), today: z.iso.date() }),
})

export const saveReadyPhrase = endpoint({
  id: 'saveReadyPhrase',
  method: 'POST',
  path: '/api/ready-phrases',
  permission: 'catalogue.edit',
  summary: 'Change, add or end a ready sentence from a day to come; the past stays',
  body: z.object({
    commandId: z.uuid().describe('Made by the sender'),
    matterPrefix: PhrasePlaceView.shape.matterPrefix,
    ordinal: PhrasePlaceView.shape.ordinal.nullable().describe('Null adds a new one'),
    effectiveFrom: z.iso.date(),
    text: z
      .object({ zh: z.string().trim().min(1).max(100), en: z.string().trim().min(1).max(200).optional() })
      .nullable()
      .describe('Null ends it on that day'),
  }),
  reply: PhrasePlaceView,
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
