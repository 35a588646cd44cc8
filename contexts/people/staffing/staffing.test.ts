import { sql } from 'kysely'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { movableClock, type LocalDate } from '#kernel/clock.ts'
import { newId } from '#kernel/id.ts'
import { inTransaction } from '#platform/database/database.ts'
import { testDatabase } from '#platform/database/testing.ts'
import { importPeople } from '../commands.ts'
import { loadPolicy } from '../policy/store.ts'
import { listOrganisations, listPersons, listPosts } from '../questions.ts'
import { passwordFault } from '../sign-in/password-rule.ts'
import { actorOfSession, changePassword, signIn } from '../sign-in/commands.ts'
import { aPerson, aPost, aStaff, doingAs, testPassword, testSecrets } from '../testing.ts'
import { createOrganisation, createPerson, createPost, resetPassword, unlockAccount, type NewOrganisation, type NewPost } from './commands.ts'
import { firstPassword } from './first-password.ts'

const clock = movableClock('2026-03-02T09:00:00+08:00')
const db = await testDatabase()
const policy = await inTransaction(db.database, loadPolicy)
const ground = { policy, secrets: testSecrets, isArea: (code: string) => code.startsWith('990101') }
const admin = aPerson(aPost({ role: 'system_admin', areaCode: '' }))
const as = (actor = admin) => doingAs(db.database, clock, actor)
const today = '2026-03-02' as LocalDate
afterAll(() => db.close())
beforeEach(async () => {
  await sql`truncate people.post_link, people.former_name, people.organisation_tie, people.organisation, people.person, people.account, people.post, people.session, platform.event, platform.outbox, platform.receipt cascade`.execute(
    db.database.kysely,
  )
  await importPeople(as(), aStaff())
  await sql`truncate platform.event, platform.outbox`.execute(db.database.kysely)
})

async function idOf(table: 'person' | 'organisation', code: string): Promise<string> {
  const { rows } = await sql<{ id: string }>`select id from ${sql.table(`people.${table}`)} where code = ${code}`.execute(db.database.kysely)
  return rows[0]?.id ?? ''
}
async function events(): Promise<unknown[]> {
  const { rows } = await sql`select type, district_code, subject_kind from platform.event order by id`.execute(db.database.kysely)
  return rows
}
const office: NewOrganisation = {
  code: 'gardens',
  name: { zh: '园林所', en: 'Gardens' },
  kind: 'department',
  lineOrBlock: 'line',
  functionCode: 'gardens',
  creditCode: null,
  areaCode: '990101',
  parentId: null,
}
const li = { code: 'A100', name: '李示例', login: 'li.example' }
const found = (change: Partial<NewOrganisation> = {}) => createOrganisation(as(), ground, { ...office, ...change })
async function appoint(change: Partial<NewPost> = {}, actor = admin) {
  const personId = change.personId ?? (await idOf('person', 'handler'))
  const organisationId = change.organisationId ?? (await idOf('organisation', 'urban'))
  const asked = { personId, organisationId, role: 'inspector', areaCode: '990101', validFrom: today, validTo: null, ...change }
  return createPost(as(actor), ground, asked)
}

test('an enterprise carries its credit code', async () => {
  const enterprise = { code: 'gas', kind: 'enterprise', functionCode: 'gas', creditCode: '91350100M000100Y43' } as const
  expect(await found(enterprise)).toMatchObject({ creditCode: '91350100M000100Y43' })
})

test('an organisation, a person and a post make somebody who can work, each with its event', async () => {
  const made = await found()
  const { person, initialPassword } = await createPerson(as(), ground, li)
  await appoint({ personId: person.id, organisationId: made.id, role: 'handler' })
  const { token, mustChangePassword } = await signIn(as(), testSecrets, { login: li.login, password: initialPassword })
  expect(mustChangePassword).toBe(true)
  const self = { ...aPerson(), personId: person.id }
  await changePassword(as(self), { currentPassword: initialPassword, newPassword: testPassword, token })
  expect((await actorOfSession(db.database, token, clock))?.posts).toMatchObject([{ role: 'handler', organisationId: made.id }])
  expect((await events()).slice(0, 3)).toEqual([
    { type: 'people.organisation_founded', districtCode: '990101', subjectKind: 'organisation' },
    { type: 'people.account_opened', districtCode: '000000', subjectKind: 'account' },
    { type: 'people.post_begun', districtCode: '990101', subjectKind: 'post' },
  ])
})

test.each<[string, () => Promise<unknown>, string, string | undefined]>([
  ['a credit code with a wrong check character', () => found({ creditCode: '91350100M000100Y44' }), 'people.creditCode', 'creditCode'],
  ['a code that is taken', () => found({ code: 'urban' }), 'people.organisationCodeTaken', 'code'],
  ['a line without its function', () => found({ functionCode: null }), 'people.lineNeedsFunction', 'functionCode'],
  ['an area that is not there', () => found({ areaCode: '880101' }), 'people.noSuchArea', 'areaCode'],
  ['an organisation without an area', () => found({ areaCode: '' }), 'people.areaMissing', 'areaCode'],
  ['a post without an area', () => appoint({ areaCode: '' }), 'people.areaMissing', 'areaCode'],
  ['an organisation below nothing', () => found({ parentId: newId() }), 'people.noSuchOrganisation', 'parentId'],
  ['a staff number that is taken', () => createPerson(as(), ground, { ...li, code: 'handler' }), 'people.staffNumberTaken', 'code'],
  ['a login that is taken', () => createPerson(as(), ground, { ...li, login: 'handler' }), 'people.loginInUse', 'login'],
  ['a post for nobody', () => appoint({ personId: newId() }), 'people.noSuchPerson', 'personId'],
  ['a post nowhere', () => appoint({ organisationId: newId() }), 'people.noSuchOrganisation', 'organisationId'],
  ['a role that is not there', () => appoint({ role: 'king' }), 'people.noSuchRole', 'role'],
  ['a post that is held already', () => appoint({ role: 'handler' }), 'people.postHeld', 'role'],
  ['a post in the past', () => appoint({ validFrom: '2026-03-01' as LocalDate }), 'people.startsInPast', 'validFrom'],
  ['an end before the beginning', () => appoint({ validTo: today }), 'people.endBeforeStart', 'validTo'],
  [
    'a second administrator role',
    async () => appoint({ personId: await idOf('person', 'audit_admin'), role: 'system_admin' }),
    'people.twoAdministratorRoles',
    'role',
  ],
])('%s is refused by the name of its field, and nothing is written', async (_name, act, code, field) => {
  await expect(act()).rejects.toMatchObject({ code, field })
  expect(await events()).toEqual([])
})

test('an organisation that ended takes nobody in', async () => {
  await sql`update people.organisation set valid_to = '2026-03-01' where code = 'urban'`.execute(db.database.kysely)
  await expect(appoint()).rejects.toMatchObject({ code: 'people.organisationNotThen', field: 'organisationId' })
})

test('a post that ended may be taken up again, and two appointments at once make one post', async () => {
  const ends = await Promise.allSettled([appoint(), appoint()])
  expect(ends.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  await sql`update people.post set valid_from = '2026-02-01', valid_to = '2026-03-02' where role = 'inspector'`.execute(db.database.kysely)
  await expect(appoint()).resolves.toMatchObject({ role: 'inspector', personName: '示例handler' })
})

test('two administrators cannot make one person two kinds of administrator at once', async () => {
  const personId = await idOf('person', 'handler')
  const ends = await Promise.allSettled([
    appoint({ personId, role: 'system_admin', areaCode: '' }),
    appoint({ personId, role: 'security_admin', areaCode: '' }),
  ])
  expect(ends.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
})

test('nobody appoints himself or resets his own password', async () => {
  const self = { ...admin, personId: await idOf('person', 'system_admin') }
  await expect(appoint({ personId: self.personId }, self)).rejects.toThrow('people.notForYourself')
  await expect(resetPassword(as(self), ground, self.personId)).rejects.toThrow('people.ownPassword')
})

test('staff is managed only by whom the policy lets', async () => {
  const dispatcher = aPerson(aPost({ role: 'dispatcher' }))
  await expect(appoint({}, dispatcher)).rejects.toThrow('people.notYours')
  await expect(createPerson(as(dispatcher), ground, li)).rejects.toThrow('people.notYours')
  await expect(createOrganisation(as(dispatcher), ground, office)).rejects.toThrow('people.notYours')
  await expect(resetPassword(as(dispatcher), ground, await idOf('person', 'handler'))).rejects.toThrow('people.noSuchPerson')
})

test('a reset ends every session, and only the new password opens, until it is changed', async () => {
  const { token } = await signIn(as(), testSecrets, { login: 'handler', password: testPassword })
  const { initialPassword } = await resetPassword(as(), ground, await idOf('person', 'handler'))
  expect(await actorOfSession(db.database, token, clock)).toBeNull()
  await expect(signIn(as(), testSecrets, { login: 'handler', password: testPassword })).rejects.toThrow('people.signInFailed')
  expect(await signIn(as(), testSecrets, { login: 'handler', password: initialPassword })).toMatchObject({ mustChangePassword: true })
  expect(await events()).toContainEqual({ type: 'people.password_reset', districtCode: '990101', subjectKind: 'account' })
  expect(JSON.stringify((await sql`select * from platform.event`.execute(db.database.kysely)).rows)).not.toContain(initialPassword)
})

test('the password of an administrator is reset by a security administrator only, and his own by nobody', async () => {
  const auditor = await idOf('person', 'audit_admin')
  await expect(resetPassword(as(), ground, auditor)).rejects.toThrow('people.administratorsPassword')
  const security = aPerson(aPost({ role: 'security_admin', areaCode: '' }))
  const { initialPassword } = await resetPassword(as(security), ground, auditor)
  expect(await signIn(as(), testSecrets, { login: 'audit_admin', password: initialPassword })).toMatchObject({ mustChangePassword: true })
  await expect(resetPassword(as({ ...security, personId: auditor }), ground, auditor)).rejects.toThrow('people.ownPassword')
})

test('a repeated command about staff gives the first answer and does nothing twice, also at the same moment', async () => {
  const [doing, other] = [as(), as(aPerson(aPost({ role: 'system_admin', areaCode: '' })))]
  const asked = () => createPerson(doing, ground, li)
  const [first, twin] = await Promise.all([asked(), asked()])
  expect(twin).toEqual(first)
  expect(await asked()).toEqual(first)
  await signIn(as(), testSecrets, { login: li.login, password: first.initialPassword })
  await expect(createPerson({ ...other, commandId: doing.commandId }, ground, li), 'somebody else').rejects.toThrow('platform.commandIdUsed')
  await expect(createOrganisation(doing, ground, office), 'another command').rejects.toThrow('platform.commandIdUsed')
  const again = as()
  expect(await createOrganisation(again, ground, office)).toEqual(await createOrganisation(again, ground, office))
  const [reset, post] = [as(), as()]
  expect(await resetPassword(reset, ground, first.person.id)).toEqual(await resetPassword(reset, ground, first.person.id))
  const asPost = {
    personId: first.person.id,
    organisationId: await idOf('organisation', 'urban'),
    role: 'leader',
    areaCode: '990101',
    validFrom: today,
    validTo: null,
  }
  expect(await createPost(post, ground, asPost)).toEqual(await createPost(post, ground, asPost))
  const counted = (await events()).map((one) => (one as { type: string }).type).filter((type) => !type.startsWith('people.sign'))
  expect(counted.toSorted()).toEqual(['people.account_opened', 'people.organisation_founded', 'people.password_reset', 'people.post_begun'])
  const { rows } = await sql<{ text: string }>`select result::text as text from platform.receipt`.execute(db.database.kysely)
  const kept = rows.map(({ text }) => text).join()
  for (const secret of [first.initialPassword, li.name, li.login]) expect(kept).not.toContain(secret)
})

test('an account locked by failures opens again at once when an administrator says so', async () => {
  for (let n = 0; n < 5; n += 1) await signIn(as(), testSecrets, { login: 'handler', password: 'wrong' }).catch(() => undefined)
  const of = async () => (await listPersons(as(), policy, { limit: 50, q: 'HANDLER' })).items
  expect(await of()).toMatchObject([{ login: 'handler', lockedUntil: '2026-03-02T01:15:00.000Z' }])
  await unlockAccount(as(), policy, await idOf('person', 'handler'))
  await unlockAccount(as(), policy, await idOf('person', 'handler'))
  expect(await of()).toMatchObject([{ lockedUntil: null }])
  expect(await signIn(as(), testSecrets, { login: 'handler', password: testPassword })).toMatchObject({ mustChangePassword: false })
  expect((await events()).filter((one) => (one as { type: string }).type === 'people.account_unlocked')).toHaveLength(1)
})

test('lists are searched by words and area; signs in the words mean nothing special', async () => {
  const posts = async (filter: { q?: string; within?: string }) =>
    (await listPosts(as(), policy, { limit: 50, inForce: true, ...filter })).items.map(({ role }) => role)
  expect(await posts({ q: '示例handler' })).toEqual(['handler'])
  expect(await posts({ q: '单位community' })).toEqual(['grid_worker'])
  expect(await posts({ within: '990101001' })).toEqual(['grid_worker', 'inspector', 'leader'])
  expect(await posts({ q: '%' })).toEqual([])
  expect((await listOrganisations(as(), policy, { limit: 50, q: 'unit URBAN' })).items.map(({ code }) => code)).toEqual(['urban'])
  expect((await listPersons(aPersonLess(), policy, { limit: 50 })).items).toEqual([])
})

const aPersonLess = () => as(aPerson(aPost({ role: 'dispatcher' })))

test('a first password follows the rule for passwords and never holds the login', () => {
  let n = 0
  const pick = (below: number): number => (n++ * 7) % below
  const first = firstPassword('zz', pick)
  expect(first).toMatch(/^([a-z]{3}\d-){3}[a-z]{3}\d$/)
  expect(passwordFault(first, 'zz')).toBeUndefined()
  n = 0
  expect(firstPassword(first.slice(0, 3), pick)).not.toContain(first.slice(0, 3))
})
