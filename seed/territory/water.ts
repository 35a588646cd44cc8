import { metres } from './cut.ts'
import { cutFace, insertOnEdge, type Face, type Plane, type Spot } from './plane.ts'

// A community that touches the river for less than this gets no water of its own.
const SHORTEST_FRONT_METRES = 150

interface Front {
  owner: number
  /** Vertices along the bank, in the water's own direction. */
  bank: number[]
}

/**
 * Gives the river in front of each community to that community: cuts the water from the borders at the bank to the middle of the river.
 * `land` holds the faces of each community. Returns the water of each community, none for those away from the river.
 */
export function shareWater(plane: Plane, water: Face, land: readonly (readonly Face[])[]): (Face | undefined)[] {
  const fronts = mergeShort(plane, frontsOf(water, land))
  const bank = new Set(fronts.flatMap((front) => front.bank))
  const parts: (Face | undefined)[] = land.map(() => undefined)
  let rest = water
  fronts.forEach((front, i) => {
    if (i === fronts.length - 1) return void (parts[front.owner] = rest)
    const from = front.bank.at(-1) as number
    const made = cutFace(plane, rest, from, acrossFrom(plane, rest, from, bank))
    const mine = [rest, made].find((face) => face.includes(front.bank[0] as number)) as Face
    parts[front.owner] = mine
    rest = mine === rest ? made : rest
  })
  return parts
}

function frontsOf(water: Face, land: readonly (readonly Face[])[]): Front[] {
  const owners = new Map<string, number>()
  land.forEach((faces, owner) => faces.forEach((face) => face.forEach((a, i) => owners.set(`${face[(i + 1) % face.length]}-${a}`, owner))))
  const ownerAt = (i: number): number | undefined => owners.get(`${water[i % water.length]}-${water[(i + 1) % water.length]}`)
  const start = water.findIndex((_, i) => ownerAt(i) !== undefined && ownerAt(i + water.length - 1) === undefined)
  const fronts: Front[] = []
  for (let i = start; ownerAt(i) !== undefined; i += 1) {
    const owner = ownerAt(i) as number
    const current = fronts.at(-1)
    const next = water[(i + 1) % water.length] as number
    if (current?.owner === owner) current.bank.push(next)
    else fronts.push({ owner, bank: [water[i % water.length] as number, next] })
  }
  return fronts
}

function lengthOf(plane: Plane, bank: readonly number[]): number {
  const spots = bank.map((v) => metres(plane.spots[v] as Spot))
  return spots.slice(1).reduce((sum, p, i) => sum + Math.hypot(p[0] - (spots[i]?.[0] ?? 0), p[1] - (spots[i]?.[1] ?? 0)), 0)
}

/** Short fronts join the longer neighbour; so does a second front of a community that already has one. */
function mergeShort(plane: Plane, fronts: readonly Front[]): Front[] {
  const out = [...fronts]
  for (;;) {
    const short = out.findIndex((front) => lengthOf(plane, front.bank) < SHORTEST_FRONT_METRES)
    if (short < 0 || out.length < 2) return out
    const [before, after] = [out[short - 1], out[short + 1]]
    const gone = out[short] as Front
    const heir = before && (!after || lengthOf(plane, before.bank) > lengthOf(plane, after.bank)) ? before : (after as Front)
    heir.bank = heir === before ? [...heir.bank, ...gone.bank.slice(1)] : [...gone.bank, ...heir.bank.slice(1)]
    out.splice(short, 1)
  }
}

/** The point of the river's middle nearest to a vertex of the bank, made a vertex. */
function acrossFrom(plane: Plane, water: Face, from: number, bank: ReadonlySet<number>): number {
  const p = plane.spots[from] as Spot
  let best: { a: number; b: number; spot: Spot } | undefined
  let least = Infinity
  water.forEach((a, i) => {
    const b = water[(i + 1) % water.length] as number
    if (bank.has(a) || bank.has(b)) return
    const [s, e] = [plane.spots[a] as Spot, plane.spots[b] as Spot]
    const [dx, dy] = [e[0] - s[0], e[1] - s[1]]
    const t = Math.min(1, Math.max(0, ((p[0] - s[0]) * dx + (p[1] - s[1]) * dy) / (dx * dx + dy * dy)))
    const spot: Spot = [Math.round(s[0] + t * dx), Math.round(s[1] + t * dy)]
    const [m, n] = [metres(p), metres(spot)]
    const off = Math.hypot(m[0] - n[0], m[1] - n[1])
    if (off < least) [best, least] = [{ a, b, spot }, off]
  })
  if (!best) throw new RangeError('water without a middle')
  return insertOnEdge(plane, best.a, best.b, best.spot)
}
