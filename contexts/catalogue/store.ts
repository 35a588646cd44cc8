import { sql } from 'kysely'
import type { Instant, LocalDate } from '#kernel/clock.ts'
import type { Wording } from '#kernel/refusal.ts'
import { insertRows, type Tx } from '#platform/database/database.ts'
import type { MatterVersion } from './catalogue.ts'
import { conditionOfRow, rowsOfConditions, type ConditionTable } from './condition-row.ts'
import type { CommitteeTables } from './committee/store.ts'
import type { DelegationTables } from './delegating/store.ts'
import type { DutyList, MatterKind, MatterState, VersionStatus, WorkKind } from './lifecycle.ts'
import type { CatalogueWord, MatterText } from './matter.ts'
import type { TimingTables } from './timing/store.ts'

export interface CatalogueTables extends TimingTables, DelegationTables, CommitteeTables {
  'catalogue.revision': { sole: boolean; number: number }
  'catalogue.matter': { id: string; standard: string; kind: MatterKind; code: string }
  'catalogue.matter_version': VersionTable
  'catalogue.filing_condition': ConditionTable
}
export type CatalogueTx = Tx<CatalogueTables>

interface VersionTable {
  id: string
  matterId: string
  number: number
  status: VersionStatus
  effectiveFrom: LocalDate | null
  effectiveTo: LocalDate | null
  name: Wording
  category: Wording | null
  words: CatalogueWord[]
  duty: DutyList | null
  workKind: WorkKind
  legalBasis: Wording | null
  rowVersion: number
  savedAt: Instant
  savedBy: string | null
  savedByCommand: string
  publishedAt: Instant | null
  publishedBy: string | null
  publishedByCommand: string | null
}

/** Another context's transaction, seen with the catalogue's tables. */
export function ownTables<T>(tx: Tx<T>): CatalogueTx {
  return tx as unknown as CatalogueTx
}

export async function readRevision(tx: CatalogueTx): Promise<number> {
  return (await tx.selectFrom('catalogue.revision').select('number').executeTakeFirstOrThrow()).number
}

/** Writers take turns from here to their commit, so two people cannot make the same version number or overlap two versions. */
export async function lockCatalogue(tx: CatalogueTx): Promise<number> {
  return (await tx.selectFrom('catalogue.revision').select('number').forUpdate().executeTakeFirstOrThrow()).number
}

/** Says that the catalogue changed; processes that hold it in memory load it anew. */
export async function setRevision(tx: CatalogueTx, number: number): Promise<void> {
  await tx.updateTable('catalogue.revision').set({ number }).execute()
}

export interface VersionFilter {
  readonly matterIds?: readonly string[]
  readonly versionId?: string
  /** Only versions that were ever published. */
  readonly published?: boolean
}

/** Versions with their conditions, by code and number. Without a filter all of them. */
export async function readVersions(tx: CatalogueTx, { matterIds, versionId, published }: VersionFilter = {}): Promise<MatterVersion[]> {
  let query = tx.selectFrom('catalogue.matter_version as v').innerJoin('catalogue.matter as m', 'm.id', 'v.matterId')
  if (matterIds !== undefined) query = query.where('v.matterId', 'in', matterIds)
  if (versionId !== undefined) query = query.where('v.id', '=', versionId)
  if (published === true) query = query.where('v.status', '<>', 'draft')
  const named = query.selectAll('v').select(['m.standard', 'm.kind', 'm.code'])
  const versions = await named.orderBy('m.code').orderBy('m.standard').orderBy('m.kind').orderBy('v.number').execute()
  if (versions.length === 0) return []
  let own = tx.selectFrom('catalogue.filing_condition').selectAll().orderBy('ordinal')
  // A few are asked for by id; of many, reading all is cheaper than naming them.
  if (versions.length < 500)
    own = own.where(
      'matterVersionId',
      'in',
      versions.map((version) => version.id),
    )
  const conditions = Map.groupBy(await own.execute(), (row) => row.matterVersionId)
  return versions.map((version) => versionFrom(version, conditions.get(version.id) ?? []))
}

export interface MatterFilter {
  readonly search: string | undefined
  readonly state: MatterState | undefined
  /** The day on which `in_force` is asked. */
  readonly on: LocalDate
  /** Key (code, standard, kind) of the last matter of the page before. */
  readonly after: readonly (string | number)[] | undefined
  readonly limit: number
}

/** Matters by code, standard and kind. */
export async function readMatters(
  tx: CatalogueTx,
  { search, state, on, after, limit }: MatterFilter,
): Promise<CatalogueTables['catalogue.matter'][]> {
  const key = sql`(m.code, m.standard, m.kind)`
  const pattern = (search ?? '').replace(/[\\%_]/g, '\\$&')
  const { rows } = await sql<CatalogueTables['catalogue.matter']>`
    select m.id, m.standard, m.kind, m.code from catalogue.matter m
    where (${search ?? null}::text is null or m.code like ${`${pattern}%`}
        or exists (select 1 from catalogue.matter_version v where v.matter_id = m.id and v.name ->> 'zh' like ${`%${pattern}%`}))
      and (${state ?? null}::text is null or exists (select 1 from catalogue.matter_version v where v.matter_id = m.id and case when ${state ?? null}::text = 'draft'
        then v.status = 'draft' else v.status = 'published' and v.effective_from <= ${on}::date and coalesce(v.effective_to > ${on}::date, true) end))
      and ${after === undefined ? sql`true` : sql`${key} > (${after[0]}, ${after[1]}, ${after[2]})`}
    order by ${key} limit ${limit}`.execute(tx)
  return rows
}

function versionFrom(row: VersionTable & { standard: string; kind: MatterKind; code: string }, conditions: readonly ConditionTable[]): MatterVersion {
  const { id, matterId, number, status, effectiveFrom, effectiveTo, rowVersion, publishedAt } = row
  const { standard, kind, code, name, category, words, duty, workKind, legalBasis } = row
  const head = { id, matterId, number, status, effectiveFrom, effectiveTo, rowVersion, publishedAt }
  return { ...head, standard, kind, code, name, category, words, duty, workKind, legalBasis, conditions: conditions.map(conditionOfRow) }
}

/** The draft or publication that a command made before, so that its repeat changes nothing. */
export async function findVersionOfCommand(
  tx: CatalogueTx,
  column: 'savedByCommand' | 'publishedByCommand',
  commandId: string,
): Promise<string | undefined> {
  return (await tx.selectFrom('catalogue.matter_version').select('id').where(column, '=', commandId).executeTakeFirst())?.id
}

export async function findMatterId(
  tx: CatalogueTx,
  { standard, kind, code }: Pick<MatterText, 'standard' | 'kind' | 'code'>,
): Promise<string | undefined> {
  const found = await tx
    .selectFrom('catalogue.matter')
    .select('id')
    .where('standard', '=', standard)
    .where('kind', '=', kind)
    .where('code', '=', code)
    .executeTakeFirst()
  return found?.id
}

/** Codes that are taken within a standard and kind. */
export async function readCodes(tx: CatalogueTx, standard: string, kind: MatterKind): Promise<string[]> {
  const rows = await tx.selectFrom('catalogue.matter').select('code').where('standard', '=', standard).where('kind', '=', kind).execute()
  return rows.map(({ code }) => code)
}

export async function insertMatters(tx: CatalogueTx, rows: readonly CatalogueTables['catalogue.matter'][]): Promise<void> {
  await insertRows(tx, 'catalogue.matter', rows)
}

export interface Stamp {
  readonly at: Instant
  readonly by: string | null
  readonly command: string
}

/** Inserts versions with their conditions, two statements whatever their number. Published ones carry the stamp of both saving and publishing. */
export async function insertVersions(tx: CatalogueTx, versions: readonly MatterVersion[], { at, by, command }: Stamp): Promise<void> {
  const rows = versions.map(({ status, ...version }): VersionTable => {
    const { id, matterId, number, effectiveFrom, effectiveTo, name, category, words, duty, workKind, legalBasis, rowVersion } = version
    const isDraft = status === 'draft'
    const text = { name, category, words, duty, workKind, legalBasis }
    const saved = { rowVersion, savedAt: at, savedBy: by, savedByCommand: command }
    const published = { publishedAt: isDraft ? null : at, publishedBy: isDraft ? null : by, publishedByCommand: isDraft ? null : command }
    return { id, matterId, number, status, effectiveFrom, effectiveTo, ...text, ...saved, ...published }
  })
  await insertRows(tx, 'catalogue.matter_version', rows)
  await insertRows(tx, 'catalogue.filing_condition', versions.flatMap(rowsOfConditions))
}

/** Drafts only: nothing points at them, so a changed draft is written anew under its old id. */
export async function deleteDrafts(tx: CatalogueTx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await tx.deleteFrom('catalogue.filing_condition').where('matterVersionId', 'in', ids).execute()
  await tx.deleteFrom('catalogue.matter_version').where('id', 'in', ids).where('status', '=', 'draft').execute()
}

export async function publishVersion(tx: CatalogueTx, id: string, effectiveTo: LocalDate | null, { at, by, command }: Stamp): Promise<void> {
  await tx
    .updateTable('catalogue.matter_version')
    .set((of) => ({
      status: 'published',
      effectiveTo,
      publishedAt: at,
      publishedBy: by,
      publishedByCommand: command,
      rowVersion: of('rowVersion', '+', 1),
    }))
    .where('id', '=', id)
    .execute()
}

export interface Ending {
  readonly id: string
  readonly effectiveTo: LocalDate
  readonly status: 'published' | 'retired'
}

/** Ends former versions, one statement for all. */
export async function endVersions(tx: CatalogueTx, endings: readonly Ending[]): Promise<void> {
  if (endings.length === 0) return
  const list = JSON.stringify(endings.map(({ id, effectiveTo, status }) => ({ id, effective_to: effectiveTo, status })))
  await sql`update catalogue.matter_version v set effective_to = e.effective_to, status = e.status, row_version = v.row_version + 1
    from jsonb_to_recordset(${list}::jsonb) e(id uuid, effective_to date, status text) where v.id = e.id`.execute(tx)
}
