import { afterAll, beforeAll, expect, test } from 'vitest'
import { testWorld, type TestWorld } from '#processes/testing.ts'

let city: TestWorld
let dispatcher: string

beforeAll(async () => {
  city = await testWorld()
  dispatcher = await city.enter('dispatcher')
})
afterAll(() => city.close())

async function ask(url: string, cookie = dispatcher): Promise<{ status: number; body: Record<string, unknown> }> {
  const reply = await city.app.inject({ method: 'GET', url, headers: { cookie } })
  return { status: reply.statusCode, body: reply.json() }
}

test('a period that ends before it begins is refused at its field', async () => {
  const { status, body } = await ask('/api/figures?from=2026-03-02&to=2026-03-01')
  expect(status).toBe(422)
  expect(body).toMatchObject({ code: 'assessment.periodBackwards', field: 'from' })
})

test.each([
  '/api/figures?from=2026-02-31',
  '/api/figures?areaCode=990101001001001',
  '/api/figures/best_worker/cases',
  '/api/figures/rework/cases?part=all',
])('%s is no question about figures', async (url) => expect((await ask(url)).status).toBe(400))

test('figures of an empty city have no data, and their lists are empty', async () => {
  const { body } = await ask('/api/figures')
  expect((body['figures'] as { value: unknown }[]).every(({ value }) => value === null)).toBe(true)
  expect(await ask('/api/figures/extension/cases')).toMatchObject({ status: 200, body: { items: [], total: 0, cursor: null } })
})

test('whoever sees no cases sees no figures', async () => {
  expect((await ask('/api/figures', await city.enter('system_admin'))).status).toBe(403)
})
