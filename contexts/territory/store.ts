import { sql } from 'kysely'
import type { Instant, LocalDate } from '#kernel/clock.ts'
import type { Wording } from '#kernel/refusal.ts'
import { insertRows, type Tx } from '#platform/database/database.ts'
import type { AreaLevel, GridKind } from './area.ts'
import type { AreaVersion } from './area-history.ts'
import type { Datum } from './datum.ts'
import { boxOf, type Box, type Geometry } from './geometry.ts'

interface AreaTable {
  id: string
  level: AreaLevel
  gridKind: GridKind | 'none'
}

interface AreaVersionTable {
  id: string
  areaId: string
  level: AreaLevel
  gridKind: GridKind | 'none'
  code: string
  name: Wording
  parentId: string | null
  administeringParentId: string | null
  validFrom: LocalDate
  validTo: LocalDate | null
  successorId: string | null
  sourceKey: string | null
  geometry: Geometry | null
  sourceDatum: Datum | null
  west: number | null
  south: number | null
  east: number | null
  north: number | null
  changedAt: Instant
}

/** Tables that this context may name. */
export interface TerritoryTables {
  'territory.area': AreaTable
  'territory.area_version': AreaVersionTable
  'territory.edition': { onlyRow: boolean; id: string }
}

type TerritoryTx = Tx<TerritoryTables>

const columns = [
  'id',
  'areaId',
  'level',
  'gridKind',
  'code',
  'name',
  'parentId',
  'administeringParentId',
  'validFrom',
  'validTo',
  'successorId',
  'sourceKey',
  'geometry',
  'sourceDatum',
] as const

/** Imports take turns; readers are not held up. */
export async function lockAreas(tx: TerritoryTx): Promise<void> {
  await sql`lock table territory.area_version in share row exclusive mode`.execute(tx)
}

/** Versions of these codes or keys that are in force on a day or later. */
export async function versionsFrom(tx: TerritoryTx, day: LocalDate, codes: readonly string[], keys: readonly string[]): Promise<AreaVersion[]> {
  const rows = await tx
    .selectFrom('territory.area_version')
    .select(columns)
    .where((where) => where.or([where('validTo', 'is', null), where('validTo', '>', day)]))
    .where(sql<boolean>`(code = any(${codes}::text[]) or source_key = any(${keys}::text[]))`)
    .execute()
  return rows.map(versionOf)
}

/** Every version in force on a day. */
export async function versionsOn(tx: TerritoryTx, day: LocalDate): Promise<AreaVersion[]> {
  return (await inForce(tx, day).execute()).map(versionOf)
}

/** Versions in force on a day of these codes. */
export async function versionsOfCodes(tx: TerritoryTx, day: LocalDate, codes: readonly string[]): Promise<AreaVersion[]> {
  const rows = await inForce(tx, day)
    .where(sql<boolean>`code = any(${codes}::text[])`)
    .execute()
  return rows.map(versionOf)
}

/** Versions in force on a day directly below these areas. */
export async function versionsBelow(tx: TerritoryTx, day: LocalDate, parentIds: readonly string[]): Promise<AreaVersion[]> {
  const rows = await inForce(tx, day)
    .where(sql<boolean>`parent_id = any(${parentIds}::uuid[])`)
    .execute()
  return rows.map(versionOf)
}

/** Versions with a border, in force on a day, of one level and kind, whose box meets `box`, below `within` (a code, `''` for all). */
export async function borderedIn(
  tx: TerritoryTx,
  day: LocalDate,
  choice: { level: AreaLevel; gridKind: GridKind | null; box?: Box | undefined; within: string; limit?: number },
): Promise<AreaVersion[]> {
  const { level, gridKind, box, within, limit = 1_000_000 } = choice
  let query = inForce(tx, day)
    .where('level', '=', level)
    .where('gridKind', '=', gridKind ?? 'none')
    .where('geometry', 'is not', null)
    .where(sql<boolean>`starts_with(code, ${within})`)
  // As the index area_version_box has it.
  if (box)
    query = query.where(
      sql<boolean>`box(point(west, south), point(east, north)) && box(point(${box.west}, ${box.south}), point(${box.east}, ${box.north}))`,
    )
  return (await query.orderBy('code').limit(limit).execute()).map(versionOf)
}

/** Versions with a border, in force on a day, of one level and kind, anywhere below these codes. */
export async function borderedBelow(
  tx: TerritoryTx,
  day: LocalDate,
  { level, gridKind }: { level: AreaLevel; gridKind: GridKind | null },
  above: readonly string[],
): Promise<AreaVersion[]> {
  const rows = await inForce(tx, day)
    .where('level', '=', level)
    .where('gridKind', '=', gridKind ?? 'none')
    .where('geometry', 'is not', null)
    .where(sql<boolean>`exists (select from unnest(${above}::text[]) prefix where starts_with(code, prefix))`)
    .execute()
  return rows.map(versionOf)
}

/** The version of an area on a day, or its last one before it. */
export async function versionOfArea(tx: TerritoryTx, areaId: string, day: LocalDate): Promise<AreaVersion | undefined> {
  const row = await tx
    .selectFrom('territory.area_version')
    .select(columns)
    .where('areaId', '=', areaId)
    .where('validFrom', '<=', day)
    .orderBy('validFrom', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && versionOf(row)
}

/** Codes of a level that were ever given below these parents. */
export async function codesEverUsed(tx: TerritoryTx, level: AreaLevel, gridKind: GridKind | null, prefixes: readonly string[]): Promise<string[]> {
  const rows = await tx
    .selectFrom('territory.area_version')
    .select('code')
    .distinct()
    .where('level', '=', level)
    .where('gridKind', '=', gridKind ?? 'none')
    .where(sql<boolean>`exists (select from unnest(${prefixes}::text[]) prefix where starts_with(code, prefix))`)
    .execute()
  return rows.map(({ code }) => code)
}

/** Writes identities of areas that nobody knew. */
export async function insertAreas(tx: TerritoryTx, versions: readonly AreaVersion[]): Promise<void> {
  await insertRows(
    tx,
    'territory.area',
    versions.map(({ areaId, level, gridKind }) => ({ id: areaId, level, gridKind: gridKind ?? 'none' })),
  )
}

export async function insertVersions(tx: TerritoryTx, versions: readonly AreaVersion[], changedAt: Instant): Promise<void> {
  await insertRows(
    tx,
    'territory.area_version',
    versions.map((version) => rowOf(version, changedAt)),
  )
}

/** Puts the content of versions right in place; code and first day stay. */
export async function correctVersions(tx: TerritoryTx, versions: readonly AreaVersion[], changedAt: Instant): Promise<void> {
  const records = versions.map((version) => {
    const { parentId, administeringParentId, sourceKey, sourceDatum, ...row } = rowOf(version, changedAt)
    return {
      ...row,
      parent_id: parentId,
      administering_parent_id: administeringParentId,
      source_key: sourceKey,
      source_datum: sourceDatum,
      changed_at: changedAt,
    }
  })
  await sql`
    update territory.area_version v
    set name = r.name, parent_id = r.parent_id, administering_parent_id = r.administering_parent_id, source_key = r.source_key, geometry = r.geometry,
      source_datum = r.source_datum, west = r.west, south = r.south, east = r.east, north = r.north, changed_at = r.changed_at
    from jsonb_populate_recordset(null::territory.area_version, ${JSON.stringify(records)}::jsonb) r
    where v.id = r.id`.execute(tx)
}

/** Ends versions; `validTo` is the first day on which they no longer hold. */
export async function closeVersions(
  tx: TerritoryTx,
  ends: readonly { id: string; validTo: LocalDate; successorId?: string | null }[],
  changedAt: Instant,
): Promise<void> {
  if (ends.length === 0) return
  const records = ends.map(({ id, validTo, successorId }) => ({ id, valid_to: validTo, successor_id: successorId ?? null }))
  await sql`
    update territory.area_version v
    set valid_to = r.valid_to, successor_id = coalesce(r.successor_id, v.successor_id), changed_at = ${changedAt}
    from jsonb_populate_recordset(null::territory.area_version, ${JSON.stringify(records)}::jsonb) r
    where v.id = r.id`.execute(tx)
}

/** A new edition of the territory: processes that hold the one before will load it. */
export async function putEdition(tx: TerritoryTx, id: string): Promise<void> {
  await tx
    .insertInto('territory.edition')
    .values({ onlyRow: true, id })
    .onConflict((conflict) => conflict.column('onlyRow').doUpdateSet({ id }))
    .execute()
}

/** Identity of the edition in force; empty while there are no areas. */
export async function getEdition(tx: TerritoryTx): Promise<string> {
  const row = await tx.selectFrom('territory.edition').select('id').executeTakeFirst()
  return row?.id ?? ''
}

function inForce(tx: TerritoryTx, day: LocalDate) {
  return tx
    .selectFrom('territory.area_version')
    .select(columns)
    .where('validFrom', '<=', day)
    .where((where) => where.or([where('validTo', 'is', null), where('validTo', '>', day)]))
}

function versionOf({ gridKind, sourceKey, sourceDatum, ...row }: Pick<AreaVersionTable, (typeof columns)[number]>): AreaVersion {
  return { ...row, gridKind: gridKind === 'none' ? null : gridKind, key: sourceKey, datum: sourceDatum }
}

function rowOf({ gridKind, key, datum, ...version }: AreaVersion, changedAt: Instant): AreaVersionTable {
  const box = version.geometry ? boxOf(version.geometry) : { west: null, south: null, east: null, north: null }
  return { ...version, gridKind: gridKind ?? 'none', sourceKey: key, sourceDatum: datum, ...box, changedAt }
}
