import { z } from 'zod'
import { endpoint } from '#platform/http/endpoint.ts'

const GridCode = z.string().regex(/^\d{15}$/)
const Position = z.array(z.number()).length(2).describe('Longitude and latitude in degrees, CGCS2000')

export const GridDraft = z.object({
  code: GridCode.nullable().describe('Null for a new grid; it gets the next number of its community'),
  name: z.object({ zh: z.string().min(1).max(50), en: z.string().max(50).optional() }),
  ring: z.array(Position).min(4).max(2000).describe('The border, first and last position the same'),
})
export type GridDraft = z.infer<typeof GridDraft>

export const Redrawing = z.object({
  communityCode: z.string().regex(/^\d{12}$/),
  validFrom: z.iso.date().describe('First day of the new borders: today or later'),
  grids: z.array(GridDraft).max(100).describe('New grids, and those whose border or name changes'),
  ended: z
    .array(z.object({ code: GridCode, successor: z.int().min(0).describe('Position in `grids` of the one that takes its place') }))
    .max(50)
    .describe('Grids that are no more from that day'),
})
export type Redrawing = z.infer<typeof Redrawing>

export const GridFault = z.object({
  kind: z.enum(['overlap', 'gap', 'outside']),
  codes: z.array(z.string()).describe('Grids that take part; a new one as `new 1`, `new 2` … by its position'),
  squareMetres: z.number(),
  widthMetres: z.number().describe('At its widest'),
  at: z.object({ lng: z.number(), lat: z.number() }),
  text: z.object({ zh: z.string(), en: z.string() }),
})
export type GridFault = z.infer<typeof GridFault>

export const checkGrids = endpoint({
  id: 'checkGrids',
  method: 'POST',
  path: '/api/territory/grids/check',
  permission: 'territory.edit',
  summary: 'Overlaps and gaps wider than a metre that new borders of grids would make, each with its place; changes nothing',
  body: Redrawing,
  reply: z.object({ faults: z.array(GridFault) }),
})

export const redrawGrids = endpoint({
  id: 'redrawGrids',
  method: 'POST',
  path: '/api/territory/grids',
  permission: 'territory.edit',
  summary:
    'Draws, splits, merges and ends grids of a community from a day on; refused with the place where borders overlap or gape by more than a metre',
  body: Redrawing.extend({ commandId: z.uuid() }),
  reply: z.object({ codes: z.array(z.string()).describe('Of `grids`, in their order'), ended: z.array(z.string()) }),
})
