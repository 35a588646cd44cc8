import { z } from 'zod'
import { endpoint } from '#platform/http/endpoint.ts'
import { areaLevels, gridKinds } from './area.ts'
import { buildingUses } from './buildings/building.ts'
import { datums } from './datum.ts'

const Code = z.string().regex(/^\d{2,15}$/)

export const AreaNameView = z.object({
  code: z.string(),
  level: z.enum(areaLevels),
  gridKind: z.enum(gridKinds).nullable().describe('Null for everything but grids'),
  name: z.object({ zh: z.string(), en: z.string().optional() }),
})
export type AreaNameView = z.infer<typeof AreaNameView>

export const LocatedView = z.object({
  areaCode: z.string().describe('Most specific area that holds the point'),
  gridCode: z.string().nullable(),
  unitGridCode: z.string().nullable(),
  path: z.array(AreaNameView).describe('From the city down'),
  candidates: z.array(z.string()).describe('Every area whose border holds the point, most specific first'),
})

/** GeoJSON (RFC 7946), coordinates in CGCS2000. */
export const BordersView = z.object({
  type: z.literal('FeatureCollection'),
  features: z.array(
    z.object({
      type: z.literal('Feature'),
      id: z.string(),
      properties: AreaNameView,
      geometry: z.object({ type: z.enum(['Polygon', 'MultiPolygon']), coordinates: z.array(z.unknown()) }),
    }),
  ),
  complete: z.boolean().describe('False when there were more areas than the limit'),
})
export type BordersView = z.infer<typeof BordersView>

export const listAreas = endpoint({
  id: 'listAreas',
  method: 'GET',
  path: '/api/territory/areas',
  permission: 'territory.read',
  summary: 'Areas directly below an area, or at the top of the territory',
  query: z.object({
    parent: Code.optional(),
    level: z.enum(areaLevels).optional().describe('All areas of this level below the parent, at most 2000, instead of those directly below'),
  }),
  reply: z.object({ path: z.array(AreaNameView).describe('From the city down to the parent'), items: z.array(AreaNameView) }),
})

export const locatePoint = endpoint({
  id: 'locatePoint',
  method: 'GET',
  path: '/api/territory/location',
  permission: 'territory.read',
  summary: 'The areas that a coordinate lies in',
  query: z.object({
    lng: z.number().min(-180).max(180),
    lat: z.number().min(-90).max(90),
    datum: z.enum(datums).default('CGCS2000'),
  }),
  reply: z.object({ located: LocatedView.nullable().describe('Null outside every border') }),
})

export const listBorders = endpoint({
  id: 'listBorders',
  method: 'GET',
  path: '/api/territory/borders',
  permission: 'territory.read',
  summary: 'Borders of the areas of one level for the map, of a part of the territory or of what the map shows',
  query: z.object({
    level: z.enum(areaLevels),
    gridKind: z.enum(gridKinds).default('service'),
    within: Code.optional().describe('Only areas below this one'),
    west: z.number().optional(),
    south: z.number().optional(),
    east: z.number().optional(),
    north: z.number().optional(),
    limit: z.number().int().min(1).max(5000).default(2000),
  }),
  reply: BordersView,
})

export const BuildingView = z.object({
  code: z.string().describe('18 digits: the service grid and three more'),
  name: z.object({ zh: z.string(), en: z.string().optional() }),
  gridCode: z.string(),
  address: z.string().nullable(),
  use: z.enum(buildingUses),
  floors: z.number().int().nullable(),
  dwellings: z.number().int(),
  occupied: z.number().int().describe('Dwellings that somebody lives in'),
})
export type BuildingView = z.infer<typeof BuildingView>

export const listBuildings = endpoint({
  id: 'listBuildings',
  method: 'GET',
  path: '/api/territory/buildings',
  permission: 'territory.read',
  summary: 'Buildings of a street, community or grid, all or those whose name or address has these words',
  query: z.object({
    within: z.string().regex(/^(\d{9}|\d{12}|\d{15})$/),
    said: z.string().max(50).default(''),
    limit: z.number().int().min(1).max(500).default(50),
  }),
  reply: z.object({ items: z.array(BuildingView), complete: z.boolean().describe('False when there were more buildings than the limit') }),
})

export const listPublicAreas = endpoint({
  id: 'listPublicAreas',
  method: 'GET',
  path: '/api/public/areas',
  permission: 'public',
  summary: 'Districts that take reports, their streets, or the communities of a street: codes and names for a form',
  query: z.object({
    parent: z
      .string()
      .regex(/^(\d{6}|\d{9})$/)
      .optional(),
  }),
  reply: z.object({ items: z.array(AreaNameView.pick({ code: true, level: true, name: true })) }),
})
