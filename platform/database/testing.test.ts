import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { runSql } from './sql-client.ts'
import { preparedDatabase, testDatabase } from './testing.ts'

test('every test database is migrated, empty and its own', async () => {
  const one = await testDatabase()
  const two = await testDatabase()
  try {
    await sql`insert into platform.district (code, name) values ('990101', '{"zh":"甲区"}')`.execute(one.database.kysely)
    const { rows } = await sql<{ n: number }>`select count(*) as n from platform.district`.execute(two.database.kysely)
    expect(rows).toEqual([{ n: 0 }])
  } finally {
    await one.close()
    await two.close()
  }
})

test('text is UTF-8 and is ordered by code point on every server version', async () => {
  const { database, close } = await testDatabase()
  try {
    const { rows } = await sql<{ encoding: string; length: number; ordered: string[]; lower: string }>`
      select current_setting('server_encoding') as encoding, length('呼应') as length, lower('ÄB') as lower,
        array(select x from unnest(array['b', 'A', '乙', 'a', 'B']) x order by x) as ordered`.execute(database.kysely)
    expect(rows).toEqual([{ encoding: 'UTF8', length: 2, lower: 'äb', ordered: ['A', 'B', 'a', 'b', '乙'] }])
  } finally {
    await close()
  }
})

test('whoever asks for a filled database while another fills it waits, and each gets a copy of its own', async () => {
  let fillings = 0
  const fill = async (url: string): Promise<void> => {
    fillings += 1
    await runSql(url, `insert into platform.district (code, name) values ('990101', '{"zh":"甲区"}')`)
  }
  const copies = await Promise.all([1, 2, 3].map(() => preparedDatabase('filled_once', fill)))
  try {
    expect(fillings).toBe(1)
    expect(new Set(copies.map(({ url }) => url)).size).toBe(3)
  } finally {
    await Promise.all(copies.map((copy) => copy.close()))
  }
})

test('a filling that fails is told to everybody who waits for it', async () => {
  const broken = (): Promise<void> => Promise.reject(new Error('no ground'))
  const asked = await Promise.allSettled([preparedDatabase('never_filled', broken), preparedDatabase('never_filled', broken)])
  const told: unknown = expect.stringContaining('no ground')
  expect(asked.map((one) => one.status === 'rejected' && String(one.reason))).toEqual([told, told])
})
