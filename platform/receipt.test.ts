import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { publicActor } from '#kernel/actor.ts'
import { systemClock } from '#kernel/clock.ts'
import type { DistrictCode } from '#kernel/codes.ts'
import { newId } from '#kernel/id.ts'
import { inTransaction, type Tx } from './database/database.ts'
import { testDatabase, type TestDatabase } from './database/testing.ts'
import type { Doing } from './event.ts'
import { answerOnce, findReceipts, lostToTwin, saveReceipts } from './receipt.ts'

let db: TestDatabase
const [here, there] = ['990101', '990102'] as [DistrictCode, DistrictCode]
const doing = (commandId = newId()): Doing => ({
  database: db.database,
  clock: systemClock,
  actor: publicActor,
  commandId,
  requestId: 'test',
  subscribersOf: () => [],
})

beforeAll(async () => {
  db = await testDatabase({ max: 10 })
  await inTransaction(db.database, (tx) => sql`create table public.effect (n bigint not null)`.execute(tx))
})
afterAll(() => db.close())

const effects = async (n: number): Promise<number> => {
  const { rows } = await inTransaction(db.database, (tx) =>
    sql<{ count: number }>`select count(*) as count from public.effect where n = ${n}`.execute(tx),
  )
  return rows[0]?.count ?? -1
}

describe('a receipt', () => {
  it('is found by its command id in its own district only', async () => {
    const receipt = { districtCode: here, commandId: newId(), command: 'brew', actorPersonId: null, result: { cups: [1, 2] } }
    await inTransaction(db.database, (tx) => saveReceipts(tx, [receipt]))
    const find = (district: DistrictCode) => inTransaction(db.database, (tx) => findReceipts(tx, district, [receipt.commandId, newId()]))
    expect([...(await find(here))]).toEqual([[receipt.commandId, { cups: [1, 2] }]])
    expect([...(await find(there))]).toEqual([])
  })

  it('makes ten copies of one command at the same moment do one thing and give one answer', async () => {
    const command = doing()
    const work = async (tx: Tx<never>): Promise<{ pot: string }> => {
      await sql`insert into public.effect values (1)`.execute(tx)
      return { pot: newId() }
    }
    const answers = await Promise.all(Array.from({ length: 10 }, () => answerOnce(command, here, 'brew', work)))
    expect(new Set(answers.map((answer) => answer.pot)).size).toBe(1)
    expect(await effects(1)).toBe(1)
  })

  it('answers nobody but who gave the command, and no other command', async () => {
    const somebody = { ...publicActor, kind: 'person' as const, personId: newId() }
    const command = { ...doing(), actor: somebody }
    expect(await answerOnce(command, here, 'brew', async () => ({ pot: 1 }))).toEqual({ pot: 1 })
    const other = { ...command, actor: { ...somebody, personId: newId() } }
    await expect(answerOnce(other, here, 'brew', async () => ({ pot: 2 }))).rejects.toThrow('platform.commandIdUsed')
    await expect(answerOnce(command, here, 'pour', async () => ({ pot: 2 }))).rejects.toThrow('platform.commandIdUsed')
  })

  it('is not kept for a command that failed, so the same id may try again', async () => {
    const command = doing()
    await expect(
      answerOnce(command, here, 'brew', async () => {
        throw new Error('no water')
      }),
    ).rejects.toThrow('no water')
    expect(await answerOnce(command, here, 'brew', async () => ({ done: true }))).toEqual({ done: true })
  })

  it('tells a twin from any other unique violation', async () => {
    const receipt = { districtCode: here, commandId: newId(), command: 'brew', actorPersonId: null, result: {} }
    const twice = inTransaction(db.database, (tx) => saveReceipts(tx, [receipt, receipt])).catch((error: unknown) => error)
    expect(lostToTwin(await twice)).toBe(true)
    const other = inTransaction(db.database, (tx) => sql`insert into platform.log_head values ('1'), ('1')`.execute(tx)).catch(
      (error: unknown) => error,
    )
    expect(lostToTwin(await other)).toBe(false)
  })
})
