import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '#kernel/id.ts'
import { createApi } from './api.ts'
import { testWorld, type TestWorld } from './testing.ts'

const most = 3
let city: TestWorld
let app: FastifyInstance

beforeAll(async () => {
  city = await testWorld()
  app = await createApi(city.world, { publicCalls: most })
})
afterAll(async () => {
  await app.close()
  await city.close()
})

const code = '0000000000000000'
test.each<[string, () => object]>([
  ['/api/public/cases', () => ({ commandId: newId(), text: '路灯不亮', areaCode: '990101001001' })],
  ['/api/public/track', () => ({ trackingCode: code })],
  ['/api/public/rate', () => ({ commandId: newId(), trackingCode: code, score: 5 })],
  ['/api/public/withdraw', () => ({ commandId: newId(), trackingCode: code })],
  ['/report', () => ({ text: '路灯不亮', areaCode: '990101001001' })],
])('one address floods %s no further than the installation allows, and the next address is served', async (url, payload) => {
  const send = async (remoteAddress: string) => (await app.inject({ method: 'POST', url, payload: payload(), remoteAddress })).statusCode
  for (let n = 0; n < most; n += 1) expect(await send('198.51.100.7')).not.toBe(429)
  expect(await send('198.51.100.7')).toBe(429)
  expect(await send('198.51.100.8')).not.toBe(429)
})

test('a refused flood says when to come back', async () => {
  const reply = await app.inject({ method: 'POST', url: '/api/public/track', payload: { trackingCode: code }, remoteAddress: '198.51.100.7' })
  expect(reply.json()).toMatchObject({ code: 'platform.tooMany', status: 429 })
})
