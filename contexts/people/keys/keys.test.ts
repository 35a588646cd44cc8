import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { sql } from '#platform/database/database.ts'
import { newId } from '#kernel/id.ts'
import { middleOf } from '#processes/testing-city.ts'
import { testWorld, type TestWorld } from '#processes/testing.ts'

let city: TestWorld
let system: string
let water: string
const nine = '2026-03-02T09:00:00+08:00'

beforeAll(async () => {
  city = await testWorld()
  system = await city.enter('system_admin')
  const { rows } = await sql<{ id: string }>`select id from people.organisation where code = 'water-990101'`.execute(city.world.database.kysely)
  water = rows[0]?.id ?? ''
})
afterAll(() => city.close())
beforeEach(async () => {
  city.clock.set(nine)
  system = await city.enter('system_admin')
})

async function send(method: 'GET' | 'POST', url: string, { payload, ...headers }: { payload?: object; cookie?: string; authorization?: string }) {
  const reply = await city.app.inject({ method, url, headers, ...(method === 'POST' ? { payload: payload ?? {} } : {}) })
  return { status: reply.statusCode, body: reply.json<Record<string, never> & { code?: string; items: { id: string }[] }>() }
}
interface Made {
  secret: string
  key: { id: string; prefix: string; validFrom: string; validTo: string; revokedAt: string | null }
}
async function aKey(change: object = {}): Promise<Made> {
  const { status, body } = await send('POST', '/api/keys', {
    cookie: system,
    payload: { name: '排水监测平台', organisationId: water, validTo: '2026-04-01', ...change },
  })
  expect(status).toBe(200)
  return body as unknown as Made
}
const withKey = (secret: string, method: 'GET' | 'POST', url: string, payload?: object) =>
  send(method, url, { authorization: `Bearer ${secret}`, ...(payload ? { payload } : {}) })
const report = (secret: string, change: object = {}) =>
  withKey(secret, 'POST', '/api/cases', {
    commandId: newId(),
    channel: 'department',
    text: '路面塌陷冒水',
    ...middleOf('990101001001001'),
    ...change,
  })

test('a key reports in its district, by the name of its system, and the database holds only its hash', async () => {
  const { secret, key } = await aKey()
  expect(secret.startsWith(key.prefix)).toBe(true)
  const { status, body } = await report(secret)
  expect(status).toBe(200)
  const db = city.world.database.kysely
  const stored = await sql<{ channel: string; source: string }>`select channel, source from cases.case where id = ${body['id']}`.execute(db)
  expect(stored.rows).toEqual([{ channel: 'department', source: `department:${water}` }])
  const events = await sql<{ name: string }>`select p.name from platform.event e join people.person p on p.id = e.actor_person_id
    where e.subject_id = ${body['id']} and e.type = 'case.reported'`.execute(db)
  expect(events.rows).toEqual([{ name: '排水监测平台' }])
  const held = await sql<{
    text: string
  }>`select to_jsonb(k)::text as text from people.api_key k union all select to_jsonb(e)::text from platform.event e`.execute(db)
  expect(held.rows.map(({ text }) => text).join()).not.toContain(secret)
  expect((await report(secret, middleOf('990102001001001'))).status).toBe(403)
})

test('the same number of the reporting system gives the same case, whenever it comes, from whichever key of the unit, and to nobody else', async () => {
  const [{ secret }, other] = [await aKey(), await aKey()]
  const first = await report(secret, { externalKey: 'PS-1' })
  const again = await Promise.all([
    report(secret, { externalKey: 'PS-1', text: '换了说法', ...middleOf('990101002001001') }),
    report(other.secret, { externalKey: 'PS-1' }),
  ])
  expect(again.map(({ body }) => body)).toEqual([first.body, first.body])
  const twins = await Promise.all([1, 2, 3, 4].map(() => report(secret, { externalKey: 'PS-2' })))
  expect(new Set(twins.map(({ body }) => body['id'])).size).toBe(1)
  const tracked = await withKey(other.secret, 'GET', '/api/cases/reported/PS-1')
  expect(tracked.body).toMatchObject({ id: first.body['id'], number: first.body['number'], status: 'reported' })
  expect((await withKey(secret, 'GET', '/api/cases/reported/PS-404')).body.code).toBe('cases.noSuchReport')
  const { rows } = await sql<{ id: string }>`select id from people.organisation where code = 'gardens-990101'`.execute(city.world.database.kysely)
  const gardens = await aKey({ organisationId: rows[0]?.id })
  expect((await withKey(gardens.secret, 'GET', '/api/cases/reported/PS-1')).body.code).toBe('cases.noSuchReport')
  expect((await report(gardens.secret, { externalKey: 'PS-1' })).body['id']).not.toBe(first.body['id'])
})

test('numbers of a system are for keys, and a key has no other channel', async () => {
  const { secret } = await aKey()
  expect((await report(secret, { channel: 'hotline' })).body.code).toBe('cases.channelOfKey')
  const payload = { commandId: newId(), channel: 'department', text: '路面塌陷', externalKey: 'PS-1', ...middleOf('990101001001001') }
  expect((await send('POST', '/api/cases', { cookie: await city.enter('dispatcher'), payload })).body.code).toBe('cases.keyNeeded')
})

test('a key reads the cases that its unit holds and no others, and moves none', async () => {
  const { secret } = await aKey()
  const db = city.world.database.kysely
  const { body } = await report(secret, { externalKey: 'PS-9' })
  expect((await withKey(secret, 'GET', '/api/cases?view=all')).body.items).toEqual([])
  await sql`update cases.case set organisation_ids = array[${water}]::uuid[] where id = ${body['id']}`.execute(db)
  expect((await withKey(secret, 'GET', '/api/cases?view=all')).body.items.map(({ id }) => id)).toEqual([body['id']])
  expect((await withKey(secret, 'GET', `/api/cases/990101/${body['id']}`)).status).toBe(200)
  const move = { commandId: newId(), move: 'file', expectedVersion: 1 }
  expect((await withKey(secret, 'POST', `/api/cases/990101/${body['id']}/moves`, move)).status).toBe(403)
  expect((await withKey(secret, 'GET', '/api/persons')).body.code).toBe('people.notYours')
})

test('a key opens from its first day to the day before its last, and not once it is revoked', async () => {
  const { secret, key } = await aKey({ validTo: '2026-03-04' })
  expect(key).toMatchObject({ validFrom: '2026-03-02', validTo: '2026-03-04' })
  city.clock.set('2026-03-03T23:59:59+08:00')
  expect((await withKey(secret, 'GET', '/api/cases')).status).toBe(200)
  city.clock.set('2026-03-04T00:00:00+08:00')
  expect((await withKey(secret, 'GET', '/api/cases')).body.code).toBe('people.keyInvalid')
  city.clock.set(nine)
  const other = await aKey()
  const revoke = () => send('POST', `/api/keys/${other.key.id}/revocation`, { cookie: system })
  expect((await revoke()).body['revokedAt']).toBe('2026-03-02T01:00:00.000Z')
  city.clock.advance({ minutes: 1 })
  expect((await revoke()).body['revokedAt']).toBe('2026-03-02T01:00:00.000Z')
  expect((await withKey(other.secret, 'GET', '/api/cases')).body.code).toBe('people.keyInvalid')
  expect((await withKey('hyk_nonsense', 'GET', '/api/cases')).status).toBe(401)
})

test('each key has its own number of calls a minute', async () => {
  const [slow, other] = [await aKey({ callsPerMinute: 2 }), await aKey()]
  const look = async (secret: string) => (await withKey(secret, 'GET', '/api/cases')).status
  expect([await look(slow.secret), await look(slow.secret), await look(slow.secret), await look(other.secret)]).toEqual([200, 200, 429, 200])
  city.clock.advance({ minutes: 1 })
  expect(await look(slow.secret)).toBe(200)
})

test('keys are made and seen by the system administrator only, with when they were last used', async () => {
  const { secret, key } = await aKey()
  const seen = async () => (await send('GET', '/api/keys', { cookie: system })).body.items.find(({ id }) => id === key.id)
  expect(await seen()).toMatchObject({ name: '排水监测平台', lastUsedAt: null })
  city.clock.advance({ minutes: 5 })
  await withKey(secret, 'GET', '/api/cases')
  expect(await seen()).toMatchObject({ lastUsedAt: '2026-03-02T01:05:00.000Z' })
  for (const login of ['security_admin', 'supervisor']) {
    const cookie = await city.enter(login)
    expect((await send('GET', '/api/keys', { cookie })).body.code).toBe('people.notYours')
    expect((await send('POST', '/api/keys', { cookie, payload: { name: 'x', organisationId: water, validTo: '2026-04-01' } })).status).toBe(403)
  }
  const past = { name: 'x', organisationId: water, validTo: '2026-03-02' }
  expect((await send('POST', '/api/keys', { cookie: system, payload: past })).body.code).toBe('people.endBeforeStart')
})

test('no person is appointed to the role of a key', async () => {
  const roles = (await send('GET', '/api/roles', { cookie: system })).body.items as unknown as { code: string }[]
  expect(roles.map(({ code }) => code)).not.toContain('department_system')
  const { rows } = await sql<{ id: string }>`select id from people.person where code = 'no_posts'`.execute(city.world.database.kysely)
  const payload = { personId: rows[0]?.id, organisationId: water, role: 'department_system', areaCode: '990101', validFrom: '2026-03-02' }
  expect((await send('POST', '/api/posts', { cookie: system, payload })).body.code).toBe('people.noSuchRole')
})
