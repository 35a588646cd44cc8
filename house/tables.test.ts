import { expect, test } from 'vitest'
import { testDatabase } from '#platform/database/testing.ts'
import { tablesAreCurrent } from '../tools/tables.ts'

test('database/tables.ts holds exactly the tables that the migrations make (npm run tables)', async () => {
  const { url, close } = await testDatabase()
  try {
    expect(await tablesAreCurrent(url)).toBe(true)
  } finally {
    await close()
  }
})
