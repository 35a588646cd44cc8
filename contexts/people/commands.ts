import type { Actor } from '#kernel/actor.ts'
import { localDate, type Instant, type LocalDate } from '#kernel/clock.ts'
import type { DistrictCode } from '#kernel/codes.ts'
import { newId } from '#kernel/id.ts'
import { inTransaction, type Tx } from '#platform/database/database.ts'
import { emit, type Doing } from '#platform/event.ts'
import { hashPassword, printedCost, standardCost } from '#platform/password.ts'
import { administratorRoles, findAdministratorClash } from './administrators.ts'
import { peopleEvent } from './events.ts'
import { homeDistrict } from './home-district.ts'
import { deleteSessionsOfPost } from './participants/store.ts'
import type { Policy } from './policy/store.ts'
import { refuse } from './refusals.ts'
import { checkPassword } from './sign-in/commands.ts'
import { signInSettings } from './sign-in/settings.ts'
import { StaffFile, staffFaults, type StaffFileText } from './staff-file.ts'
import * as store from './store.ts'

type PeopleTx = Tx<store.PeopleTables>
type StaffKeys = Awaited<ReturnType<typeof store.readStaffKeys>>
type NewStaff = Parameters<typeof store.insertStaff>[1]

/** How many rows of each kind an import added; the others were there already and stayed as they are. */
export type ImportReport = Readonly<Record<keyof NewStaff, { readonly added: number; readonly kept: number }>>

/**
 * Brings in organisations, persons, accounts and posts: all or nothing. Rows are known again by their keys, and what is there is never
 * changed, so a second run does nothing, gives no ended post back and resets no password.
 */
export async function importPeople(doing: Doing, text: StaffFileText): Promise<ImportReport> {
  const file = parse(text)
  const hashes = await hashNewPasswords(doing, file)
  return inTransaction<store.PeopleTables, ImportReport>(doing.database, async (tx) => {
    // Imports take turns, so that none judges by rows which another one is about to add.
    await store.lockAdministratorRoles(tx, administratorRoles)
    const known = await store.readStaffKeys(tx)
    checkFile(file, known)
    const rows = await newRows(tx, file, known, { hashes, now: doing.clock.now() })
    await store.insertStaff(tx, rows)
    await emit(tx, doing, await eventsOf(tx, doing, rows))
    const count = (kind: keyof NewStaff): { added: number; kept: number } => ({
      added: rows[kind].length,
      kept: file[kind].length - rows[kind].length,
    })
    return { organisations: count('organisations'), persons: count('persons'), accounts: count('accounts'), posts: count('posts') }
  })
}

function parse(text: StaffFileText): StaffFile {
  const parsed = StaffFile.safeParse(text)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw refuse.badShape({ where: issue?.path.join('.') ?? '', fault: issue?.message ?? '' })
}

// Hashing is slow on purpose, so it happens before the transaction.
async function hashNewPasswords({ database }: Doing, file: StaffFile): Promise<Map<string, string>> {
  const known = await inTransaction<store.PeopleTables, StaffKeys>(database, store.readStaffKeys)
  const sample = new Set(file.persons.filter((person) => person.sample).map((person) => person.code))
  const hashes = file.accounts
    .filter(({ login }) => !known.logins.has(login))
    .map(async ({ person, login, password }): Promise<[string, string]> => {
      // A sample password is printed for everybody: neither a rule nor a costly hash protects it.
      if (!sample.has(person)) checkPassword(password, login)
      return [login, await hashPassword(password, sample.has(person) ? printedCost : standardCost)]
    })
  return new Map(await Promise.all(hashes))
}

function checkFile(file: StaffFile, known: StaffKeys): void {
  const faults = staffFaults(file, { ...known, organisations: new Set(known.organisations.keys()), persons: new Set(known.persons.keys()) })
  const [first] = faults
  if (first) throw refuse[first.kind]({ where: first.where, value: first.value, count: faults.length })
}

async function newRows(
  tx: PeopleTx,
  file: StaffFile,
  known: StaffKeys,
  { hashes, now }: { hashes: ReadonlyMap<string, string>; now: Instant },
): Promise<NewStaff> {
  const newOrganisations = file.organisations.filter(({ code }) => !known.organisations.has(code))
  const newPersons = file.persons.filter(({ code }) => !known.persons.has(code))
  const organisationIds = new Map([...known.organisations, ...newOrganisations.map(({ code }) => [code, newId()] as const)])
  const personIds = new Map([...known.persons, ...newPersons.map(({ code }) => [code, newId()] as const)])
  const organisationId = idIn(organisationIds)
  const personId = idIn(personIds)

  const organisations = newOrganisations.map(({ parent, validFrom, validTo, ...own }) => ({
    id: organisationId(own.code),
    ...own,
    parentId: parent === null ? null : organisationId(parent),
    validFrom: validFrom as LocalDate,
    validTo: validTo as LocalDate | null,
  }))
  const accounts = file.accounts.flatMap(({ person, login, mustChangePassword }) => {
    const passwordHash = hashes.get(login)
    if (known.logins.has(login) || passwordHash === undefined) return []
    return [{ id: newId(), personId: personId(person), login, passwordHash, passwordChangedAt: now, mustChangePassword }]
  })
  const asked = file.posts.map(({ person, organisation, role, areaCode, validFrom, validTo }) => ({
    id: newId(),
    personId: personId(person),
    organisationId: organisationId(organisation),
    role,
    areaCode,
    validFrom: validFrom as LocalDate,
    validTo: validTo as LocalDate | null,
  }))
  const posts = await newPosts(tx, asked, (id) => file.posts[asked.findIndex((post) => post.personId === id)]?.person ?? id)
  return { organisations, persons: newPersons.map((person) => ({ id: personId(person.code), ...person })), accounts, posts }
}

async function newPosts(tx: PeopleTx, asked: NewStaff['posts'], codeOf: (personId: string) => string): Promise<NewStaff['posts']> {
  const held = await store.postsOfPersons(tx, [...new Set(asked.map((post) => post.personId))])
  const key = (post: (typeof held)[number]): string => [post.personId, post.organisationId, post.role, post.areaCode, post.validFrom].join()
  const taken = new Set(held.map(key))
  const added = asked.filter((post) => !taken.has(key(post)) && taken.add(key(post)))
  const clash = findAdministratorClash([...held, ...added])
  if (clash) throw refuse.twoAdministratorRoles({ person: codeOf(clash.personId) })
  return added
}

function idIn(ids: ReadonlyMap<string, string>): (key: string) => string {
  return (key) => {
    const id = ids.get(key)
    if (id === undefined) throw new Error(`no id for ${key}, although the file was checked`)
    return id
  }
}

async function eventsOf(tx: PeopleTx, doing: Doing, { accounts, posts }: NewStaff): Promise<ReturnType<typeof peopleEvent>[]> {
  const districts = await store.openDistricts(tx)
  const happenedAt = doing.clock.now()
  const firstArea = new Map(posts.toReversed().map((post) => [post.personId, post.areaCode]))
  return [
    ...accounts.map(({ id, personId }) =>
      peopleEvent('people.account_opened', { districtCode: homeDistrict(firstArea.get(personId) ?? '', districts), subjectId: id, happenedAt }),
    ),
    ...posts.map(({ id, role, areaCode }) =>
      peopleEvent('people.post_begun', { districtCode: homeDistrict(areaCode, districts), subjectId: id, happenedAt, data: { role, areaCode } }),
    ),
  ]
}

/**
 * The first account of an installation that holds real data: one system administrator, who must change the password before anything
 * else opens. Returns false, and does nothing, when there is any account already.
 */
export async function ensureAdministrator(doing: Doing, { login, password }: { login: string; password: string }): Promise<boolean> {
  if (await inTransaction<store.PeopleTables, boolean>(doing.database, store.hasAccounts)) return false
  const validFrom = localDate(doing.clock.now(), signInSettings.timeZone)
  const name = { zh: '平台管理', en: 'Platform administration' }
  await importPeople(doing, {
    organisations: [{ code: 'platform', name, kind: 'command_centre', lineOrBlock: 'line', functionCode: 'platform', areaCode: '', validFrom }],
    persons: [{ code: 'first-administrator', name: '系统管理员' }],
    accounts: [{ person: 'first-administrator', login, password, mustChangePassword: true }],
    posts: [{ person: 'first-administrator', organisation: 'platform', role: 'system_admin', areaCode: '', validFrom }],
  })
  return true
}

/** Ends a post from today on: its rights are gone with the next request. Ending it again changes nothing. */
export async function endPost(doing: Doing, policy: Policy, postId: string): Promise<store.ListedPost> {
  const now = doing.clock.now()
  const today = localDate(now, signInSettings.timeZone)
  return inTransaction<store.PeopleTables, store.ListedPost>(doing.database, async (tx) => {
    const administrators = await store.lockPostsOfRole(tx, 'system_admin', today)
    const post = await store.lockPost(tx, postId)
    const subject = { areaCode: post?.areaCode, organisationIds: post ? [post.organisationId] : [] }
    if (!post || !policy.may(doing.actor, 'people.read', subject)) throw refuse.noSuchPost()
    if (!policy.may(doing.actor, 'people.edit', subject)) throw refuse.notYours({ permission: 'people.edit' })
    if (post.validTo !== null && post.validTo <= today) return post
    if (administrators.includes(post.id) && administrators.length === 1) throw refuse.lastAdministrator()
    // A post that has not begun yet ends before its first day.
    const validTo = post.validFrom > today ? post.validFrom : today
    await store.setPostEnd(tx, post.id, validTo)
    await deleteSessionsOfPost(tx, post.id)
    const districtCode: DistrictCode = homeDistrict(post.areaCode, await store.openDistricts(tx))
    await emit(tx, doing, [
      peopleEvent('people.post_ended', { districtCode, subjectId: post.id, happenedAt: now, data: { role: post.role, validTo } }),
    ])
    return { ...post, validTo }
  })
}

/** A look at personal fields of a subject, for a purpose that the work at hand gives. */
export interface Look {
  readonly districtCode: string
  readonly subjectKind: string
  readonly subjectId: string
  /** Such as `caller.phone`. */
  readonly fields: readonly string[]
  readonly purpose: string
  readonly actor: Actor
  readonly at: Instant
  readonly requestId: string
}

/** Notes who looked, in the transaction that reads the fields: no trace, no look. */
export async function traceRead<T>(tx: Tx<T>, { fields, actor, at, requestId, ...about }: Look): Promise<void> {
  if (actor.personId === null) throw refuse.notSignedIn()
  const reader = { readerPersonId: actor.personId, readerPostId: actor.posts[0]?.id ?? null, requestId, readAt: at }
  const rows = fields.map((field) => ({ ...about, field, ...reader }))
  await store.insertReadTraces(tx, rows)
}
