/** Chance that repeats: the same seed gives the same city on every machine. */
export interface Random {
  /** From 0 up to, not including, 1. */
  next(): number
  /** A whole number from 0 up to, not including, `n`. */
  below(n: number): number
  /** True in `share` of all draws. */
  chance(share: number): boolean
  /** One of the items. Throws RangeError when there are none. */
  pick<T>(items: readonly T[]): T
  /** One of the items, the heavier the likelier. */
  weighted<T>(items: readonly (readonly [T, number])[]): T
  /** The items in another order. */
  shuffled<T>(items: readonly T[]): T[]
}

/** Mulberry32: thirty-two bits of state, which is plenty for a demonstration. */
export function random(seed: number): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (n: number): number => Math.floor(next() * n)
  const pick = <T>(items: readonly T[]): T => {
    if (items.length === 0) throw new RangeError('nothing to pick from')
    return items[below(items.length)] as T
  }
  return {
    next,
    below,
    pick,
    chance: (share) => next() < share,
    weighted: (items) => {
      let left = next() * items.reduce((sum, [, weight]) => sum + weight, 0)
      for (const [item, weight] of items) if ((left -= weight) < 0) return item
      return pick(items)[0]
    },
    shuffled: (items) => {
      const out = [...items]
      for (let i = out.length - 1; i > 0; i -= 1) {
        const j = below(i + 1)
        const swap = out[i] as (typeof out)[number]
        out[i] = out[j] as (typeof out)[number]
        out[j] = swap
      }
      return out
    },
  }
}
