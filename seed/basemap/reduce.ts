import { readFileSync } from 'node:fs'
import { dissolve, doubleArea, dropStraight, type Point, type Ring } from './dissolve.ts'
import { eastRoads, westRoads } from './names.ts'
import { joinLines, simplify } from './lines.ts'
import { river, type River } from './river.ts'

interface Source {
  geometry: { type: string; coordinates: unknown }
  properties: Record<string, string | number | boolean | undefined>
}
export interface Shape {
  type: 'Feature'
  properties: Record<string, string | number | boolean>
  geometry: { type: string; coordinates: unknown }
}

const BIG_RIVER = '黄浦江'
const SMALL = 3000
const landuseKinds: Record<string, string> = {
  park: 'park',
  garden: 'park',
  recreation_ground: 'park',
  grass: 'green',
  forest: 'green',
  natural_wood: 'green',
  residential: 'residential',
  commercial: 'commercial',
  retail: 'commercial',
  pedestrian: 'square',
  school: 'school',
  hospital: 'hospital',
  parking: 'parking',
  pier: 'pier',
  pitch: 'pitch',
}
const paths = new Set(['footway', 'path', 'steps', 'cycleway'])

/** Reads one layer of the extract, such as `roads`. */
type Read = (layer: string) => readonly Source[]

const whole = ([x, y]: Point): Point => [Math.round(x * 1e6), Math.round(y * 1e6)]
const degrees = ([x, y]: Point): Point => [Math.round(x / 10) / 1e5, Math.round(y / 10) / 1e5]

function ringsOf({ geometry }: Source): Ring[] {
  const polygons = (
    geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.type === 'MultiPolygon' ? geometry.coordinates : []
  ) as Point[][][]
  return polygons.flat().map((ring) => ring.slice(0, -1).map(whole))
}

function linesOf({ geometry }: Source): Ring[] {
  const lines = (
    geometry.type === 'LineString' ? [geometry.coordinates] : geometry.type === 'MultiLineString' ? geometry.coordinates : []
  ) as Point[][]
  return lines.map((line) => line.map(whole))
}

const closed = (ring: Ring): Point[] => [...ring, ...ring.slice(0, 1)].map(degrees)

/** Outer rings run clockwise in the source. A hole goes to the outer ring that its first vertex lies in. */
function polygonsOf(rings: readonly Ring[]): Point[][][] {
  const outer = rings.filter((ring) => doubleArea(ring) < 0).map((ring) => [ring])
  for (const hole of rings.filter((ring) => doubleArea(ring) > 0)) {
    const home = outer.find(([ring]) => ring && hole[0] && inside(hole[0], ring))
    home?.push(hole)
  }
  return outer.map((polygon) => polygon.map((ring) => closed([...ring].reverse())))
}

function inside([x, y]: Point, ring: Ring): boolean {
  let odd = false
  ring.forEach((a, i) => {
    const b = ring[(i + 1) % ring.length] ?? a
    if (a[1] > y !== b[1] > y && x < ((b[0] - a[0]) * (y - a[1])) / (b[1] - a[1]) + a[0]) odd = !odd
  })
  return odd
}

/** One feature per source object that has a kind: pieces cut by tiles are joined, repeats in neighbouring tiles dropped. */
function areas(sources: readonly Source[], describe: (properties: Source['properties']) => Shape['properties'], smallest: number): Shape[] {
  const groups = new Map<string, { properties: Shape['properties']; rings: Map<string, Ring> }>()
  for (const source of sources) {
    const properties = describe(source.properties)
    if (!properties['kind'] || !source.geometry.type.endsWith('Polygon')) continue
    const id = `${source.properties['id'] ?? JSON.stringify(source.geometry).length} ${properties['kind']}`
    const group = groups.get(id) ?? { properties, rings: new Map() }
    groups.set(id, group)
    for (const ring of ringsOf(source)) group.rings.set(JSON.stringify(ring), ring)
  }
  return [...groups.values()].flatMap(({ properties, rings }) =>
    polygonsOf(dissolve([...rings.values()]))
      .filter(([outer]) => outer && Math.abs(doubleArea(outer)) * 1e12 > smallest)
      .map((coordinates): Shape => ({ type: 'Feature', properties, geometry: { type: 'Polygon', coordinates } })),
  )
}

const lengthOf = (line: Ring): number =>
  line.slice(1).reduce((sum, p, i) => sum + Math.hypot((p[0] - (line[i]?.[0] ?? 0)) * 0.855, p[1] - (line[i]?.[1] ?? 0)) * 0.111, 0)

function roads(sources: readonly Source[], { middle }: River): Shape[] {
  const kept = sources.filter(({ properties }) => properties['kind'] !== 'rail' && (!properties['is_tunnel'] || properties['kind'] === 'major_road'))
  const names = inventNames(kept, middle)
  const groups = new Map<string, { properties: Shape['properties']; lines: Ring[] }>()
  for (const source of kept) {
    const properties = describeRoad(source.properties, names)
    const id = JSON.stringify(properties)
    const group = groups.get(id) ?? { properties, lines: [] }
    groups.set(id, group)
    group.lines.push(...linesOf(source))
  }
  return [...groups.values()].map(({ properties, lines }) => ({
    type: 'Feature',
    properties,
    geometry: { type: 'MultiLineString', coordinates: joinLines(lines).map((line) => simplify(line, 6).map(degrees)) },
  }))
}

function describeRoad(source: Source['properties'], names: ReadonlyMap<string, readonly [string, string]>): Shape['properties'] {
  const kind = roadKind(source)
  const tunnel = source['is_tunnel'] === true
  const name = tunnel || kind === 'ferry' ? undefined : names.get(String(source['name']))
  return {
    kind: paths.has(kind) ? 'path' : kind.replace('_link', ''),
    ...(tunnel && { tunnel }),
    ...(source['is_bridge'] === true && { bridge: true }),
    ...(name && { name_zh: name[0], name_en: name[1] }),
  }
}

const roadKind = ({ kind, kind_detail: detail }: Source['properties']): string => (kind === 'ferry' ? 'ferry' : String(detail ?? kind))

/** An invented name for each real one: the longest road of a bank gets the first name of its list. Short lanes get none. */
function inventNames(sources: readonly Source[], middle: Ring): ReadonlyMap<string, readonly [string, string]> {
  const total = new Map<string, { metres: number; west: number }>()
  for (const source of sources) {
    const { name, is_tunnel: tunnel, kind } = source.properties
    if (!name || tunnel || kind === 'ferry') continue
    const sum = total.get(String(name)) ?? { metres: 0, west: 0 }
    total.set(String(name), sum)
    for (const line of linesOf(source)) {
      sum.metres += lengthOf(line)
      if (line[0] && westOf(line[0], middle)) sum.west += lengthOf(line)
    }
  }
  const ranked = [...total].filter(([, { metres }]) => metres >= 150).sort((a, b) => b[1].metres - a[1].metres)
  const west = ranked.filter(([, { metres, west }]) => west > metres / 2).map(([name]) => name)
  const east = ranked.map(([name]) => name).filter((name) => !west.includes(name))
  const paired = (real: readonly string[], invented: readonly (readonly [string, string])[]): [string, readonly [string, string]][] =>
    real.flatMap((name, i) => (invented[i] ? [[name, invented[i]]] : []))
  return new Map([...paired(west, westRoads), ...paired(east, eastRoads)])
}

function westOf([x, y]: Point, middle: Ring): boolean {
  // The middle line runs from south to north, so west is its left side: close it far to the west and ask whether the point is inside.
  const first = middle[0] ?? [0, 0]
  const last = middle.at(-1) ?? [0, 0]
  return inside([x, y], [...middle, [last[0], last[1] + 1e6], [121e6, last[1] + 1e6], [121e6, first[1] - 1e6], [first[0], first[1] - 1e6]])
}

/** Features of each file of the base map, by file name without ending. `path` is folder and prefix: `…/extract` stands for `…/extract_roads.geojson` and so on. */
export function reduceBasemap(path: string): Record<string, readonly Shape[]> {
  const read: Read = (layer) => (JSON.parse(readFileSync(`${path}_${layer}.geojson`, 'utf8')) as { features: Source[] }).features
  const big = read('water').filter((source) => source.properties['name'] === BIG_RIVER && source.geometry.type.endsWith('Polygon'))
  const banks = river(dissolve(big.flatMap(ringsOf)).map(dropStraight))
  const line = (kind: string, points: Ring): Shape => ({
    type: 'Feature',
    properties: { kind },
    geometry: { type: 'LineString', coordinates: points.map(degrees) },
  })
  return {
    river: [line('west bank', banks.west), line('east bank', banks.east), line('middle', banks.middle)],
    water: areas(read('water'), ({ kind, name }) => ({ kind: kind === 'swimming_pool' ? 'pool' : name === BIG_RIVER ? 'river' : 'water' }), SMALL),
    roads: roads(read('roads'), banks),
    landuse: areas(read('landuse'), ({ kind }) => ({ kind: landuseKinds[String(kind)] ?? '' }), SMALL),
    buildings: areas(
      read('buildings'),
      ({ kind, height }) => ({ kind: kind === 'building' ? 'building' : '', height: Math.round(Number(height ?? 10)) }),
      SMALL / 3,
    ),
  }
}
