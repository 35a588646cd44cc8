import { z } from 'zod'
import { endpoint } from '#platform/http/endpoint.ts'
import { AreaCode, Day, WordingView } from '../shapes/contract.ts'
import { pivotMeasureKeys } from './measures.ts'

export { pivotMeasureKeys, type PivotMeasureKey } from './measures.ts'
export { daysOfSpan } from './spans.ts'

export const dimensions = ['matter', 'area', 'unit', 'day', 'week', 'month'] as const
export type Dimension = (typeof dimensions)[number]

export const PivotScope = z.object({
  measure: z.enum(pivotMeasureKeys).default('reported'),
  rows: z.enum(dimensions).default('area'),
  columns: z.enum([...dimensions, 'none']).default('none'),
  from: Day.optional().describe('First day, in the city’s calendar; without it thirty days'),
  to: Day.optional().describe('Last day; without it today'),
  areaCode: AreaCode.optional(),
})

const Cell = z.object({
  value: z.number().nullable().describe('A count, a share of 0 to 1, or hours; null is 无数据'),
  numerator: z.number().int().describe('Cases in the list behind the value; of a share those in its numerator'),
  denominator: z.number().int().nullable(),
})
export type PivotCell = z.infer<typeof Cell>

const Head = z.object({
  key: z.string().describe('Area code, id of a unit, Chinese name of a matter, or first day; empty for none'),
  name: WordingView.nullable(),
})

export const Pivot = z.object({
  now: z.iso.datetime(),
  from: Day,
  to: Day,
  area: WordingView.nullable(),
  sample: z.boolean(),
  measure: z.object({ key: z.enum(pivotMeasureKeys), name: WordingView, meaning: WordingView, unit: z.enum(['cases', 'share', 'hours']) }),
  measures: z.array(z.object({ key: z.enum(pivotMeasureKeys), name: WordingView })),
  behind: z.object({ kind: z.enum(['tally', 'figure']), key: z.string() }),
  rows: z.array(Head),
  columns: z.array(Head),
  cells: z.array(z.array(Cell.nullable())).describe('By row and column; null where nothing was'),
  rowTotals: z.array(Cell).describe('Over the whole period: a case counts once'),
  columnTotals: z.array(Cell),
  total: Cell,
})
export type Pivot = z.infer<typeof Pivot>

export const readPivot = endpoint({
  id: 'readPivot',
  method: 'GET',
  path: '/api/insight',
  permission: 'figures.read',
  summary: 'A measure by matter, area, unit or time, in rows and columns',
  query: PivotScope,
  reply: Pivot,
})
