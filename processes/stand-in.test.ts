import { afterAll, beforeAll, expect, test } from 'vitest'
import { importPeople } from '#contexts/people/index.ts'
import { systemActor } from '#kernel/actor.ts'
import { newId } from '#kernel/id.ts'
import { sql } from '#platform/database/database.ts'
import { testPassword } from './testing-city.ts'
import { testWorld, type TestWorld } from './testing.ts'

const grid = '990101001001001'
let city: TestWorld
let holder = ''
let colleague = ''

/** The neighbouring grid has a worker too. */
async function addNeighbour(): Promise<void> {
  const { database, clock } = city.world
  const doing = { database, clock, actor: systemActor('test'), commandId: newId(), requestId: 'test', subscribersOf: () => [] }
  const account = { person: 'neighbour', login: 'neighbour', password: testPassword, mustChangePassword: false }
  const post = { organisation: 'community-990101001001', role: 'grid_worker', areaCode: '990101001001002', validFrom: '2025-01-01' }
  await importPeople(doing, {
    organisations: [],
    persons: [{ code: 'neighbour', name: '李四' }],
    accounts: [account],
    posts: [{ person: 'neighbour', ...post }],
  })
  await city.world.refreshRules()
}

beforeAll(async () => {
  city = await testWorld()
  await addNeighbour()
  holder = await city.enter('grid_worker')
  colleague = await city.enter('neighbour')
})
afterAll(() => city.close())

async function asked<T>(cookie: string, method: 'GET' | 'POST', url: string, payload?: object): Promise<{ status: number; body: T }> {
  const reply = await city.app.inject({ method, url, headers: { cookie }, ...(method === 'POST' ? { payload: payload ?? {} } : {}) })
  return { status: reply.statusCode, body: reply.json<T>() }
}

interface Seen {
  readonly id: string
  readonly version: number
  readonly status: string
  readonly moves: readonly string[]
  readonly timeline: readonly { type: string; who: { zh: string } }[]
}

const mine = async (cookie: string): Promise<string[]> =>
  (await asked<{ items: { id: string }[] }>(cookie, 'GET', '/api/cases?view=mine')).body.items.map(({ id }) => id)
const move = (cookie: string, one: Seen, name: string, more: object = {}) =>
  asked<Seen>(cookie, 'POST', `/api/cases/990101/${one.id}/moves`, { commandId: newId(), move: name, expectedVersion: one.version, ...more })

/** A case in the hands of the grid worker's post. */
async function given(): Promise<Seen> {
  const report = { commandId: newId(), channel: 'grid_worker', text: '楼道里堆满纸箱和旧家具', areaCode: grid }
  const { body } = await asked<Seen>(holder, 'POST', '/api/cases', report)
  const dispatcher = await city.enter('dispatcher')
  const { body: found } = await asked<Seen>(dispatcher, 'GET', `/api/cases/990101/${body.id}`)
  const filed = found.status === 'reported' ? (await move(dispatcher, found, 'file')).body : found
  const sent = await move(dispatcher, filed, 'dispatch')
  expect(sent).toMatchObject({ status: 200, body: { status: 'dispatched' } })
  return sent.body
}

async function handOver(): Promise<{ id: string }> {
  const me = (await asked<{ posts: { id: string }[] }>(holder, 'GET', '/api/me')).body
  const postId = me.posts[0]?.id ?? ''
  const { body } = await asked<{ items: { personId: string; personName: string }[] }>(holder, 'GET', `/api/me/posts/${postId}/stand-in-candidates`)
  const personId = body.items.find(({ personName }) => personName === '李四')?.personId
  const days = { validFrom: '2026-03-02', validUntil: '2026-03-04' }
  const made = await asked<{ id: string }>(holder, 'POST', '/api/me/stand-ins', { postId, personId, ...days })
  expect(made.status).toBe(200)
  return made.body
}

test('what was given to the post before the leave is the colleague’s to answer, and is gone again after the end', async () => {
  const [one, other] = [await given(), await given()]
  expect(await mine(colleague)).toEqual([])
  const { id } = await handOver()
  expect((await mine(colleague)).toSorted()).toEqual([one.id, other.id].toSorted())
  expect((await mine(holder)).toSorted()).toEqual([one.id, other.id].toSorted())

  const contacted = await move(colleague, one, 'contact')
  expect(contacted).toMatchObject({ status: 200, body: { status: 'contacted' } })
  expect(contacted.body.timeline.at(-1)).toMatchObject({ type: 'case.contacted', who: { zh: '李四（代 示例grid_worker）' } })
  const { rows } = await sql<{ person: string; holder: string }>`
    select actor.name as person, holder.name as holder from platform.event e
    join people.person actor on actor.id = e.actor_person_id
    join people.post post on post.id = e.actor_post_id join people.person holder on holder.id = post.person_id
    where e.type = 'case.contacted' and e.subject_id = ${one.id}`.execute(city.world.database.kysely)
  expect(rows).toEqual([{ person: '李四', holder: '示例grid_worker' }])

  expect((await asked(colleague, 'POST', `/api/stand-ins/${id}/end`)).status).toBe(200)
  expect(await mine(colleague)).toEqual([])
  expect((await mine(holder)).toSorted()).toEqual([one.id, other.id].toSorted())
})

test('standing in opens no way to check one’s own work: neither by the post stood in for nor by the own one', async () => {
  const one = await given()
  await handOver()
  const contacted = (await move(colleague, one, 'contact')).body
  const handled = (await move(colleague, contacted, 'handle', { note: '已清走' })).body
  expect(handled.status).toBe('handled')
  expect(handled.moves).not.toContain('check')
  expect((await move(colleague, handled, 'check')).body).toMatchObject({ code: 'cases.ownWork' })
  const checked = await asked<{ items: { id: string }[] }>(colleague, 'GET', '/api/cases?view=check')
  expect(checked.body.items.map(({ id }) => id)).not.toContain(one.id)
})
