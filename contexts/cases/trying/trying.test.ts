import { afterAll, beforeAll, expect, test } from 'vitest'
import { msOf, parseInstant } from '#kernel/clock.ts'
import { newId } from '#kernel/id.ts'
import { sql } from '#platform/database/database.ts'
import { testWorld, type TestWorld } from '#processes/testing.ts'

const street = '990101001'
let city: TestWorld
let editor: string
beforeAll(async () => {
  city = await testWorld()
  editor = await city.enter('system_admin')
}, 60_000)
afterAll(() => city.close())

interface Tried {
  conditions: {
    code: string
    respondDueAt: string | null
    disposeDueAt: string | null
    unit: { zh: string } | null
    refusal: { zh: string } | null
  }[]
  heard: { name: { zh: string }; own: boolean }[]
  on: string
}
const whole = {
  code: '1',
  description: { zh: '示例条件' },
  words: [{ text: '喷泉漏电' }],
  respond: { value: 2, unit: 'urgent_hour' },
  dispose: { value: 6, unit: 'urgent_hour' },
  tier: 'B',
  lead: { level: 'street', function: null },
}

async function draft(conditions: object[]): Promise<string> {
  const matter = { standard: 'test', kind: 'local', code: newId().slice(-12), name: { zh: '喷泉' }, duty: 'basic', conditions }
  const payload = { commandId: newId(), matter, effectiveFrom: null }
  const reply = await city.app.inject({ method: 'POST', url: '/api/catalogue/drafts', payload, headers: { cookie: editor } })
  return reply.json<{ id: string }>().id
}
const tryIt = async (id: string, query: string): Promise<Tried> =>
  (await city.app.inject({ method: 'GET', url: `/api/catalogue/versions/${id}/trial?${query}`, headers: { cookie: editor } })).json()

test('a draft is tried as if it were in force: both limits from now, the unit on duty, and what words lead to', async () => {
  const id = await draft([whole])
  const { conditions, heard, on } = await tryIt(id, `areaCode=${street}&text=${encodeURIComponent('广场喷泉漏电了')}`)
  const now = msOf(city.clock.now())
  expect(on).toBe(city.clock.now().slice(0, 10))
  expect(conditions[0]).toMatchObject({ refusal: null, unit: { zh: '单位street-990101001' } })
  expect([conditions[0]?.respondDueAt, conditions[0]?.disposeDueAt].map((at) => (msOf(parseInstant(at ?? '')) - now) / 3_600_000)).toEqual([2, 6])
  expect(heard[0]).toMatchObject({ own: true })
})

test('what is not finished, and what nobody is on duty for, is said instead', async () => {
  const id = await draft([
    { ...whole, dispose: null },
    { ...whole, code: '2', lead: { level: 'district', function: 'no_such_function' } },
  ])
  const { conditions } = await tryIt(id, `areaCode=${street}`)
  expect(conditions.map(({ unit }) => unit)).toEqual([null, null])
  expect(conditions[0]?.refusal?.zh).toContain('还没有写完')
  expect(conditions[1]?.refusal?.zh).toContain('没有对应的责任单位')
})

test('trying leaves nothing behind', async () => {
  const id = await draft([whole])
  const count = async (): Promise<number> =>
    (
      await sql<{ n: number }>`select (select count(*) from cases.case) + (select count(*) from platform.event) as n`.execute(
        city.world.database.kysely,
      )
    ).rows[0]?.n ?? 0
  const before = await count()
  await tryIt(id, `areaCode=${street}`)
  expect(await count()).toBe(before)
})
