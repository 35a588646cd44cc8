import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { movableClock, type LocalDate } from '#kernel/clock.ts'
import { systemActor } from '#kernel/actor.ts'
import type { Database } from '#platform/database/database.ts'
import type { Doing } from '#platform/event.ts'
import type { Ring } from './geometry.ts'

/** A command as a test gives it, at nine on 2 March 2026 in China. */
export function testDoing(database: Database): Doing {
  return {
    database,
    clock: movableClock('2026-03-02T09:00:00+08:00'),
    actor: systemActor('test'),
    commandId: randomUUID(),
    requestId: 'test',
    subscribersOf: () => [],
  }
}

export const day = (text: string): LocalDate => text as LocalDate

/** A rectangle as GeoJSON coordinates. */
export function rectangle(west: number, south: number, east: number, north: number): [Ring] {
  return [
    [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
      [west, south],
    ],
  ]
}

/** A GeoJSON collection of polygons with properties. */
export function collection(features: readonly { properties: Record<string, unknown>; coordinates: unknown; type?: string }[]): unknown {
  return {
    type: 'FeatureCollection',
    features: features.map(({ properties, coordinates, type = 'Polygon' }) => ({ type: 'Feature', properties, geometry: { type, coordinates } })),
  }
}

/** Text of a file of the real data that lies beside the repository, or undefined where it does not. */
export function sharedData(path: string): string | undefined {
  const url = new URL(`../../../shared/data/${path}`, import.meta.url)
  return existsSync(url) ? readFileSync(url, 'utf8') : undefined
}
