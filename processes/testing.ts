import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { sessionCookie } from '#contexts/people/routes.ts'
import { testPassword } from '#contexts/people/testing.ts'
import { movableClock, type MovableClock } from '#kernel/clock.ts'
import { testDatabase, testDataHome } from '#platform/database/testing.ts'
import { silentLogger } from '#platform/logger.ts'
import { createApi } from './api.ts'
import { compose, type World } from './compose.ts'
import { layTestCity } from './testing-city.ts'

/** The whole product on a database of its own with the small city of two districts, in one process and without its loops. */
export interface TestWorld {
  readonly world: World
  readonly clock: MovableClock
  readonly app: FastifyInstance
  /** Signs in and gives the cookie header. Logins are in processes/testing-city.ts. */
  enter(login: string): Promise<string>
  close(): Promise<void>
}

/** Opens it at nine on Monday 2 March 2026 in China. */
export async function testWorld(): Promise<TestWorld> {
  const { database, close } = await testDatabase()
  const clock = movableClock('2026-03-02T09:00:00+08:00')
  await layTestCity(database, clock)
  const world = await compose({
    database,
    clock,
    logger: silentLogger,
    key: new Uint8Array(32).fill(7),
    filesAt: join(testDataHome(), 'files'),
  })
  // Everybody in a test comes from one address.
  const app = await createApi(world, { publicCalls: 1_000_000 })
  return {
    world,
    clock,
    app,
    enter: async (login) => {
      const reply = await app.inject({ method: 'POST', url: '/api/session', payload: { login, password: testPassword } })
      if (reply.statusCode !== 200) throw new Error(`${login} cannot sign in: ${reply.body}`)
      return `${sessionCookie}=${reply.cookies.find((cookie) => cookie.name === sessionCookie)?.value}`
    },
    close: async () => {
      await app.close()
      await close()
    },
  }
}
