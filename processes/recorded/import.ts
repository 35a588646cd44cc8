import { loadRecorded, setUp, type ImportProfile, type Profile } from '#contexts/cases/import/index.ts'
import { importCatalogue } from '#contexts/catalogue/index.ts'
import { importAreaCodes, importAreaPolygons, importBuildings, importHouseholds, type ImportReport } from '#contexts/territory/index.ts'
import { systemActor } from '#kernel/actor.ts'
import { systemClock, type LocalDate } from '#kernel/clock.ts'
import { newId } from '#kernel/id.ts'
import { refusals } from '#kernel/refusal.ts'
import { inTransaction, openDatabase } from '#platform/database/database.ts'
import { runSql } from '#platform/database/sql-client.ts'
import { openDistrict } from '#platform/district.ts'
import type { Doing } from '#platform/event.ts'
import { createLogger } from '#platform/logger.ts'
import { compose } from '../compose.ts'
import { contactKey } from '../key.ts'
import { subscribersOf } from '../subscriptions.ts'
import { openProfile, rejectsFile, rowsOf, textOf, type RejectReason } from './file.ts'

const refuse = refusals('files', {
  inputMissing: {
    status: 400,
    zh: '这份导入说明需要一个数据文件：huying import --profile P 文件',
    en: 'This profile needs a file: huying import --profile P file',
  },
})

/** What came of an import. `moves` are made by cases only; of areas one row may hold several. */
export interface Imported {
  readonly rows: number
  readonly accepted: number
  readonly rejected: number
  readonly moves: number
  readonly held: number
  /** What a file of areas says about the ground. */
  readonly areas?: Pick<ImportReport, 'overlaps' | 'gaps' | 'orphans' | 'administered'>
  readonly rejectsPath: string
  readonly reasons: readonly RejectReason[]
}

type Counted = Omit<Imported, 'rejectsPath' | 'reasons'>

interface Importing {
  readonly doing: Doing
  readonly readArea: (file: string) => Promise<unknown>
  readonly input: string | undefined
  readonly rejects: ReturnType<typeof rejectsFile>
  readonly onProgress: (done: { rows: number; rejected: number }) => void
}

/** Imports by a profile: recorded cases, areas, the units and matters of a city, or a catalogue. The rejects file lies beside the input unless told. */
export async function importFile(
  databaseUrl: string,
  files: { profile: string; input: string | undefined; rejects?: string | undefined },
  onProgress: Importing['onProgress'],
): Promise<Imported> {
  const { profile, readArea } = await openProfile(files.profile)
  const needsInput = profile.format === 'huying-import/1' || profile.format === 'huying-areas/1'
  if (needsInput && files.input === undefined) throw refuse.inputMissing()
  const rejects = rejectsFile(files.rejects ?? `${files.input ?? files.profile}.rejects.csv`)
  const database = openDatabase(databaseUrl)
  try {
    const doing: Doing = { database, clock: systemClock, actor: systemActor('import'), commandId: newId(), requestId: 'import', subscribersOf }
    const report = await byFormat(profile, { doing, readArea, input: files.input, rejects, onProgress })
    // Before the first statistics the planner reads whole districts to change a few cases (8.6 ms a batch, measured).
    await runSql(databaseUrl, 'analyze')
    return { ...report, rejectsPath: rejects.path, reasons: rejects.reasons() }
  } finally {
    await rejects.close()
    await database.close()
  }
}

async function byFormat(profile: Profile, importing: Importing): Promise<Counted> {
  switch (profile.format) {
    case 'huying-import/1':
      return importCases(profile, importing)
    case 'huying-areas/1':
      return importAreas(profile, importing)
    case 'huying-city/1': {
      const { format: _format, ...setup } = profile
      await setUp(importing.doing, setup, importing.readArea)
      return { rows: 0, accepted: 0, rejected: 0, moves: 0, held: 0 }
    }
    case 'huying-catalogue/1': {
      const { added, changed, unchanged } = await importCatalogue(importing.doing, profile)
      const rows = added + changed + unchanged
      return { rows, accepted: rows, rejected: 0, moves: 0, held: 0 }
    }
  }
}

async function importCases(profile: ImportProfile, { doing, readArea, input = '', rejects, onProgress }: Importing): Promise<Counted> {
  if (profile.setup) await setUp(doing, profile.setup, readArea)
  const world = await compose({ database: doing.database, clock: systemClock, logger: createLogger({ level: 'warn' }), key: await contactKey() })
  return loadRecorded(world.cases, profile, rowsOf(input, profile), { onReject: rejects.add, onProgress })
}

function importPlaces(
  { polygons, buildings, households, codes = [] }: Extract<Profile, { format: 'huying-areas/1' }>,
  doing: Doing,
  text: string,
  options: { validFrom: LocalDate; onProgress: (progress: { done: number; total: number }) => void },
): Promise<ImportReport> {
  if (polygons) return importAreaPolygons(doing, JSON.parse(text) as unknown, { ...polygons, ...options })
  if (buildings) return importBuildings(doing, text, { ...options, columns: buildings })
  if (households) return importHouseholds(doing, text, { ...options, columns: households })
  return importAreaCodes(doing, text, { ...options, columns: codes })
}

/** Areas go in whole or not at all: with one rejected row nothing is written. */
async function importAreas(
  profile: Extract<Profile, { format: 'huying-areas/1' }>,
  { doing, input = '', rejects, onProgress }: Importing,
): Promise<Counted> {
  const text = await textOf(input)
  const validFrom = profile.validFrom as LocalDate
  await inTransaction(doing.database, async (tx) => {
    for (const district of profile.open) await openDistrict(tx, district)
  })
  const options = { validFrom, onProgress: ({ done }: { done: number }) => onProgress({ rows: done, rejected: 0 }) }
  const report = await importPlaces(profile, doing, text, options)
  for (const { line, reason, zh, en } of report.rejected) rejects.add({ line, code: reason, reason: { zh, en } })
  const rejected = report.rejected.length
  const { rows, written, overlaps, gaps, orphans, administered } = report
  return { rows, accepted: written || rejected === 0 ? rows : 0, rejected, moves: 0, held: 0, areas: { overlaps, gaps, orphans, administered } }
}
