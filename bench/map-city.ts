import { importAreaCodes, importAreaPolygons } from '#contexts/territory/index.ts'
import { systemActor } from '#kernel/actor.ts'
import { systemClock, type LocalDate } from '#kernel/clock.ts'
import { newId } from '#kernel/id.ts'
import type { Doing } from '#platform/event.ts'
import { using } from './ground.ts'

/** A city of 20,000 grids north of the small one: 200 by 100 cells, in streets of 50 by 20 and communities of 10 by 5. */
export const mapCity = { west: 121.3, south: 31.3, cell: 0.002, columns: 200, rows: 100 } as const
const { west, south, cell, columns, rows } = mapCity
const day = '2025-01-01' as LocalDate
const BENDS = 4

/** Streets from 101 on, so that they stand beside those of the small city. */
const streetOf = (column: number, row: number): string => `990101${101 + Math.floor(column / 50) + 4 * Math.floor(row / 20)}`
const communityOf = (column: number, row: number): string =>
  `${streetOf(column, row)}${String(1 + Math.floor((column % 50) / 10) + 5 * Math.floor((row % 20) / 5)).padStart(3, '0')}`
const gridOf = (column: number, row: number): string => `${communityOf(column, row)}${String(1 + (column % 10) + 10 * (row % 5)).padStart(3, '0')}`

/** A corner or bend, moved a little and alike for both cells that share it. */
function cornerAt(x: number, y: number): [number, number] {
  const shift = (seed: number): number => ((Math.abs(Math.sin(seed * 12.9898) * 43_758.5453) % 1) - 0.5) * (cell / BENDS / 2)
  const bent = (edge: number): boolean => edge % (BENDS * 10) !== 0
  const at = (part: number): number => (part / BENDS) * cell
  return [west + at(x) + (bent(x) ? shift(x * 7919 + y) : 0), south + at(y) + (bent(y) ? shift(y * 104_729 + x) : 0)]
}

function ringOf(column: number, row: number, width: number, height: number): [number, number][] {
  const [x, y, w, h] = [column * BENDS, row * BENDS, width * BENDS, height * BENDS]
  const ring = [
    ...Array.from({ length: w }, (_, step) => cornerAt(x + step, y)),
    ...Array.from({ length: h }, (_, step) => cornerAt(x + w, y + step)),
    ...Array.from({ length: w }, (_, step) => cornerAt(x + w - step, y + h)),
    ...Array.from({ length: h }, (_, step) => cornerAt(x, y + h - step)),
  ]
  return [...ring, ring[0] as [number, number]]
}

interface Block {
  readonly code: string
  readonly ring: [number, number][]
}
function blocks(width: number, height: number, code: (column: number, row: number) => string): Block[] {
  return Array.from({ length: (columns / width) * (rows / height) }, (_, index) => {
    const [column, row] = [(index % (columns / width)) * width, Math.floor(index / (columns / width)) * height]
    return { code: code(column, row), ring: ringOf(column, row, width, height) }
  })
}

/** Puts the grids, with their streets and communities, into a database that has the district. */
export async function layGrids(url: string): Promise<void> {
  await using(url, async (database) => {
    const doing = (): Doing => ({
      database,
      clock: systemClock,
      actor: systemActor('bench'),
      commandId: newId(),
      requestId: 'bench',
      subscribersOf: () => [],
    })
    for (const [level, width, height, code] of [
      ['street', 50, 20, streetOf],
      ['community', 10, 5, communityOf],
      ['grid', 1, 1, gridOf],
    ] as const) {
      const found = blocks(width, height, code)
      const named = found.map((block) => ({ code: block.code, name: `示例${block.code.slice(6)}` }))
      await importAreaCodes(doing(), named, { columns: [{ code: 'code', name: 'name' }], validFrom: day })
      const features = found.map((block) => ({
        type: 'Feature',
        properties: { code: block.code },
        geometry: { type: 'Polygon', coordinates: [block.ring] },
      }))
      await importAreaPolygons(doing(), { type: 'FeatureCollection', features }, { level, datum: 'CGCS2000', codeProperty: 'code', validFrom: day })
    }
    await database.pool.query('vacuum analyze territory.area_version')
  })
}
