import type { FastifyInstance } from 'fastify'
import { districtOf } from '#kernel/codes.ts'
import { inTransaction, type Database } from '#platform/database/database.ts'
import { knownDistricts } from '#platform/district.ts'
import { serve } from '#platform/http/serve.ts'
import type { AreaLevel, AreaName } from './area.ts'
import type { AreaVersion } from './area-history.ts'
import { listBuildings } from './buildings/questions.ts'
import * as contract from './contract.ts'
import { toCgcs2000 } from './datum.ts'
import type { Box } from './geometry.ts'
import { listBorders } from './questions.ts'
import { refuse } from './refusals.ts'
import type { TerritoryTables } from './store.ts'
import type { Territory } from './territory.ts'
import { tileRoutes } from './tiles/routes.ts'

/** Mounts the endpoints of this context; `territory` gives the one in force now. */
export function territoryRoutes(app: FastifyInstance, deps: { readonly database: Database; readonly territory: () => Territory }): void {
  serve(app, contract.listAreas, async ({ query: { parent = '', level } }) => {
    const territory = deps.territory()
    if (parent !== '' && !territory.area(parent)) throw refuse.unknownArea({ code: parent, on: territory.on }, 'parent')
    const items = level === undefined ? territory.children(parent) : below(territory, parent, level).slice(0, MOST_NAMES)
    return { path: territory.path(parent).map(nameOf), items: items.map(nameOf) }
  })

  serve(app, contract.locatePoint, async ({ query: { lng, lat, datum } }) => {
    const located = deps.territory().locate(toCgcs2000({ lng, lat }, datum))
    return { located: located && { ...located, path: located.path.map(nameOf), candidates: [...located.candidates] } }
  })

  serve(app, contract.listBorders, async ({ query }) => {
    const { level, within = '', limit } = query
    const gridKind = level === 'grid' ? query.gridKind : null
    const choice = { level, gridKind, within, box: boxOfQuery(query), limit: limit + 1 }
    const found = await inTransaction<TerritoryTables, AreaVersion[]>(deps.database, (tx) => listBorders(tx, deps.territory().on, choice))
    return { type: 'FeatureCollection' as const, features: found.slice(0, limit).flatMap(featureOf), complete: found.length <= limit }
  })

  tileRoutes(app, { database: deps.database, on: () => deps.territory().on })

  serve(app, contract.listBuildings, async ({ query }) => {
    const found = await listBuildings(deps.database, deps.territory().on, query)
    return { items: found.slice(0, query.limit), complete: found.length <= query.limit }
  })

  serve(app, contract.listPublicAreas, async ({ query: { parent } }) => {
    const territory = deps.territory()
    const served = await knownDistricts(deps.database)
    if (parent === undefined) return { items: served.flatMap((code) => territory.area(code) ?? []).map(nameOf) }
    const district = districtOf(parent)
    if (!district || !served.includes(district) || !territory.area(parent)) throw refuse.notPublic({ code: parent }, 'parent')
    return { items: territory.children(parent).map(nameOf) }
  })
}

const MOST_NAMES = 2000

/** Areas of a level anywhere below; unit grids are another layer and stay out. */
function below(territory: Territory, parent: string, level: AreaLevel): AreaName[] {
  const areas = territory.children(parent).filter(({ gridKind }) => gridKind !== 'unit')
  return areas.flatMap((area) => (area.level === level ? area : below(territory, area.code, level)))
}

function nameOf({ code, level, gridKind, name }: AreaName): contract.AreaNameView {
  return { code, level, gridKind, name }
}

function featureOf(version: AreaVersion): contract.BordersView['features'] {
  const { areaId, geometry } = version
  if (!geometry) return []
  return [{ type: 'Feature', id: areaId, properties: nameOf(version), geometry: { type: geometry.type, coordinates: [...geometry.coordinates] } }]
}

// A box counts only when all four sides are given.
function boxOfQuery({ west, south, east, north }: Partial<Box>): Box | undefined {
  return west === undefined || south === undefined || east === undefined || north === undefined ? undefined : { west, south, east, north }
}
