import { sql } from 'kysely'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { movableClock, type LocalDate } from '#kernel/clock.ts'
import { inTransaction } from '#platform/database/database.ts'
import { testDatabase } from '#platform/database/testing.ts'
import { importPeople } from '../commands.ts'
import { loadPolicy } from '../policy/store.ts'
import { listFactorRules } from '../questions.ts'
import { heldFor, sessionOf, signIn } from '../sign-in/commands.ts'
import { aPerson, aPost, appCode, aStaff, doingAs, testPassword, testSecrets } from '../testing.ts'
import { confirmFactor, removeFactor, setFactorRule, startFactor, switchFactorOff } from './commands.ts'
import { newRecoveryCode } from './recovery.ts'

const nine = '2026-03-02T09:00:00+08:00'
const clock = movableClock(nine)
const db = await testDatabase()
const policy = await inTransaction(db.database, loadPolicy)
const security = aPerson(aPost({ role: 'security_admin', areaCode: '' }))
afterAll(() => db.close())
beforeEach(async () => {
  clock.set(nine)
  await sql`truncate people.organisation, people.person, people.account, people.post, people.session, people.second_factor, people.recovery_code, platform.event, platform.outbox cascade`.execute(
    db.database.kysely,
  )
  await sql`delete from people.second_factor_rule where effective_from > '2000-01-01'`.execute(db.database.kysely)
  await importPeople(doingAs(db.database, clock), aStaff())
  await sql`truncate platform.event, platform.outbox`.execute(db.database.kysely)
})

const enter = (code?: string, login = 'handler') => signIn(doingAs(db.database, clock), testSecrets, { login, password: testPassword, code })
async function actorOf(login: string, code?: string) {
  const session = await sessionOf({ database: db.database, clock }, (await enter(code, login)).token)
  if (!session) throw new Error(`${login} has no session`)
  return session.actor
}
async function personOf(login: string): Promise<string> {
  const { rows } = await sql<{ id: string }>`select person_id as id from people.account where login = ${login}`.execute(db.database.kysely)
  return rows[0]?.id ?? ''
}
async function enrol(login = 'handler') {
  const actor = await actorOf(login)
  const { secret, address } = await startFactor(doingAs(db.database, clock, actor), testSecrets, testPassword)
  const { recoveryCodes } = await confirmFactor(doingAs(db.database, clock, actor), testSecrets, appCode(secret, clock.now()))
  clock.advance({ seconds: 30 })
  return { actor, secret, address, recoveryCodes }
}
async function events(): Promise<string[]> {
  const { rows } = await sql<{ type: string }>`select type from platform.event where type not like 'people.sign%' order by id`.execute(
    db.database.kysely,
  )
  return rows.map(({ type }) => type)
}

test('a secret counts only after a code has confirmed it, and sign-in then asks for a code', async () => {
  const actor = await actorOf('handler')
  const { secret, address } = await startFactor(doingAs(db.database, clock, actor), testSecrets, testPassword)
  expect(address).toContain(secret)
  await expect(enter()).resolves.toBeDefined()
  await expect(confirmFactor(doingAs(db.database, clock, actor), testSecrets, '000000')).rejects.toThrow('people.codeWrong')
  await expect(enter()).resolves.toBeDefined()
  const { recoveryCodes } = await confirmFactor(doingAs(db.database, clock, actor), testSecrets, appCode(secret, clock.now()))
  expect(new Set(recoveryCodes).size).toBe(10)
  await expect(enter()).rejects.toThrow('people.codeNeeded')
  clock.advance({ seconds: 30 })
  await expect(enter(appCode(secret, clock.now()))).resolves.toBeDefined()
  expect(await events()).toEqual(['people.second_factor_on'])
})

test('the database holds neither the secret nor a recovery code', async () => {
  const { secret, recoveryCodes } = await enrol()
  const { rows } = await sql<{ text: string }>`select to_jsonb(f)::text as text from people.second_factor f
    union all select to_jsonb(r)::text from people.recovery_code r union all select to_jsonb(e)::text from platform.event e`.execute(
    db.database.kysely,
  )
  const held = rows.map(({ text }) => text).join()
  expect(held).not.toContain(secret)
  for (const code of recoveryCodes) expect(held).not.toContain(code)
})

test('a code is accepted once, also by two requests at the same moment, and the one that confirmed is used up', async () => {
  const { secret } = await enrol()
  const code = appCode(secret, clock.now())
  const ends = await Promise.allSettled([enter(code), enter(code), enter(code)])
  expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  await expect(enter(code)).rejects.toThrow('people.codeWrong')
  clock.advance({ seconds: 30 })
  await expect(enter(appCode(secret, clock.now()))).resolves.toBeDefined()
  clock.set(nine)
  await expect(enter(appCode(secret, clock.now())), 'an earlier step').rejects.toThrow('people.codeWrong')
})

test('a recovery code opens once, however it is typed', async () => {
  const { recoveryCodes } = await enrol()
  const [first = '', second = ''] = recoveryCodes
  await expect(enter(` ${first.toLowerCase().replace('-', ' ')}`)).resolves.toBeDefined()
  await expect(enter(first)).rejects.toThrow('people.codeWrong')
  await expect(enter(second)).resolves.toBeDefined()
  expect(newRecoveryCode(Buffer.from([0, 1, 2, 3, 4, 5, 6, 7, 8, 255]))).toBe('01234-5678Z')
})

test('wrong codes lock the account like wrong passwords; asking for the second step neither counts nor forgives', async () => {
  const { secret } = await enrol()
  for (let n = 0; n < 4; n += 1) {
    await expect(enter('000000')).rejects.toThrow('people.codeWrong')
    await expect(enter()).rejects.toThrow('people.codeNeeded')
  }
  await expect(enter('000000')).rejects.toThrow('people.codeWrong')
  await expect(enter(appCode(secret, clock.now()))).rejects.toThrow('people.signInFailed')
  clock.advance({ minutes: 15 })
  await expect(enter(appCode(secret, clock.now()))).resolves.toBeDefined()
  const { rows } = await sql`select id from platform.event where type = 'people.account_locked'`.execute(db.database.kysely)
  expect(rows).toHaveLength(1)
})

test('a wrong password says nothing about the second factor', async () => {
  await enrol()
  const wrong = signIn(doingAs(db.database, clock), testSecrets, { login: 'handler', password: 'wrong', code: '123456' })
  await expect(wrong).rejects.toThrow('people.signInFailed')
})

test('starting asks for the password, and not while one counts', async () => {
  const { actor } = await enrol()
  await expect(startFactor(doingAs(db.database, clock, actor), testSecrets, 'wrong')).rejects.toThrow('people.wrongPassword')
  await expect(startFactor(doingAs(db.database, clock, actor), testSecrets, testPassword)).rejects.toThrow('people.factorOn')
})

test('it is switched off with a code only, and then the password is enough again', async () => {
  const { actor, secret, recoveryCodes } = await enrol()
  await expect(switchFactorOff(doingAs(db.database, clock, actor), testSecrets, '000000')).rejects.toThrow('people.codeWrong')
  await switchFactorOff(doingAs(db.database, clock, actor), testSecrets, appCode(secret, clock.now()))
  await expect(enter()).resolves.toBeDefined()
  expect(await events()).toEqual(['people.second_factor_on', 'people.second_factor_off'])
  await expect(switchFactorOff(doingAs(db.database, clock, actor), testSecrets, recoveryCodes[0] ?? '')).rejects.toThrow('people.codeWrong')
})

test('a security administrator takes it away from somebody else, on record, and the sessions end; nobody else does, and nobody his own', async () => {
  const { secret } = await enrol()
  const { token } = await enter(appCode(secret, clock.now()))
  const handler = await personOf('handler')
  const system = aPerson(aPost({ role: 'system_admin', areaCode: '' }))
  await expect(removeFactor(doingAs(db.database, clock, system), policy, handler)).rejects.toThrow('people.notYours')
  await expect(removeFactor(doingAs(db.database, clock, { ...security, personId: handler }), policy, handler)).rejects.toThrow('people.ownFactor')
  await removeFactor(doingAs(db.database, clock, security), policy, handler)
  expect(await sessionOf({ database: db.database, clock }, token)).toBeNull()
  await expect(enter()).resolves.toBeDefined()
  await expect(removeFactor(doingAs(db.database, clock, security), policy, handler)).rejects.toThrow('people.factorNotOn')
  expect((await events()).at(-1)).toBe('people.second_factor_removed')
})

test('a required second factor shuts every door until it is on, from the day it is required; an invented person is only invited', async () => {
  const rule = { role: 'handler', demand: 'require', effectiveFrom: '2026-03-03' as LocalDate } as const
  const doing = doingAs(db.database, clock, security)
  await expect(setFactorRule(doing, policy, { ...rule, effectiveFrom: '2026-03-01' as LocalDate })).rejects.toThrow('people.ruleInPast')
  await expect(setFactorRule(doing, policy, { ...rule, role: 'king' })).rejects.toThrow('people.noSuchRole')
  await setFactorRule(doing, policy, rule)
  const listed = (await listFactorRules({ database: db.database, clock })).find(({ role }) => role === 'handler')
  expect(listed).toMatchObject({ demand: 'none', next: { demand: 'require', effectiveFrom: '2026-03-03' } })
  const look = async (code?: string) => sessionOf({ database: db.database, clock }, (await enter(code)).token)
  await sql`update people.person set sample = false where code = 'handler'`.execute(db.database.kysely)
  expect((await look())?.actor.posts).toHaveLength(1)
  clock.set('2026-03-03T00:00:00+08:00')
  const held = await look()
  expect(held && heldFor(held)).toBe('factor')
  expect(held?.actor.posts).toEqual([])
  const { secret } = await startFactor(doingAs(db.database, clock, held?.actor), testSecrets, testPassword)
  await confirmFactor(doingAs(db.database, clock, held?.actor), testSecrets, appCode(secret, clock.now()))
  clock.advance({ seconds: 30 })
  const free = await look(appCode(secret, clock.now()))
  expect(free?.actor.posts).toHaveLength(1)
  expect(free?.factor).toEqual({ on: true, demand: 'require' })
  await sql`delete from people.second_factor`.execute(db.database.kysely)
  await sql`update people.person set sample = true where code = 'handler'`.execute(db.database.kysely)
  expect((await look())?.factor).toEqual({ on: false, demand: 'ask' })
})
