import { randomBytes } from 'node:crypto'
import { replayRecorded, setUp, type ReplayReport } from '#contexts/cases/import/index.ts'
import { systemActor } from '#kernel/actor.ts'
import { refusals } from '#kernel/refusal.ts'
import { movableClock, systemClock } from '#kernel/clock.ts'
import { openDatabase } from '#platform/database/database.ts'
import { createLogger } from '#platform/logger.ts'
import { compose } from '../compose.ts'
import { openProfile, rejectsFile, rowsOf, type RejectReason } from './file.ts'
import { inOwnDatabase } from './own-database.ts'

const refuse = refusals('files', {
  setupNeeded: {
    status: 400,
    zh: '回放在自己的空数据库中进行，导入说明 {path} 需要 setup：城市、区、区域、单位与事项。',
    en: 'A replay runs in an empty database of its own, so the profile {path} needs a setup: city, district, areas, units and matters.',
  },
  notRecorded: {
    status: 400,
    zh: '{path} 不是案件导入说明（huying-import/1），不能回放。',
    en: '{path} is no profile of recorded cases (huying-import/1), so there is nothing to replay.',
  },
})

type Replayed = ReplayReport & {
  seconds: number
  rejectsPath: string
  reasons: readonly RejectReason[]
  disagreements: { line: number; ours: string; theirs: string }[]
}

/**
 * Replays a recorded city in a database of its own on the same server, which is dropped afterwards: the running city is not touched.
 * Reactions by outbox do not run; the replay dispatches at the recorded times itself, through the same commands.
 */
export async function replayFile(
  databaseUrl: string,
  files: { profile: string; input: string; rejects?: string | undefined; keep?: boolean | undefined },
  onProgress: (done: { at: string; happened: number; of: number }) => void,
): Promise<Replayed> {
  const { profile, readArea } = await openProfile(files.profile)
  if (profile.format !== 'huying-import/1') throw refuse.notRecorded({ path: files.profile })
  const { setup } = profile
  if (!setup) throw refuse.setupNeeded({ path: files.profile })
  const started = performance.now()
  const rejects = rejectsFile(files.rejects ?? `${files.input}.rejects.csv`)
  // The rules of today, as an import has them; the stage then moves the clock to the first row.
  const clock = movableClock(systemClock.now())
  try {
    return await inOwnDatabase(databaseUrl, 'replay', files.keep === true, async (own) => {
      const database = openDatabase(own)
      try {
        const doing = { database, clock, actor: systemActor('replay'), requestId: 'replay', subscribersOf: () => [] }
        await setUp(doing, setup, readArea)
        const world = await compose({ database, clock, logger: createLogger({ level: 'warn' }), key: randomBytes(32) })
        const services = { ...world.cases, clock, subscribersOf: () => [] }
        const report = await replayRecorded(services, profile, rowsOf(files.input, profile), { onReject: rejects.add, onProgress })
        return { ...report, seconds: Math.round((performance.now() - started) / 100) / 10, rejectsPath: rejects.path, reasons: rejects.reasons() }
      } finally {
        await database.close()
      }
    })
  } finally {
    await rejects.close()
  }
}
