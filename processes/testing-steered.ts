/** The product in this process with its loops, on a clock that a story moves on: hours pass without anybody waiting for them. */
import { join } from 'node:path'
import { addMs, MINUTE_MS, systemClock } from '#kernel/clock.ts'
import { openDatabase } from '#platform/database/database.ts'
import { testDataHome } from '#platform/database/testing.ts'
import { silentLogger } from '#platform/logger.ts'
import { createApi } from './api.ts'
import { compose } from './compose.ts'
import { freePort } from './testing-server.ts'
import { startWorker } from './worker.ts'

export interface SteeredServer {
  readonly origin: string
  /** Moves business time on; loops act on it at their next turn. */
  later(minutes: number): void
  stop(): Promise<void>
}

/** Starts what `npm start` starts on a database that is there. Its clock goes as the machine's, plus what the story moved it on. */
export async function startSteered(databaseUrl: string): Promise<SteeredServer> {
  let ahead = 0
  const clock = { now: () => addMs(systemClock.now(), ahead) }
  const database = openDatabase(databaseUrl)
  const filesAt = join(testDataHome(), 'files')
  const world = await compose({ database, clock, logger: silentLogger, key: new Uint8Array(32).fill(7), filesAt })
  const app = await createApi(world, { publicCalls: 1_000_000 })
  const port = await freePort()
  await app.listen({ port, host: '127.0.0.1' })
  const worker = startWorker(world)
  return {
    origin: `http://127.0.0.1:${port}`,
    later: (minutes) => {
      ahead += minutes * MINUTE_MS
    },
    stop: async () => {
      await app.close()
      await worker.stop()
      await database.close()
    },
  }
}
