import { execFile, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Refusal } from '#kernel/refusal.ts'
import { refuse as refuseCases } from '#contexts/cases/refusals.ts'
import { refuse as refusePeople } from '#contexts/people/refusals.ts'
import { checkout } from '#platform/database/folders.ts'
import { sql } from '#platform/database/database.ts'
import { refuse as refusePlatform } from '#platform/refusals.ts'
import { testWorld, type TestWorld } from './testing.ts'
import { readSystem } from './testing-policy.ts'

const guide = readFileSync(join(checkout, 'docs/guides/department-api.md'), 'utf8')
const examples = [...guide.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, command = '']) => command)
const hasCurl = spawnSync('curl', ['--version']).status === 0

test('every code that the guide to the department API names is a refusal of the product, with that status', () => {
  const kinds: Readonly<Record<string, unknown>> = { cases: refuseCases, people: refusePeople, platform: refusePlatform }
  const rows = [...guide.matchAll(/^\| (\d{3}) \| ([^|]+) \|/gm)].flatMap(([, status, codes = '']) =>
    [...codes.matchAll(/`(\w+)\.(\w+)`/g)].map(([, context = '', name = '']) => ({ status: Number(status), context, name })),
  )
  expect(rows.length).toBeGreaterThan(8)
  const wrong = rows.filter(({ status, context, name }) => {
    // Input that breaks a contract is refused by the framework's own schema.
    if (`${context}.${name}` === 'platform.invalidInput') return status !== 400
    const refusal = (kinds[context] as Record<string, () => unknown>)[name]?.()
    return !(refusal instanceof Refusal) || refusal.kind.status !== status
  })
  expect(wrong).toEqual([])
})

describe.skipIf(!hasCurl)('the examples of the guide to the department API', () => {
  let city: TestWorld
  let home: string
  let surroundings: Record<string, string>

  beforeAll(async () => {
    city = await testWorld()
    home = mkdtempSync(join(tmpdir(), 'huying-guide-'))
    // Curl says the status after each answer, without a word more in the examples.
    writeFileSync(join(home, '.curlrc'), 'silent\nwrite-out = "\\n%{http_code}"\n')
    const origin = await city.app.listen({ host: '127.0.0.1', port: 0 })
    surroundings = { HUYING: origin, KEY: (await readSystem(city)).bearer ?? '', CURL_HOME: home, HOME: home, PATH: process.env['PATH'] ?? '' }
  })
  afterAll(async () => {
    rmSync(home, { recursive: true })
    await city.close()
  })

  async function run(example: number): Promise<{ status: number; body: Record<string, unknown> }> {
    const { stdout } = await promisify(execFile)('sh', ['-c', examples[example] ?? 'exit 1'], { env: surroundings })
    const [, body = '', status] = /^([\s\S]*)\n(\d{3})$/.exec(stdout) ?? []
    return { status: Number(status), body: JSON.parse(body) as Record<string, unknown> }
  }

  test('report, follow, list, open and are refused as it says', async () => {
    expect(examples).toHaveLength(5)
    const reported = await run(0)
    expect(reported).toMatchObject({ status: 200, body: { districtCode: '990101' } })
    expect((await run(0)).body).toEqual(reported.body)
    expect(await run(1)).toMatchObject({ status: 200, body: { id: reported.body['id'], status: 'reported' } })
    await sql`update cases.case set organisation_ids = (select array_agg(id) from people.organisation where code = 'urban_management-990101')
      where id = ${reported.body['id']}`.execute(city.world.database.kysely)
    expect(await run(2)).toMatchObject({ status: 200, body: { items: [{ id: reported.body['id'] }] } })
    surroundings['ID'] = String(reported.body['id'])
    expect(await run(3)).toMatchObject({ status: 200, body: { number: reported.body['number'], channel: 'department' } })
    expect(await run(4)).toMatchObject({ status: 401, body: { code: 'people.keyInvalid' } })
  })
})
