// The API in a process of its own, with the background work beside it when told `worker`.
import { systemClock } from '#kernel/clock.ts'
import { openDatabase } from '#platform/database/database.ts'
import { createLogger } from '#platform/logger.ts'
import { createApi } from '#processes/api.ts'
import { compose } from '#processes/compose.ts'
import { startWorker } from '#processes/worker.ts'
import { answer } from './child.ts'
import { cpuOfThisProcess } from './figures.ts'

const [url = '', port = '', extra] = process.argv.slice(2)
const database = openDatabase(url)
const world = await compose({ database, clock: systemClock, logger: createLogger({ level: 'warn' }), key: new Uint8Array(32).fill(7) })
const app = await createApi(world, { publicCalls: 100_000_000 })
await app.listen({ port: Number(port), host: '127.0.0.1' })
const worker = extra === 'worker' ? startWorker(world) : undefined

answer(
  () => ({ cpu: cpuOfThisProcess() }),
  async () => {
    await app.close()
    await worker?.stop()
    await database.close()
  },
)
