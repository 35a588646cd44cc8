import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CaseView } from '#contexts/cases/contract.ts'
import { systemClock } from '#kernel/clock.ts'
import { testDatabase, testDataHome, type TestDatabase } from '#platform/database/testing.ts'
import { silentLogger } from '#platform/logger.ts'
import { createApi } from '#processes/api.ts'
import { compose } from '#processes/compose.ts'
import { contactKey } from '#processes/key.ts'
import { pagesFor } from '#web/command/pages.ts'
import { viewsFor } from '#web/command/views.ts'
import { loadDemonstrationCity, signIns } from './load.ts'
import { demonstrationPassword } from './people.ts'

let db: TestDatabase
let app: FastifyInstance | undefined

beforeAll(async () => {
  process.env['HUYING_KEY'] = '42'.repeat(32)
  db = await testDatabase()
  const filesAt = join(testDataHome(), 'files')
  await loadDemonstrationCity(db.url, { cases: 120, filesAt })
  const world = await compose({ database: db.database, clock: systemClock, logger: silentLogger, key: await contactKey(), filesAt })
  app = await createApi(world, { publicCalls: 1_000_000 })
}, 120_000)
afterAll(async () => {
  await app?.close()
  await db.close()
})

/** Signs in and asks as that person. */
async function enter(login: string): Promise<(url: string) => Promise<unknown>> {
  const reply = await app!.inject({ method: 'POST', url: '/api/session', payload: { login, password: demonstrationPassword } })
  expect(reply.statusCode, login).toBe(200)
  const cookie = reply.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  return async (url) => {
    const answer = await app!.inject({ url, headers: { cookie } })
    expect(answer.statusCode, `${login} ${url}: ${answer.body}`).toBe(200)
    return answer.json()
  }
}
type Ask = Awaited<ReturnType<typeof enter>>

/** What a page shows first, where it is not a list of cases. */
const firstList: Readonly<Record<string, string>> = {
  catalogue: '/api/catalogue/matters',
  people: '/api/posts',
  audit: '/api/audit/990101/entries',
}

/** The address that the screens ask first for these rights: the first view of the queue, else the list of the first page. */
async function firstOf(login: string, ask: Ask): Promise<string> {
  const { rights } = (await ask('/api/me')) as { rights: { permission: string }[] }
  const may = (permission: string): boolean => rights.some((right) => right.permission === permission)
  // The field application begins with what its person has to do.
  const [view]: (CaseView | undefined)[] = login.startsWith('grid') ? ['mine'] : viewsFor(may)
  if (view !== undefined) return `/api/cases?view=${view}`
  // An administrator begins with the list of his pages; links of walls are made by whoever wants one.
  const page = may('audit.read') ? 'audit' : pagesFor(may).find(({ id }) => id in firstList)?.id
  return firstList[page ?? ''] ?? ''
}

describe('every printed sign-in', () => {
  test.each(signIns.map(([role, login]) => [login, role.en]))('%s (%s) finds work in the first list', async (login) => {
    const ask = await enter(login)
    const { items } = (await ask(await firstOf(login, ask))) as { items: unknown[] }
    expect(items.length).toBeGreaterThan(0)
  })

  test.each([
    ['dispatcher1', ['extension', 'objection']],
    ['supervisor1', ['extension', 'suspension', 'appeal', 'objection']],
    ['leader2', ['extension', 'suspension']],
    ['handler1', ['objection']],
  ])('%s has requests to answer: %j', async (login, kinds) => {
    const { items } = (await (await enter(login))('/api/requests?view=waiting')) as { items: { kind: string }[] }
    expect([...new Set(items.map(({ kind }) => kind))]).toEqual(expect.arrayContaining(kinds))
  })

  test.each([
    ['street1', 'rating'],
    ['street1', 'asked'],
    ['leader2', 'asked'],
    ['handler1', 'answering'],
  ])('%s has whistles in column %s', async (login, column) => {
    const { items } = (await (await enter(login))('/api/whistles')) as { items: { column: string }[] }
    expect(items.map((one) => one.column)).toContain(column)
  })

  test('a supervisor has a sample to draw and callers to call, the district a request of entry to decide', async () => {
    const supervisor = await enter('supervisor1')
    const { items: draws } = (await supervisor('/api/call-backs')) as { items: { drawnAt: string | null; sampled: number; answered: number }[] }
    expect(draws.some(({ drawnAt }) => drawnAt === null)).toBe(true)
    expect(draws.some(({ sampled, answered }) => answered > 0 && sampled > answered)).toBe(true)
    const { items: entries } = (await (await enter('dispatcher1'))('/api/catalogue/entry-requests?status=asked')) as { items: unknown[] }
    expect(entries.length).toBeGreaterThan(0)
    const { items: delegations } = (await (await enter('leader2'))('/api/catalogue/delegations')) as { items: { state: string; applies: boolean }[] }
    expect(delegations.map(({ state }) => state).toSorted()).toEqual(['ended', 'ending', 'in_force', 'planned'])
    expect(delegations.every(({ applies }) => applies)).toBe(true)
  })
})
