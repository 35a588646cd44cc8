import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { publicActor } from '#kernel/actor.ts'
import { movableClock } from '#kernel/clock.ts'
import type { DistrictCode } from '#kernel/codes.ts'
import { newId } from '#kernel/id.ts'
import { inTransaction, type Tx } from './database/database.ts'
import { testDatabase, type TestDatabase } from './database/testing.ts'
import { emit } from './event.ts'
import { silentLogger } from './logger.ts'
import { runOutbox, type OutboxRow, type OutboxWork } from './outbox.ts'
import { anEvent, emitNow, openTestDistricts, testDistricts } from './testing.ts'

let db: TestDatabase
let work: OutboxWork
const clock = movableClock('2015-01-01T00:00Z')

beforeEach(async () => {
  db = await testDatabase({ max: 12 })
  const round = await openTestDistricts(db.database)
  // The effect under test: one row per event in a table of its own.
  await inTransaction(db.database, (tx) => sql`create table public.effect (event_id uuid not null)`.execute(tx))
  work = { ...round, clock, subscriber: 'counter', batch: 20, handle: effect }
})
afterEach(() => db.close())

async function effect(tx: Tx<never>, rows: readonly OutboxRow[]): Promise<void> {
  for (const row of rows) await sql`insert into public.effect values (${row.eventId})`.execute(tx)
}

const count = async (of: string): Promise<number> => {
  const { rows } = await inTransaction(db.database, (tx) => sql<{ n: number }>`select count(*) as n from ${sql.raw(of)}`.execute(tx))
  return rows[0]?.n ?? -1
}
const waiting = (): Promise<number> => count(`platform.outbox where subscriber = 'counter'`)

describe('the outbox', () => {
  it('writes nothing for an event whose transaction failed', async () => {
    const failing = inTransaction(db.database, async (tx) => {
      await emit(tx, { actor: publicActor, commandId: newId(), requestId: 'test', subscribersOf: () => ['counter'] }, [anEvent()])
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect([await waiting(), await count('platform.event')]).toEqual([0, 0])
  })

  it('does each effect exactly once with four workers, of which one fails now and then', async () => {
    for (let n = 0; n < 10; n += 1) {
      const events = Array.from({ length: 20 }, (_, index) => anEvent({ districtCode: testDistricts[index % 2] }))
      await emitNow(db.database, events, ['counter', 'other'])
    }
    let turns = 0
    const shaky = async (tx: Tx<never>, rows: readonly OutboxRow[]): Promise<void> => {
      await effect(tx, rows)
      if ((turns += 1) % 3 === 0) throw new Error('the worker stumbled after its effect')
    }
    const drain = async (each: OutboxWork): Promise<void> => {
      for (let idle = 0; idle < 3; idle += 1) {
        if ((await runOutbox(each)) > 0) idle = 0
        clock.advance({ hours: 1 })
      }
    }
    await Promise.all([drain({ ...work, handle: shaky }), drain(work), drain(work), drain(work)])
    await drain(work)
    expect(await waiting()).toBe(0)
    expect(await count('public.effect')).toBe(200)
    expect(await count('(select distinct event_id from public.effect) once')).toBe(200)
    expect(await count(`platform.outbox where subscriber = 'other'`)).toBe(200)
  })

  it('lets a poisoned event wait longer each time while the others pass, and says why', async () => {
    const poisoned = anEvent({ type: 'tea.poisoned' })
    await emitNow(db.database, [anEvent(), poisoned, anEvent()], ['counter'])
    let tries = 0
    const handle = async (tx: Tx<never>, rows: readonly OutboxRow[]): Promise<void> => {
      if (rows.some((row) => row.eventType === 'tea.poisoned')) {
        tries += 1
        throw new Error('bitter almonds')
      }
      await effect(tx, rows)
    }
    expect(await runOutbox({ ...work, handle })).toBe(3)
    expect([await count('public.effect'), await waiting()]).toEqual([2, 1])
    expect(tries).toBe(2)
    expect(await runOutbox({ ...work, handle })).toBe(0)
    clock.advance({ seconds: 1 })
    expect(await runOutbox({ ...work, handle })).toBe(1)
    clock.advance({ seconds: 1 })
    expect(await runOutbox({ ...work, handle })).toBe(0)
    const { rows } = await inTransaction(db.database, (tx) =>
      sql<{ attempts: number; lastError: string }>`select attempts, last_error from platform.outbox where subscriber = 'counter'`.execute(tx),
    )
    expect(rows).toEqual([{ attempts: 2, lastError: 'Error: bitter almonds' }])
    clock.advance({ hours: 1 })
    expect(await runOutbox(work)).toBe(1)
    expect([await count('public.effect'), await waiting()]).toEqual([3, 0])
  })

  it('keeps what a database error quotes out of the row', async () => {
    await emitNow(db.database, [anEvent()], ['counter'])
    const handle = async (tx: Tx<never>): Promise<void> => void (await sql`select ${'张三'}::uuid`.execute(tx))
    await runOutbox({ ...work, handle })
    const { rows } = await inTransaction(db.database, (tx) =>
      sql<{ lastError: string }>`select last_error from platform.outbox where subscriber = 'counter'`.execute(tx),
    )
    expect(rows[0]?.lastError).toBe('database error 22P02')
  })

  it('goes on in the other districts when one fails', async () => {
    await emitNow(db.database, [anEvent({ districtCode: testDistricts[1] })], ['counter'])
    const logged: unknown[] = []
    const logger = { ...silentLogger, error: (line: unknown) => void logged.push(line) } as unknown as typeof silentLogger
    const broken = '\0' as DistrictCode
    expect(await runOutbox({ ...work, logger, districts: async () => [broken, ...testDistricts] })).toBe(1)
    expect(logged).toMatchObject([{ district: broken }])
    await expect(runOutbox({ ...work, logger, districts: async () => [broken] })).rejects.toThrow(/invalid byte/)
  })
})
