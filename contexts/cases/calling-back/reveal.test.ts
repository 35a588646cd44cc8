import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '#kernel/id.ts'
import { sql } from '#platform/database/database.ts'
import { testWorld, type TestWorld } from '#processes/testing.ts'
import { middleOf } from '#processes/testing-city.ts'
import { dispatchTurn } from '#processes/worker.ts'

let city: TestWorld
const district = '990101'

beforeAll(async () => {
  city = await testWorld()
})
afterAll(() => city.close())

async function ask<R>(login: string | null, url: string, payload?: object): Promise<{ status: number; body: R }> {
  const headers = login === null ? {} : { cookie: await city.enter(login) }
  const reply = await city.app.inject(payload === undefined ? { url, headers } : { method: 'POST', url, payload, headers })
  return { status: reply.statusCode, body: reply.json<R>() }
}

interface Held {
  readonly id: string
  readonly version: number
}

/** A trifle that was reported with a telephone number, settled and confirmed. */
async function closeOne(): Promise<string> {
  const report = {
    commandId: newId(),
    text: '墙上到处贴小广告，撕不掉',
    callerName: '测试居民',
    callerPhone: '13800001234',
    ...middleOf(`${district}001001001`),
  }
  const { number } = (await ask<{ number: string }>(null, '/api/public/cases', report)).body
  await dispatchTurn(city.world)
  const [held] = (await ask<{ items: Held[] }>('grid_worker', `/api/cases?q=${number}`)).body.items
  const move = async (login: string, name: string, version: number): Promise<number> => {
    const body = { commandId: newId(), move: name, expectedVersion: version, note: '已清除' }
    return (await ask<Held>(login, `/api/cases/${district}/${held?.id}/moves`, body)).body.version
  }
  await move('inspector', 'confirm', await move('grid_worker', 'settle', held?.version ?? 0))
  return held?.id ?? ''
}

test('the caller of a closed case is shown for a call back that waits, to whoever makes it, with a trace, and to nobody afterwards', async () => {
  const caseId = await closeOne()
  const day = '2026-03-02'
  const reveal = (login: string, purpose: string) =>
    ask<{ phone: string; code: string }>(login, `/api/cases/${district}/${caseId}/caller`, { purpose })
  expect(await reveal('supervisor', 'call_back')).toMatchObject({ status: 403, body: { code: 'cases.noPurpose' } })

  const published = await ask<{ id: string }>('supervisor', '/api/call-backs', { commandId: newId(), areaCode: district, from: day, to: day })
  const draw = `/api/call-backs/${district}/${published.body.id}`
  const drawn = await ask<{ items: { caller: { phone: string } }[] }>('supervisor', `${draw}/draw`, { commandId: newId() })
  expect(drawn.body.items.map(({ caller }) => caller.phone)).toEqual(['138****1234'])

  expect(await reveal('supervisor', 'contact')).toMatchObject({ status: 403 })
  // Who may look at callers in the course of other work may not for this.
  expect(await reveal('inspector', 'call_back')).toMatchObject({ status: 403 })
  expect(await reveal('dispatcher', 'call_back')).toMatchObject({ status: 200, body: { phone: '13800001234' } })
  const { rows } = await sql<{
    field: string
    purpose: string
  }>`select field, purpose from people.read_trace where subject_id = ${caseId} order by field`.execute(city.world.database.kysely)
  expect(rows).toEqual([
    { field: 'caller.name', purpose: 'call_back' },
    { field: 'caller.phone', purpose: 'call_back' },
  ])

  expect(await ask('dispatcher', `${draw}/outcomes`, { commandId: newId(), caseId, outcome: 'solved' })).toMatchObject({ status: 200 })
  expect(await reveal('dispatcher', 'call_back')).toMatchObject({ status: 403 })
})
