import { randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { stringify } from 'csv-stringify/sync'
import { rehearse, setUp, type ImportProfile, type RehearsalReport } from '#contexts/cases/import/index.ts'
import { systemActor } from '#kernel/actor.ts'
import { systemClock } from '#kernel/clock.ts'
import { refusals } from '#kernel/refusal.ts'
import { openDatabase } from '#platform/database/database.ts'
import { createLogger } from '#platform/logger.ts'
import { compose } from '../compose.ts'
import { openProfile, rejectsFile, rowsOf, type RejectReason } from './file.ts'
import { inOwnDatabase } from './own-database.ts'

const refuse = refusals('files', {
  notCalls: {
    status: 400,
    zh: '{path} 不是案件导入说明（huying-import/1），不能试运行。',
    en: '{path} is no profile of recorded cases (huying-import/1), so there is nothing to rehearse.',
  },
})

export interface RehearsalFiles {
  readonly profile: string
  readonly input: string
  readonly rejects?: string | undefined
  /** File of the sample, with how many rows of each outcome and the seed that draws them. */
  readonly sample?: { readonly out: string; readonly size: number; readonly seed: number } | undefined
}

type Rehearsed = RehearsalReport & { readonly rejectsPath: string; readonly reasons: readonly RejectReason[] }

/**
 * Prepares another city's record as intake would. A profile with `setup` brings its own city, in a database of its own that is dropped; without one
 * the rules of the running city are read, in sessions that cannot write.
 */
export async function rehearseFile(databaseUrl: string, files: RehearsalFiles, onProgress: (rows: number) => void): Promise<Rehearsed> {
  const { profile, readArea } = await openProfile(files.profile)
  if (profile.format !== 'huying-import/1') throw refuse.notCalls({ path: files.profile })
  const { setup } = profile
  if (!setup) return report(readOnly(databaseUrl), profile, files, onProgress)
  return inOwnDatabase(databaseUrl, 'rehearsal', false, async (own) => {
    const database = openDatabase(own)
    try {
      const doing = { database, clock: systemClock, actor: systemActor('rehearse'), requestId: 'rehearse', subscribersOf: () => [] }
      await setUp(doing, setup, readArea)
    } finally {
      await database.close()
    }
    return report(readOnly(own), profile, files, onProgress)
  })
}

const readOnly = (url: string): string => `${url}${url.includes('?') ? '&' : '?'}options=-c%20default_transaction_read_only%3Don`

async function report(databaseUrl: string, profile: ImportProfile, files: RehearsalFiles, onProgress: (rows: number) => void): Promise<Rehearsed> {
  const rejects = rejectsFile(files.rejects ?? `${files.input}.rejects.csv`)
  const database = openDatabase(databaseUrl)
  try {
    // The key hides nobody's contact: nothing is kept.
    const world = await compose({ database, clock: systemClock, logger: createLogger({ level: 'warn' }), key: randomBytes(32) })
    const { size = 0, seed = 0 } = files.sample ?? {}
    const by = { rules: world.rules(), secrets: world.cases.secrets, now: systemClock.now(), sample: { size, seed } }
    const found = await rehearse(by, profile, rowsOf(files.input, profile), { onReject: rejects.add, onProgress })
    if (files.sample) await writeFile(files.sample.out, sampleText(found.sample))
    return { ...found, rejectsPath: rejects.path, reasons: rejects.reasons() }
  } finally {
    await rejects.close()
    await database.close()
  }
}

function sampleText(rows: RehearsalReport['sample']): string {
  const lines = rows.map((row) => [
    row.outcome,
    row.line,
    row.text,
    row.address ?? '',
    row.place,
    row.placeWords.join(' '),
    row.matter ?? '',
    row.confidence === null ? '' : row.confidence.toFixed(2),
    row.matchWords.join(' '),
    row.duplicates.map(({ line, score, reasons, text }) => `${line} (${score.toFixed(2)} ${reasons.join('，')}): ${text}`).join('\n'),
  ])
  const heading = ['outcome', 'line', 'text', 'address', 'place', 'place_words', 'matter', 'confidence', 'match_words', 'duplicates']
  // The mark tells spreadsheet programs that the file is UTF-8.
  return `\uFEFF${stringify([heading, ...lines])}`
}
