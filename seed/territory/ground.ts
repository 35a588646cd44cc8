import { readFileSync } from 'node:fs'
import type { Ground } from '../geometry.ts'
import type { Spot } from './plane.ts'
import { streetsOf } from './streets.ts'

interface Lines {
  readonly features: readonly {
    readonly properties: Readonly<Record<string, unknown>>
    readonly geometry: { readonly type: string; readonly coordinates: unknown }
  }[]
}

const lesser = new Set(['path', 'ferry', 'pier', 'service', 'pedestrian', 'funicular'])

/** Reads the base map that the city is drawn over. `from` is the corner that spots are counted from, in degrees. */
export function readGround(from: readonly [number, number]): Ground {
  const read = (name: string): Lines => JSON.parse(readFileSync(new URL(`../basemap/${name}.geojson`, import.meta.url), 'utf8')) as Lines
  const spots = (line: unknown): Spot[] =>
    (line as [number, number][]).map(([x, y]) => [Math.round((x - from[0]) * 1e6), Math.round((y - from[1]) * 1e6)])
  const river = read('river').features.map((feature) => spots(feature.geometry.coordinates))
  const [west = [], east = [], middle = []] = river
  const roads = [...read('roads').features, ...read('invented').features].filter(({ geometry }) => geometry.type === 'MultiLineString')
  const streets = roads.filter(({ properties }) => !lesser.has(String(properties['kind'])) && !properties['tunnel'])
  return { river: { west, east, middle }, streets: streetsOf(streets.flatMap(({ geometry }) => (geometry.coordinates as unknown[]).map(spots))) }
}
