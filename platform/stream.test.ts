import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { publicActor, type Actor } from '#kernel/actor.ts'
import { refusals } from '#kernel/refusal.ts'
import { testDatabase, type TestDatabase } from './database/testing.ts'
import type { Round } from './district.ts'
import type { Change } from './feed.ts'
import { createApp } from './http/app.ts'
import { sequence } from './log.ts'
import { streamRoutes, type StreamParts } from './stream.ts'
import { anEvent, emitNow, openTestDistricts, testDistricts } from './testing.ts'

const refuse = refusals('test', { notSignedIn: { status: 401, zh: '请先登录。', en: 'Sign in first.' } })
const here = testDistricts[0]!
const there = testDistricts[1]!
let db: TestDatabase
let round: Round
let apps: FastifyInstance[]
let screens: Screen[]

beforeEach(async () => {
  db = await testDatabase()
  round = await openTestDistricts(db.database)
  apps = []
  screens = []
})
afterEach(async () => {
  for (const screen of screens) screen.leave()
  await Promise.all(apps.map((app) => app.close()))
  await db.close()
})

/** A server of its own; the name that a screen sends is the district it may see. */
async function serveIt(parts: Partial<StreamParts> = {}): Promise<string> {
  const app = await createApp({
    ...round,
    clock: { now: () => '2026-03-02T01:00:00.000Z' as never },
    subscribersOf: () => [],
    identify: (request) =>
      request.headers.authorization
        ? ({ kind: 'person', personId: null, name: request.headers.authorization, posts: [] } satisfies Actor)
        : publicActor,
    authorise: (actor, permission) => {
      if (permission === 'signedIn' && actor.kind === 'public') throw refuse.notSignedIn()
    },
  })
  streamRoutes(app, {
    ...round,
    maySee: (actor, district) => actor.name === 'all' || actor.name === district,
    pollMs: 10,
    pace: { coalesceMs: 10, mostChanges: 100 },
    ...parts,
  })
  apps.push(app)
  return app.listen({ host: '127.0.0.1', port: 0 })
}

interface Message {
  readonly event: string
  readonly id: string
  readonly data: unknown
}
interface Screen {
  readonly messages: Message[]
  readonly text: () => string
  readonly lastId: () => string
  readonly changes: () => Change[]
  leave(): void
}

async function look(address: string, who = 'all', lastEventId?: string): Promise<Screen> {
  // Not fetch: it keeps spare connections, which would hold up the end of the server.
  const request = get(`${address}/api/stream`, {
    agent: false,
    headers: { authorization: who, ...(lastEventId ? { 'last-event-id': lastEventId } : {}) },
  })
  const [reply] = (await once(request, 'response')) as [IncomingMessage]
  expect(reply.statusCode).toBe(200)
  const messages: Message[] = []
  let text = ''
  let lastId = ''
  const listen = async (): Promise<void> => {
    let rest = ''
    for await (const chunk of reply.setEncoding('utf8') as AsyncIterable<string>) {
      text += chunk
      rest += chunk
      const blocks = rest.split('\n\n')
      rest = blocks.pop() ?? ''
      for (const block of blocks) {
        const fields = new Map(block.split('\n').map((line) => line.split(/: (.*)/s, 2) as [string, string]))
        lastId = fields.get('id') ?? lastId
        const data = fields.get('data')
        if (data) messages.push({ event: fields.get('event') ?? '', id: lastId, data: JSON.parse(data) })
      }
    }
  }
  listen().catch(() => undefined)
  const screen = {
    messages,
    text: () => text,
    lastId: () => lastId,
    changes: () => messages.filter((message) => message.event === 'change').flatMap((message) => message.data as Change[]),
    leave: () => void request.destroy(),
  }
  screens.push(screen)
  await until(() => messages.some((message) => message.event === 'ready'))
  return screen
}

async function until(met: () => boolean): Promise<void> {
  for (let tries = 0; !met(); tries += 1) {
    if (tries > 400) throw new Error('waited two seconds in vain')
    await sleep(5)
  }
}

async function happen(count: number, district = here): Promise<void> {
  await emitNow(
    db.database,
    Array.from({ length: count }, () => anEvent({ districtCode: district })),
  )
  await sequence(round)
}

describe('the stream', () => {
  it('is for those who signed in', async () => {
    const reply = await fetch(`${await serveIt()}/api/stream`)
    expect([reply.status, (await reply.json()) as unknown]).toMatchObject([401, { code: 'test.notSignedIn' }])
  })

  it('tells each screen what happened where it may see, and nothing of the rest', async () => {
    const address = await serveIt()
    const [all, one, none] = await Promise.all([look(address, 'all'), look(address, here), look(address, 'nobody')])
    await happen(2)
    await happen(1, there)
    await until(() => all.changes().length === 3 && one.changes().length === 2)
    expect(one.changes().map((change) => [change.district, change.number, change.type])).toEqual([
      [here, 1, 'tea.brewed'],
      [here, 2, 'tea.brewed'],
    ])
    expect(Object.keys(one.changes()[0] ?? {}).toSorted((a, b) => a.localeCompare(b))).toEqual(['district', 'number', 'subjectId', 'type'])
    expect(none.messages.map((message) => message.event)).toEqual(['ready'])
  })

  it('puts what happens close together into one message, and the same about one subject once', async () => {
    const screen = await look(await serveIt({ pace: { coalesceMs: 100, mostChanges: 100 } }))
    const event = anEvent()
    for (let version = 1; version <= 5; version += 1) {
      await emitNow(db.database, [{ ...event, subjectVersion: version }, anEvent()])
      await sequence(round)
    }
    await until(() => screen.changes().length > 0)
    const messages = screen.messages.filter((message) => message.event === 'change')
    expect(messages.length).toBeLessThan(5)
    await until(() => new Set(screen.changes().map((change) => change.subjectId)).size === 6)
    expect(screen.changes().length).toBeLessThan(10)
  })

  it('gives a screen that comes back everything it missed, once, also at another process', async () => {
    const [first, second] = [await serveIt(), await serveIt()]
    const before = await look(first)
    await happen(3)
    await until(() => before.changes().length === 3)
    before.leave()
    await happen(4)
    await happen(2, there)
    const after = await look(second, 'all', before.lastId())
    await happen(1)
    await until(() => after.changes().length === 7)
    expect(after.messages[0]).toMatchObject({ event: 'ready', data: { resumed: true } })
    const numbers = after.changes().map((change) => `${change.district} ${change.number}`)
    expect(numbers.toSorted((a, b) => a.localeCompare(b))).toEqual([
      `${here} 4`,
      `${here} 5`,
      `${here} 6`,
      `${here} 7`,
      `${here} 8`,
      `${there} 1`,
      `${there} 2`,
    ])
  })

  it('loses nothing for screens that break off and come back while events pour in', async () => {
    const address = await serveIt()
    const seen = new Set<string>()
    let lastId: string | undefined
    let pouring = true
    const pour = async (): Promise<void> => {
      for (let n = 0; n < 40; n += 1) await happen(5, n % 2 ? here : there)
      pouring = false
    }
    const comeAndGo = async (): Promise<void> => {
      for (let more = true; more; more = pouring || seen.size < 200) {
        const screen = await look(address, 'all', lastId)
        await sleep(25)
        screen.leave()
        for (const change of screen.changes()) seen.add(`${change.district} ${change.number}`)
        lastId = screen.lastId()
      }
    }
    // The first look takes the position from which nothing may be missed.
    const start = await look(address)
    lastId = start.lastId()
    start.leave()
    await Promise.all([pour(), comeAndGo()])
    expect(seen.size).toBe(200)
  })

  it('says reload instead of a list that is too long', async () => {
    const screen = await look(await serveIt({ pace: { coalesceMs: 30, mostChanges: 5 } }))
    await happen(20)
    await until(() => screen.messages.some((message) => message.event === 'reload'))
    await happen(1)
    await until(() => screen.changes().length === 1)
    const late = await look(await serveIt({ pace: { coalesceMs: 30, mostChanges: 1 } }), 'all', `${here}:1`)
    expect(late.messages[0]).toMatchObject({ event: 'ready', data: { resumed: false }, id: `${here}:21,${there}:0` })
  })

  it('starts anew for a screen that comes with a position of another database', async () => {
    const screen = await look(await serveIt(), 'all', `${here}:977,nonsense`)
    expect(screen.messages[0]).toMatchObject({ event: 'ready', data: { resumed: false }, id: `${here}:0,${there}:0` })
    await happen(1)
    await until(() => screen.changes().length === 1)
  })

  it('beats, and a beat moves the position past what this screen may not see', async () => {
    const screen = await look(await serveIt({ beatMs: 40 }), 'nobody')
    await happen(2)
    await until(() => screen.lastId() === `${here}:2,${there}:0`)
    await until(() => screen.text().includes('\n\n:\n\n'))
    expect(screen.messages).toHaveLength(1)
  })

  it('lets go of everybody when the server closes', async () => {
    const address = await serveIt()
    await Promise.all([look(address), look(address)])
    await apps[0]?.close()
    await expect(fetch(`${address}/api/health`)).rejects.toThrow('fetch failed')
  })
})
