import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { movableClock } from '#kernel/clock.ts'
import { inTransaction } from '#platform/database/database.ts'
import { testDatabase, type TestDatabase } from '#platform/database/testing.ts'
import { createApp } from '#platform/http/app.ts'
import { endpoint } from '#platform/http/endpoint.ts'
import { serve } from '#platform/http/serve.ts'
import { silentLogger } from '#platform/logger.ts'
import { importPeople } from './commands.ts'
import { loadPolicy } from './policy/store.ts'
import { authoriseBy, identifyBy, peopleRoutes, sessionCookie } from './routes.ts'
import { aStaff, doingAs, testPassword, testSecrets } from './testing.ts'

const clock = movableClock('2026-03-02T09:00:00+08:00')
let db: TestDatabase
let app: FastifyInstance
beforeAll(async () => {
  db = await testDatabase()
  const policy = await inTransaction(db.database, loadPolicy)
  await importPeople(doingAs(db.database, clock), aStaff())
  app = await createApp({
    database: db.database,
    clock,
    subscribersOf: () => [],
    logger: silentLogger,
    identify: identifyBy(),
    authorise: authoriseBy(policy),
  })
  peopleRoutes(app, {
    policy,
    isArea: (code) => code.startsWith('990101'),
    areaName: (code) => ({ zh: `区域${code}` }),
    openWork: async () => 7,
    namedWork: async () => 2,
    secrets: testSecrets,
    secureCookies: true,
  })
  for (const permission of ['public', 'signedIn', 'case.dispatch'])
    serve(
      app,
      endpoint({
        id: `try_${permission}`,
        method: 'GET',
        path: `/api/try/${permission}`,
        permission,
        summary: 'A door.',
        reply: z.object({ name: z.string() }),
      }),
      async (_input, request) => ({
        name: request.actor.name,
      }),
    )
})
afterAll(async () => {
  await app.close()
  await db.close()
})
afterEach(async () => {
  clock.set('2026-03-02T09:00:00+08:00')
  await sql`update people.account set failed_attempts = 0, locked_until = null, must_change_password = false`.execute(db.database.kysely)
})

type Method = 'GET' | 'POST' | 'DELETE'
async function ask(method: Method, url: string, options: { token?: string; body?: object; address?: string } = {}) {
  const { token, body, address } = options
  const reply = await app.inject({
    method,
    url,
    ...(token === undefined ? {} : { cookies: { [sessionCookie]: token } }),
    ...(method === 'GET' ? {} : { payload: body ?? {} }),
    ...(address === undefined ? {} : { remoteAddress: address }),
  })
  return { status: reply.statusCode, body: reply.json<Record<string, unknown>>(), cookies: reply.cookies }
}

async function enter(login: string): Promise<string> {
  const { cookies } = await ask('POST', '/api/session', { body: { login, password: testPassword } })
  return cookies.find((cookie) => cookie.name === sessionCookie)?.value ?? ''
}

test('signing in sets a cookie that scripts and other sites cannot use', async () => {
  const { status, body, cookies } = await ask('POST', '/api/session', { body: { login: 'handler', password: testPassword } })
  expect(status).toBe(200)
  expect(body).toEqual({ expiresAt: '2026-03-02T13:00:00.000Z', mustChangePassword: false })
  expect(cookies).toMatchObject([{ name: 'huying_session', httpOnly: true, sameSite: 'Lax', secure: true, path: '/' }])
})

test('a refused sign-in is a problem document without a cookie', async () => {
  const { status, body, cookies } = await ask('POST', '/api/session', { body: { login: 'handler', password: 'wrong' } })
  expect([status, body['code'], cookies]).toEqual([401, 'people.signInFailed', []])
})

test('doors open by what the actor holds: 401 without a session, 403 without the right', async () => {
  const statuses = async (token?: string) =>
    Promise.all(
      ['public', 'signedIn', 'case.dispatch'].map(
        async (permission) => (await ask('GET', `/api/try/${permission}`, token === undefined ? {} : { token })).status,
      ),
    )
  expect(await statuses()).toEqual([200, 401, 401])
  expect(await statuses('not-a-session')).toEqual([200, 401, 401])
  expect(await statuses(await enter('handler'))).toEqual([200, 200, 403])
  expect(await statuses(await enter('dispatcher'))).toEqual([200, 200, 200])
})

test('“me” tells the posts by name and the rights with their reach', async () => {
  const { body } = await ask('GET', '/api/me', { token: await enter('dispatcher') })
  expect(body).toMatchObject({
    name: '示例dispatcher',
    mustChangePassword: false,
    posts: [
      { role: 'dispatcher', roleName: { zh: '派遣员', en: 'Dispatcher' }, organisationName: { zh: '单位centre' }, areaCode: '990101', validTo: null },
    ],
  })
  expect(body['rights']).toContainEqual(expect.objectContaining({ permission: 'case.dispatch', scope: 'district', areaCode: '990101' }))
  expect(JSON.stringify(body)).not.toContain('assword_hash')
})

test('after signing out the cookie is worth nothing', async () => {
  const token = await enter('handler')
  const out = await ask('DELETE', '/api/session', { token })
  expect(out.status).toBe(200)
  expect(out.cookies).toMatchObject([{ name: sessionCookie, value: '' }])
  expect((await ask('GET', '/api/me', { token })).status).toBe(401)
})

test('while the password must be changed every other door stays shut', async () => {
  await sql`update people.account set must_change_password = true where login = 'dispatcher'`.execute(db.database.kysely)
  const token = await enter('dispatcher')
  expect((await ask('GET', '/api/me', { token })).body).toMatchObject({ mustChangePassword: true, posts: [], rights: [] })
  for (const door of ['signedIn', 'case.dispatch']) {
    const { status, body } = await ask('GET', `/api/try/${door}`, { token })
    expect([status, body['code']]).toEqual([403, 'people.passwordMustChange'])
  }
  expect((await ask('GET', '/api/organisations', { token })).status).toBe(403)
  expect((await ask('GET', '/api/try/public', { token })).status).toBe(200)
  const change = await ask('POST', '/api/me/password', { token, body: { currentPassword: testPassword, newPassword: 'Other-2026-words' } })
  expect(change).toMatchObject({ status: 200, body: { changed: true } })
  expect((await ask('GET', '/api/try/case.dispatch', { token })).status).toBe(200)
  await sql`update people.account set password_hash = (select password_hash from people.account where login = 'handler') where login = 'dispatcher'`.execute(
    db.database.kysely,
  )
})

test('guesses at one login from one address are slowed before the account locks everybody out again and again', async () => {
  const guess = (login: string, address: string) => ask('POST', '/api/session', { body: { login, password: 'wrong' }, address })
  for (let i = 0; i < 20; i += 1) {
    expect((await guess('inspector', '10.0.0.1')).status).toBe(401)
    await sql`update people.account set failed_attempts = 0, locked_until = null`.execute(db.database.kysely)
  }
  expect((await guess('inspector', '10.0.0.1')).body).toMatchObject({ status: 429, code: 'people.tooManyAttempts' })
  expect((await guess('inspector', '10.0.0.2')).status).toBe(401)
  expect((await guess('leader', '10.0.0.1')).status).toBe(401)
  clock.advance({ minutes: 5 })
  expect((await guess('inspector', '10.0.0.1')).status).toBe(401)
})

test('organisations and posts are listed, filtered and ended over HTTP', async () => {
  const token = await enter('system_admin')
  const organisations = await ask('GET', '/api/organisations?kind=community', { token })
  expect(organisations.body).toMatchObject({
    items: [{ code: 'community', areaCode: '990101001001', lineOrBlock: 'block', functionCode: null, validTo: null }],
    cursor: null,
  })
  const posts = await ask('GET', '/api/posts?role=leader', { token })
  const [post] = posts.body['items'] as { id: string; validTo: string | null }[]
  expect(post).toMatchObject({ personName: '示例leader', validTo: null })
  expect(await ask('POST', `/api/posts/${post?.id}/end`, { token: await enter('supervisor') })).toMatchObject({ status: 403 })
  expect(await ask('POST', `/api/posts/${post?.id}/end`, { token })).toMatchObject({ status: 200, body: { validTo: '2026-03-02' } })
  expect((await ask('GET', '/api/posts?role=leader', { token })).body['items']).toEqual([])
  expect((await ask('GET', '/api/posts?role=leader&inForce=false', { token })).body['items']).toHaveLength(1)
})

test('before a post ends: what stays with the organisation, and who can go on; roles tell what they may do', async () => {
  const token = await enter('system_admin')
  const [post] = (await ask('GET', '/api/posts?role=handler', { token })).body['items'] as { id: string }[]
  const work = await ask('GET', `/api/posts/${post?.id}/work`, { token })
  expect(work.body).toMatchObject({ unit: 7, named: 2, colleagues: expect.any(Array) as unknown })
  expect(await ask('GET', `/api/posts/${post?.id}/work`, { token: await enter('supervisor') })).toMatchObject({ status: 403 })
  const roles = (await ask('GET', '/api/roles', { token })).body['items'] as { code: string; rights: { permission: string; scope: string }[] }[]
  expect(roles.find(({ code }) => code === 'audit_admin')?.rights).toContainEqual({ permission: 'audit.read', scope: 'city' })
})
