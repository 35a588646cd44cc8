import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { publicActor, type Actor } from '#kernel/actor.ts'
import { movableClock, parseInstant } from '#kernel/clock.ts'
import { newId } from '#kernel/id.ts'
import { refusals } from '#kernel/refusal.ts'
import { testDatabase, type TestDatabase } from '#platform/database/testing.ts'
import { createApp } from '#platform/http/app.ts'
import { createLogger } from '#platform/logger.ts'
import { catalogueEndpoints, type MatterSummary, type MatterVersionView } from './contract.ts'
import { keepCatalogue, type LiveCatalogue } from './questions.ts'
import { catalogueRoutes } from './routes.ts'

const editor: Actor = { kind: 'person', personId: newId(), name: '示例', posts: [] }
const refuse = refusals('test', { notYours: { status: 403, zh: '无权。', en: 'Not yours.' } })
const clock = movableClock('2026-03-02T09:00:00+08:00')
let db: TestDatabase
let app: FastifyInstance
let live: LiveCatalogue

beforeAll(async () => {
  db = await testDatabase()
  live = await keepCatalogue(db.database, clock, 'Asia/Shanghai')
  app = await createApp({
    database: db.database,
    clock,
    logger: createLogger({ to: { write: () => undefined } }),
    subscribersOf: () => [],
    identify: (request) => (request.headers.authorization ? editor : publicActor),
    authorise: (actor, permission) => {
      if (permission !== 'public' && actor.kind === 'public') throw refuse.notYours()
    },
  })
  catalogueRoutes(app, {
    database: db.database,
    catalogue: live.current,
    organisation: () => undefined,
    isArea: () => true,
    policy: { may: () => true },
  })
  await app.ready()
})
afterAll(async () => {
  await app.close()
  await db.close()
})

const call = async (method: 'GET' | 'POST', url: string, payload?: object): Promise<{ status: number; body: unknown }> => {
  const answer = await app.inject({ method, url, headers: { authorization: 'yes', 'accept-language': 'en' }, ...(payload ? { payload } : {}) })
  return { status: answer.statusCode, body: answer.json() }
}

const matter = {
  standard: 'local',
  kind: 'local',
  code: '99001',
  name: { zh: '电梯困人', en: 'Lift stuck' },
  workKind: 'emergency',
  conditions: [
    {
      code: '1',
      description: { zh: '有人被困' },
      words: [{ text: '电梯' }],
      respond: { value: 0.5, unit: 'urgent_hour' },
      dispose: { value: 2, unit: 'urgent_hour' },
      tier: 'A',
      lead: { level: 'district', function: 'market_supervision' },
    },
  ],
}

test('a matter is drafted, published, listed and shown to residents', async () => {
  const saved = await call('POST', '/api/catalogue/drafts', { commandId: newId(), matter, effectiveFrom: '2026-03-02' })
  expect(saved).toMatchObject({
    status: 200,
    body: { status: 'draft', rowVersion: 1, conditions: [{ helpers: [], words: [{ text: '电梯', weight: 1 }] }] },
  })
  const draft = saved.body as MatterVersionView
  const published = await call('POST', `/api/catalogue/versions/${draft.id}/publication`, { commandId: newId(), expectedVersion: 1 })
  expect(published).toMatchObject({ status: 200, body: { status: 'published', publishedAt: parseInstant('2026-03-02T09:00:00+08:00') } })
  expect(await live.refresh()).toBe(true)
  const list = await call('GET', '/api/catalogue/matters?q=99')
  expect((list.body as { items: MatterSummary[] }).items).toMatchObject([
    { code: '99001', conditions: 1, inForce: { number: 1, effectiveFrom: '2026-03-02' }, draft: null },
  ])
  const one = await call('GET', `/api/catalogue/matters/${draft.matterId}`)
  expect(one.body).toMatchObject({ versions: [{ id: draft.id, legalBasis: null }] })
  const residents = await app.inject({ method: 'GET', url: '/api/public/matters' })
  expect(residents.json()).toEqual({ items: [{ id: draft.matterId, name: matter.name, category: null }] })
})

test('what may not be published is refused with the reason and the field', async () => {
  const [condition] = matter.conditions
  const wrong = { ...matter, code: '99002', conditions: [{ ...condition, lead: { level: 'street', function: 'market_supervision' } }] }
  const saved = await call('POST', '/api/catalogue/drafts', { commandId: newId(), matter: wrong, effectiveFrom: '2026-03-02' })
  const { id } = saved.body as MatterVersionView
  expect(await call('POST', `/api/catalogue/versions/${id}/publication`, { commandId: newId(), expectedVersion: 1 })).toMatchObject({
    status: 422,
    body: { code: 'catalogue.departmentWorkToGrassroots' },
  })
  expect((await call('POST', '/api/catalogue/drafts', { commandId: newId(), matter: { ...matter, kind: 'thing' } })).status).toBe(400)
  expect((await call('GET', `/api/catalogue/matters/${newId()}`)).status).toBe(404)
})

test('a review names every gap of a draft at its field, and the rule that another hides', async () => {
  const [condition] = matter.conditions
  const gaps = { ...condition, respond: null, tier: null, lead: null }
  const saved = await call('POST', '/api/catalogue/drafts', { commandId: newId(), matter: { ...matter, code: '99003', conditions: [gaps] } })
  const review = await call('GET', `/api/catalogue/versions/${(saved.body as MatterVersionView).id}/review`)
  const { refusals: found } = review.body as { refusals: { code: string; field: string; text: { zh: string; en: string } }[] }
  expect(found.map(({ code, field }) => `${code} ${field}`)).toEqual([
    'catalogue.noLimit conditions.0.respond',
    'catalogue.noTier conditions.0.tier',
    'catalogue.noLead conditions.0.lead',
    'catalogue.noEffectiveDate effectiveFrom',
    'catalogue.shadowed conditions.0.words',
  ])
  expect(found.at(-1)?.text.zh).toContain('99001 电梯困人')
})

test('a matter of the city’s own gets the next code from the back, and the list can be narrowed to drafts', async () => {
  const next = await call('GET', '/api/catalogue/next-code?standard=local&kind=local&largeClass=99')
  expect(next.body).toEqual({ code: '99999' })
  const codes = async (state: string): Promise<string[]> => {
    const { body } = await call('GET', `/api/catalogue/matters?q=99&state=${state}`)
    return (body as { items: MatterSummary[] }).items.map(({ code }) => code)
  }
  expect(await codes('in_force')).toEqual(['99001'])
  expect(await codes('draft')).toEqual(['99002', '99003'])
})

test('without a right only the public list answers', async () => {
  for (const { method, path, permission } of catalogueEndpoints) {
    const answer = await app.inject({ method, url: path.replace(/\{\w+\}/g, newId()), ...(method === 'POST' ? { payload: {} } : {}) })
    expect(answer.statusCode === 403).toBe(permission !== 'public')
  }
})

test('the whole catalogue leaves as one file, and comes back unchanged; a broken file changes nothing and names its place', async () => {
  const { body: file } = await call('GET', '/api/catalogue/file')
  const before = live.current().revision
  const again = await call('POST', '/api/catalogue/file', { commandId: newId(), file })
  expect(again).toMatchObject({ status: 200, body: { added: 0, changed: 0 } })
  const matters = [{ ...(file as { matters: object[] }).matters[0], code: 7 }]
  const broken = await call('POST', '/api/catalogue/file', { commandId: newId(), file: { format: 'huying-catalogue/1', matters } })
  expect(broken).toMatchObject({ status: 400, body: { code: 'catalogue.badFile', field: 'matters.0.code' } })
  expect(live.current().revision).toBe(before)
})
