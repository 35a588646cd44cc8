import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runSql } from '#platform/database/sql-client.ts'
import { testDatabase } from '#platform/database/testing.ts'
import { importFile } from './import.ts'
import { replayFile } from './replay.ts'

const boston = (file: string): string => fileURLToPath(new URL(`../../seed/boston/${file}`, import.meta.url))
const profile = boston('profile.json')
let db: Awaited<ReturnType<typeof testDatabase>>
let folder: string
const flagsOf = (row: Record<string, unknown> | undefined): string[] => (row?.['flags'] ?? []) as string[]
const quiet = (): void => undefined

beforeAll(async () => {
  db = await testDatabase()
  folder = await mkdtemp(join(tmpdir(), 'huying-recorded-'))
})
afterAll(async () => {
  await db.close()
  await rm(folder, { recursive: true })
})

const rejects = (name: string): string => join(folder, `${name}.rejects.csv`)

test('a replay of Boston’s sample gives the city’s own verdict on every row with a deadline', { timeout: 120_000 }, async () => {
  const report = await replayFile(db.url, { profile, input: boston('sample.csv'), rejects: rejects('replay') }, quiet)
  expect(report).toMatchObject({ rows: 1967, accepted: 1967, rejected: 0, verdicts: 1550, agree: 1550, disagreements: [] })
  expect(existsSync(rejects('replay'))).toBe(false)
  const left = await runSql(db.url, "select datname from pg_database where datname like 'huying_replay_%'")
  expect(left).toEqual([])
})

test(
  'an import takes every good row whole, names each bad one with its line and reason, and changes nothing when it runs again',
  { timeout: 120_000 },
  async () => {
    const [heading = '', ...rows] = readFileSync(boston('sample.csv'), 'utf8').trim().split('\n')
    const good = rows.slice(0, 60)
    const first = good[0] ?? ''
    const bad = [
      first,
      first.replace(/^\d+/, '').padStart(0),
      first.replace(/^\d+,[^,]*/, 'x1,2014-02-30T00:00:00'),
      first.replace(/^\d+,[^,]*/, 'x2,yesterday'),
    ]
    const input = join(folder, 'mixed.csv')
    await writeFile(input, [heading, ...good, ...bad].join('\n'))
    const report = await importFile(db.url, { profile, input, rejects: rejects('import') }, quiet)
    expect(report).toMatchObject({ rows: 64, accepted: 60, rejected: 4 })
    const told = readFileSync(rejects('import'), 'utf8')
    expect(
      told
        .split('\n')
        .slice(1, 5)
        .map((line) => line.split(',').slice(0, 2).join()),
    ).toEqual(['62,key_twice', '63,cell_empty', '64,time_unreadable', '65,time_unreadable'])

    const state = async (): Promise<unknown> =>
      runSql(
        db.url,
        `select (select count(*)::int from cases.case) cases, (select count(*)::int from platform.event) events,
      (select count(*)::int from cases.case_step) steps, (select md5(string_agg(c::text, '' order by id)) from cases.case c) content`,
      )
    const before = await state()
    await importFile(db.url, { profile, input, rejects: rejects('import') }, quiet)
    expect(await state()).toEqual(before)
    const [closed] = await runSql(db.url, "select count(*)::int n, bool_and(cardinality(steps) = 7) whole from cases.case where status = 'closed'")
    expect(closed).toMatchObject({ n: good.filter((row) => /,Closed,/.test(row)).length, whole: true })
  },
)

test('a case that the source closed before it opened is taken and flagged; one without zip is found by its coordinate', async () => {
  const found = await runSql(db.url, "select external_key, flags, area_code from cases.case where source = 'boston-311'")
  const rows = readFileSync(boston('sample.csv'), 'utf8')
    .split('\n')
    .slice(1, 61)
    .map((line) => line.split(','))
  for (const [key, opened = '', , closed = ''] of rows) {
    const row = found.find((one) => one['external_key'] === key)
    expect(flagsOf(row).includes('closed_before_opened'), key).toBe(closed !== '' && closed < opened)
  }
  expect(found.every((row) => flagsOf(row).includes('not_located') === (String(row['area_code']).length === 6))).toBe(true)
})

test('a file whose heading lacks a column of the profile is refused before anything is written', async () => {
  const input = join(folder, 'short.csv')
  await writeFile(input, 'case_id,opened_at\n1,2014-01-01T00:00:00\n')
  await expect(importFile(db.url, { profile, input }, quiet)).rejects.toMatchObject({ code: 'files.columnsMissing' })
})

test('a code list and a city document are imported by profiles of their own formats', async () => {
  const list = join(folder, 'streets.csv')
  await writeFile(
    list,
    'province_code,province,city_code,city,area_code,area,street_code,street\n97,示例省,9701,示例市,970101,示例区,970101001,示例街道\n',
  )
  const areas = fileURLToPath(new URL('../../seed/profiles/statistics-2023.json', import.meta.url))
  expect(await importFile(db.url, { profile: areas, input: list, rejects: rejects('areas') }, quiet)).toMatchObject({
    rows: 1,
    accepted: 1,
    rejected: 0,
  })
  const { setup } = JSON.parse(readFileSync(profile, 'utf8')) as { setup: object }
  const city = join(folder, 'city.json')
  await writeFile(city, JSON.stringify({ format: 'huying-city/1', ...setup, areas: [] }))
  await importFile(db.url, { profile: city, input: undefined, rejects: rejects('city') }, quiet)
  await expect(importFile(db.url, { profile: areas, input: undefined }, quiet)).rejects.toMatchObject({ code: 'files.inputMissing' })
})

test('the national directory is imported by itself, once, and leaves alone what people have written since', async () => {
  const directory = fileURLToPath(new URL('../../contexts/catalogue/data/directory-2026.json', import.meta.url))
  const load = () => importFile(db.url, { profile: directory, input: undefined, rejects: rejects('directory') }, quiet)
  const drafts = () => runSql(db.url, 'select id, row_version, name from catalogue.matter_version order by id')
  expect(await load()).toMatchObject({ rows: 403, accepted: 403, rejected: 0 })
  await runSql(db.url, `update catalogue.matter_version set name = '{"zh": "改过的名称"}' where number = 1 and name ->> 'zh' = '供水井盖'`)
  const before = await drafts()
  expect(await load()).toMatchObject({ rows: 403, accepted: 403 })
  expect(await drafts()).toEqual(before)
})
