import { z } from 'zod'
import { levels } from '#kernel/codes.ts'
import { endpoint } from '#platform/http/endpoint.ts'
import { CaseLink, CaseSummary, ListQuery } from '../contract.ts'
import { CaseKey } from '../shapes/contract.ts'

const MapQuery = ListQuery.pick({ view: true, status: true, q: true, box: true }).extend({
  within: ListQuery.shape.areaCode.describe('Only cases in this area'),
})
const AreaCount = z.object({
  count: z.number().int(),
  overdue: z.number().int().describe('Of them, those whose clock has run out'),
  soon: z.number().int().describe('Of them, those whose clock is about to run out'),
})

export const countAreas = endpoint({
  id: 'countAreas',
  method: 'GET',
  path: '/api/cases/areas',
  permission: 'case.read',
  summary: 'How many cases lie in each area of a level, under the same rights and filters as the list; with `unplaced` they add up to the list',
  query: MapQuery.extend({ level: z.enum(levels) }),
  reply: z.object({
    items: z.array(AreaCount.extend({ areaCode: z.string() })).describe('Areas that hold a case, in order of code'),
    unplaced: AreaCount.describe('Cases of which only a wider area than the level is known'),
  }),
})

export const listPoints = endpoint({
  id: 'listPoints',
  method: 'GET',
  path: '/api/cases/points',
  permission: 'case.read',
  summary: 'Where the cases of a view lie, for the map; the most urgent first',
  query: MapQuery.extend({ limit: z.number().int().min(1).max(2000).default(1000) }),
  reply: z.object({
    items: z.array(
      CaseSummary.pick({ districtCode: true, id: true, number: true, status: true, overdue: true }).extend({
        lng: z.number().describe('CGCS2000'),
        lat: z.number(),
      }),
    ),
    complete: z.boolean().describe('False when there were more points than the limit'),
    withoutPoint: z.number().int().describe('Cases without a coordinate'),
  }),
})

export const listNearby = endpoint({
  id: 'listNearby',
  method: 'GET',
  path: '/api/cases/{districtCode}/{id}/nearby',
  permission: 'case.read',
  summary: 'Open cases around a case, whatever they are about, of those that the actor may see; empty for a case without a coordinate',
  params: CaseKey,
  reply: z.object({
    metres: z.number().int().describe('How far around'),
    total: z.number().int(),
    items: z
      .array(CaseLink.extend({ matter: CaseSummary.shape.matter, metres: z.number().describe('How far apart') }))
      .describe('The nearest, at most five'),
  }),
})

export const countBins = endpoint({
  id: 'countBins',
  method: 'GET',
  path: '/api/cases/bins',
  permission: 'case.read',
  summary:
    'Cases counted in squares of 64 pixels of a zoom, under the same rights and filters as the list; with `withoutPoint` and `outside` they add up to it',
  query: MapQuery.extend({ zoom: z.int().min(0).max(19).describe('Of Web Mercator with tiles of 256 pixels') }),
  reply: z.object({
    items: z.array(
      z.object({
        lng: z.number().describe('Middle of the cases of the square'),
        lat: z.number(),
        count: z.number().int(),
        overdue: z.number().int(),
      }),
    ),
    total: z.number().int().describe('Cases in all squares'),
    outside: z.number().int().describe('Cases with a coordinate outside the box'),
    withoutPoint: z.number().int().describe('Cases without a coordinate'),
  }),
})

export const previewGrids = endpoint({
  id: 'previewGrids',
  method: 'POST',
  path: '/api/cases/grid-preview',
  permission: 'territory.edit',
  summary: 'How many open cases with a coordinate would lie in another grid under new borders, by where from and where to: numbers only',
  body: z.object({
    grids: z
      .array(z.object({ key: z.string().max(50), ring: z.array(z.array(z.number()).length(2)).min(4).max(2000) }))
      .min(1)
      .max(200)
      .describe('All grids of the piece of ground as they shall be'),
  }),
  reply: z.object({
    moves: z.array(
      z.object({
        from: z.string().nullable().describe('Code of the grid that the case is in'),
        to: z.string().nullable().describe('Key of the grid that it would be in; null outside all of them'),
        cases: z.number().int(),
      }),
    ),
    looked: z.number().int().describe('Open cases with a coordinate on this ground'),
  }),
})
