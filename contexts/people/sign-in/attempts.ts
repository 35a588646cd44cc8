import { msOf, type Instant } from '#kernel/clock.ts'

/** Counts tries per key in windows of time, in this process's memory. */
export interface AttemptLimit {
  /** Notes one try; false when the key has used up its window. `most` is for keys that have a number of their own. */
  take(key: string, now: Instant, most?: number): boolean
}

// Above this many keys the finished windows are thrown out, so that a flood of invented logins cannot fill the memory.
const KEYS_BEFORE_SWEEP = 10_000

/** `max` tries per key in each window of `windowMs`, counted from the key's first try. */
export function attemptLimit({ max, windowMs }: { max: number; windowMs: number }): AttemptLimit {
  const windows = new Map<string, { endsAt: number; taken: number }>()
  let sweepAt = KEYS_BEFORE_SWEEP
  return {
    take: (key, now, most = max) => {
      const at = msOf(now)
      if (windows.size >= sweepAt) {
        for (const [old, { endsAt }] of windows) if (endsAt <= at) windows.delete(old)
        sweepAt = Math.max(KEYS_BEFORE_SWEEP, windows.size * 2)
      }
      const open = windows.get(key)
      if (open && at < open.endsAt) {
        open.taken += 1
        return open.taken <= most
      }
      windows.set(key, { endsAt: at + windowMs, taken: 1 })
      return true
    },
  }
}
