import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inTransaction } from '#platform/database/database.ts'
import { testDatabase, type TestDatabase } from '#platform/database/testing.ts'
import { buildBorderIndex } from './grid-index.ts'
import { importAreaCodes, importAreaPolygons, loadTerritory, type CodeColumns, type ImportReport, type PolygonColumns } from './index.ts'
import { boxOf, readGeometry, ringsOf, surfaceOf, type Geometry } from './geometry.ts'
import type { TerritoryTables } from './store.ts'
import { day, sharedData, testDoing } from './testing.ts'

const streets = sharedData('territory/cn_streets_2023.csv')
const villages = sharedData('territory/cn_villages_5cities.csv')
const districts = sharedData('territory/wuhan_districts.geojson')
const communities = sharedData('territory/wuhan_communities.geojson')

const columns: CodeColumns[] = [
  { code: 'province_code', name: 'province' },
  { code: 'city_code', name: 'city' },
  { code: 'area_code', name: 'area' },
  { code: 'street_code', name: 'street' },
]
const validFrom = day('2023-09-11')
// The table holds 31 provinces, 342 cities and 2,978 districts above its 41,352 streets.
const areasInList = 31 + 342 + 2978 + 41_352

// Real data lies beside the repository, not in it: on a clone without it these stories have nothing to tell.
const absent = !streets || !villages || !districts || !communities
describe.skipIf(absent)('real data (skipped where ../shared/data/territory does not lie beside the repository)', () => {
  let db: TestDatabase
  beforeAll(async () => {
    db = await testDatabase()
  })
  afterAll(() => db.close())

  test('all 41,352 streets of the national list come in with their parents, and a second time changes nothing', { timeout: 60_000 }, async () => {
    const progress: number[] = []
    const first = await importAreaCodes(testDoing(db.database), streets ?? '', {
      columns,
      validFrom,
      onProgress: ({ done }) => progress.push(done),
    })
    expect(first).toMatchObject({ rows: 41_352, written: true, accepted: areasInList, updated: 0, unchanged: 0, rejected: [], orphans: [] })
    expect(progress.at(-1)).toBe(areasInList)
    const again = await importAreaCodes(testDoing(db.database), streets ?? '', { columns, validFrom })
    expect(again).toMatchObject({ accepted: 0, updated: 0, unchanged: areasInList, rejected: [] })
  })

  test('cities without districts and counties without a city keep the place that the statistics office gives them', async () => {
    const territory = await inTransaction<TerritoryTables, Awaited<ReturnType<typeof loadTerritory>>>(db.database, (tx) =>
      loadTerritory(tx, day('2026-03-02')),
    )
    expect(territory.size).toBe(areasInList)
    expect(territory.path('441900003').map(({ name }) => name.zh)).toEqual(['东莞市', '东莞市', '东城街道'])
    expect(territory.path('429004').map(({ name }) => name.zh)).toEqual(['省直辖县级行政区划', '仙桃市'])
    expect(territory.children('4602').length).toBeGreaterThan(0)
  })

  test('19,652 communities and villages of five cities find their streets', { timeout: 60_000 }, async () => {
    const groups = [{ code: 'village_code', name: 'village', parent: 'street_code' }]
    expect(await importAreaCodes(testDoing(db.database), villages ?? '', { columns: groups, validFrom })).toMatchObject({
      rows: 19_652,
      written: true,
      accepted: 19_652,
    })
  })

  test('the 974 communities come in with made codes, and every point inside one finds it among the candidates', { timeout: 60_000 }, async () => {
    const doing = testDoing(db.database)
    const named = { level: 'district', datum: 'GCJ02', codeProperty: 'adcode', nameProperty: 'name', validFrom } as const
    expect(await importAreaPolygons(doing, JSON.parse(districts ?? ''), named)).toMatchObject({ rows: 13, written: true, rejected: [] })

    const made: PolygonColumns = { level: 'community', datum: 'CGCS2000', keyProperty: 'community_id', parentProperty: 'adcode' }
    const report = await importAreaPolygons(doing, JSON.parse(communities ?? ''), { ...made, validFrom })
    // One street that is not stated for each of the eleven districts.
    expect(report).toMatchObject({ rows: 974, written: true, accepted: 974 + 11, updated: 0, rejected: [], orphans: [] })
    expect(report.overlaps.length).toBeGreaterThan(0)
    expectHolesInDistricts(report)
    expect(await importAreaPolygons(doing, JSON.parse(communities ?? ''), { ...made, validFrom })).toMatchObject({
      accepted: 0,
      updated: 0,
      unchanged: 985,
    })

    const territory = await inTransaction<TerritoryTables, Awaited<ReturnType<typeof loadTerritory>>>(db.database, (tx) =>
      loadTerritory(tx, day('2026-03-02')),
    )
    const features = (JSON.parse(communities ?? '') as { features: { properties: { community_id: string; adcode: string }; geometry: unknown }[] })
      .features
    let points = 0
    for (const { properties, geometry } of features) {
      const area = territory.byKey(properties.community_id)
      expect(area?.code).toMatch(new RegExp(`^${properties.adcode}900\\d{3}$`))
      for (const [lng, lat] of pointsInside(readGeometry(geometry, 'CGCS2000') as Geometry)) {
        points += 1
        const found = territory.locate({ lng, lat })
        if (!found?.candidates.includes(area?.code ?? '')) throw new Error(`${properties.community_id} does not find its point ${lng},${lat}`)
      }
    }
    expect(points).toBeGreaterThan(974 * 20)
  })
})

interface Features {
  readonly features: readonly { readonly properties: Readonly<Record<string, unknown>>; readonly geometry: unknown }[]
}

// The source knows no streets, so what its communities leave bare is told of the districts; the point shown lies in the district and in none of its
// communities (a neighbour's may reach over the border).
function expectHolesInDistricts({ gaps }: ImportReport): void {
  const read = (text: string | undefined): Features['features'] => (JSON.parse(text ?? '') as Features).features
  const inner = read(communities)
  const borders = new Map(
    read(districts).map(({ properties, geometry }) => [String(properties['adcode']), readGeometry(geometry, 'GCJ02') as Geometry]),
  )
  const index = buildBorderIndex(inner.map(({ geometry }) => readGeometry(geometry, 'CGCS2000') as Geometry))
  expect(gaps.length).toBeGreaterThan(3)
  for (const { parentCode, squareMetres, share, at } of gaps) {
    const border = borders.get(parentCode) as Geometry
    expect(squareMetres / surfaceOf(border)).toBeCloseTo(share, 2)
    expect(buildBorderIndex([border]).search(at.lng, at.lat)).toEqual([0])
    const owners = index.search(at.lng, at.lat).map((found) => String(inner[found]?.properties['adcode']))
    expect(owners).not.toContain(parentCode)
  }
}

// Points halfway between the crossings of lines through the border: inside by another reckoning than the index's own.
function pointsInside(geometry: Geometry): [number, number][] {
  const { south, north } = boxOf(geometry)
  const points: [number, number][] = []
  for (let line = 0.5; line < 40; line += 1) {
    const y = south + (line * (north - south)) / 40
    const xs: number[] = []
    for (const ring of ringsOf(geometry)) {
      ring.forEach(([xb = 0, yb = 0], i) => {
        const [xa = 0, ya = 0] = ring[i - 1] ?? [xb, yb]
        if (ya < y !== yb < y) xs.push(xb + ((xa - xb) * (yb - y)) / (yb - ya))
      })
    }
    xs.sort((a, b) => a - b)
    for (let i = 0; i + 1 < xs.length; i += 2) if ((xs[i + 1] ?? 0) - (xs[i] ?? 0) > 1e-7) points.push([((xs[i] ?? 0) + (xs[i + 1] ?? 0)) / 2, y])
  }
  return points
}
