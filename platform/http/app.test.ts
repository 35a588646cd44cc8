import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { publicActor, type Actor } from '#kernel/actor.ts'
import { movableClock } from '#kernel/clock.ts'
import { refusals } from '#kernel/refusal.ts'
import { openDatabase } from '../database/database.ts'
import { testDatabase, type TestDatabase } from '../database/testing.ts'
import { createLogger } from '../logger.ts'
import { createApp } from './app.ts'
import { doing } from './doing.ts'
import { endpoint } from './endpoint.ts'
import type { Problem } from './problem.ts'
import { serve } from './serve.ts'

const wang: Actor = { kind: 'person', personId: '018f0000-0000-7000-8000-000000000001', name: '王某', posts: [] }
const refuse = refusals('tea', {
  notSignedIn: { status: 401, zh: '请先登录。', en: 'Sign in first.' },
  cold: { status: 422, zh: '水只有 {degrees} 度，请烧开。', en: 'The water has {degrees} degrees. Boil it.' },
})

const Cup: z.ZodType<{ name: string; cups: { name: string }[] }> = z.object({
  name: z.string(),
  cups: z.array(z.object({ name: z.string() }).meta({ id: 'Saucer' })),
})
const brew = endpoint({
  id: 'brewTea',
  method: 'POST',
  path: '/api/teas/{teaId}/brews',
  permission: 'signedIn',
  summary: 'Brews a cup.',
  params: z.object({ teaId: z.uuid() }),
  query: z.object({ cups: z.int().min(1).default(1) }),
  body: z.object({
    note: z.string().min(3).max(10),
    milk: z.string().nullable().optional(),
    degrees: z.number().default(95),
    leaf: z
      .discriminatedUnion('kind', [z.object({ kind: z.literal('green'), name: z.string() }), z.object({ kind: z.literal('black'), year: z.int() })])
      .optional(),
    commandId: z.uuid().optional(),
  }),
  reply: z.object({ seen: z.record(z.string(), z.unknown()), cups: z.number(), commandId: z.string(), actor: z.string().nullable() }),
})
const list = endpoint({
  id: 'listCups',
  method: 'GET',
  path: '/api/cups',
  permission: 'public',
  summary: 'Lists cups.',
  reply: Cup,
  limit: { calls: 3, seconds: 60 },
})
const crash = endpoint({ id: 'breakCup', method: 'GET', path: '/api/crash', permission: 'public', summary: 'Breaks.', reply: z.object({}) })

const teaId = '018f0000-0000-7000-8000-0000000000aa'
let db: TestDatabase
let app: FastifyInstance
let lines: string[]

beforeAll(async () => {
  db = await testDatabase()
  lines = []
  app = await createApp({
    database: db.database,
    clock: movableClock('2026-03-02T09:00+08:00'),
    logger: createLogger({ to: { write: (line) => void lines.push(line) } }),
    subscribersOf: () => [],
    identify: (request) => (request.headers.authorization ? wang : publicActor),
    authorise: (actor, permission) => {
      if (permission !== 'public' && actor.kind === 'public') throw refuse.notSignedIn()
    },
    bodyLimit: 4096,
  })
  serve(app, brew, async ({ query, body }, request) => {
    if (body.degrees < 80) throw refuse.cold({ degrees: body.degrees }, 'degrees')
    return { seen: body, cups: query.cups, commandId: doing(request).commandId, actor: request.actor.personId }
  })
  serve(app, list, async () => ({ name: 'all', cups: [], secret: 'never leaves' }))
  serve(app, crash, async () => {
    throw new Error('the handle broke off', { cause: 'porcelain' })
  })
  await app.ready()
})
afterAll(async () => {
  await app.close()
  await db.close()
})

const post = (payload: object | string, headers: Record<string, string> = {}, query = '') =>
  app.inject({
    method: 'POST',
    url: `/api/teas/${teaId}/brews${query}`,
    payload,
    headers: { authorization: 'yes', 'content-type': 'application/json', ...headers },
  })

describe('a request that the contract allows', () => {
  it('reaches the handler with defaults filled, strangers dropped, null kept and the caller known', async () => {
    const reply = await post({ note: '龙井茶', milk: null, admin: true }, {}, '?cups=2')
    expect(reply.statusCode).toBe(200)
    expect(reply.json()).toMatchObject({ seen: { note: '龙井茶', milk: null, degrees: 95 }, cups: 2, actor: wang.personId })
    expect(reply.json().seen).not.toHaveProperty('admin')
    expect(reply.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
  })

  it('takes its command id from the header, then from the body, else gets a new one', async () => {
    const [a, b] = ['018f0000-0000-4000-8000-00000000000a', '018f0000-0000-4000-8000-00000000000b']
    expect((await post({ note: 'one', commandId: b }, { 'idempotency-key': a.toUpperCase() })).json().commandId).toBe(a)
    expect((await post({ note: 'one', commandId: b })).json().commandId).toBe(b)
    expect((await post({ note: 'one' })).json().commandId).toMatch(/^[0-9a-f-]{36}$/)
    expect((await post({ note: 'one' }, { 'idempotency-key': 'again' })).json()).toMatchObject({
      code: 'platform.badCommandId',
      field: 'Idempotency-Key',
    })
  })

  it('never answers with a field outside the contract', async () => {
    const reply = await app.inject('/api/cups')
    expect(reply.json()).toEqual({ name: 'all', cups: [] })
    expect(reply.headers['content-security-policy']).toContain("script-src 'self';")
    expect(reply.headers['cache-control']).toBe('no-store')
  })
})

describe('a problem document', () => {
  it('carries a refusal in Chinese by default and in English when asked', async () => {
    const zh = await post({ note: '红茶一杯', degrees: 60 })
    expect(zh.statusCode).toBe(422)
    expect(zh.headers['content-type']).toContain('application/problem+json')
    expect(zh.json<Problem>()).toEqual({
      type: 'urn:huying:problem:tea.cold',
      title: '不符合规则',
      status: 422,
      code: 'tea.cold',
      message: '水只有 60 度，请烧开。',
      field: 'degrees',
      details: { degrees: 60 },
      requestId: zh.headers['x-request-id'],
    })
    const english = [
      post({ note: 'red', degrees: 60 }, { 'accept-language': 'fr;q=0.9, en-GB;q=0.8, zh;q=0.1' }),
      post({ note: 'red', degrees: 60 }, { cookie: 'lang=en' }),
      post({ note: 'red', degrees: 60 }, {}, '?lang=en'),
    ]
    for (const reply of await Promise.all(english)) expect(reply.json<Problem>().message).toBe('The water has 60 degrees. Boil it.')
  })

  it('names every wrong field with a sentence that says the fix', async () => {
    const zh = (await post({ note: 'x', degrees: '热' }, {}, '?cups=0')).json<Problem>()
    expect(zh).toMatchObject({
      status: 400,
      code: 'platform.invalidInput',
      field: 'note',
      details: { note: '「note」至少要 3 个字，请补充。', degrees: '「degrees」应是数字，请改正。' },
    })
    const query = (await post({ note: 'good' }, { 'accept-language': 'en' }, '?cups=0')).json<Problem>()
    expect(query).toMatchObject({ field: 'cups', message: '“cups” must not be less than 1.' })
    expect((await post({})).json<Problem>()).toMatchObject({ field: 'note', message: '缺少「note」，请填写。' })
    expect((await post([])).json<Problem>().message).toBe('提交的内容应是对象（JSON），请改正。')
  })

  it('explains a union by the branch that was meant', async () => {
    expect((await post({ note: 'good', leaf: { kind: 'black' } })).json<Problem>().details).toEqual({ 'leaf.year': '缺少「leaf.year」，请填写。' })
    expect((await post({ note: 'good', leaf: { kind: 'blue' } })).json<Problem>().details).toEqual({
      'leaf.kind': '「leaf.kind」只能是：green、black。请从中选一个。',
    })
  })

  it('asks for sign-in before it looks at the input', async () => {
    const reply = await app.inject({ method: 'POST', url: '/api/teas/none/brews', payload: '{' })
    expect(reply.json()).toMatchObject({ status: 401, code: 'tea.notSignedIn' })
  })

  it.each([
    ['an unknown address', { method: 'GET', url: '/api/nothing?phone=1' }, 404, 'platform.noSuchAddress'],
    ['a malformed address', { method: 'GET', url: '/api/%E0%A4%A' }, 400, 'platform.badAddress'],
    [
      'text that is not JSON',
      { method: 'POST', url: `/api/teas/${teaId}/brews`, payload: '{', headers: { authorization: 'yes', 'content-type': 'application/json' } },
      400,
      'platform.notJson',
    ],
    [
      'another format',
      { method: 'POST', url: `/api/teas/${teaId}/brews`, payload: 'a', headers: { authorization: 'yes', 'content-type': 'text/csv' } },
      415,
      'platform.unknownFormat',
    ],
    [
      'too large a body',
      { method: 'POST', url: `/api/teas/${teaId}/brews`, payload: { note: 'x'.repeat(5000) }, headers: { authorization: 'yes' } },
      413,
      'platform.tooLarge',
    ],
    [
      'a form of another site',
      { method: 'POST', url: `/api/teas/${teaId}/brews`, payload: {}, headers: { 'sec-fetch-site': 'cross-site' } },
      403,
      'platform.crossSite',
    ],
  ] as const)('answers %s', async (_what, request, status, code) => {
    const reply = await app.inject(request)
    expect(reply.statusCode).toBe(status)
    expect(reply.json()).toMatchObject({ status, code })
    expect(reply.body).not.toContain('phone')
    expect(reply.headers['x-content-type-options']).toBe('nosniff')
  })

  it('shows nothing of a bug but its number, and logs the rest', async () => {
    const reply = await app.inject('/api/crash')
    expect(reply.statusCode).toBe(500)
    expect(reply.body).not.toContain('handle')
    const logged = lines.map((line) => JSON.parse(line)).find((line) => line.requestId === reply.json<Problem>().requestId)
    expect(logged).toMatchObject({ level: 'error', route: '/api/crash', err: { message: expect.stringContaining('the handle broke off') } })
  })

  it('says when to come back to a door with a limit', async () => {
    for (let call = 0; call < 3; call += 1) await app.inject('/api/cups')
    const reply = await app.inject({ url: '/api/cups', headers: { 'accept-language': 'en' } })
    expect(reply.json()).toMatchObject({ status: 429, code: 'platform.tooMany', message: expect.stringMatching(/Try again in \d+ seconds/) })
    expect(Number(reply.headers['retry-after'])).toBeGreaterThan(0)
  })
})

describe('what the application says about itself', () => {
  it('describes every mounted contract in OpenAPI 3.1 with its permission and the problem document', async () => {
    const api = (await app.inject('/api/openapi.json')).json()
    expect(api.openapi).toBe('3.1.0')
    const operation = api.paths['/api/teas/{teaId}/brews'].post
    expect(operation).toMatchObject({ operationId: 'brewTea', summary: 'Brews a cup.', 'x-permission': 'signedIn' })
    expect(operation.parameters.map((p: { name: string; in: string; required: boolean }) => [p.name, p.in, p.required])).toEqual([
      ['teaId', 'path', true],
      ['cups', 'query', false],
    ])
    expect(operation.requestBody.content['application/json'].schema.required).toEqual(['note'])
    expect(api.components.schemas.Problem.properties).toHaveProperty('requestId')
    expect(api.paths['/api/cups'].get.responses[200].content['application/json'].schema.properties.cups.items).toEqual({
      $ref: '#/components/schemas/Saucer',
    })
    for (const path of Object.values(api.paths) as Record<string, { operationId: string; summary: string; 'x-permission': string }>[]) {
      for (const each of Object.values(path)) expect([each.operationId, each.summary, each['x-permission']].every(Boolean)).toBe(true)
    }
  })

  it('is healthy while the database answers and says 503 when it does not', async () => {
    expect((await app.inject('/api/health')).json()).toMatchObject({ database: 'reachable', log: { waiting: 0, unsealed: 0 } })
    const nowhere = openDatabase('postgres:///huying?host=/nowhere/at/all')
    const other = await createApp({
      database: nowhere,
      clock: movableClock('2026-03-02T09:00+08:00'),
      logger: createLogger({ level: 'silent' }),
      subscribersOf: () => [],
      identify: () => publicActor,
      authorise: () => undefined,
    })
    const reply = await other.inject('/api/health')
    expect(reply.json()).toMatchObject({ status: 503, code: 'platform.unavailable' })
    expect(reply.headers['retry-after']).toBe('2')
    await other.close()
    await nowhere.close()
  })
})
