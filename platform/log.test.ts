import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { publicActor } from '#kernel/actor.ts'
import { newId } from '#kernel/id.ts'
import { inTransaction } from './database/database.ts'
import { testDatabase, type TestDatabase } from './database/testing.ts'
import type { Round } from './district.ts'
import { emit } from './event.ts'
import { canonicalText, leafOf, sealedColumns, type EventRow } from './leaf.ts'
import { lastNumber, readLog, sequence, type LogEntry } from './log.ts'
import { anEvent, emitNow, openTestDistricts, testDistricts } from './testing.ts'

let db: TestDatabase
let round: Round
const here = testDistricts[0]!

beforeEach(async () => {
  db = await testDatabase({ max: 14 })
  round = await openTestDistricts(db.database)
})
afterEach(() => db.close())

const read = (after: number, limit = 500): Promise<LogEntry[]> => inTransaction(db.database, (tx) => readLog(tx, here, after, limit))

describe('the numbered log', () => {
  it('lets a reader by number miss nothing while eight writers commit at once', async () => {
    const writers = 8
    const each = 60
    let writing = writers
    const seen: LogEntry[] = []
    const write = async (): Promise<void> => {
      for (let n = 0; n < each; n += 1) {
        // Transactions of different lengths commit in another order than they began.
        await inTransaction(db.database, async (tx) => {
          await emit(tx, { actor: publicActor, commandId: newId(), requestId: 'test', subscribersOf: () => [] }, [anEvent()])
          await sleep(Math.random() * 6)
        })
      }
      writing -= 1
    }
    const sequencer = async (): Promise<void> => {
      while (writing > 0) await sequence(round, 50)
      while ((await sequence(round)) > 0);
    }
    const reader = async (): Promise<void> => {
      for (let idle = 0; writing > 0 || idle < 20; idle += 1) {
        const page = await read(seen.at(-1)?.number ?? 0, 40)
        if (page.length > 0) idle = 0
        else await sleep(5)
        seen.push(...page)
      }
    }
    // Two sequencers: the lease lets one of them work.
    await Promise.all([...Array.from({ length: writers }, write), sequencer(), sequencer(), reader()])
    expect(seen.map((entry) => entry.number)).toEqual(Array.from({ length: seen.length }, (_, index) => index + 1))
    expect(new Set(seen.map((entry) => entry.eventId)).size).toBe(writers * each)
    expect(seen).toHaveLength(writers * each)
  })

  it('numbers each district by itself, once, and removes what waited', async () => {
    await emitNow(db.database, [anEvent(), anEvent({ districtCode: testDistricts[1] }), anEvent()])
    expect(await sequence(round)).toBe(3)
    expect(await sequence(round)).toBe(0)
    expect((await read(0)).map((entry) => entry.number)).toEqual([1, 2])
    expect(await inTransaction(db.database, (tx) => Promise.all(testDistricts.map((district) => lastNumber(tx, district))))).toEqual([2, 1])
    const { rows } = await inTransaction(db.database, (tx) => sql`select 1 from platform.outbox`.execute(tx))
    expect(rows).toEqual([])
  })

  it('keeps the events of one subject in the order of its versions, whatever clocks made their ids', async () => {
    const subjectId = newId()
    await emitNow(
      db.database,
      [3, 1, 2].map((subjectVersion) => anEvent({ subjectId, subjectVersion, type: `tea.${subjectVersion}` })),
    )
    await sequence(round)
    expect((await read(0)).map((entry) => entry.eventType)).toEqual(['tea.1', 'tea.2', 'tea.3'])
  })

  it('waits while another sequencer holds the district', async () => {
    await emitNow(db.database, [anEvent()])
    await inTransaction(db.database, async (tx) => {
      await sql`select from platform.log_head where district_code = ${here} for update`.execute(tx)
      expect(await sequence(round)).toBe(0)
    })
    expect(await sequence(round)).toBe(1)
  })
})

describe('the text that stands for an event', () => {
  it('holds every column of the table, in the documented order', async () => {
    const { rows } = await inTransaction(db.database, (tx) =>
      sql<{
        name: string
      }>`select column_name as name from information_schema.columns where table_schema = 'platform' and table_name = 'event'`.execute(tx),
    )
    const inTable = rows.map(({ name }) => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()))
    expect(inTable.toSorted((a, b) => a.localeCompare(b))).toEqual([...sealedColumns].toSorted((a, b) => a.localeCompare(b)))
  })

  it('never changes: this digest is in the archives of cities', async () => {
    const event: EventRow = {
      districtCode: '990101',
      recordedAt: '2026-03-02T01:00:00.123Z' as EventRow['recordedAt'],
      id: '018f0000-0000-7000-8000-000000000001',
      type: 'case.filed',
      version: 1,
      subjectKind: 'case',
      subjectId: '018f0000-0000-7000-8000-000000000002',
      subjectVersion: 2,
      actorKind: 'person',
      actorPersonId: '018f0000-0000-7000-8000-000000000003',
      actorPostId: null,
      fromState: 'reported',
      toState: 'filed',
      reasonCode: null,
      happenedAt: '2026-03-02T00:59:59.000Z' as EventRow['happenedAt'],
      commandId: '018f0000-0000-7000-8000-000000000004',
      requestId: '018f0000-0000-7000-8000-000000000005',
      modeEpoch: 0,
      lane: 'real',
      ruleVersion: '3',
      data: { tier: 'A', b: null, 10: 1, 9: '示例' },
    }
    expect(canonicalText(event)).toBe(
      '["huying.event.1","990101","2026-03-02T01:00:00.123Z","018f0000-0000-7000-8000-000000000001","case.filed",1,"case","018f0000-0000-7000-8000-000000000002",2,' +
        '"person","018f0000-0000-7000-8000-000000000003",null,"reported","filed",null,"2026-03-02T00:59:59.000Z","018f0000-0000-7000-8000-000000000004",' +
        '"018f0000-0000-7000-8000-000000000005",0,"real","3",{"10":1,"9":"示例","b":null,"tier":"A"}]',
    )
    expect(leafOf(event)).toBe('6173fb4e6998dd84ba5a9d0f42264db320fcd6126f3ad1ee3c775df13b57bc36')
  })
})
