import type { Logger } from './logger.ts'

export interface Loop {
  /** Looks for work now instead of at the next turn. */
  wake(): void
  /** Lets the turn under way finish and starts no other. */
  stop(): Promise<void>
}

const longestPauseMs = 30_000

/**
 * Repeats `work` until stopped: at once while it says that there is more (`true` or a number above 0), else every `everyMs`.
 * A turn that fails is logged, and the pause doubles up to 30 s, so that an absent database is not asked ten times a second.
 */
export function startLoop(name: string, work: () => Promise<boolean | number>, everyMs: number, logger: Logger): Loop {
  let stopped = false
  let failures = 0
  let woken = false
  let endPause: () => void = () => undefined

  const turn = async (): Promise<number> => {
    try {
      const more = Boolean(await work())
      if (failures > 0) logger.info({ loop: name, failures }, 'a loop works again')
      failures = 0
      return more ? 0 : everyMs
    } catch (error) {
      failures += 1
      logger.error({ err: error, loop: name, failures }, 'a turn of a loop failed')
      return Math.min(longestPauseMs, Math.max(everyMs, 100) * 2 ** Math.min(failures, 16))
    }
  }
  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms)
      endPause = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  const run = async (): Promise<void> => {
    while (!stopped) {
      woken = false
      const ms = await turn()
      if (stopped) return
      // Even without a pause, others get their turn of the process.
      await (ms === 0 || woken ? new Promise(setImmediate) : pause(ms))
    }
  }
  const running = run()
  return {
    wake: () => {
      woken = true
      endPause()
    },
    stop: () => {
      stopped = true
      endPause()
      return running
    },
  }
}
