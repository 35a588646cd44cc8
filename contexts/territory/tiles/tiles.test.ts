import { gunzipSync, gzipSync } from 'node:zlib'
import type { FeatureLike } from 'ol/Feature.js'
import MVT from 'ol/format/MVT.js'
import { expect, test } from 'vitest'
import type { AreaVersion } from '../area-history.ts'
import { day, rectangle } from '../testing.ts'
import { byteCache } from './cache.ts'
import { boxOfTile, drawTile, MOST_BYTES, type TileKey } from './tile.ts'

const WEST = 121.4
const SOUTH = 31.2

function areaAt(column: number, row: number, side: number): AreaVersion {
  const code = `990101001${String(column).padStart(3, '0')}${String(row).padStart(3, '0')}`
  const [west, south] = [WEST + column * side, SOUTH + row * side]
  const coordinates = rectangle(west, south, west + side, south + side)
  const name = { zh: `第${column}-${row}网格`, en: `Grid ${column}-${row}` }
  const since = { validFrom: day('2026-01-01'), validTo: null, successorId: null, key: null, datum: 'CGCS2000' as const }
  const above = { parentId: null, administeringParentId: null }
  return { id: code, areaId: code, code, level: 'grid', gridKind: 'service', name, ...above, ...since, geometry: { type: 'Polygon', coordinates } }
}

const grids = (columns: number, rows: number, side: number): AreaVersion[] =>
  Array.from({ length: columns * rows }, (_, index) => areaAt(index % columns, Math.floor(index / columns), side))

function tileAt(z: number, lng: number, lat: number): TileKey {
  const turn = Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360))
  return { z, x: Math.floor(((lng + 180) / 360) * 2 ** z), y: Math.floor(((1 - turn / Math.PI) / 2) * 2 ** z) }
}
const within = (key: TileKey, areas: readonly AreaVersion[]): AreaVersion[] => {
  const box = boxOfTile(key)
  return areas.filter(({ geometry }) => {
    const ring = (geometry?.coordinates[0] ?? []) as readonly (readonly [number, number])[]
    const [[west, south], , [east, north]] = ring as unknown as [[number, number], unknown, [number, number]]
    return west <= box.east && east >= box.west && south <= box.north && north >= box.south
  })
}
const zip = (bytes: Uint8Array): Buffer => gzipSync(bytes)
const read = (tile: Buffer): FeatureLike[] => new MVT().readFeatures(new Uint8Array(gunzipSync(tile)).buffer)

test('a tile holds codes and names of its areas and nothing else', () => {
  const areas = grids(3, 3, 0.004)
  const key = tileAt(12, WEST + 0.006, SOUTH + 0.006)
  const features = read(drawTile(key, within(key, areas), zip))
  expect(new Set(features.flatMap((one) => Object.keys(one.getProperties())))).toEqual(new Set(['code', 'zh', 'en', 'layer']))
  expect(features.filter((one) => one.get('layer') === 'areas').map((one) => String(one.get('code')))).toEqual(areas.map(({ code }) => code))
})

test('each name stands in exactly one tile, though its area may lie in several', () => {
  const areas = grids(12, 12, 0.003)
  const z = 14
  const first = tileAt(z, WEST, SOUTH)
  const last = tileAt(z, WEST + 0.036, SOUTH + 0.036)
  const named: string[] = []
  let pieces = 0
  for (let x = first.x; x <= last.x; x += 1)
    for (let y = last.y; y <= first.y; y += 1) {
      const features = read(drawTile({ z, x, y }, within({ z, x, y }, areas), zip))
      pieces += features.filter((one) => one.get('layer') === 'areas').length
      named.push(...features.filter((one) => one.get('layer') === 'names').map((one) => String(one.get('code'))))
    }
  expect(named.toSorted()).toEqual(areas.map(({ code }) => code).toSorted())
  expect(pieces).toBeGreaterThan(areas.length)
})

test('twenty thousand grids in one tile stay under its weight', () => {
  const areas = grids(160, 125, 0.002)
  const key = tileAt(9, WEST + 0.1, SOUTH + 0.1)
  const tile = drawTile(key, areas, zip)
  expect(tile.length).toBeLessThanOrEqual(MOST_BYTES)
  expect(tile.length).toBeGreaterThan(0)
})

test('where nothing lies there is no tile', () => expect(drawTile({ z: 3, x: 0, y: 0 }, [], zip).length).toBe(0))

test('the cache forgets what was not asked for longest', () => {
  const cache = byteCache(100)
  cache.put('a', Buffer.alloc(40))
  cache.put('b', Buffer.alloc(40))
  cache.get('a')
  cache.put('c', Buffer.alloc(40))
  expect([cache.get('a')?.length, cache.get('b'), cache.get('c')?.length]).toEqual([40, undefined, 40])
})
