import { parse } from 'csv-parse/sync'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemActor } from '#kernel/actor.ts'
import type { DistrictCode } from '#kernel/codes.ts'
import { newId } from '#kernel/id.ts'
import { sql } from '#platform/database/database.ts'
import { testDatabase } from '#platform/database/testing.ts'
import { sequence } from '#platform/log.ts'
import { seal } from '#platform/seal.ts'
import { readAnchor } from '#platform/verify.ts'
import { eventNames } from '#processes/event-names.ts'
import { layCases, type LaidCase } from '#processes/testing-cases.ts'
import { testWorld, type TestWorld } from '#processes/testing.ts'
import { createVerifier } from './commands.ts'
import { allEvents } from '../../tools/product.ts'

const district = '990101' as DistrictCode
let city: TestWorld
let laid: LaidCase[]
let auditor: string
let supervisor: string

beforeAll(async () => {
  city = await testWorld()
  laid = [...(await layCases(city.world))]
  while ((await sequence(city.world)) > 0);
  while ((await seal(city.world)) > 0);
  auditor = await city.enter('audit_admin')
  supervisor = await city.enter('supervisor')
}, 60_000)
afterAll(() => city.close())

interface Reply<T> {
  status: number
  body: T
}
async function ask<T>(url: string, cookie = auditor): Promise<Reply<T>> {
  const reply = await city.app.inject({ method: 'GET', url, headers: { cookie } })
  return { status: reply.statusCode, body: reply.json() }
}
async function verifyNow(
  anchor = '',
  of = district,
): Promise<Reply<{ state: string; checked: number; total: number; fault: { kind: string } | null; code?: string }>> {
  const payload = anchor === '' ? {} : { anchor }
  const reply = await city.app.inject({ method: 'POST', url: `/api/audit/${of}/verification`, payload, headers: { cookie: auditor } })
  let body = reply.json()
  while (body.state === 'running') {
    await sleep(50)
    body = (await ask<typeof body>(`/api/audit/${of}/verification`)).body
  }
  return { status: reply.statusCode, body }
}
interface Page {
  items: {
    number: number | null
    sealed: boolean
    eventId: string
    type: string
    recordedAt: string
    who: { zh: string }
    data: object
    subjectId: string
    caseNumber: string | null
  }[]
  cursor: string | null
  code?: string
}
const entries = (query = '', cookie = auditor) => ask<Page>(`/api/audit/${district}/entries${query}`, cookie)
interface Seals {
  districts: { districtCode: string; unsealed: number; seals: number; anchor: string }[]
}

test('every event of the product that has words has them here', async () => {
  const named = (await allEvents()).filter(({ name }) => name !== undefined)
  expect(named.filter(({ type, name }) => eventNames[type]?.zh !== name?.zh).map(({ type }) => type)).toEqual([])
  expect((await allEvents()).map(({ type }) => type).filter((type) => eventNames[type] === undefined)).toEqual([])
})

test('page by page the trail gives every event of the district once, the latest first, and which are sealed', async () => {
  const { rows } = await sql<{ id: string }>`select id from platform.event where district_code = ${district} and type <> 'audit.viewed'`.execute(
    city.world.database.kysely,
  )
  const seen: Page['items'] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const { body }: Reply<Page> = await entries(`?limit=20${cursor ? `&cursor=${cursor}` : ''}`)
    seen.push(...body.items)
    cursor = body.cursor
  }
  const listed = seen.filter(({ type }) => type !== 'audit.viewed')
  expect(listed.map(({ eventId }) => eventId).toSorted()).toEqual(rows.map(({ id }) => id).toSorted())
  expect(seen.map(({ recordedAt }) => recordedAt)).toEqual(
    seen
      .map(({ recordedAt }) => recordedAt)
      .toSorted()
      .toReversed(),
  )
  expect(seen.some(({ sealed }) => sealed)).toBe(true)
  expect(listed.find(({ type }) => type === 'people.signed_in')).toMatchObject({ number: null, sealed: false })
})

test('the trail is narrowed by type, by part of a name, by subject and by days', async () => {
  const subject = laid.find((one) => one.districtCode === district)?.id ?? ''
  const types = async (query: string) => new Set((await entries(query)).body.items.map(({ type }) => type))
  expect(await types('?type=case.filed')).toEqual(new Set(['case.filed']))
  expect((await entries(`?subjectId=${subject}`)).body.items.every(({ subjectId }) => subjectId === subject)).toBe(true)
  const named = (await entries(`?who=${encodeURIComponent('示例SUPERVISOR')}`)).body.items
  expect(new Set(named.map(({ who }) => who.zh))).toEqual(new Set(['示例supervisor']))
  // Rows are recorded by the database's clock, which a test cannot move.
  expect((await entries('?to=2020-01-01')).body.items).toEqual([])
  expect((await entries('?from=2020-01-01')).body.items.length).toBeGreaterThan(0)
  expect((await entries('?from=2026-03-02&to=2026-03-01')).body.code).toBe('audit.daysBackwards')
  expect((await entries('?cursor=abc')).body.code).toBe('audit.badCursor')
})

test('whoever reads the trail stands in it, without the name that was typed', async () => {
  await entries(`?who=${encodeURIComponent('示例handler')}&type=case.filed`, supervisor)
  const [last] = (await entries('?type=audit.viewed')).body.items
  expect(last).toMatchObject({ type: 'audit.viewed', who: { zh: '示例supervisor' }, data: { list: 'entries', type: 'case.filed', byName: true } })
  expect(JSON.stringify(last?.data)).not.toContain('示例')
})

test('a supervisor reads the records of his district, and the others do not exist for him', async () => {
  expect((await ask<Seals>('/api/audit', supervisor)).body.districts.map(({ districtCode }) => districtCode)).toEqual([district])
  expect((await ask<Page>('/api/audit/990102/entries', supervisor)).body.code).toBe('audit.notYours')
  expect((await ask<Seals>('/api/audit')).body.districts).toHaveLength(2)
  expect((await ask<Page>('/api/audit/990102/entries')).status).toBe(200)
})

test('a look at a caller is found by its reader, and looking at looks is on record too', async () => {
  const one = laid.find(({ move, districtCode }) => move === 'handle' && districtCode === district)
  const looked = await city.app.inject({
    method: 'POST',
    url: `/api/cases/${district}/${one?.id}/caller`,
    payload: { purpose: 'contact' },
    headers: { cookie: await city.enter('dispatcher') },
  })
  expect(looked.statusCode).toBe(200)
  const { body } = await ask<{ items: { field: string; purpose: string; subjectId: string; who: { zh: string }; role: string }[] }>(
    `/api/audit/${district}/looks?who=DISPATCHER`,
  )
  expect(body.items.map(({ field }) => field).toSorted()).toEqual(['caller.name', 'caller.phone'])
  expect(body.items[0]).toMatchObject({ purpose: 'contact', subjectId: one?.id, who: { zh: '示例dispatcher' }, role: 'dispatcher' })
  expect((await ask<{ items: unknown[] }>(`/api/audit/${district}/looks?who=leader`)).body.items).toEqual([])
  expect((await entries('?type=audit.viewed')).body.items[0]?.data).toMatchObject({ list: 'looks' })
})

test('verifying a whole history finds nothing wrong, counts every entry, and is on record', async () => {
  const { body } = await verifyNow()
  expect(body).toMatchObject({ state: 'done', fault: null })
  expect(body.checked).toBe(body.total)
  expect(body.total).toBeGreaterThan(20)
  expect((await entries('?type=audit.verified')).body.items[0]).toMatchObject({ who: { zh: '示例audit_admin' }, data: { fault: null } })
})

test('the anchor that the page shows is taken back, and a value of another history is not', async () => {
  const { districts } = (await ask<Seals>('/api/audit')).body
  const anchor = districts.find(({ districtCode }) => districtCode === district)?.anchor ?? ''
  expect(readAnchor(anchor)).toMatchObject({ districtCode: district, seal: districts[0]?.seals })
  expect((await verifyNow(anchor)).body).toMatchObject({ state: 'done', fault: null })
  expect((await verifyNow(anchor.replace(/.$/, (last) => (last === '0' ? '1' : '0')))).body).toMatchObject({ fault: { kind: 'anchorBroken' } })
  expect((await verifyNow('nonsense')).body.code).toBe('audit.badAnchor')
  expect((await verifyNow(anchor, '990102' as DistrictCode)).body.code).toBe('audit.otherDistrict')
})

test('an event that was changed is named by its number', async () => {
  const [{ number, eventId } = { number: null, eventId: newId() }] = (await entries('?type=case.filed')).body.items
  await sql`update platform.event set reason_code = 'changed' where district_code = ${district} and id = ${eventId}`.execute(
    city.world.database.kysely,
  )
  expect((await verifyNow()).body).toMatchObject({ state: 'done', fault: { kind: 'eventAltered', number } })
  await sql`update platform.event set reason_code = null where district_code = ${district} and id = ${eventId}`.execute(city.world.database.kysely)
})

test('a verification that could not end says so, and the next one begins anew', async () => {
  const told: unknown[] = []
  const verifier = createVerifier()
  const doing = { ...city.app.ground, actor: systemActor('test'), commandId: newId(), requestId: 'test' }
  const gone = await testDatabase()
  await gone.close()
  expect(await verifier.start({ ...doing, database: gone.database }, district, [], (error) => told.push(error))).toMatchObject({
    state: 'failed',
    fault: null,
  })
  expect(told).toHaveLength(1)
  expect(await verifier.start(doing, district, [], (error) => told.push(error))).toMatchObject({ state: 'done' })
})

test('the number of a case finds what concerns it, and an entry about a case bears its number', async () => {
  const { rows } = await sql<{ id: string; number: string }>`select id, number from cases.case where district_code = ${district} limit 1`.execute(
    city.world.database.kysely,
  )
  const [one] = rows
  const { items } = (await entries(`?caseNumber=${one?.number}&limit=200`)).body
  expect(items.length).toBeGreaterThan(0)
  expect(items.every(({ subjectId, caseNumber }) => subjectId === one?.id && caseNumber === one?.number)).toBe(true)
  expect((await entries('?caseNumber=990101-20200101-00001')).body.items).toEqual([])
})

interface EntrySeal {
  seal: { firstNumber: number; lastNumber: number; chain: string; sound: boolean } | null
}

test('a sealed entry shows its seal with the chain value, and one that was changed no longer leads to it', async () => {
  const sealOf = async (number: number) => (await ask<EntrySeal>(`/api/audit/${district}/entries/${number}/seal`)).body.seal
  const found = await sealOf(3)
  expect(found).toMatchObject({ sound: true, chain: expect.stringMatching(/^[\da-f]{64}$/) as unknown })
  expect((found?.firstNumber ?? 9) <= 3 && 3 <= (found?.lastNumber ?? 0)).toBe(true)
  expect(await sealOf(99_999_999)).toBeNull()
  const entry = sql`select event_id from platform.log_entry where district_code = ${district} and number = 3`
  const change = (to: string) =>
    sql`update platform.event set request_id = request_id || ${to} where district_code = ${district} and id = (${entry})`.execute(
      city.world.database.kysely,
    )
  await change('x')
  expect(await sealOf(3)).toMatchObject({ sound: false })
  await sql`update platform.event set request_id = left(request_id, -1) where district_code = ${district} and id = (${entry})`.execute(
    city.world.database.kysely,
  )
  expect(await sealOf(3)).toMatchObject({ sound: true })
})

test('the trail goes out as a file with what stands over it, every page of it, and taking it is a look', async () => {
  const count = async (): Promise<number> => (await entries('?type=audit.viewed&limit=200')).body.items.length
  const before = await count()
  const reply = await city.app.inject({
    method: 'GET',
    url: `/api/audit/${district}/export?type=case.reported`,
    headers: { cookie: auditor, 'accept-language': 'zh' },
  })
  const rows: Record<string, string>[] = parse(reply.body, { bom: true, columns: true, from_line: 5 })
  const listed = (await entries('?type=case.reported&limit=200')).body.items
  expect(rows.map((row) => row['事件编号'])).toEqual(listed.map(({ eventId }) => eventId))
  expect(reply.body).toContain('收到反映')
  expect(rows[0]).toMatchObject({ 封存: '已封存' })
  expect(await count()).toBeGreaterThan(before + 1)
})
