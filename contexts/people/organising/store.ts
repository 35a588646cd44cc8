import { sql, type RawBuilder } from 'kysely'
import type { LocalDate } from '#kernel/clock.ts'
import type { Wording } from '#kernel/refusal.ts'
import { insertRows, type Tx } from '#platform/database/database.ts'
import type { FormerName, Tie } from './tie-row.ts'
import type { ListedOrganisation, PeopleTables } from '../store.ts'

type OrganisingTx = Tx<PeopleTables>

export async function lockOrganisation(tx: OrganisingTx, id: string): Promise<ListedOrganisation | undefined> {
  return tx.selectFrom('people.organisation').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
}

/** Former names of these organisations, the oldest first. */
export async function formerNames(tx: OrganisingTx, ids: readonly string[]): Promise<FormerName[]> {
  return ids.length === 0 ? [] : tx.selectFrom('people.formerName').selectAll().where('organisationId', 'in', ids).orderBy('validTo').execute()
}

/** Gives a new name from `on` on; the one before is kept with its days. A name that would not have held for a day leaves nothing behind. */
export async function rename(
  tx: OrganisingTx,
  { id, name: before }: ListedOrganisation,
  name: Wording,
  { from, on }: { from: LocalDate; on: LocalDate },
) {
  if (from < on) await insertRows(tx, 'people.former_name', [{ organisationId: id, validFrom: from, validTo: on, name: before }])
  await tx
    .updateTable('people.organisation')
    .set((of) => ({ name: JSON.stringify(name), rowVersion: of('rowVersion', '+', 1) }))
    .where('id', '=', id)
    .execute()
}

export async function setOrganisationEnd(tx: OrganisingTx, id: string, validTo: LocalDate): Promise<void> {
  await tx
    .updateTable('people.organisation')
    .set((of) => ({ validTo, rowVersion: of('rowVersion', '+', 1) }))
    .where('id', '=', id)
    .execute()
}

const notOver = (column: string, on: LocalDate): RawBuilder<boolean> => sql<boolean>`coalesce(${sql.ref(column)} > ${on}::date, true)`

/** How many organisations stand below one on a day. */
export async function countBelow(tx: OrganisingTx, id: string, on: LocalDate): Promise<number> {
  const rows = await tx.selectFrom('people.organisation').select('id').where('parentId', '=', id).where(notOver('validTo', on)).execute()
  return rows.length
}

export async function postsOfOrganisation(tx: OrganisingTx, id: string, on: LocalDate) {
  return tx.selectFrom('people.post').selectAll().where('organisationId', '=', id).where(notOver('validTo', on)).orderBy('id').forUpdate().execute()
}

/** Ends the posts of an organisation that are not over; one that has not begun ends before its first day. */
export async function endPosts(tx: OrganisingTx, organisationId: string, on: LocalDate): Promise<void> {
  await sql`update people.post set valid_to = greatest(valid_from, ${on}::date)
    where organisation_id = ${organisationId} and coalesce(valid_to > ${on}::date, true)`.execute(tx)
}

export async function endTiesOf(tx: OrganisingTx, organisationId: string, on: LocalDate): Promise<void> {
  await sql`update people.organisation_tie set valid_to = greatest(valid_from, ${on}::date)
    where (organisation_id = ${organisationId} or other_id = ${organisationId}) and coalesce(valid_to > ${on}::date, true)`.execute(tx)
}

export async function insertTie(tx: OrganisingTx, tie: Tie): Promise<void> {
  await insertRows(tx, 'people.organisation_tie', [tie])
}

export async function lockTie(tx: OrganisingTx, id: string): Promise<Tie | undefined> {
  return tx.selectFrom('people.organisationTie').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
}

export async function findTie(tx: OrganisingTx, { kind, organisationId, otherId }: Omit<Tie, 'id' | 'validFrom' | 'validTo'>, on: LocalDate) {
  const same = tx.selectFrom('people.organisationTie').selectAll().where('kind', '=', kind)
  return same.where('organisationId', '=', organisationId).where('otherId', '=', otherId).where(notOver('validTo', on)).executeTakeFirst()
}

export async function setTieEnd(tx: OrganisingTx, id: string, validTo: LocalDate): Promise<void> {
  await tx.updateTable('people.organisationTie').set({ validTo }).where('id', '=', id).execute()
}

export interface ListedTie extends Tie {
  organisationName: Wording
  otherName: Wording
}

/** Ties in force on a day of organisations that `visible` (over the columns of organisations) covers, inside an area. */
export async function listTies(
  tx: OrganisingTx,
  visible: RawBuilder<boolean>,
  { within, on }: { within: string; on: LocalDate },
): Promise<ListedTie[]> {
  return tx
    .selectFrom('people.organisationTie as tie')
    .innerJoin('people.organisation as organisation', 'organisation.id', 'tie.organisationId')
    .innerJoin('people.organisation as other', 'other.id', 'tie.otherId')
    .selectAll('tie')
    .select(['organisation.name as organisationName', 'other.name as otherName'])
    .where(visible)
    .where('organisation.areaCode', 'like', `${within}%`)
    .where(notOver('tie.validTo', on))
    .orderBy('organisation.code')
    .orderBy('tie.id')
    .execute()
}
