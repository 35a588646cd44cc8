import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runSql } from '#platform/database/sql-client.ts'
import { testDatabase, testDataHome, type TestDatabase } from '#platform/database/testing.ts'
import { loadDemonstrationCity } from '#seed/load.ts'
import { rehearseFile } from './rehearse.ts'

let db: TestDatabase
let folder: string
const quiet = (): void => undefined

beforeAll(async () => {
  db = await testDatabase()
  folder = await mkdtemp(join(tmpdir(), 'huying-rehearse-'))
  await loadDemonstrationCity(db.url, { cases: 60, filesAt: join(testDataHome(), 'files') })
  const profile = {
    format: 'huying-import/1',
    name: 'calls',
    timeZone: 'Asia/Shanghai',
    columns: { key: 'no', reportedAt: 'at', text: ['said'], address: 'place' },
    districtCode: '990101',
  }
  await writeFile(join(folder, 'profile.json'), JSON.stringify(profile))
  await writeFile(
    join(folder, 'calls.csv'),
    [
      'no,at,said,place',
      '1,2026-03-02 09:00,双井社区门口的垃圾好几天没人清理，堆成山了,',
      '2,2026-03-02 10:00,双井社区门口垃圾堆成山，好几天没人清理,',
      '3,2026-03-02 11:00,路灯不亮,',
      '4,2026-03-02 12:00,孩子上学的学区怎么划分,白鹭渡街道',
      '5,2026-03-02 13:00,三楼楼道煤气泄漏，我的电话 13800001234,',
      '6,not a time,路灯不亮,',
      '',
    ].join('\n'),
  )
}, 180_000)
afterAll(async () => {
  await db.close()
  await rm(folder, { recursive: true })
})

const files = (seed: number) => ({
  profile: join(folder, 'profile.json'),
  input: join(folder, 'calls.csv'),
  sample: { out: join(folder, `sample-${seed}.csv`), size: 2, seed },
})

test('every row is prepared as intake would, counted by outcome, and nothing is written', async () => {
  const state = () => runSql(db.url, 'select (select count(*)::int from cases.case) as cases, (select count(*)::int from platform.event) as events')
  const before = await state()
  const found = await rehearseFile(db.url, files(1), quiet)
  expect(found).toMatchObject({ rows: 6, rejected: 1, located: 3, matched: 4, duplicate: 1, byRule: 2 })
  expect(found.toPerson).toEqual({ not_located: 1, no_match: 1, danger: 1 })
  expect(found.matters[0]).toEqual({ name: '暴露垃圾：成堆、多日未清', rows: 2 })
  expect(await state()).toEqual(before)
  expect(await readFile(join(folder, 'calls.csv.rejects.csv'), 'utf8')).toContain('time_unreadable')
})

test('the sample holds every outcome, hides numbers of persons, and is the same for the same seed', async () => {
  await rehearseFile(db.url, files(2), quiet)
  const sample = await readFile(join(folder, 'sample-2.csv'), 'utf8')
  for (const outcome of ['located', 'matched', 'duplicate', 'by_rule', 'not_located', 'no_match', 'danger'])
    expect(sample).toMatch(new RegExp(`\\n${outcome},`))
  expect(sample).not.toContain('13800001234')
  await rehearseFile(db.url, files(2), quiet)
  expect(await readFile(join(folder, 'sample-2.csv'), 'utf8')).toBe(sample)
})

test('a profile that is not about calls is refused', async () => {
  await writeFile(
    join(folder, 'areas.json'),
    JSON.stringify({ format: 'huying-areas/1', validFrom: '2026-01-01', codes: [{ code: 'a', name: 'b' }] }),
  )
  await expect(rehearseFile(db.url, { ...files(3), profile: join(folder, 'areas.json') }, quiet)).rejects.toMatchObject({ code: 'files.notCalls' })
})
