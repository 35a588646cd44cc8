import { z } from 'zod'
import { endpoint } from '#platform/http/endpoint.ts'
import { caseStatuses } from '../cases/lifecycle.ts'
import { CompositePart } from './composite.ts'
import { indicatorKeys } from './indicators.ts'
import { AreaCode, Day, WordingView } from './shapes/contract.ts'

export { indicatorKeys } from './indicators.ts'

const scope = {
  from: Day.optional().describe('First day, in the city’s calendar; without it thirty days'),
  to: Day.optional().describe('Last day; without it today'),
  areaCode: AreaCode.optional().describe('City, district, street or community; without it everything that the reader may see'),
}

export const FigureView = z.object({
  key: z.enum(indicatorKeys),
  name: WordingView,
  numerator: z.number().int(),
  numeratorName: WordingView,
  denominator: z.number().int(),
  denominatorName: WordingView,
  value: z.number().nullable().describe('0 to 1; null is 无数据, never 0 or 1'),
  exempted: z.number().int().describe('Cases that a granted 超时申诉 left out; their overdue facts stay'),
  clock: WordingView,
  better: z.enum(['high', 'low']),
})
export type FigureView = z.infer<typeof FigureView>

export const listFigures = endpoint({
  id: 'listFigures',
  method: 'GET',
  path: '/api/figures',
  permission: 'figures.read',
  summary: 'Figures of a period and an area, with what each counts, and the composites that the city publishes',
  query: z.object(scope),
  reply: z.object({
    from: Day,
    to: Day,
    now: z.iso.datetime(),
    figures: z.array(FigureView),
    composites: z.array(
      z.object({
        key: z.string(),
        name: WordingView,
        source: WordingView.describe('Who published the weights'),
        score: z.number().nullable().describe('Null while a part has no data'),
        points: z.number().describe('What the parts with data give'),
        outOf: z.number(),
        missing: z.array(WordingView).describe('Parts without data'),
        parts: z.array(CompositePart.extend({ name: WordingView })),
      }),
    ),
  }),
})

export const FigureCase = z.object({
  districtCode: z.string(),
  id: z.uuid(),
  number: z.string(),
  status: z.enum(caseStatuses),
  matter: WordingView.nullable(),
  place: WordingView,
  holder: WordingView.nullable(),
  reportedAt: z.iso.datetime(),
  mainId: z.uuid().nullable().describe('Of a merged call: the case that answered it, which is the one to open'),
})
export type FigureCase = z.infer<typeof FigureCase>

export const figureParts = ['numerator', 'rest', 'exempted'] as const
export type FigurePart = (typeof figureParts)[number]

export const listFigureCases = endpoint({
  id: 'listFigureCases',
  method: 'GET',
  path: '/api/figures/{key}/cases',
  permission: 'figures.read',
  summary: 'The cases behind a figure: those in the numerator, the rest of the denominator, or those that an appeal left out; newest first',
  params: z.object({ key: z.enum(indicatorKeys) }),
  query: z.object({
    ...scope,
    part: z.enum(figureParts).default('numerator'),
    matter: z.string().max(100).optional().describe('Chinese name of a matter; “-” for cases without one'),
    organisationId: z
      .union([z.uuid(), z.literal('-')])
      .optional()
      .describe('Only what this unit did; “-” for cases without one'),
    cursor: z.string().max(200).optional(),
    limit: z.number().int().min(1).max(200).default(50),
  }),
  reply: z.object({ items: z.array(FigureCase), total: z.number().int(), cursor: z.string().nullable() }),
})
