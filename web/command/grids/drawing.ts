/** The grids of a community under the hand, with every step undoable, and what of them is to be saved. */
import { computed, shallowRef } from 'vue'
import type { BordersView } from '#contexts/territory/contract.ts'
import type { Redrawing } from '#contexts/territory/redrawing/contract.ts'
import { cutAlong, addCorner, dropCorner, merge, moveCorner, nearestCorner, same, splitAt, spotAt, type Shape, type Spot } from './shapes.ts'

/** The grids as they stand, and which of them took the place of one that is gone. */
export interface Drawn {
  readonly shapes: readonly Shape[]
  readonly heirs: Readonly<Record<string, string>>
}

// About twenty metres.
const SNAP_DEGREES = 0.0002

/** Grids of one simple ring; others (several parts, holes) are told apart and left as they are. */
export function shapesOf(borders: BordersView): { shapes: Shape[]; others: number } {
  const shapes = borders.features.flatMap(({ properties, geometry }): Shape[] => {
    const [ring, ...more] = geometry.coordinates as Spot[][]
    if (geometry.type !== 'Polygon' || !ring || more.length > 0) return []
    return [{ key: properties.code, name: properties.name, ring: ring.slice(0, -1).map(([lng, lat]) => [lng, lat]) }]
  })
  return { shapes, others: borders.features.length - shapes.length }
}

/** What the server is asked to do: changed and new grids, and those that are gone. */
export function redrawingOf(from: { community: string; validFrom: string; before: readonly Shape[]; now: Drawn }): Redrawing {
  const { community, validFrom, before, now } = from
  const old = new Map(before.map((shape) => [shape.key, shape]))
  const gone = before.filter(({ key }) => !now.shapes.some((shape) => shape.key === key))
  const heirs = new Set(gone.map(({ key }) => heirOf(key, now)))
  const changed = now.shapes.filter((shape) => heirs.has(shape.key) || !isAsBefore(shape, old.get(shape.key)))
  const grids = changed.map(({ key, name, ring }) => ({
    code: old.has(key) ? key : null,
    name: name.en === undefined ? { zh: name.zh } : { zh: name.zh, en: name.en },
    ring: [...ring, ring[0] as Spot].map(([lng, lat]) => [lng, lat]),
  }))
  const ended = gone.map(({ key }) => ({ code: key, successor: changed.findIndex((shape) => shape.key === heirOf(key, now)) }))
  return { communityCode: community, validFrom, grids, ended }
}

// A grid that took another's place may itself have been joined to a third.
function heirOf(key: string, { shapes, heirs }: Drawn): string {
  let at = key
  for (let next = heirs[at]; next !== undefined && !shapes.some((shape) => shape.key === at); next = heirs[at]) at = next
  return at
}

function isAsBefore(shape: Shape, before: Shape | undefined): boolean {
  const sameRing = before?.ring.length === shape.ring.length && shape.ring.every((spot, index) => same(spot, before.ring[index] as Spot))
  return sameRing && before.name.zh === shape.name.zh
}

/** What was drawn, step by step. */
function useSteps() {
  const steps = shallowRef<readonly Drawn[]>([{ shapes: [], heirs: {} }])
  const at = shallowRef(0)
  return {
    now: computed<Drawn>(() => steps.value[at.value] ?? { shapes: [], heirs: {} }),
    put: (next: Drawn | undefined): boolean => {
      if (!next) return false
      steps.value = [...steps.value.slice(0, at.value + 1), next]
      at.value = steps.value.length - 1
      return true
    },
    begin: (found: readonly Shape[]): void => {
      steps.value = [{ shapes: found, heirs: {} }]
      at.value = 0
    },
    mayUndo: computed(() => at.value > 0),
    mayRedo: computed(() => at.value < steps.value.length - 1),
    undo: (): void => void (at.value = Math.max(0, at.value - 1)),
    redo: (): void => void (at.value = Math.min(steps.value.length - 1, at.value + 1)),
    newKey: (): string => {
      const used = steps.value.flatMap((step) => step.shapes).map(({ key }) => Number(/^new (\d+)$/.exec(key)?.[1] ?? 0))
      return `new ${Math.max(0, ...used) + 1}`
    },
  }
}

/** The editor's hand: each act is one step back. Acts give false where they cannot be done. */
export function useDrawing() {
  const { now, put, newKey, ...steps } = useSteps()
  const shapes = (next: readonly Shape[] | undefined): boolean => put(next && { ...now.value, shapes: next })
  const find = (key: string): Shape | undefined => now.value.shapes.find((shape) => shape.key === key)
  const divide = (key: string, parts: readonly [Spot[], Spot[]] | undefined, name: string, corners: readonly Spot[]): boolean => {
    const whole = find(key)
    if (!whole || !parts) return false
    const made = { key: newKey(), name: { zh: name }, ring: parts[1] }
    const others = now.value.shapes.filter((shape) => shape.key !== key)
    return shapes([...corners.reduce<readonly Shape[]>(addCorner, others), { ...whole, ring: parts[0] }, made])
  }
  return {
    ...steps,
    now,
    move: (from: Spot, to: Spot): boolean => shapes(moveCorner(now.value.shapes, from, to)),
    rings: (rings: ReadonlyMap<string, readonly Spot[]>): boolean =>
      shapes(now.value.shapes.map((shape) => ({ ...shape, ring: rings.get(shape.key) ?? shape.ring }))),
    insertAfter: (key: string, index: number): boolean => {
      const ring = find(key)?.ring ?? []
      const [a, b] = [ring[index], ring[(index + 1) % ring.length]]
      return a && b ? shapes(addCorner(now.value.shapes, spotAt((a[0] + b[0]) / 2, (a[1] + b[1]) / 2))) : false
    },
    drop: (spot: Spot): boolean => shapes(dropCorner(now.value.shapes, spot)),
    snap: (key: string, spot: Spot): boolean => {
      const to = nearestCorner(
        now.value.shapes.filter((shape) => shape.key !== key),
        spot,
        SNAP_DEGREES,
      )
      return to
        ? shapes(
            now.value.shapes.map((shape) => (shape.key === key ? { ...shape, ring: shape.ring.map((one) => (same(one, spot) ? to : one)) } : shape)),
          )
        : false
    },
    rename: (key: string, zh: string): boolean =>
      shapes(now.value.shapes.map((shape) => (shape.key === key ? { ...shape, name: { ...shape.name, zh } } : shape))),
    split: (key: string, one: number, other: number, name: string): boolean => divide(key, splitAt(find(key)?.ring ?? [], one, other), name, []),
    cut: (key: string, line: readonly Spot[], name: string): boolean => {
      const cut = cutAlong(find(key)?.ring ?? [], line)
      return divide(key, cut?.parts, name, cut?.corners ?? [])
    },
    join: (key: string, other: string): boolean => {
      const [one, two] = [find(key), find(other)]
      const ring = one && two && merge(one.ring, two.ring)
      if (!ring) return false
      const left = now.value.shapes.filter((shape) => shape.key !== other).map((shape) => (shape.key === key ? { ...shape, ring } : shape))
      return put({ shapes: left, heirs: { ...now.value.heirs, [other]: key } })
    },
    draw: (ring: readonly Spot[], name: string): string => {
      const key = newKey()
      shapes([...now.value.shapes, { key, name: { zh: name }, ring }])
      return key
    },
  }
}
export type Drawing = ReturnType<typeof useDrawing>
