import { z } from 'zod'
import { endpoint } from '#platform/http/endpoint.ts'
import { areaLevels, gridKinds } from '../area.ts'

/** Deepest zoom that tiles are made for; a map goes on by enlarging them. At sixteen a step of a border is fifteen centimetres. */
export const DEEPEST_ZOOM = 16

export const readTile = endpoint({
  id: 'readTile',
  method: 'GET',
  path: '/api/territory/tiles/{level}/{z}/{x}/{y}',
  permission: 'territory.read',
  summary: 'Borders of the areas of one level as a vector tile (MVT 2.1, layer `areas`, Web Mercator): codes and names, nothing of persons',
  params: z.object({
    level: z.enum(areaLevels),
    z: z.int().min(0).max(DEEPEST_ZOOM),
    x: z.int().min(0),
    y: z.int().min(0),
  }),
  query: z.object({ gridKind: z.enum(gridKinds).default('service') }),
  reply: z.string(),
  replyType: 'application/vnd.mapbox-vector-tile',
})

export const readPublicTile = endpoint({
  id: 'readPublicTile',
  method: 'GET',
  path: '/api/public/tiles/{z}/{x}/{y}',
  permission: 'public',
  summary: 'Borders and names of communities as a vector tile, for the map on which a resident marks a place; no grid, no case, nothing of persons',
  // A map that is moved asks for a dozen tiles at a time.
  limit: { calls: 1200, seconds: 60 },
  params: readTile.params.omit({ level: true }),
  reply: z.string(),
  replyType: 'application/vnd.mapbox-vector-tile',
})
