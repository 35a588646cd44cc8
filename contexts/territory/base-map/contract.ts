import { z } from 'zod'
import { endpoint } from '#platform/http/endpoint.ts'

export const baseMapKinds = ['tianditu', 'wmts', 'xyz'] as const
export const mapProjections = ['EPSG:3857', 'EPSG:4490'] as const

const Address = z.string().max(1000)
export const BaseMapView = z.object({
  kind: z.enum(baseMapKinds),
  tiles: Address.describe('Address of pictures of 256 pixels with {z}, {x} and {y}; of a WMTS, its matrix, column and row'),
  labels: Address.nullable().describe('The same of names, where the service has them apart'),
  projection: z.enum(mapProjections).describe('EPSG:4490 is CGCS2000 in degrees, from the north-west corner of the world (matrix `c` of 天地图)'),
  minZoom: z.int().min(0).max(22),
  maxZoom: z.int().min(0).max(22),
  approval: z.string().max(100).nullable().describe('审图号, shown on every map'),
  attribution: z.string().min(1).max(200),
})
export type BaseMapView = z.infer<typeof BaseMapView>

export const showBaseMap = endpoint({
  id: 'showBaseMap',
  method: 'GET',
  path: '/api/territory/base-map',
  permission: 'territory.read',
  summary: 'The base map that the city configured; null where the map shows the city’s own drawing and no request leaves the house',
  reply: z.object({ baseMap: BaseMapView.nullable() }),
})

export const setBaseMap = endpoint({
  id: 'setBaseMap',
  method: 'PUT',
  path: '/api/territory/base-map',
  permission: 'territory.edit',
  summary: 'Configures another base map, or none; browsers may then fetch pictures from its host and from no other',
  body: z.object({ commandId: z.uuid(), baseMap: BaseMapView.nullable() }),
  reply: z.object({ baseMap: BaseMapView.nullable() }),
})
