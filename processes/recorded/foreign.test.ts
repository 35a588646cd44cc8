import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readProfile, type ImportProfile } from '#contexts/cases/import/index.ts'
import { testDatabase, type TestDatabase } from '#platform/database/testing.ts'
import { takenLines } from '../cli/taken-lines.ts'
import { openProfile, rowsOf } from './file.ts'
import { replayFile } from './replay.ts'

// An invented port writes its export in its own way: other columns and order, semicolons, UTF-16, days before months, decimal commas.
const heading = 'State;Y;X;Ward;Where;Service;Words;Finished;Target;Logged;Outcome;Reference'
const calls = [
  'done;50,005;10,005;W1;1 Quay;Lamps;Lamp out;2.3.2026 17:00;3.3.2026 9:00;1.3.2026 9:00;kept;P-1',
  'done;;;W2;2 Quay;Rubbish;Bags on the corner;5.3.2026 09:00;2.3.2026 9:00;1.3.2026 10:15;late;P-2',
  'in progress;;;;3 Quay;Other;A question;;;1.3.2026 11:00;;P-3',
  'done;;;W1;4 Quay;Lamps;Again;31.2.2026 09:00;;1.3.2026 12:00;;P-4',
  'waiting;;;W1;5 Quay;Lamps;Still;;;1.3.2026 13:00;;P-5',
  'done;;;W1;6 Quay;Lamps;Once more;4.3.2026 9:00;;1.3.2026 14:00;perhaps;P-6',
]

const square = (key: string, west: number): object => ({
  type: 'Feature',
  properties: { ward: key },
  geometry: {
    type: 'Polygon',
    coordinates: [
      [
        [west, 50],
        [west + 0.01, 50],
        [west + 0.01, 50.01],
        [west, 50.01],
        [west, 50],
      ],
    ],
  },
})

const day = (value: number): object => ({ value, unit: 'natural_day' })
const matter = (code: string, zh: string): object => ({
  standard: 'port',
  kind: 'local',
  code,
  name: { zh },
  effectiveFrom: '2026-01-01',
  conditions: [
    {
      code: '1',
      description: { zh: '原系统' },
      respond: day(1),
      dispose: day(7),
      closing: { zh: '办结' },
      tier: 'A',
      lead: { level: 'district', function: 'port' },
    },
  ],
})

const profile = {
  format: 'huying-import/1',
  name: 'port-city',
  timeZone: 'Europe/Berlin',
  timeFormat: 'd.M.yyyy HH:mm',
  encoding: 'utf-16le',
  delimiter: ';',
  columns: {
    key: 'Reference',
    reportedAt: 'Logged',
    dueAt: 'Target',
    closedAt: 'Finished',
    text: ['Service', 'Words'],
    address: 'Where',
    matter: 'Service',
    areaKey: 'Ward',
    lng: 'X',
    lat: 'Y',
    status: 'State',
    verdict: 'Outcome',
  },
  matters: { Lamps: 'P1', '*': 'P2' },
  status: { done: 'closed', 'in progress': 'open' },
  verdict: { kept: 'on_time', late: 'overdue' },
  districtCode: '970101',
  setup: {
    city: { code: '9701', name: { zh: '港城' } },
    district: { code: '970101', name: { zh: '港城中区' } },
    areas: [{ file: 'wards.geojson', level: 'street', parentCode: '970101', keyProperty: 'ward', nameProperty: 'ward' }],
    staff: {
      organisations: [
        {
          code: 'port',
          name: { zh: '港务' },
          kind: 'department',
          lineOrBlock: 'line',
          functionCode: 'port',
          areaCode: '970101',
          validFrom: '2026-01-01',
        },
      ],
      persons: [],
      accounts: [],
      posts: [],
    },
    catalogue: { format: 'huying-catalogue/1', matters: [matter('P1', '照明'), matter('P2', '其他')] },
  },
}

let db: TestDatabase
let folder: string
const at = (name: string): string => join(folder, name)
const quiet = (): void => undefined

beforeAll(async () => {
  db = await testDatabase()
  folder = await mkdtemp(join(tmpdir(), 'huying-foreign-'))
  await writeFile(at('profile.json'), `\uFEFF${JSON.stringify(profile)}`)
  await writeFile(at('wards.geojson'), JSON.stringify({ type: 'FeatureCollection', features: [square('W1', 10), square('W2', 10.01)] }))
  await writeFile(at('calls.csv'), Buffer.from(`\uFEFF${[heading, ...calls, ''].join('\r\n')}`, 'utf16le'))
})
afterAll(async () => {
  await db.close()
  await rm(folder, { recursive: true })
})

test('a file of another shape is replayed by its profile, and every row that cannot be taken says why', { timeout: 120_000 }, async () => {
  const report = await replayFile(db.url, { profile: at('profile.json'), input: at('calls.csv') }, quiet)
  expect(report).toMatchObject({ rows: 6, accepted: 3, rejected: 3, verdicts: 2, agree: 2, disagreements: [] })
  expect(report.reasons.map(({ code, rows, first }) => `${code} ${rows} ${first.line}`)).toEqual([
    'time_unreadable 1 5',
    'status_unknown 1 6',
    'verdict_unknown 1 7',
  ])
  expect(await readFile(at('calls.csv.rejects.csv'), 'utf8')).toContain('the verdict “perhaps” is not mapped')
  expect(takenLines(report).slice(2, 4)).toEqual([
    '  time_unreadable 1 rows, first line 5: the time “31.2.2026 09:00” in “Finished” does not fit d.M.yyyy HH:mm',
    '  status_unknown 1 行，首先是第 6 行：状态“waiting”没有对应',
  ])
})

test('a lead that no unit stands for, a wrong property and a missing setup are named', { timeout: 120_000 }, async () => {
  const { setup } = profile
  const replay = async (name: string, changed: object): Promise<Awaited<ReturnType<typeof replayFile>>> => {
    await writeFile(at(name), JSON.stringify({ ...profile, ...changed }))
    return replayFile(db.url, { profile: at(name), input: at('calls.csv') }, quiet)
  }
  const [unit] = setup.staff.organisations
  const staff = { ...setup.staff, organisations: [{ ...unit, functionCode: 'harbour' }] }
  const report = await replay('lead.json', { setup: { ...setup, staff } })
  expect(report).toMatchObject({ accepted: 3, held: 3 })
  expect(takenLines(report)[2]).toBe(
    '3 of them wait for a person, without a clock: no unit there leads their matter. Compare lead with functionCode.',
  )
  const areas = [{ ...setup.areas[0], keyProperty: 'zip' }]
  await expect(replay('areas.json', { setup: { ...setup, areas } })).rejects.toThrow('feature 1: The key is missing. Its properties are: ward')
  await expect(replay('none.json', { setup: undefined })).rejects.toMatchObject({ code: 'files.setupNeeded' })
})

const refusal = async (name: string, bytes: Buffer, changed: Partial<ImportProfile>): Promise<unknown> => {
  await writeFile(at(name), bytes)
  const { profile: read } = await openProfile(at('profile.json'))
  try {
    for await (const _row of rowsOf(at(name), { ...(read as ImportProfile), ...changed }));
    return 'read'
  } catch (error) {
    return error
  }
}

test('a file in another encoding, with another delimiter or other columns is refused with what to write', async () => {
  // 编号 in GBK, which is no UTF-8.
  const chinese = Buffer.from([0xb1, 0xe0, 0xba, 0xc5, 0x3b, 0x41])
  expect(await refusal('gbk.csv', chinese, { encoding: 'utf-8' })).toMatchObject({ code: 'files.encodingWrong' })
  expect(await refusal('gbk.csv', chinese, { encoding: 'gb18030' })).toMatchObject({
    code: 'files.columnsMissing',
    message: expect.stringContaining('编号, A') as string,
  })
  const comma = Buffer.from(`${heading.replaceAll(';', ',')}\n`)
  expect(await refusal('comma.csv', comma, { encoding: 'utf-8' })).toMatchObject({
    code: 'files.delimiterWrong',
    message: expect.stringContaining('"delimiter": ","') as string,
  })
  const twice = Buffer.from(`${heading};State\n`)
  expect(await refusal('twice.csv', twice, { encoding: 'utf-8' })).toMatchObject({ code: 'files.columnTwice' })
})

test.each([
  [{ timeFormat: 'dd.MM.YYYY' }, 'timeFormat: the pattern “dd.MM.YYYY” has no year'],
  [{ timeFormat: 'dd.mm.yyyy HH:mm' }, 'has no month'],
  [{ timeFormat: 'd.M.yyyy hh:mm' }, 'hh and a belong together'],
  [{ timeFormat: 'd.M.yyyy HH:mm Z' }, '“Z” in'],
  [{ verdict: undefined }, 'verdict: says which values of columns.verdict mean on_time and overdue'],
  [{ encoding: 'ansi-cn' }, 'encoding: no encoding that is known'],
  [{ format: 'huying-import' }, 'format: "huying-import" (huying-import/1, '],
  [{ timeZone: 'Berlin', districtCode: '9701' }, 'timeZone: not a time zone of the IANA list; districtCode'],
])('a profile with %o is refused, naming the place and the way out', (changed, told) => {
  expect(() => readProfile(JSON.stringify({ ...profile, ...changed }))).toThrow(told)
})
