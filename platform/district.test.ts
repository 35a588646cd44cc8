import { afterAll, beforeAll, expect, it } from 'vitest'
import { inTransaction } from './database/database.ts'
import { testDatabase, type TestDatabase } from './database/testing.ts'
import { knownDistricts, listDistricts, openDistrict } from './district.ts'
import { lastNumber } from './log.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.close())

it('opens a district with an empty log, and changes only its name when opened again', async () => {
  const open = (name: string): Promise<void> =>
    inTransaction(db.database, (tx) => openDistrict(tx, { code: '990101', name: { zh: name }, sample: true }))
  await Promise.all([open('滨江区'), open('滨江区')])
  await open('滨江区（示例）')
  await inTransaction(db.database, async (tx) => {
    expect(await listDistricts(tx)).toEqual([{ code: '990101', name: { zh: '滨江区（示例）' }, timeZone: 'Asia/Shanghai', sample: true }])
    expect(await lastNumber(tx, '990101' as never)).toBe(0)
  })
})

it('remembers the codes for a moment and asks once for many', async () => {
  const first = knownDistricts(db.database)
  expect(knownDistricts(db.database)).toBe(first)
  expect(await first).toEqual(['990101'])
})
