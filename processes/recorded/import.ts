import { loadRecorded, setUp, type LoadReport } from '#contexts/cases/import/index.ts'
import { systemActor } from '#kernel/actor.ts'
import { systemClock } from '#kernel/clock.ts'
import { openDatabase } from '#platform/database/database.ts'
import { createLogger } from '#platform/logger.ts'
import { compose } from '../compose.ts'
import { contactKey } from '../key.ts'
import { subscribersOf } from '../subscriptions.ts'
import { openProfile, rejectsFile, rowsOf } from './file.ts'

/** Loads a recorded city into a database. The rejects file lies beside the input unless told. */
export async function importFile(
  databaseUrl: string,
  files: { profile: string; input: string; rejects?: string | undefined },
  onProgress: (done: LoadReport) => void,
): Promise<LoadReport & { rejectsPath: string }> {
  const { profile, readArea } = await openProfile(files.profile)
  const rejects = rejectsFile(files.rejects ?? `${files.input}.rejects.csv`)
  const database = openDatabase(databaseUrl)
  try {
    const doing = { database, clock: systemClock, actor: systemActor('import'), requestId: 'import', subscribersOf }
    if (profile.setup) await setUp(doing, profile.setup, readArea)
    const world = await compose({ database, clock: systemClock, logger: createLogger({ level: 'warn' }), key: await contactKey() })
    const report = await loadRecorded(world.cases, profile, rowsOf(files.input, profile), { onReject: rejects.add, onProgress })
    return { ...report, rejectsPath: rejects.path }
  } finally {
    await rejects.close()
    await database.close()
  }
}
