import { sql, type ColumnType, type RawBuilder } from 'kysely'
import type { Instant, LocalDate } from '#kernel/clock.ts'
import { newId } from '#kernel/id.ts'
import type { Wording } from '#kernel/refusal.ts'
import { insertRows, type Tx } from '#platform/database/database.ts'
import type { DirectoryOrganisation, DirectoryPost } from './duty.ts'
import type { OrganisationKind, Scope } from './lifecycle.ts'
import type { OrganisingTables } from './organising/tie-row.ts'
import type { LinkTables } from './participants/link-row.ts'
import type { StandInTables } from './stand-in/stand-in-row.ts'

interface OrganisationRow {
  id: string
  code: string
  name: ColumnType<Wording, string, string>
  kind: OrganisationKind
  lineOrBlock: 'line' | 'block'
  functionCode: string | null
  creditCode: string | null
  areaCode: string
  parentId: string | null
  validFrom: LocalDate
  validTo: LocalDate | null
  rowVersion: number
}

interface PostRow {
  id: string
  personId: string
  organisationId: string
  role: string
  areaCode: string
  validFrom: LocalDate
  validTo: LocalDate | null
}

interface AccountRow {
  id: string
  personId: string
  login: string
  passwordHash: string
  passwordChangedAt: Instant
  mustChangePassword: boolean
  failedAttempts: number
  lockedUntil: Instant | null
}

/** Tables of people (database/migrations/0003_people.sql). */
export interface PeopleTables extends OrganisingTables, LinkTables, StandInTables {
  'people.organisation': OrganisationRow
  'people.person': { id: string; code: string; name: string; sample: boolean }
  'people.account': AccountRow
  'people.role': { code: string; name: ColumnType<Wording, string, string> }
  'people.rolePermission': { role: string; permission: string; scope: Scope }
  'people.post': PostRow
  'people.session': { tokenHash: string; accountId: string; createdAt: Instant; lastSeenAt: Instant; expiresAt: Instant }
}

/** Sees a caller's transaction as ours, so that the door works inside any context's transaction. */
export function peopleTx<T>(tx: Tx<T>): Tx<PeopleTables> {
  return tx as unknown as Tx<PeopleTables>
}

/** A post as lists show it. */
export interface ListedPost extends PostRow {
  personName: string
  organisationName: Wording
  roleName: Wording
}

function postsWithNames(tx: Tx<PeopleTables>) {
  return tx
    .selectFrom('people.post as post')
    .innerJoin('people.person as person', 'person.id', 'post.personId')
    .innerJoin('people.organisation as organisation', 'organisation.id', 'post.organisationId')
    .innerJoin('people.role as role', 'role.code', 'post.role')
    .selectAll('post')
    .select(['person.name as personName', 'organisation.name as organisationName', 'role.name as roleName'])
}

/** Column names of the two lists, as the policy needs them. */
export const organisationColumns = { areaCode: 'organisation.area_code', organisationId: 'organisation.id' } as const
export const postColumns = { areaCode: 'post.area_code', organisationId: 'post.organisation_id' } as const

export interface PostFilter {
  readonly organisationId?: string | undefined
  readonly role?: string | undefined
  /** Only posts whose area code begins so. */
  readonly within?: string | undefined
  /** Part of the person's name or staff number, or of the organisation's name. */
  readonly q?: string | undefined
  /** Only posts in force on this day. */
  readonly on?: LocalDate | undefined
  readonly after?: string | undefined
  readonly limit: number
}

function nameText(alias: string): RawBuilder<string> {
  return sql<string>`concat_ws(' ', ${sql.ref(`${alias}.name`)} ->> 'zh', ${sql.ref(`${alias}.name`)} ->> 'en')`
}

// By position and not by pattern, so that nothing a person types has a meaning of its own.
function holdsWords(text: RawBuilder<unknown>, words: string): RawBuilder<boolean> {
  return sql<boolean>`position(lower(${words}) in lower(${text})) > 0`
}

/** Posts in the order in which they were made. */
export async function listPosts(tx: Tx<PeopleTables>, visible: RawBuilder<boolean>, filter: PostFilter): Promise<ListedPost[]> {
  let query = postsWithNames(tx).where(visible)
  if (filter.organisationId !== undefined) query = query.where('post.organisationId', '=', filter.organisationId)
  if (filter.role !== undefined) query = query.where('post.role', '=', filter.role)
  if (filter.within !== undefined) query = query.where('post.areaCode', 'like', `${filter.within}%`)
  if (filter.q !== undefined) query = query.where(holdsWords(sql`person.name || ' ' || person.code || ' ' || ${nameText('organisation')}`, filter.q))
  const { on } = filter
  if (on !== undefined)
    query = query.where('post.validFrom', '<=', on).where((e) => e.or([e('post.validTo', 'is', null), e('post.validTo', '>', on)]))
  if (filter.after !== undefined) query = query.where('post.id', '>', filter.after)
  return query.orderBy('post.id').limit(filter.limit).execute()
}

export async function postsByIds(tx: Tx<PeopleTables>, ids: readonly string[]): Promise<ListedPost[]> {
  return ids.length === 0 ? [] : postsWithNames(tx).where('post.id', 'in', ids).orderBy('post.id').execute()
}

/** Locks one post. */
export async function lockPost(tx: Tx<PeopleTables>, id: string): Promise<ListedPost | undefined> {
  return postsWithNames(tx).where('post.id', '=', id).forUpdate('post').executeTakeFirst()
}

/** Ids of the posts of a role in force on a day, locked, so that two ends at once cannot both leave the other as the last. */
export async function lockPostsOfRole(tx: Tx<PeopleTables>, role: string, on: LocalDate): Promise<string[]> {
  const rows = await tx
    .selectFrom('people.post')
    .select('id')
    .where('role', '=', role)
    .where('validFrom', '<=', on)
    .where((e) => e.or([e('validTo', 'is', null), e('validTo', '>', on)]))
    .orderBy('id')
    .forUpdate()
    .execute()
  return rows.map((row) => row.id)
}

export async function setPostEnd(tx: Tx<PeopleTables>, id: string, validTo: LocalDate): Promise<void> {
  await tx.updateTable('people.post').set({ validTo }).where('id', '=', id).execute()
}

export interface ListedOrganisation extends Omit<OrganisationRow, 'name'> {
  name: Wording
}

/** Organisations in the order of their codes. */
export async function listOrganisations(
  tx: Tx<PeopleTables>,
  visible: RawBuilder<boolean>,
  filter: { kind?: OrganisationKind | undefined; within?: string | undefined; q?: string | undefined; after?: string | undefined; limit: number },
): Promise<ListedOrganisation[]> {
  let query = tx.selectFrom('people.organisation as organisation').selectAll().where(visible)
  if (filter.kind !== undefined) query = query.where('kind', '=', filter.kind)
  if (filter.within !== undefined) query = query.where('areaCode', 'like', `${filter.within}%`)
  if (filter.q !== undefined) query = query.where(holdsWords(sql`organisation.code || ' ' || ${nameText('organisation')}`, filter.q))
  if (filter.after !== undefined) query = query.where('code', '>', filter.after)
  return query.orderBy('code').limit(filter.limit).execute()
}

export async function allOrganisations(tx: Tx<PeopleTables>): Promise<DirectoryOrganisation[]> {
  return tx
    .selectFrom('people.organisation')
    .select(['id', 'code', 'name', 'kind', 'lineOrBlock', 'functionCode', 'areaCode', 'validFrom', 'validTo'])
    .execute()
}

export async function allPosts(tx: Tx<PeopleTables>): Promise<DirectoryPost[]> {
  return tx
    .selectFrom('people.post as post')
    .innerJoin('people.person as person', 'person.id', 'post.personId')
    .select([
      'post.id',
      'post.organisationId',
      'post.personId',
      'person.name as personName',
      'post.role',
      'post.areaCode',
      'post.validFrom',
      'post.validTo',
    ])
    .execute()
}

/** Districts that hold rows of their own (platform.district). */
export async function openDistricts<T>(tx: Tx<T>): Promise<string[]> {
  const { rows } = await sql<{ code: string }>`select code from platform.district order by code`.execute(tx)
  return rows.map((row) => row.code)
}

/** Serialises everything that could make somebody an administrator, until the transaction ends. */
export async function lockAdministratorRoles(tx: Tx<PeopleTables>, roles: readonly string[]): Promise<void> {
  await tx.selectFrom('people.role').select('code').where('code', 'in', roles).orderBy('code').forUpdate().execute()
}

export async function hasAccounts(tx: Tx<PeopleTables>): Promise<boolean> {
  return (await tx.selectFrom('people.account').select('id').limit(1).executeTakeFirst()) !== undefined
}

/** Keys and ids of everything that a staff file may refer to. */
export async function readStaffKeys(tx: Tx<PeopleTables>): Promise<{
  roles: Set<string>
  organisations: Map<string, string>
  persons: Map<string, string>
  logins: Map<string, string>
}> {
  const [roles, organisations, persons, accounts] = await Promise.all([
    tx.selectFrom('people.role').select('code').execute(),
    tx.selectFrom('people.organisation').select(['id', 'code']).execute(),
    tx.selectFrom('people.person').select(['id', 'code']).execute(),
    tx
      .selectFrom('people.account as account')
      .innerJoin('people.person as person', 'person.id', 'account.personId')
      .select(['account.login', 'person.code'])
      .execute(),
  ])
  return {
    roles: new Set(roles.map((row) => row.code)),
    organisations: new Map(organisations.map((row) => [row.code, row.id])),
    persons: new Map(persons.map((row) => [row.code, row.id])),
    logins: new Map(accounts.map((row) => [row.login, row.code])),
  }
}

export async function postsOfPersons(tx: Tx<PeopleTables>, personIds: readonly string[]): Promise<PostRow[]> {
  return personIds.length === 0 ? [] : tx.selectFrom('people.post').selectAll().where('personId', 'in', personIds).execute()
}

/** New rows of a staff file, one statement per table. */
export async function insertStaff(
  tx: Tx<PeopleTables>,
  rows: {
    organisations: readonly Omit<ListedOrganisation, 'rowVersion'>[]
    persons: readonly PeopleTables['people.person'][]
    accounts: readonly Omit<AccountRow, 'failedAttempts' | 'lockedUntil'>[]
    posts: readonly PostRow[]
  },
): Promise<void> {
  await insertRows(tx, 'people.organisation', rows.organisations)
  await insertRows(tx, 'people.person', rows.persons)
  await insertRows(tx, 'people.account', rows.accounts)
  await insertRows(tx, 'people.post', rows.posts)
}

/** One look at personal data. */
export interface ReadTraceRow {
  districtCode: string
  subjectKind: string
  subjectId: string
  field: string
  purpose: string
  readerPersonId: string
  readerPostId: string | null
  requestId: string
  readAt: Instant
}

export async function insertReadTraces<T>(tx: Tx<T>, rows: readonly ReadTraceRow[]): Promise<void> {
  await insertRows(
    tx,
    'people.read_trace',
    rows.map((row) => ({ ...row, id: newId() })),
  )
}

/** A look as an auditor reads it. */
export interface LookRow extends Omit<ReadTraceRow, 'districtCode'> {
  id: string
}

/** Looks at personal fields in a district, the latest first; ids are in the order of time. */
export async function listLooksOf<T>(
  tx: Tx<T>,
  districtCode: string,
  filter: {
    since?: Instant | undefined
    until?: Instant | undefined
    readerPersonIds?: readonly string[] | undefined
    after?: string | undefined
    limit: number
  },
): Promise<LookRow[]> {
  const { since, until, readerPersonIds, after, limit } = filter
  const parts = [
    sql<boolean>`district_code = ${districtCode}`,
    since === undefined ? undefined : sql<boolean>`read_at >= ${since}`,
    until === undefined ? undefined : sql<boolean>`read_at < ${until}`,
    readerPersonIds === undefined ? undefined : sql<boolean>`reader_person_id = any(${readerPersonIds}::uuid[])`,
    after === undefined ? undefined : sql<boolean>`id < ${after}::uuid`,
  ].filter((part) => part !== undefined)
  const { rows } = await sql<LookRow>`
    select id, subject_kind, subject_id, field, purpose, reader_person_id, reader_post_id, request_id, read_at
      from people.read_trace where ${sql.join(parts, sql` and `)} order by id desc limit ${limit}`.execute(tx)
  return rows
}
