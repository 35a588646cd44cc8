import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { systemClock } from '#kernel/clock.ts'
import { sql } from '#platform/database/database.ts'
import { testDatabase, type TestDatabase } from '#platform/database/testing.ts'
import { knownDistricts } from '#platform/district.ts'
import { sequence } from '#platform/log.ts'
import { silentLogger } from '#platform/logger.ts'
import { seal } from '#platform/seal.ts'
import { layTestCity } from '../testing-city.ts'
import { commands } from './commands.ts'
import { runCommandLine } from './run.ts'

let db: TestDatabase

beforeAll(async () => {
  db = await testDatabase()
  await layTestCity(db.database, systemClock)
  const round = { database: db.database, logger: silentLogger, districts: () => knownDistricts(db.database), clock: systemClock }
  while ((await sequence(round)) > 0);
  while ((await seal(round)) > 0);
  vi.stubEnv('DATABASE_URL', db.url)
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await db.close()
})
afterEach(() => vi.restoreAllMocks())

async function run(...words: string[]): Promise<{ code: number; said: string }> {
  const lines: string[] = []
  vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line))
  vi.spyOn(console, 'error').mockImplementation((line: string) => void lines.push(line))
  const code = await runCommandLine(['verify', ...words], commands)
  vi.restoreAllMocks()
  return { code, said: lines.join('\n') }
}

test('huying verify prints an anchor of each district and takes it back', async () => {
  const { code, said } = await run()
  const anchors = said.match(/\d{6}:\d+:[0-9a-f]{64}/g) ?? []
  expect([code, anchors.length]).toEqual([0, 2])
  expect((await run(...anchors)).code).toBe(0)
})

test('an anchor that does not fit, of no district, or that is none, is said and ends with 1', async () => {
  const chain = '0'.repeat(64)
  expect(await run(`990101:1:${chain}`)).toMatchObject({ code: 1, said: expect.stringContaining('not the one that was made public') })
  expect(await run(`880101:1:${chain}`)).toMatchObject({ code: 1, said: expect.stringContaining('no such district') })
  expect(await run('990101')).toMatchObject({ code: 1, said: expect.stringContaining('no anchor') })
})

test('a history rewritten whole, seals and all, is seen by its anchor only', async () => {
  const [anchor = ''] = (await run()).said.match(/990101:\d+:[0-9a-f]{64}/) ?? []
  const { kysely } = db.database
  await sql`update platform.event set reason_code = 'rewritten' where district_code = '990101'`.execute(kysely)
  await sql`insert into platform.outbox (district_code, id, subscriber, event_id, event_type, subject_id, recorded_at)
    select district_code, id, 'log', id, type, subject_id, recorded_at from platform.event where district_code = '990101'`.execute(kysely)
  await sql`delete from platform.seal where district_code = '990101'`.execute(kysely)
  await sql`delete from platform.log_entry where district_code = '990101'`.execute(kysely)
  await sql`update platform.log_head set last_number = 0, sealed_number = 0, seal_count = 0, chain = '' where district_code = '990101'`.execute(
    kysely,
  )
  const round = { database: db.database, logger: silentLogger, districts: () => knownDistricts(db.database), clock: systemClock }
  while ((await sequence(round)) > 0);
  while ((await seal(round)) > 0);
  expect((await run()).code).toBe(0)
  expect((await run(anchor)).code).toBe(1)
})
