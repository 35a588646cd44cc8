import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { movableClock } from '#kernel/clock.ts'
import { newId } from '#kernel/id.ts'
import { inTransaction } from '#platform/database/database.ts'
import { testDatabase, type TestDatabase } from '#platform/database/testing.ts'
import { endPost, ensureAdministrator, importPeople, traceRead } from './commands.ts'
import { resolveDutyHolder } from './duty.ts'
import { organisationKinds } from './lifecycle.ts'
import { loadPolicy, type Policy } from './policy/store.ts'
import { listOrganisations, listPosts, loadDirectory } from './questions.ts'
import { actorOfSession, signIn } from './sign-in/commands.ts'
import { aPerson, aPost, aStaff, doingAs, testPassword, testSecrets } from './testing.ts'

const clock = movableClock('2026-03-02T09:00:00+08:00')
let db: TestDatabase
let policy: Policy
beforeAll(async () => {
  db = await testDatabase()
  policy = await inTransaction(db.database, loadPolicy)
})
afterAll(() => db.close())
beforeEach(() => clock.set('2026-03-02T09:00:00+08:00'))
afterEach(async () => {
  await sql`truncate people.post_link, people.former_name, people.organisation_tie, people.organisation, people.person, people.account, people.post, people.session, platform.event, platform.outbox, people.read_trace cascade`.execute(
    db.database.kysely,
  )
})

const bring = (file = aStaff()) => importPeople(doingAs(db.database, clock), file)
const admin = aPerson(aPost({ role: 'system_admin', areaCode: '' }))
async function count(table: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.table(table)}`.execute(db.database.kysely)
  return rows[0]?.n ?? -1
}

test('a staff file brings everything in, with an event for each account and post', async () => {
  expect(await bring()).toEqual({
    organisations: { added: 4, kept: 0 },
    persons: { added: 9, kept: 0 },
    accounts: { added: 9, kept: 0 },
    posts: { added: 9, kept: 0 },
  })
  const { rows } = await sql<{ type: string; n: number }>`select type, count(*) as n from platform.event group by type order by type`.execute(
    db.database.kysely,
  )
  expect(rows).toEqual([
    { type: 'people.account_opened', n: 9 },
    { type: 'people.post_begun', n: 9 },
  ])
  const { rows: parents } = await sql<{
    code: string
  }>`select p.code from people.organisation o join people.organisation p on p.id = o.parent_id where o.code = 'community'`.execute(db.database.kysely)
  expect(parents).toEqual([{ code: 'street' }])
})

test('a second run changes nothing: no ended post comes back, no password is reset', async () => {
  await bring()
  await sql`update people.post set valid_to = '2026-02-01' where role = 'handler'`.execute(db.database.kysely)
  await sql`delete from platform.event`.execute(db.database.kysely)
  const hashes = sql`select login, password_hash from people.account order by login`
  const before = await hashes.execute(db.database.kysely)
  expect(await bring()).toMatchObject({ organisations: { added: 0, kept: 4 }, accounts: { added: 0, kept: 9 }, posts: { added: 0, kept: 9 } })
  expect((await hashes.execute(db.database.kysely)).rows).toEqual(before.rows)
  const { rows } = await sql`select valid_to from people.post where role = 'handler'`.execute(db.database.kysely)
  expect(rows).toEqual([{ validTo: '2026-02-01' }])
  expect(await count('platform.event')).toBe(0)
})

test('two imports at once end as one', async () => {
  await Promise.all([bring(), bring()])
  expect(await count('people.post')).toBe(9)
})

const post = aStaff().posts[0] ?? { person: '', organisation: '', role: '', areaCode: '', validFrom: '' }
test.each([
  ['an unknown organisation', { posts: [{ ...post, organisation: 'nowhere' }] }, 'people.keyUnknown'],
  ['an unknown role', { posts: [{ ...post, role: 'king' }] }, 'people.keyUnknown'],
  ['an unknown person', { posts: [{ ...post, person: 'nobody' }] }, 'people.keyUnknown'],
  ['a repeated key', { persons: [...aStaff().persons, { code: 'handler', name: '又一个' }] }, 'people.keyTwice'],
  ['a period that ends before it starts', { posts: [{ ...post, validTo: '2024-01-01' }] }, 'people.periodTurned'],
  [
    'a line without its function',
    {
      organisations: [
        ...aStaff().organisations,
        { code: 'x', name: { zh: '某局' }, kind: 'department' as const, lineOrBlock: 'line' as const, areaCode: '990101', validFrom: '2025-01-01' },
      ],
    },
    'people.functionMissing',
  ],
  [
    'an organisation below itself',
    { organisations: aStaff().organisations.map((one) => (one.code === 'centre' ? { ...one, parent: 'community' } : one)) },
    'people.belowItself',
  ],
  ['an area code with letters', { posts: [{ ...post, areaCode: '99010X' }] }, 'people.badShape'],
  [
    'a weak password of a real person',
    { persons: [{ code: 'real', name: '真人' }], accounts: [{ person: 'real', login: 'real', password: 'weak' }], posts: [] },
    'people.tooShort',
  ],
  [
    'a second administrator role',
    {
      posts: [
        { ...post, person: 'audit_admin', organisation: 'centre', role: 'audit_admin' },
        { ...post, person: 'audit_admin', organisation: 'centre', role: 'system_admin' },
      ],
    },
    'people.twoAdministratorRoles',
  ],
])('a file with %s is refused whole', async (_name, change, code) => {
  await expect(bring({ ...aStaff(), ...change })).rejects.toThrow(code)
  expect(await count('people.person')).toBe(0)
  expect(await count('platform.event')).toBe(0)
})

test('the second administrator role is refused in a later file too, until the first one has ended', async () => {
  await bring()
  const later = {
    organisations: [],
    persons: [],
    accounts: [],
    posts: [{ person: 'audit_admin', organisation: 'centre', role: 'security_admin', areaCode: '', validFrom: '2026-03-01' }],
  }
  await expect(bring(later)).rejects.toThrow('people.twoAdministratorRoles: Person audit_admin')
  await sql`update people.post set valid_to = '2026-03-01' where role = 'audit_admin'`.execute(db.database.kysely)
  await expect(bring(later)).resolves.toMatchObject({ posts: { added: 1 } })
})

test('a login that belongs to somebody else is refused', async () => {
  await bring()
  const person = { code: 'new', name: '新人', sample: true }
  await expect(
    bring({ organisations: [], persons: [person], posts: [], accounts: [{ person: 'new', login: 'handler', password: testPassword }] }),
  ).rejects.toThrow('people.loginTaken')
  await expect(
    bring({ organisations: [], persons: [], posts: [], accounts: [{ person: 'handler', login: 'second', password: testPassword }] }),
  ).rejects.toThrow('people.hasAccount')
})

test('an empty installation gets one administrator, who must change the password; later starts add nobody', async () => {
  const start = () => ensureAdministrator(doingAs(db.database, clock), { login: 'root.binjiang', password: testPassword })
  expect([await start(), await start()]).toEqual([true, false])
  const { token, mustChangePassword } = await signIn(doingAs(db.database, clock), testSecrets, { login: 'root.binjiang', password: testPassword })
  expect(mustChangePassword).toBe(true)
  expect((await actorOfSession(db.database, token, clock))?.posts).toEqual([])
})

async function postOf(role: string): Promise<string> {
  const { rows } = await sql<{ id: string }>`select id from people.post where role = ${role}`.execute(db.database.kysely)
  return rows[0]?.id ?? ''
}

test('an ended post gives no right from the next request on', async () => {
  await bring()
  const { token } = await signIn(doingAs(db.database, clock), testSecrets, { login: 'dispatcher', password: testPassword })
  const id = await postOf('dispatcher')
  const rights = async () => policy.may((await actorOfSession(db.database, token, clock)) ?? aPerson(), 'case.dispatch')
  expect(await rights()).toBe(true)
  expect(await endPost(doingAs(db.database, clock, admin), policy, id)).toMatchObject({ id, validTo: '2026-03-02' })
  expect(await rights()).toBe(false)
  expect(await endPost(doingAs(db.database, clock, admin), policy, id)).toMatchObject({ validTo: '2026-03-02' })
  const { rows } = await sql`select district_code, data from platform.event where type = 'people.post_ended'`.execute(db.database.kysely)
  expect(rows).toEqual([{ districtCode: '990101', data: { role: 'dispatcher', validTo: '2026-03-02' } }])
})

test('a post that has not begun ends before its first day', async () => {
  await bring()
  await sql`update people.post set valid_from = '2026-05-01' where role = 'handler'`.execute(db.database.kysely)
  expect(await endPost(doingAs(db.database, clock, admin), policy, await postOf('handler'))).toMatchObject({
    validFrom: '2026-05-01',
    validTo: '2026-05-01',
  })
})

test('the last system administrator in office cannot be ended', async () => {
  await bring()
  const id = await postOf('system_admin')
  await expect(endPost(doingAs(db.database, clock, admin), policy, id)).rejects.toThrow('people.lastAdministrator')
  const second = { code: 'second', name: '示例二', sample: true }
  await bring({
    organisations: [],
    persons: [second],
    accounts: [],
    posts: [{ person: 'second', organisation: 'centre', role: 'system_admin', areaCode: '', validFrom: '2026-01-01' }],
  })
  const { rows } = await sql<{ id: string }>`select id from people.post where role = 'system_admin'`.execute(db.database.kysely)
  const ends = await Promise.allSettled(rows.map((row) => endPost(doingAs(db.database, clock, admin), policy, row.id)))
  expect(ends.map((end) => end.status).toSorted()).toEqual(['fulfilled', 'rejected'])
})

test('posts are ended only by whom the policy lets, and stay unseen to others', async () => {
  await bring()
  const id = await postOf('handler')
  await expect(endPost(doingAs(db.database, clock, aPerson(aPost({ role: 'supervisor' }))), policy, id)).rejects.toThrow('people.notYours')
  await expect(endPost(doingAs(db.database, clock, aPerson(aPost({ role: 'supervisor', areaCode: '990102' }))), policy, id)).rejects.toThrow(
    'people.noSuchPost',
  )
  await expect(endPost(doingAs(db.database, clock, admin), policy, newId())).rejects.toThrow('people.noSuchPost')
})

test('lists show the actor’s own territory, page by page', async () => {
  await bring()
  const leader = aPerson(aPost({ role: 'leader', areaCode: '990101001' }))
  const codes = async (actor = admin, cursor?: string) => listOrganisations(doingAs(db.database, clock, actor), policy, { cursor, limit: 3 })
  const first = await codes()
  const second = await codes(admin, first.cursor ?? undefined)
  expect([...first.items, ...second.items].map((one) => one.code)).toEqual(['centre', 'community', 'street', 'urban'])
  expect(second.cursor).toBeNull()
  expect((await codes(leader)).items.map((one) => one.code)).toEqual(['community', 'street'])
  expect((await codes(aPerson(aPost({ role: 'handler' })))).items).toEqual([])
  const posts = await listPosts(doingAs(db.database, clock, leader), policy, { limit: 50, inForce: true })
  expect(posts.items.map((one) => [one.role, one.personName, one.organisationName.zh])).toEqual([
    ['grid_worker', '示例grid_worker', '单位community'],
    ['inspector', '示例inspector', '单位centre'],
    ['leader', '示例leader', '单位street'],
  ])
  await expect(listPosts(doingAs(db.database, clock, admin), policy, { limit: 5, inForce: true, cursor: 'rubbish' })).rejects.toThrow(
    'people.badCursor',
  )
})

test('the directory finds the duty-holder of a place', async () => {
  await bring()
  const directory = await inTransaction(db.database, loadDirectory)
  const found = resolveDutyHolder(directory, { level: 'district', functionCode: 'urban_management' }, '990101001001001', '2026-03-02' as never)
  expect(found).toMatchObject({ organisationName: { zh: '单位urban', en: 'Unit urban' }, postIds: [await postOf('handler')] })
})

test('each look at a personal field leaves a row of its own', async () => {
  const at = clock.now()
  const look = {
    districtCode: '990101',
    subjectKind: 'case',
    subjectId: newId(),
    fields: ['caller.name', 'caller.phone'],
    purpose: 'contact',
    at,
    requestId: 'r1',
  }
  await inTransaction(db.database, (tx) => traceRead(tx, { ...look, actor: admin }))
  const { rows } = await sql`select field, purpose, reader_person_id, reader_post_id, read_at from people.read_trace order by field`.execute(
    db.database.kysely,
  )
  const reader = { purpose: 'contact', readerPersonId: admin.personId, readerPostId: admin.posts[0]?.id, readAt: at }
  expect(rows).toEqual([
    { field: 'caller.name', ...reader },
    { field: 'caller.phone', ...reader },
  ])
  await expect(inTransaction(db.database, (tx) => traceRead(tx, { ...look, actor: { ...admin, personId: null } }))).rejects.toThrow(
    'people.notSignedIn',
  )
})

test('whoever reads cases may count them exactly as far, and whoever reads figures the board', async () => {
  const grants = async (permission: string): Promise<string[]> => {
    const { rows } = await sql<{ grant: string }>`select role || ' ' || scope as grant from people.role_permission
      where permission = ${permission} and role <> 'wall_screen' order by 1`.execute(db.database.kysely)
    return rows.map((row) => row.grant)
  }
  expect(await grants('case.count')).toEqual(await grants('case.read'))
  expect(await grants('board.read')).toEqual(await grants('figures.read'))
})

test('the database knows the same kinds of organisation as the list', async () => {
  const { rows } = await sql<{ clause: string }>`
    select pg_get_constraintdef(oid) as clause from pg_constraint where conname = 'organisation_kind_known'`.execute(db.database.kysely)
  const inDatabase = new Set(Array.from((rows[0]?.clause ?? '').matchAll(/'(\w+)'/g), (match) => match[1]))
  expect(inDatabase).toEqual(new Set(organisationKinds))
})

test('every role of the slice holds something, and the three administrators see no case', async () => {
  const { rows } = await sql<{ role: string; permissions: string[] }>`
    select r.code as role, array_agg(p.permission order by p.permission) as permissions from people.role r join people.role_permission p on p.role = r.code
    group by r.code order by r.code`.execute(db.database.kysely)
  expect(rows).toHaveLength(12)
  for (const { role, permissions } of rows) expect(permissions.some((one) => one.startsWith('case.'))).toBe(!role.endsWith('_admin'))
})
