import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { movableClock } from '#kernel/clock.ts'
import { newId } from '#kernel/id.ts'
import { inTransaction } from './database/database.ts'
import { testDatabase, type TestDatabase } from './database/testing.ts'
import type { Round } from './district.ts'
import { sequence } from './log.ts'
import { checkProof, proofOf, seal, type Proof } from './seal.ts'
import { anEvent, emitNow, openTestDistricts, testDistricts } from './testing.ts'
import { faultSentence, verify, type HistoryFault, type Verdict } from './verify.ts'

let db: TestDatabase
let round: Round
const clock = movableClock('2026-03-02T01:00Z')
const here = testDistricts[0]!
const there = testDistricts[1]!

// District 990101: seals over 1-12, 13-24, 25-36, then 37-40 numbered and not sealed. District 990102: one seal.
beforeAll(async () => {
  db = await testDatabase()
  round = await openTestDistricts(db.database)
  for (let run = 0; run < 3; run += 1) {
    await emitNow(db.database, [...Array.from({ length: 12 }, () => anEvent()), anEvent({ districtCode: there })])
    await sequence(round)
    clock.advance({ seconds: 5 })
    await seal({ ...round, clock })
  }
  await emitNow(
    db.database,
    Array.from({ length: 4 }, () => anEvent()),
  )
  await sequence(round)
})
afterAll(() => db.close())

/** What verification finds after a change, which is then undone. The statements see only district 990101. */
async function faultAfter(...statements: string[]): Promise<HistoryFault | null> {
  let verdicts: Verdict[] = []
  // Verification reads a snapshot of its own, so the change is committed and reversed from a copy of the tables.
  await inTransaction(db.database, async (tx) => {
    for (const table of tables) await sql.raw(`create table public.kept_${table} as table platform.${table}`).execute(tx)
    for (const statement of statements) await sql.raw(statement).execute(tx)
  })
  try {
    verdicts = await verify(db.database, testDistricts)
  } finally {
    await inTransaction(db.database, async (tx) => {
      for (const table of tables) {
        await sql.raw(`delete from platform.${table}`).execute(tx)
        await sql.raw(`insert into platform.${table} select * from public.kept_${table}`).execute(tx)
        await sql.raw(`drop table public.kept_${table}`).execute(tx)
      }
    })
  }
  expect(verdicts[1]).toMatchObject({ districtCode: there, fault: null })
  return verdicts[0]?.fault ?? null
}
const tables = ['event', 'outbox', 'log_entry', 'seal', 'log_head']

async function eventAt(number: number): Promise<string> {
  const { rows } = await inTransaction(db.database, (tx) =>
    sql<{ eventId: string }>`select event_id from platform.log_entry where district_code = ${here} and number = ${number}`.execute(tx),
  )
  return rows[0]?.eventId ?? ''
}
const event = (number: number): string =>
  `where district_code = '${here}' and id = (select event_id from platform.log_entry where district_code = '${here}' and number = ${number})`
const entry = (number: number): string => `where district_code = '${here}' and number = ${number}`
const sealed = (ordinal: number): string => `where district_code = '${here}' and ordinal = ${ordinal}`

describe('verification', () => {
  it('finds nothing wrong with an untouched history and says what is not sealed yet', async () => {
    expect(await verify(db.database, testDistricts)).toMatchObject([
      { districtCode: here, seals: 3, sealed: 36, unsealed: 4, fault: null },
      { districtCode: there, seals: 3, sealed: 3, unsealed: 0, fault: null },
    ])
  })

  it.each([
    ['type', `'case.rejected'`],
    ['actor_person_id', `'${newId()}'`],
    ['happened_at', `happened_at + interval '1 millisecond'`],
    ['reason_code', `'other'`],
    ['from_state', `''`],
    ['data', `data || '{"cups": 3}'`],
    ['request_id', `'x'`],
    ['lane', `'drill'`],
  ])('names an event whose %s was changed', async (column, value) => {
    expect(await faultAfter(`update platform.event set ${column} = ${value} ${event(20)}`)).toEqual({
      kind: 'eventAltered',
      number: 20,
      eventId: await eventAt(20),
      seal: 2,
    })
  })

  it('names an event that was changed together with its leaf', async () => {
    const change = [
      `update platform.event set reason_code = 'other' ${event(7)}`,
      `update platform.log_entry set leaf = '${'ab'.repeat(32)}' ${entry(7)}`,
    ]
    expect(await faultAfter(...change)).toEqual({ kind: 'eventAltered', number: 7, eventId: await eventAt(7), seal: 1 })
  })

  it('names the first of several', async () => {
    expect(await faultAfter(`update platform.event set lane = 'drill' where district_code = '${here}'`)).toMatchObject({
      kind: 'eventAltered',
      number: 1,
    })
  })

  it('names a deleted event', async () => {
    expect(await faultAfter(`delete from platform.event ${event(25)}`)).toEqual({
      kind: 'eventMissing',
      number: 25,
      eventId: await eventAt(25),
      seal: 3,
    })
    expect(await faultAfter(`update platform.event set recorded_at = recorded_at - interval '1 day' ${event(25)}`)).toMatchObject({
      kind: 'eventMissing',
      number: 25,
    })
  })

  it('names the event of a deleted log entry', async () => {
    expect(await faultAfter(`delete from platform.log_entry ${entry(14)}`)).toEqual({
      kind: 'entryMissing',
      number: 14,
      eventId: await eventAt(14),
      seal: 2,
    })
    expect(await faultAfter(`delete from platform.log_entry ${entry(36)}`)).toMatchObject({ kind: 'entryMissing', number: 36, seal: 3 })
    expect(await faultAfter(`delete from platform.event ${event(14)}`, `delete from platform.log_entry ${entry(14)}`)).toEqual({
      kind: 'entryMissing',
      number: 14,
      eventId: null,
      seal: 2,
    })
  })

  it('names two entries that changed places, in one run and across two', async () => {
    const swap = (a: number, b: number): string[] => [
      `update platform.log_entry set number = -1 ${entry(a)}`,
      `update platform.log_entry set number = ${a} ${entry(b)}`,
      `update platform.log_entry set number = ${b} ${entry(-1)}`,
    ]
    expect(await faultAfter(...swap(3, 9))).toEqual({ kind: 'entryMoved', number: 3, eventId: await eventAt(9), seal: 1, sealedAs: 9 })
    expect(await faultAfter(...swap(5, 30))).toEqual({ kind: 'entryMoved', number: 5, eventId: await eventAt(30), seal: 1, sealedAs: 30 })
  })

  it('names a log entry whose own columns were changed', async () => {
    expect(await faultAfter(`update platform.log_entry set leaf = 'zz' ${entry(8)}`)).toMatchObject({ kind: 'entryAltered', number: 8 })
    expect(await faultAfter(`update platform.log_entry set event_type = 'x' ${entry(8)}`)).toMatchObject({ kind: 'entryAltered', number: 8 })
    expect(await faultAfter(`update platform.log_entry set event_id = '${newId()}' ${entry(8)}`)).toMatchObject({ kind: 'eventMissing', number: 8 })
  })

  it.each(['root', 'chain', 'sealed_at', 'last_number', 'first_number', 'leaves'])('names a seal whose %s was changed', async (column) => {
    const value =
      {
        root: `'${'0'.repeat(64)}'`,
        chain: `'${'0'.repeat(64)}'`,
        sealed_at: `sealed_at + interval '1 second'`,
        leaves: `overlay(leaves placing '\\xff' from 40)`,
      }[column] ?? `${column} - 1`
    expect(await faultAfter(`update platform.seal set ${column} = ${value} ${sealed(2)}`)).toEqual({
      kind: 'sealAltered',
      number: 13,
      eventId: null,
      seal: 2,
    })
  })

  it('names a seal that was deleted, in the middle or at the end', async () => {
    expect(await faultAfter(`delete from platform.seal ${sealed(2)}`)).toMatchObject({ kind: 'sealMissing', seal: 2, number: 13 })
    expect(await faultAfter(`delete from platform.seal ${sealed(3)}`)).toMatchObject({ kind: 'sealMissing', seal: 3, number: 25 })
    expect(await faultAfter(`delete from platform.seal where district_code = '${here}'`)).toMatchObject({ kind: 'sealMissing', seal: 1, number: 1 })
  })

  it('names a head that was set back with the seals only halfway', async () => {
    const cut = [`delete from platform.seal ${sealed(3)}`, `update platform.log_head set seal_count = 2 where district_code = '${here}'`]
    expect(await faultAfter(...cut)).toMatchObject({ kind: 'headAltered', number: 25 })
  })

  it('names what is wrong with rows that no seal covers yet', async () => {
    expect(await faultAfter(`update platform.event set lane = 'drill' ${event(38)}`)).toEqual({
      kind: 'eventAltered',
      number: 38,
      eventId: await eventAt(38),
      seal: null,
    })
    expect(await faultAfter(`delete from platform.event ${event(38)}`)).toMatchObject({ kind: 'eventMissing', number: 38 })
    expect(await faultAfter(`delete from platform.log_entry ${entry(38)}`)).toMatchObject({ kind: 'entryMissing', number: 38 })
    expect(await faultAfter(`delete from platform.log_entry ${entry(40)}`)).toMatchObject({ kind: 'entryMissing', number: 40 })
    expect(
      await faultAfter(
        `insert into platform.log_entry select district_code, 41, '${newId()}', event_recorded_at, event_type, subject_id, leaf from platform.log_entry ${entry(40)}`,
      ),
    ).toMatchObject({ kind: 'entryAdded', number: 41 })
  })

  it('names an event that was slipped in without a log entry', async () => {
    const id = newId()
    const slip = `insert into platform.event (district_code, id, type, version, subject_kind, subject_id, subject_version, actor_kind, happened_at, command_id, request_id)
      select district_code, '${id}', type, version, subject_kind, subject_id, 9, actor_kind, happened_at, command_id, request_id from platform.event ${event(1)}`
    const found = { kind: 'eventUnlogged', number: null, eventId: id, seal: null }
    expect(await faultAfter(slip)).toEqual(found)
    const hide = `insert into platform.log_entry select district_code, -1, '${id}', recorded_at, type, subject_id, '' from platform.event where id = '${id}'`
    expect(await faultAfter(slip, hide)).toEqual(found)
  })

  it('takes an event that still waits for its number as it is', async () => {
    await emitNow(db.database, [anEvent()])
    expect((await verify(db.database, [here]))[0]?.fault).toBeNull()
    await sequence(round)
  })

  it('shows by an anchor that everything was rewritten from some point on', async () => {
    const [verdict] = await verify(db.database, [here])
    const anchor = { districtCode: here, seal: 3, chain: verdict?.chain ?? '' }
    expect((await verify(db.database, [here], [anchor]))[0]?.fault).toBeNull()
    expect((await verify(db.database, [here], [{ ...anchor, chain: 'f'.repeat(64) }]))[0]?.fault).toMatchObject({ kind: 'anchorBroken', seal: 3 })
    expect((await verify(db.database, [here], [{ ...anchor, seal: 4 }]))[0]?.fault).toMatchObject({ kind: 'anchorBroken', number: 37 })
  })

  it('says what it found in a sentence', () => {
    const fault: HistoryFault = { kind: 'entryMoved', number: 3, eventId: 'e', seal: 1, sealedAs: 9 }
    expect(faultSentence(fault, 'en')).toBe(
      'the log entry stands in another place than when it was sealed: number 3, event e, sealed as number 9, seal 1',
    )
    expect(faultSentence(fault, 'zh')).toBe('日志行的次序被改动：第 3 号，事件 e，封存时是第 9 号，第 1 次封存')
  })
})

describe('the sealer', () => {
  it('refuses to seal a log with a gap', async () => {
    await inTransaction(db.database, (tx) => sql.raw(`update platform.log_entry set number = 1000 ${entry(37)}`).execute(tx))
    await expect(seal({ ...round, clock, districts: async () => [here] })).rejects.toThrow(/gap after number 36/)
    await inTransaction(db.database, (tx) => sql.raw(`update platform.log_entry set number = 37 ${entry(1000)}`).execute(tx))
  })
})

describe('a proof', () => {
  const proof = (number: number): Promise<Proof | undefined> => inTransaction(db.database, (tx) => proofOf(tx, here, number))

  it('stands for every sealed event by itself, and for nothing else', async () => {
    for (const number of [1, 12, 13, 20, 36]) {
      const made = await proof(number)
      expect(made && checkProof(made)).toBe(true)
      expect(made?.eventId).toBe(await eventAt(number))
    }
    expect(await proof(37)).toBeUndefined()
    expect(await proof(4000)).toBeUndefined()
  })

  it('breaks when any part of it is changed', async () => {
    const made = await proof(20)
    if (!made) throw new Error('no proof')
    const forged: Proof[] = [
      { ...made, number: 21 },
      { ...made, eventId: newId() },
      { ...made, text: made.text.replace('tea.brewed', 'tea.spilt') },
      { ...made, path: made.path.toReversed() },
      { ...made, previousChain: 'a' },
      { ...made, seal: { ...made.seal, root: '0'.repeat(64) } },
      { ...made, seal: { ...made.seal, ordinal: 3 } },
      { ...made, seal: { ...made.seal, districtCode: there } },
    ]
    expect(forged.map(checkProof)).toEqual(forged.map(() => false))
    expect(checkProof(JSON.parse(JSON.stringify(made)) as Proof)).toBe(true)
  })
})
