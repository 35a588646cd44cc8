import { systemClock } from '#kernel/clock.ts'
import { readConfig } from '#platform/config.ts'
import { openDatabase } from '#platform/database/database.ts'
import { createLogger } from '#platform/logger.ts'
import { createApi } from './api.ts'
import { compose } from './compose.ts'
import { contactKey } from './key.ts'
import { startWorker } from './worker.ts'

/**
 * Starts the API and the background work in this process. Resolves when requests are answered. `HOST` says where: this machine only,
 * unless told (`0.0.0.0` for everybody). `close` waits for the requests and turns in hand.
 */
export async function startServer({ databaseUrl, port }: { databaseUrl: string; port: number }): Promise<{ close(): Promise<void> }> {
  const {
    HOST: host,
    LOG_LEVEL: level,
    DATABASE_CONNECTIONS: max,
    SECURE_COOKIES: secure,
    TRUSTED_PROXIES: trustedProxies,
    PUBLIC_CALLS_PER_MINUTE: publicCalls,
  } = readConfig(process.env)
  const database = openDatabase(databaseUrl, { max })
  try {
    const logger = createLogger({ level })
    const world = await compose({ database, clock: systemClock, logger, key: await contactKey() })
    const app = await createApi(world, { secureCookies: secure === 'yes', trustedProxies, publicCalls })
    await app.listen({ port, host })
    const worker = startWorker(world)
    const close = async (): Promise<void> => {
      await app.close()
      await worker.stop()
      await database.close()
    }
    return { close }
  } catch (error) {
    await database.close()
    throw error
  }
}
