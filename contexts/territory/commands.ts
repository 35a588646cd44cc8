import { addDays, type LocalDate } from '#kernel/clock.ts'
import { districtOf, type DistrictCode } from '#kernel/codes.ts'
import { newId } from '#kernel/id.ts'
import { inTransaction, type Tx } from '#platform/database/database.ts'
import { listDistricts } from '#platform/district.ts'
import { emit, type Doing } from '#platform/event.ts'
import { areaKey, parentCodeOf, type GridKind } from './area.ts'
import type { AreaDraft, Drafts } from './area-draft.ts'
import { planImport, type AreaVersion, type ImportPlan } from './area-history.ts'
import { collectCodes, missingColumn, type CodeColumns, type CodeRow } from './code-list.ts'
import { rowsOfCsv, type NumberedRow } from './load.ts'
import { territoryImported, territoryRetired } from './events.ts'
import { boxRound } from './geometry.ts'
import { reportOf, type ImportReport, type Progress } from './import-report.ts'
import { groundOf, type Ground } from './overlap.ts'
import { draftsWithCodes, readFeatures, type PolygonColumns, type ReadFeature } from './polygon-list.ts'
import { refuse } from './refusals.ts'
import * as store from './store.ts'
import { makeCodes } from './synthetic-codes.ts'

type TerritoryTx = Tx<store.TerritoryTables>
/** Rows of a table, by column name; the first is line 2. */
export type CodeRows = Iterable<CodeRow> | AsyncIterable<CodeRow>

interface ImportOptions {
  /** First day on which the file holds. */
  readonly validFrom: LocalDate
  readonly onProgress?: Progress
}

/**
 * Imports a code list: CSV text or rows. Whole file or nothing, in one transaction; the same list again changes nothing.
 * Areas that the list does not name stay as they are.
 */
export async function importAreaCodes(
  doing: Doing,
  source: string | CodeRows,
  options: ImportOptions & { columns: readonly CodeColumns[] },
): Promise<ImportReport> {
  const list = collectCodes(options.columns)
  let checked = false
  for await (const { line, row } of typeof source === 'string' ? rowsOfCsv(source) : numbered(source)) {
    const missing = checked ? undefined : missingColumn(row, options.columns)
    if (missing !== undefined) throw refuse.columnMissing({ column: missing })
    checked = true
    list.add(line, row)
  }
  return importDrafts(doing, options, async () => list.drafts())
}

/**
 * Imports areas of one level with their borders from a GeoJSON FeatureCollection. Whole file or nothing, in one transaction; the
 * same file again changes nothing. Without a code property, codes are made by the rule in synthetic-codes.ts.
 */
export async function importAreaPolygons(doing: Doing, collection: unknown, options: ImportOptions & PolygonColumns): Promise<ImportReport> {
  const { features, rejected, rows } = readFeatures(collection, options)
  return importDrafts(doing, options, async (tx) => {
    const coded = options.codeProperty === undefined ? await withMadeCodes(tx, features, options.validFrom) : draftsWithCodes(features)
    return { rows, drafts: coded.drafts, rejected: [...rejected, ...coded.rejected] }
  })
}

async function withMadeCodes(tx: TerritoryTx, features: readonly ReadFeature[], day: LocalDate): Promise<Pick<Drafts, 'drafts' | 'rejected'>> {
  const [first] = features
  if (!first) return { drafts: [], rejected: [] }
  const keys = features.flatMap(({ key }) => key ?? [])
  const prefixes = [...new Set(features.flatMap(({ parentCode }) => parentCode ?? []))]
  const known = await store.versionsFrom(tx, day, [], keys)
  const used = await store.codesEverUsed(tx, first.level, first.gridKind, prefixes)
  return makeCodes(features, { codeOfKey: new Map(known.map((version) => [version.key ?? '', version.code])), used: new Set(used) })
}

async function importDrafts(
  doing: Doing,
  { validFrom, onProgress }: ImportOptions,
  read: (tx: TerritoryTx) => Promise<Drafts>,
): Promise<ImportReport> {
  const done = await inTransaction<store.TerritoryTables, { file: Drafts; plan: ImportPlan; ground: Ground }>(doing.database, async (tx) => {
    await store.lockAreas(tx)
    const file = await read(tx)
    const plan = planImport(file.drafts, await store.versionsFrom(tx, validFrom, codesNamed(file.drafts), keysNamed(file.drafts)), validFrom, newId)
    if (file.rejected.length + plan.rejected.length === 0 && plan.accepted.length + plan.updated.length > 0) {
      await writePlan(tx, doing, plan, onProgress)
      await tellImported(tx, doing, plan, validFrom)
    }
    return { file, plan, ground: await loadGround(tx, file.drafts, validFrom) }
  })
  // Measuring takes a while, so it happens after the commit.
  return reportOf(done.file.rows, done.plan, done.file.rejected, groundOf(done.ground))
}

function codesNamed(drafts: readonly AreaDraft[]): string[] {
  return [...new Set(drafts.flatMap(({ code, administeringParentCode }) => [code, parentCodeOf(code) ?? [], administeringParentCode ?? []].flat()))]
}

function keysNamed(drafts: readonly AreaDraft[]): string[] {
  return drafts.flatMap(({ key }) => key ?? [])
}

// Few enough rows that one statement stays in the tens of megabytes with borders in it.
const batchSize = 2000

/** Writes a plan in the caller's transaction. */
export async function writePlan(tx: TerritoryTx, doing: Doing, plan: ImportPlan, onProgress?: Progress): Promise<void> {
  const changedAt = doing.clock.now()
  const total = plan.accepted.length + plan.updated.length
  let done = 0
  const inBatches = async (versions: readonly AreaVersion[], save: (batch: readonly AreaVersion[]) => Promise<void>): Promise<void> => {
    for (let at = 0; at < versions.length; at += batchSize) {
      const batch = versions.slice(at, at + batchSize)
      await save(batch)
      onProgress?.({ done: (done += batch.length), total })
    }
  }
  await store.putEdition(tx, newId())
  await store.closeVersions(tx, plan.closed, changedAt)
  // Plans are in order of levels, so an area's parent is in the table before it.
  await inBatches(plan.newAreas, async (batch) => {
    await store.insertAreas(tx, batch)
    await store.insertVersions(tx, batch, changedAt)
  })
  await inBatches(plan.newVersions, (batch) => store.insertVersions(tx, batch, changedAt))
  await inBatches(plan.corrected, (batch) => store.correctVersions(tx, batch, changedAt))
}

/** One event for each served district that the file touched; a national list alone touches none. */
export async function tellImported(tx: TerritoryTx, doing: Doing, plan: ImportPlan, validFrom: LocalDate): Promise<void> {
  const accepted = countByDistrict(plan.accepted)
  const updated = countByDistrict(plan.updated)
  const touched = await districtsAmong(tx, [...accepted.keys(), ...updated.keys()], validFrom)
  const events = touched.map((district) =>
    territoryImported(doing, district, { accepted: accepted.get(district.code) ?? 0, updated: updated.get(district.code) ?? 0, validFrom }),
  )
  await emit(tx, doing, events)
}

function countByDistrict(codes: readonly string[]): Map<DistrictCode, number> {
  const counts = new Map<DistrictCode, number>()
  for (const code of codes) {
    const district = districtOf(code)
    if (district) counts.set(district, (counts.get(district) ?? 0) + 1)
  }
  return counts
}

/** The served ones of these districts, with the identity of their areas. */
async function districtsAmong(tx: TerritoryTx, codes: readonly DistrictCode[], day: LocalDate): Promise<{ code: DistrictCode; areaId: string }[]> {
  const wanted = new Set(codes)
  const served = (await listDistricts(tx)).map(({ code }) => code).filter((code) => wanted.has(code))
  const versions = await store.versionsOfCodes(tx, day, served)
  return versions.map(({ code, areaId }) => ({ code: code as DistrictCode, areaId }))
}

/**
 * Borders that the file's areas must be compared with: their parents', and those of areas of the same level that were there before. Where a parent has no
 * border, as the streets of a source that does not know them, the nearest area above that has one stands for it.
 */
async function loadGround(tx: TerritoryTx, drafts: readonly AreaDraft[], day: LocalDate): Promise<Ground> {
  const inFile = drafts.flatMap(({ code, border }) => (border ? [{ code, geometry: border.geometry }] : []))
  const sample = drafts.find(({ border }) => border)
  if (!sample) return { inFile, others: [], parents: [] }
  const { level, gridKind } = sample
  const above = await store.versionsOfCodes(tx, day, [...new Set(inFile.flatMap(({ code }) => codesAbove(code)))])
  const bordered = new Map(above.flatMap((area) => (area.geometry ? [[area.code, { ...area, geometry: area.geometry }] as const] : [])))
  const parents = [...new Set(inFile.flatMap(({ code }) => codesAbove(code).find((one) => bordered.has(one)) ?? []))].flatMap(
    (code) => bordered.get(code) ?? [],
  )
  const siblings = await store.borderedBelow(
    tx,
    day,
    { level, gridKind },
    parents.map(({ code }) => code),
  )
  const near = await store.borderedIn(tx, day, { level, gridKind, box: boxRound(inFile.map(({ geometry }) => geometry)), within: '' })
  const own = new Set(inFile.map(({ code }) => code))
  const others = new Map([...siblings, ...near].filter((area) => !own.has(area.code)).map((area) => [area.code, area]))
  return { inFile, others: [...others.values()].flatMap(({ code, geometry }) => (geometry ? [{ code, geometry }] : [])), parents }
}

/** Codes of the areas above, the nearest first. */
function codesAbove(code: string): string[] {
  const parent = parentCodeOf(code)
  return parent === null ? [] : [parent, ...codesAbove(parent)]
}

/** An area that ends: merged, dissolved or recoded. */
export interface Retirement {
  readonly code: string
  readonly gridKind?: GridKind
  /** The area that takes its place, in force on the first day without the old one. */
  readonly successorCode?: string
}

/** Ends areas; `on` is the first day without them. Refused while an area below one of them stays in force, so nothing is left hanging. */
export async function retireAreas(doing: Doing, retirements: readonly Retirement[], on: LocalDate): Promise<void> {
  await inTransaction<store.TerritoryTables, void>(doing.database, async (tx) => {
    await store.lockAreas(tx)
    await retireIn(tx, doing, retirements, on)
  })
}

/** The same in the caller's transaction, which holds the areas locked. */
export async function retireIn(tx: TerritoryTx, doing: Doing, retirements: readonly Retirement[], on: LocalDate): Promise<void> {
  const codes = retirements.flatMap(({ code, successorCode }) => [code, successorCode ?? []].flat())
  const known = new Map((await store.versionsOfCodes(tx, on, codes)).map((version) => [areaKey(version.code, version.gridKind), version]))
  const get = (code: string, gridKind: GridKind | undefined): AreaVersion => {
    const found = known.get(areaKey(code, gridKind ?? null))
    if (!found) throw refuse.unknownArea({ code, on })
    return found
  }
  const ending = retirements.map(({ code, gridKind, successorCode }) => ({
    version: get(code, gridKind),
    successorId: successorCode === undefined ? null : get(successorCode, gridKind).areaId,
  }))
  const ids = new Set(ending.map(({ version }) => version.areaId))
  const child = (await store.versionsBelow(tx, on, [...ids])).find(({ areaId }) => !ids.has(areaId))
  if (child) throw refuse.hasChildren({ code: parentCodeOf(child.code) ?? '', child: child.code, on })
  const early = ending.find(({ version }) => version.validFrom >= on)
  if (early) throw refuse.endsTooEarly({ code: early.version.code, from: early.version.validFrom, on })
  await store.putEdition(tx, newId())
  await store.closeVersions(
    tx,
    ending.map(({ version, successorId }) => ({ id: version.id, validTo: on, successorId })),
    doing.clock.now(),
  )
  const counts = countByDistrict(retirements.map(({ code }) => code))
  const touched = await districtsAmong(tx, [...counts.keys()], addDays(on, -1))
  await emit(
    tx,
    doing,
    touched.map((district) => territoryRetired(doing, district, { areas: counts.get(district.code) ?? 0, validTo: on })),
  )
}

async function* numbered(rows: CodeRows): AsyncGenerator<NumberedRow> {
  let line = 1
  for await (const row of rows) yield { line: (line += 1), row }
}
