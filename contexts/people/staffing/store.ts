import { sql, type RawBuilder } from 'kysely'
import type { Instant } from '#kernel/clock.ts'
import type { Tx } from '#platform/database/database.ts'
import type { Scope } from '../lifecycle.ts'
import type { ListedOrganisation, PeopleTables } from '../store.ts'

/** A person with the account, if there is one. */
export interface ListedPerson {
  id: string
  code: string
  name: string
  sample: boolean
  accountId: string | null
  login: string | null
  mustChangePassword: boolean | null
  lockedUntil: Instant | null
  hasFactor: boolean
}

function persons(tx: Tx<PeopleTables>) {
  return tx
    .selectFrom('people.person as person')
    .leftJoin('people.account as account', 'account.personId', 'person.id')
    .select(['person.id', 'person.code', 'person.name', 'person.sample'])
    .select(['account.id as accountId', 'account.login', 'account.mustChangePassword', 'account.lockedUntil'])
    .select(sql<boolean>`exists (select from people.second_factor f where f.account_id = account.id and f.confirmed_at is not null)`.as('hasFactor'))
}

/** Persons by staff number: those with a post that `visible` (over the columns of posts) covers; whoever is covered everywhere sees those without one too. */
export async function listPersons(
  tx: Tx<PeopleTables>,
  visible: RawBuilder<boolean>,
  filter: { q?: string | undefined; after?: string | undefined; limit: number },
): Promise<ListedPerson[]> {
  const seen = tx.selectFrom('people.person as own').leftJoin('people.post as post', 'post.personId', 'own.id').select('own.id').where(visible)
  let query = persons(tx).where('person.id', 'in', seen)
  if (filter.q !== undefined)
    query = query.where(
      sql<boolean>`position(lower(${filter.q}) in lower(person.code || ' ' || person.name || ' ' || coalesce(account.login, ''))) > 0`,
    )
  if (filter.after !== undefined) query = query.where('person.code', '>', filter.after)
  return query.orderBy('person.code').limit(filter.limit).execute()
}

/** One person; the account's row stays locked until the transaction ends. */
export async function lockPerson(tx: Tx<PeopleTables>, id: string): Promise<ListedPerson | undefined> {
  await tx.selectFrom('people.account').select('id').where('personId', '=', id).forUpdate().execute()
  return persons(tx).where('person.id', '=', id).executeTakeFirst()
}

export async function findOrganisation(tx: Tx<PeopleTables>, id: string): Promise<ListedOrganisation | undefined> {
  return tx.selectFrom('people.organisation').selectAll().where('id', '=', id).executeTakeFirst()
}

/** Sets a password that its person must change, ends every session and takes a lock away. */
export async function replacePassword(tx: Tx<PeopleTables>, accountId: string, passwordHash: string, at: Instant): Promise<void> {
  await tx
    .updateTable('people.account')
    .set({ passwordHash, passwordChangedAt: at, mustChangePassword: true, failedAttempts: 0, lockedUntil: null })
    .where('id', '=', accountId)
    .execute()
  await deleteSessions(tx, accountId)
}

export async function deleteSessions(tx: Tx<PeopleTables>, accountId: string): Promise<void> {
  await tx.deleteFrom('people.session').where('accountId', '=', accountId).execute()
}

/** Roles with their names, in order of code. */
export async function listRoles(tx: Tx<PeopleTables>) {
  const roles = await tx.selectFrom('people.role').selectAll().orderBy('code').execute()
  const rows = await tx.selectFrom('people.rolePermission').select(['role', 'permission', 'scope']).orderBy('permission').orderBy('scope').execute()
  const held = Map.groupBy(rows, ({ role }) => role)
  return roles.map((role) => ({
    ...role,
    rights: (held.get(role.code) ?? []).map(({ permission, scope }) => ({ permission, scope: scope as Scope })),
  }))
}
