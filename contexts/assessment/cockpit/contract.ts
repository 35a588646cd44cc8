import { z } from 'zod'
import { endpoint } from '#platform/http/endpoint.ts'
import { AreaCode, Day, WordingView } from '../shapes/contract.ts'
import { measureKeys } from './measures.ts'

export { measureKeys, measures, type MeasureKey } from './measures.ts'

const scope = {
  from: Day.optional().describe('First day of the shares and means, in the city’s calendar; without it thirty days'),
  to: Day.optional().describe('Last day; without it today'),
  areaCode: AreaCode.optional().describe('City, district, street or community; without it everything that the reader may see'),
}

export const MeasureView = z.object({
  key: z.enum(measureKeys),
  name: WordingView,
  meaning: WordingView,
  unit: z.enum(['cases', 'share', 'hours']),
  better: z.enum(['high', 'low']).nullable(),
  value: z.number().nullable().describe('Null is 无数据, never 0'),
  numerator: z.number().int().describe('Cases in the list behind the value; of a share those in its numerator'),
  denominator: z.number().int().nullable().describe('Of a share: the cases that it is a share of'),
  behind: z.object({ kind: z.enum(['view', 'figure', 'tally']), key: z.string() }),
  target: z.object({ value: z.number(), areaCode: z.string(), effectiveFrom: Day }).nullable(),
})
export type MeasureView = z.infer<typeof MeasureView>

export const AreaLoad = z.object({
  code: z.string(),
  name: WordingView,
  open: z.number().int(),
  overdue: z.number().int(),
  reported: z.number().int().describe('New in the period'),
  closed: z.number().int().describe('Closed in the period'),
})
export type AreaLoad = z.infer<typeof AreaLoad>

export const readCockpit = endpoint({
  id: 'readCockpit',
  method: 'GET',
  path: '/api/cockpit',
  permission: 'board.read',
  summary: 'The six measures of the cockpit with their targets, and the workload of the areas below; never of persons',
  query: z.object(scope),
  reply: z.object({
    now: z.iso.datetime(),
    from: Day,
    to: Day,
    area: WordingView.nullable(),
    sample: z.boolean(),
    measures: z.array(MeasureView),
    areas: z.array(AreaLoad).describe('Areas one level below that hold work, in order of code'),
    unplaced: AreaLoad.omit({ code: true, name: true }).describe('Cases of which only the wider area is known'),
  }),
})

export const readTrends = endpoint({
  id: 'readTrends',
  method: 'GET',
  path: '/api/cockpit/trends',
  permission: 'board.read',
  summary: 'The same measures on each of the last days; stocks at the end of the day, the others for the day alone',
  query: z.object({ areaCode: scope.areaCode, to: scope.to, days: z.number().int().min(2).max(31).default(14) }),
  reply: z.object({
    now: z.iso.datetime(),
    days: z.array(Day),
    series: z.array(z.object({ key: z.enum(measureKeys), values: z.array(z.number().nullable()) })),
  }),
})
