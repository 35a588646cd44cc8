import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { Agent, request, type IncomingMessage } from 'node:http'
import { text as bodyOf } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemClock } from '#kernel/clock.ts'
import { inTransaction, sql, type Tx } from '#platform/database/database.ts'
import { testDatabase, type TestDatabase } from '#platform/database/testing.ts'
import { knownDistricts } from '#platform/district.ts'
import { sequence } from '#platform/log.ts'
import { silentLogger } from '#platform/logger.ts'
import { seal } from '#platform/seal.ts'
import { verify } from '#platform/verify.ts'
import { cityAreas, layTestCity, middleOf } from './testing-city.ts'
import { startProcess, type ServerProcess } from './testing-server.ts'

const CALLS = 2000
const KILL_AFTER = 700
const IN_FLIGHT = 64

let db: TestDatabase
let server: ServerProcess | undefined
const agent = new Agent({ keepAlive: true, maxSockets: IN_FLIGHT })

beforeAll(async () => {
  db = await testDatabase()
  await layTestCity(db.database, systemClock)
}, 60_000)
afterAll(async () => {
  agent.destroy()
  await server?.kill()
  await db.close()
})

interface Answer {
  readonly number: string
  readonly trackingCode: string
  readonly reportedAt: string
}

// Words whose limits need no calendar, so that the rules can dispatch them on any day.
const words = ['有人露天烧烤，油烟很大，占道', '有人正在焚烧垃圾，冒烟呛人', '广场舞音响太吵，有人跳舞']
const grids = cityAreas.filter(({ level }) => level === 'grid').map(({ code }) => code)
const calls = Array.from({ length: CALLS }, (_, index) => ({
  commandId: randomUUID(),
  text: `第 ${index} 处：${words[index % words.length]}`,
  callerName: '示例居民',
  callerPhone: '13800001234',
  ...middleOf(grids[index % grids.length] ?? ''),
}))
type Call = (typeof calls)[number]

/** The answer, or undefined when the server went away before giving one whole. */
async function send(origin: string, call: Call): Promise<Answer | undefined> {
  const sent = request(`${origin}/api/public/cases`, { method: 'POST', agent, headers: { 'content-type': 'application/json' } })
  const arrived = once(sent, 'response')
  sent.end(JSON.stringify(call))
  const reply = await arrived
    .then(async ([response]: IncomingMessage[]) => ({ status: response?.statusCode, body: response ? await bodyOf(response) : '' }))
    .catch(() => undefined)
  if (!reply) return undefined
  if (reply.status !== 200) throw new Error(`${reply.status} ${reply.body}`)
  return JSON.parse(reply.body) as Answer
}

/** Sends calls, so many at a time, and tells of each answer. Stops sending when told to. */
async function sendAll(origin: string, some: readonly Call[], answered: (call: Call, answer: Answer) => void, isOver = () => false): Promise<void> {
  const waiting = some.values()
  const runner = async (): Promise<void> => {
    for (const call of waiting) {
      if (isOver()) return
      const answer = await send(origin, call)
      if (answer) answered(call, answer)
    }
  }
  await Promise.all(Array.from({ length: IN_FLIGHT }, runner))
}

async function rows<T>(query: ReturnType<typeof sql<T>>): Promise<T[]> {
  return (await query.execute(db.database.kysely)).rows
}
async function count(query: ReturnType<typeof sql<{ n: number }>>): Promise<number> {
  return (await rows(query))[0]?.n ?? 0
}

/** Holds up whoever writes into a table, kills the server once somebody waits there in the middle of his transaction, and lets go. */
async function killWithin(table: string, working: (origin: string) => Promise<void>): Promise<void> {
  const locked = sql.raw(table)
  await inTransaction(db.database, async (tx: Tx<never>) => {
    await sql`lock table ${locked} in share mode`.execute(tx)
    server = await startProcess(db.url)
    await working(server.origin)
    const stuck = sql<{ n: number }>`select count(*) as n from pg_locks where not granted and relation = ${table}::regclass`
    await expect.poll(() => count(stuck), { timeout: 15_000, interval: 20 }).toBeGreaterThan(0)
    await server.kill()
  })
}

const acknowledged = new Map<Call, Answer>()

test('kill -9 during 2,000 concurrent accepts and during dispatch: nothing acknowledged is missing, nothing is there twice', async () => {
  server = await startProcess(db.url)
  let killed: Promise<void> | undefined
  await sendAll(
    server.origin,
    calls,
    (call, answer) => {
      acknowledged.set(call, answer)
      if (acknowledged.size === KILL_AFTER) killed = server?.kill()
    },
    () => killed !== undefined,
  )
  await killed
  expect(acknowledged.size).toBeGreaterThanOrEqual(KILL_AFTER)
  expect(acknowledged.size).toBeLessThan(CALLS)

  // All that was not acknowledged is sent again, and some of what was; meanwhile the dispatcher is stopped dead in its transaction.
  const repeated = [...acknowledged.keys()].filter((_, index) => index % 5 === 0)
  await killWithin('assignments.assignment', async (origin) => {
    const again = [...calls.filter((call) => !acknowledged.has(call)), ...repeated]
    await sendAll(origin, again, (call, answer) => {
      expect(answer).toEqual(acknowledged.get(call) ?? answer)
      acknowledged.set(call, answer)
    })
    expect(acknowledged.size).toBe(CALLS)
  })

  server = await startProcess(db.url)
  await expect.poll(() => count(sql`select count(*) as n from platform.outbox`), { timeout: 20_000, interval: 50 }).toBe(0)
  await server.stop()
  await expectEachCaseOnce()
  await expectEachDispatchedOnce()
  await expectSoundLog()
}, 60_000)

async function expectEachCaseOnce(): Promise<void> {
  const found = await rows(
    sql<{ commandId: string; number: string; text: string; cases: number; events: number; steps: number; callers: number; logged: number }>`
      select r.command_id, c.number, c.text,
             (select count(*) from cases.case o where o.text = c.text) as cases,
             (select count(*) from platform.event e where e.district_code = c.district_code and e.subject_id = c.id and e.type = 'case.reported' and e.command_id = r.command_id) as events,
             (select count(*) from cases.case_step s where s.district_code = c.district_code and s.case_id = c.id and s.step = 'collect') as steps,
             (select count(*) from cases.caller k where k.district_code = c.district_code and k.case_id = c.id) as callers,
             (select count(*) from platform.log_entry l where l.district_code = c.district_code and l.subject_id = c.id and l.event_type = 'case.reported') as logged
        from platform.receipt r join cases.case c on c.district_code = r.district_code and c.id = (r.result ->> 'id')::uuid
       where r.command = 'acceptCall'`,
  )
  const byCommand = new Map(found.map((row) => [row.commandId, row]))
  expect(found.length).toBe(CALLS)
  expect(await count(sql`select count(*) as n from cases.case`)).toBe(CALLS)
  const wrong = calls.filter((call) => {
    const row = byCommand.get(call.commandId)
    const isWhole = row && row.cases === 1 && row.events === 1 && row.steps === 1 && row.callers === 1 && row.logged === 1
    return !isWhole || row.text !== call.text || row.number !== acknowledged.get(call)?.number
  })
  expect(wrong.map((call) => ({ call: call.text, row: byCommand.get(call.commandId) }))).toEqual([])

  // Numbers of each district and day run from 1 without gaps, up to what its counter says.
  const gaps = await rows(sql`
    select district_code, day, last_number, numbers from cases.case_counter k
      left join lateral (select array_agg(split_part(number, '-', 3)::int order by number) as numbers from cases.case c
        where c.district_code = k.district_code and split_part(c.number, '-', 2) = to_char(k.day, 'YYYYMMDD')) n on true
     where numbers is distinct from array(select generate_series(1, last_number))`)
  expect(gaps).toEqual([])
}

async function expectEachDispatchedOnce(): Promise<void> {
  const statuses = await rows(
    sql<{ status: string; assignments: number; events: number; n: number }>`
      select status, assignments, events, count(*) as n from (
        select c.status,
               (select count(*) from assignments.assignment a where a.district_code = c.district_code and a.subject_id = c.id and a.ended_at is null) as assignments,
               (select count(*) from platform.event e where e.district_code = c.district_code and e.subject_id = c.id and e.type = 'case.dispatched') as events
          from cases.case c) found group by 1, 2, 3`,
  )
  expect(statuses).toEqual([{ status: 'dispatched', assignments: 1, events: 1, n: CALLS }])
  expect(await count(sql`select count(*) as n from assignments.assignment`)).toBe(CALLS)
}

async function expectSoundLog(): Promise<void> {
  const { database } = db
  const round = { database, clock: systemClock, logger: silentLogger, districts: () => knownDistricts(database) }
  while ((await sequence(round)) > 0);
  while ((await seal(round)) > 0);
  const verdicts = await verify(database, await round.districts())
  expect(verdicts.map(({ fault, unsealed }) => ({ fault, unsealed }))).toEqual([
    { fault: null, unsealed: 0 },
    { fault: null, unsealed: 0 },
  ])
  const sealed = verdicts.reduce((sum, verdict) => sum + verdict.sealed, 0)
  expect(sealed).toBe(await count(sql`select count(*) as n from platform.event where district_code <> '000000'`))
}

test('kill -9 during the sweep of due clocks: every step of the ladder acts exactly once', async () => {
  // A thousand steps fall due at once.
  await rows(
    sql`update assignments.timer set act_at = now() - interval '1 minute' where id in (select id from assignments.timer where acted_at is null order by id limit 1000)`,
  )
  await killWithin('assignments.reminder', async () => undefined)
  expect(await count(sql`select count(*) as n from assignments.timer where acted_at is not null`)).toBe(0)
  server = await startProcess(db.url)
  const due = sql<{ n: number }>`select count(*) as n from assignments.timer where act_at <= now() and acted_at is null and cancelled_at is null`
  await expect.poll(() => count(due), { timeout: 15_000, interval: 50 }).toBe(0)
  await server.stop()

  const doubled = await rows(sql`
    select t.milestone_id, t.act, count(*) as steps, coalesce(max(e.n), 0) as events from assignments.timer t
      left join (select data ->> 'milestoneId' as milestone_id, 'assignment.' || case type when 'assignment.reminded' then 'remind' when 'assignment.escalated' then 'escalate' else 'overdue' end as act, count(*) as n
                   from platform.event where type like 'assignment.%' group by 1, 2) e on e.milestone_id = t.milestone_id::text and e.act = 'assignment.' || t.act
     where t.acted_at is not null group by 1, 2 having count(*) <> coalesce(max(e.n), 0)`)
  expect(doubled).toEqual([])
  const acted = await count(sql`select count(*) as n from assignments.timer where acted_at is not null`)
  expect(acted).toBeGreaterThanOrEqual(1000)
  expect(await count(sql`select count(*) as n from assignments.reminder`)).toBe(acted)
  await expectSoundLog()
}, 60_000)
