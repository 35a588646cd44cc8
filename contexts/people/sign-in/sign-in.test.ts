import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { movableClock, type MovableClock } from '#kernel/clock.ts'
import { testDatabase, type TestDatabase } from '#platform/database/testing.ts'
import { importPeople } from '../commands.ts'
import { aStaff, doingAs, testPassword, testSecrets } from '../testing.ts'
import { actorOfSession, changePassword, sessionOf, signIn, signOut } from './commands.ts'

let db: TestDatabase
let clock: MovableClock
beforeAll(async () => {
  db = await testDatabase()
  clock = movableClock('2026-03-02T09:00:00+08:00')
  await sql`insert into platform.district (code, name) values ('990101', '{"zh":"甲区"}')`.execute(db.database.kysely)
  await importPeople(doingAs(db.database, clock), aStaff())
})
afterAll(() => db.close())
beforeEach(async () => {
  clock.set('2026-03-02T09:00:00+08:00')
  await sql`delete from people.session`.execute(db.database.kysely)
  await sql`update people.account set failed_attempts = 0, locked_until = null, must_change_password = false, password_changed_at = ${clock.now()}`.execute(
    db.database.kysely,
  )
  await sql`delete from platform.event`.execute(db.database.kysely)
})

const enter = (login: string, password = testPassword) => signIn(doingAs(db.database, clock), testSecrets, { login, password })
const whois = (token: string) => actorOfSession(db.database, token, clock)
async function eventTypes(): Promise<string[]> {
  const { rows } = await sql<{ type: string }>`select type from platform.event order by id`.execute(db.database.kysely)
  return rows.map((row) => row.type)
}

test('a signed-in person is recognised by the token, with the posts in force', async () => {
  const { token, mustChangePassword } = await enter(' Dispatcher ')
  expect(mustChangePassword).toBe(false)
  expect(await whois(token)).toMatchObject({ kind: 'person', name: '示例dispatcher', posts: [{ role: 'dispatcher', areaCode: '990101' }] })
  expect(await whois('somebody else’s')).toBeNull()
  const { rows } = await sql<{ tokenHash: string }>`select token_hash from people.session`.execute(db.database.kysely)
  expect(rows).toHaveLength(1)
  expect(rows[0]?.tokenHash).not.toContain(token)
})

test('an unknown login, a wrong password and a locked account get the same answer', async () => {
  const messages = new Set<string>()
  const note = (error: Error): void => void messages.add(error.message)
  await enter('nobody').catch(note)
  for (let i = 0; i < 5; i += 1) await enter('handler', 'wrong').catch(note)
  await enter('handler').catch(note)
  expect([...messages]).toHaveLength(1)
  expect([...messages][0]).toContain('people.signInFailed')
})

test('an unknown login takes about as long as a real one', async () => {
  // Real accounts carry the standard cost; those of the sample file are cheap, so one gets a real password first.
  const { token } = await enter('leader')
  const actor = await whois(token)
  await changePassword(doingAs(db.database, clock, actor ?? undefined), { currentPassword: testPassword, newPassword: 'Other-2026-words', token })
  const time = async (login: string): Promise<number> => {
    const runs: number[] = []
    for (let i = 0; i < 3; i += 1) {
      const start = performance.now()
      await enter(login, 'wrong').catch(() => undefined)
      runs.push(performance.now() - start)
    }
    return Math.min(...runs)
  }
  const [known, unknown] = [await time('leader'), await time('nobody')]
  expect(unknown / known).toBeGreaterThan(0.5)
  expect(unknown / known).toBeLessThan(2)
})

test('the fifth failure locks for fifteen minutes, also for the right password, and then the count starts anew', async () => {
  for (let i = 0; i < 5; i += 1) await expect(enter('handler', 'wrong')).rejects.toThrow('people.signInFailed')
  await expect(enter('handler')).rejects.toThrow('people.signInFailed')
  clock.advance({ minutes: 14, seconds: 59 })
  await expect(enter('handler')).rejects.toThrow('people.signInFailed')
  clock.advance({ seconds: 1 })
  for (let i = 0; i < 4; i += 1) await expect(enter('handler', 'wrong')).rejects.toThrow('people.signInFailed')
  await expect(enter('handler')).resolves.toBeDefined()
  const types = await eventTypes()
  expect(types.filter((type) => type === 'people.account_locked')).toHaveLength(1)
  expect(types.filter((type) => type === 'people.sign_in_refused')).toHaveLength(11)
})

test('a good sign-in clears earlier failures', async () => {
  for (let round = 0; round < 3; round += 1) {
    for (let i = 0; i < 4; i += 1) await enter('handler', 'wrong').catch(() => undefined)
    await expect(enter('handler')).resolves.toBeDefined()
  }
})

test('guesses sent side by side cannot pass the limit together', async () => {
  const guesses = Array.from({ length: 9 }, () => enter('inspector', 'wrong').catch(() => undefined))
  await Promise.all(guesses)
  await expect(enter('inspector')).rejects.toThrow('people.signInFailed')
  expect((await eventTypes()).filter((type) => type === 'people.account_locked')).toHaveLength(1)
})

test('nobody can fill the log by trying logins that do not exist', async () => {
  await enter('nobody').catch(() => undefined)
  expect(await eventTypes()).toEqual([])
})

test('a session ends after thirty minutes without use', async () => {
  const { token } = await enter('handler')
  clock.advance({ minutes: 29 })
  expect(await whois(token)).not.toBeNull()
  clock.advance({ minutes: 29 })
  expect(await whois(token)).not.toBeNull()
  clock.advance({ minutes: 30 })
  expect(await whois(token)).toBeNull()
})

test('a session ends after twelve hours, however busy', async () => {
  const { token, expiresAt } = await enter('handler')
  for (let i = 0; i < 35; i += 1) {
    clock.advance({ minutes: 20 })
    expect(await whois(token)).not.toBeNull()
  }
  clock.advance({ minutes: 20 })
  expect(clock.now()).toBe(expiresAt)
  expect(await whois(token)).toBeNull()
})

test('ended sessions are removed when somebody signs in', async () => {
  await enter('handler')
  clock.advance({ hours: 1 })
  await enter('dispatcher')
  const { rows } = await sql<{ n: number }>`select count(*) as n from people.session`.execute(db.database.kysely)
  expect(rows[0]?.n).toBe(1)
})

test('signing out ends this session only, and leaves a record', async () => {
  const one = await enter('handler')
  const other = await enter('handler')
  const actor = await whois(one.token)
  await signOut(doingAs(db.database, clock, actor ?? undefined), one.token)
  await signOut(doingAs(db.database, clock, actor ?? undefined), one.token)
  expect(await whois(one.token)).toBeNull()
  expect(await whois(other.token)).not.toBeNull()
  expect((await eventTypes()).at(-1)).toBe('people.signed_out')
})

test('posts begin and end at the city’s midnight, within a running session', async () => {
  await sql`update people.post set valid_to = '2026-03-03' where role = 'supervisor'`.execute(db.database.kysely)
  clock.set('2026-03-02T23:50:00+08:00')
  const { token } = await enter('supervisor')
  expect((await whois(token))?.posts).toHaveLength(1)
  clock.advance({ minutes: 10 })
  expect((await whois(token))?.posts).toEqual([])
  await sql`update people.post set valid_to = null, valid_from = '2026-03-04' where role = 'supervisor'`.execute(db.database.kysely)
  expect((await whois(token))?.posts).toEqual([])
  clock.set('2026-03-04T00:00:00+08:00')
  const later = await enter('supervisor')
  expect((await whois(later.token))?.posts).toHaveLength(1)
})

test('a post in an organisation that no longer exists gives no right', async () => {
  await sql`update people.organisation set valid_to = '2026-03-02' where code = 'street'`.execute(db.database.kysely)
  await sql`update people.account set password_hash = (select password_hash from people.account where login = 'handler') where login = 'leader'`.execute(
    db.database.kysely,
  )
  const { token } = await enter('leader')
  expect((await whois(token))?.posts).toEqual([])
})

test('while the password must be changed the person holds no post; afterwards everything opens', async () => {
  await sql`update people.account set must_change_password = true where login = 'dispatcher'`.execute(db.database.kysely)
  const { token, mustChangePassword } = await enter('dispatcher')
  const other = await enter('dispatcher')
  expect(mustChangePassword).toBe(true)
  const session = await sessionOf({ database: db.database, clock }, token)
  expect(session).toMatchObject({ mustChangePassword: true, actor: { posts: [] } })
  const change = (currentPassword: string, newPassword: string) =>
    changePassword(doingAs(db.database, clock, session?.actor), { currentPassword, newPassword, token })
  await expect(change('wrong', 'Other-2026-words')).rejects.toThrow('people.wrongPassword')
  await expect(change(testPassword, 'weak')).rejects.toThrow('people.tooShort')
  await expect(change(testPassword, testPassword)).rejects.toThrow('people.samePassword')
  await change(testPassword, 'Other-2026-words')
  expect((await whois(token))?.posts).toHaveLength(1)
  expect(await whois(other.token)).toBeNull()
  await expect(enter('dispatcher')).rejects.toThrow('people.signInFailed')
  await expect(enter('dispatcher', 'Other-2026-words')).resolves.toMatchObject({ mustChangePassword: false })
  expect(await eventTypes()).toContain('people.password_changed')
})

test('guessing the current password through a stolen session is limited too', async () => {
  const { token } = await enter('handler')
  const actor = (await whois(token)) ?? undefined
  const change = (currentPassword: string) =>
    changePassword(doingAs(db.database, clock, actor), { currentPassword, newPassword: 'Other-2026-words', token })
  for (let i = 0; i < 5; i += 1) await expect(change('wrong')).rejects.toThrow('people.wrongPassword')
  await expect(change(testPassword)).rejects.toThrow('people.wrongPassword')
})

test('a password older than ninety days must be changed, but not a printed one of a sample person', async () => {
  clock.advance({ days: 90 })
  expect((await enter('handler')).mustChangePassword).toBe(false)
  await sql`update people.person set sample = false where code = 'handler'`.execute(db.database.kysely)
  expect((await enter('handler')).mustChangePassword).toBe(true)
  clock.advance({ seconds: -1 })
  expect((await enter('handler')).mustChangePassword).toBe(false)
  await sql`update people.person set sample = true where code = 'handler'`.execute(db.database.kysely)
})

test('events of sign-in hold ids and no login', async () => {
  await enter('handler')
  const { rows } = await sql<{ text: string }>`select to_jsonb(e)::text as text from platform.event e`.execute(db.database.kysely)
  expect(rows).toHaveLength(1)
  expect(rows[0]?.text).toContain('people.signed_in')
  expect(rows[0]?.text).not.toContain('handler')
})
