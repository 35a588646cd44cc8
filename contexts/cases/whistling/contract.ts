import { z } from 'zod'
import { limitUnits } from '../../catalogue/lifecycle.ts'
import { endpoint } from '#platform/http/endpoint.ts'
import { CaseKey, CommandId, ExpectedVersion, Instant, UnitName, WhistleView, WordingView } from '../shapes/contract.ts'
import { rateBands, whistleMoveNames } from './lifecycle.ts'

const Code = z.string().min(1).max(50)
const AreaCode = z.string().regex(/^\d{4,15}$/)

export const suggestWhistle = endpoint({
  id: 'suggestWhistle',
  method: 'GET',
  path: '/api/whistles/suggestion',
  permission: 'whistle.sound',
  summary: 'Units that the catalogue names for a matter at a place, and all that a street may summon there',
  query: z.object({ areaCode: AreaCode, conditionId: z.uuid().optional() }),
  reply: z.object({
    duty: z
      .string()
      .nullable()
      .describe('The duty list of the matter; of one that the grassroots only assist with, the street leads by its own will'),
    suggested: z.array(z.object({ id: z.uuid(), basis: WordingView })),
    units: z.array(
      z.object({
        id: z.uuid(),
        name: WordingView,
        precedent: z
          .object({ upheld: z.boolean(), decidedAt: Instant })
          .nullable()
          .describe('The last adjudication of its objection to a summons about the matter; upheld: it was relieved'),
      }),
    ),
  }),
})

export const startWhistle = endpoint({
  id: 'startWhistle',
  method: 'POST',
  path: '/api/whistles',
  permission: 'whistle.sound',
  summary: 'A street summons departments to a case that it holds, or to a matter at a place; a community asks through its street',
  body: z.object({
    commandId: CommandId,
    case: CaseKey.extend({ expectedVersion: ExpectedVersion }).optional(),
    matter: z
      .object({ conditionId: z.uuid(), areaCode: AreaCode, text: z.string().min(2).max(2000), address: z.string().max(200).optional() })
      .optional()
      .describe('Without a case: one is opened and the caller holds it'),
    kind: Code,
    tried: z.string().max(1000).describe('What was tried'),
    missing: z.string().max(1000).describe('Which authority or means is missing here'),
    units: z.array(z.object({ organisationId: z.uuid(), basis: z.string().max(500).describe('On which duty it is summoned') })).max(30),
  }),
  reply: WhistleView,
})

const KindLimit = z.object({ value: z.number().positive().max(1000), unit: z.enum(limitUnits) })

export const WhistleKindView = z.object({
  kind: z.string().regex(/^[a-z][a-z0-9_]{0,29}$/),
  effectiveFrom: z.iso.date(),
  ordinal: z.number().int().min(1).max(99).describe('Its place in the list'),
  name: WordingView,
  limits: z
    .object({ sign: KindLimit, respond: KindLimit, arrive: KindLimit, dispose: KindLimit })
    .partial()
    .describe('Clocks of each summoned unit; one without a limit does not run'),
  needsApproval: z.boolean().describe('It sounds once a leader of the district approves'),
  offered: z.boolean().describe('New whistles may be of this kind'),
})
export type WhistleKindView = z.infer<typeof WhistleKindView>

export const listWhistleKinds = endpoint({
  id: 'listWhistleKinds',
  method: 'GET',
  path: '/api/whistle-kinds',
  permission: 'catalogue.read',
  summary: 'The kinds of whistles with their limits and all their days',
  reply: z.object({ items: z.array(WhistleKindView), today: z.iso.date() }),
})

export const saveWhistleKind = endpoint({
  id: 'saveWhistleKind',
  method: 'POST',
  path: '/api/whistle-kinds',
  permission: 'catalogue.edit',
  summary: 'Change a kind of whistle, or add one, from a day to come; the past stays',
  body: z.object({ commandId: CommandId, kind: WhistleKindView }),
  reply: WhistleKindView,
})

export const listWhistles = endpoint({
  id: 'listWhistles',
  method: 'GET',
  path: '/api/whistles',
  permission: 'case.read',
  summary: 'Whistles on the cases that the actor may see: all open ones and those that ended lately',
  query: z.object({
    areaCode: AreaCode.optional(),
    kind: Code.optional(),
    organisationId: z.uuid().optional().describe('Summoned, or the street that convenes'),
    late: z.boolean().optional().describe('Only those with a unit that ran late'),
    limit: z.number().int().min(1).max(300).default(200),
  }),
  reply: z.object({
    items: z.array(WhistleView),
    complete: z.boolean().describe('False when there were more than the limit'),
    mayStart: z.boolean().describe('Whether the actor works at a street or a community that whistles'),
    now: Instant,
  }),
})

export const moveWhistle = endpoint({
  id: 'moveWhistle',
  method: 'POST',
  path: '/api/whistles/{districtCode}/{id}/moves',
  permission: 'signedIn',
  summary: 'Sound, approve, decline, call off or end a whistle',
  params: CaseKey,
  body: z.object({ commandId: CommandId, expectedVersion: ExpectedVersion, move: z.enum(whistleMoveNames), note: z.string().max(500).optional() }),
  reply: WhistleView,
})

export const rateWhistle = endpoint({
  id: 'rateWhistle',
  method: 'POST',
  path: '/api/whistles/{districtCode}/{id}/ratings',
  permission: 'whistle.sound',
  summary: 'The street rates one unit’s answer, and may correct itself until the whistle has ended',
  params: CaseKey,
  body: z.object({
    commandId: CommandId,
    expectedVersion: ExpectedVersion,
    organisationId: z.uuid(),
    score: z.number().int().min(1).max(5),
    note: z.string().max(500),
  }),
  reply: WhistleView,
})

export const listWhistleRates = endpoint({
  id: 'listWhistleRates',
  method: 'GET',
  path: '/api/whistles/rates',
  permission: 'figures.read',
  summary: 'How often each street whistles for each of its cases, and whether that is healthy; a diagnosis and never a score',
  reply: z.object({
    days: z.number().int(),
    least: z.number().int().describe('With fewer cases the rate says nothing'),
    low: z.number(),
    high: z.number(),
    items: z.array(
      z.object({
        organisation: UnitName,
        areaCode: z.string(),
        whistles: z.number().int(),
        cases: z.number().int(),
        rate: z.number().nullable(),
        band: z.enum(rateBands),
      }),
    ),
  }),
})
