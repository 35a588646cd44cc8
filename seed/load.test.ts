import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { caseStatuses } from '#contexts/cases/lifecycle.ts'
import { loadCatalogue } from '#contexts/catalogue/index.ts'
import { loadDirectory, resolveDutyHolder } from '#contexts/people/index.ts'
import { loadTerritory } from '#contexts/territory/index.ts'
import { localDate, systemClock, type LocalDate } from '#kernel/clock.ts'
import { inTransaction } from '#platform/database/database.ts'
import { preparedDatabase, testDataHome, type TestDatabase } from '#platform/database/testing.ts'
import { sayings } from './cases/sayings.ts'
import { drawCity, origin } from './geometry.ts'
import { inventedCalendars, loadDemonstrationCity } from './load.ts'
import { readGround } from './territory/ground.ts'

let db: TestDatabase
const today = localDate(systemClock.now(), 'Asia/Shanghai')
const city = drawCity(readGround(origin))

beforeAll(async () => {
  process.env['HUYING_KEY'] = '42'.repeat(32)
  db = await preparedDatabase('demonstration', (url) => loadDemonstrationCity(url, { cases: 600, filesAt: join(testDataHome(), 'files') }))
}, 120_000)
afterAll(() => db.close())

async function rows<R extends object>(text: string): Promise<R[]> {
  return (await db.database.pool.query<R>(text)).rows
}
const counts = (): Promise<object[]> =>
  rows(`select (select count(*) from territory.area_version) areas, (select count(*) from people.post) posts, (select count(*) from catalogue.matter_version) matters,
    (select count(*) from cases.case) cases, (select count(*) from platform.event) events, (select count(*) from platform.receipt) receipts`)

test('a second load changes nothing and tells the same sign-ins', async () => {
  const before = await counts()
  const signIns = await loadDemonstrationCity(db.url)
  expect(await counts()).toEqual(before)
  const logins = await rows<{ login: string }>('select login from people.account')
  for (const { name } of signIns) expect(logins.map(({ login }) => login)).toContain(name)
})

test('every grid has a worker on duty and every lead of the catalogue somebody who answers', async () => {
  const [catalogue, directory] = await inTransaction(db.database, async (tx) => [await loadCatalogue(tx, today), await loadDirectory(tx)] as const)
  const leads = new Map(
    [...catalogue.conditions.values()].map(({ lead }) => [`${lead.level} ${lead.function}`, { level: lead.level, functionCode: lead.function }]),
  )
  expect(leads.size).toBeGreaterThanOrEqual(10)
  for (const { properties } of city.grid.features) {
    for (const lead of leads.values())
      expect(
        resolveDutyHolder(directory, lead, properties.code, today)?.postIds.length,
        `${properties.code} ${lead.level} ${lead.functionCode}`,
      ).toBeGreaterThan(0)
  }
})

test('a coordinate in the city finds its grid', async () => {
  const territory = await inTransaction(db.database, (tx) => loadTerritory(tx, today))
  expect(territory.locate({ lng: 121.4835, lat: 31.2395 })?.gridCode).toMatch(/^990101\d{9}$/)
  expect(territory.locate({ lng: 121.5095, lat: 31.2395 })?.gridCode).toMatch(/^990102\d{9}$/)
  expect(territory.locate({ lng: 121.6, lat: 31.2395 })).toBeNull()
})

test('what residents say finds its matter or goes to a person, but never surely to another matter', async () => {
  const catalogue = await inTransaction(db.database, (tx) => loadCatalogue(tx, today))
  const said = Object.entries(sayings).flatMap(([about, { says }]) => says.map((text) => ({ about, text })))
  const sure = said.flatMap(({ about, text }) => {
    const [best] = catalogue.matcher.match(text)
    const condition = best && catalogue.conditions.get(best.conditionId)
    return condition && best.confidence >= catalogue.floor ? [{ text, about, found: `${condition.matterCode}.${condition.code}` }] : []
  })
  expect(sure.filter(({ about, found }) => about !== found)).toEqual([])
  expect(sure.length / said.length).toBeGreaterThan(0.9)
  const known = new Set([...catalogue.conditions.values()].map(({ matterCode, code }) => `${matterCode}.${code}`))
  expect(Object.keys(sayings).toSorted()).toEqual([...known].toSorted())
})

test('the whole national directory is there, as drafts where the city has not written its own rules', async () => {
  const counted = await rows<{ kind: string; n: number }>(
    "select kind, count(*)::int n from catalogue.matter where standard = 'GB/T 47678.5-2026' group by 1 order by 1",
  )
  expect(counted).toEqual([
    { kind: 'component', n: 153 },
    { kind: 'event', n: 250 },
  ])
  const twice = await rows('select matter_id from catalogue.matter_version group by 1 having count(*) > 1')
  expect(twice).toEqual([])
})

test('all cases are marked as samples and stand in every stage of their life, from every channel', async () => {
  const byStatus = await rows<{ status: string; n: number }>(
    'select status, count(*)::int n from cases.case where sample and id not in (select case_id from cases.whistle) group by 1',
  )
  const n = Object.fromEntries(byStatus.map(({ status, n }) => [status, n]))
  // The one that was moved to the other district stands in both; the desk's four calls became six; the stories tell 28.
  expect(byStatus.reduce((sum, one) => sum + one.n, 0)).toBe(635)
  const [receipt] = await rows<{ result: object }>("select result from platform.receipt where command = 'loadDemonstrationCity'")
  expect(receipt?.result).toMatchObject({ refused: [] })
  expect(n['closed']).toBeGreaterThan(300)
  for (const status of caseStatuses) expect(n[status], status).toBeGreaterThan(0)
  const byChannel = await rows<{ channel: string }>('select distinct channel from cases.case')
  expect(byChannel.map(({ channel }) => channel).toSorted()).toEqual(['department', 'grid_worker', 'hotline', 'import', 'resident'])
  const [seen] = await rows<
    Record<string, number>
  >(`select count(*) filter (where rating <= 2)::int unhappy, count(*) filter (where rework_count > 0)::int rework,
    count(*) filter (where return_count > 0)::int given_back, count(*) filter (where reopen_count > 0)::int reopened, count(*) filter (where lng is null)::int unlocated from cases.case`)
  for (const [what, found] of Object.entries(seen ?? {})) expect(found, what).toBeGreaterThan(0)
  const [clocks] = await rows<Record<string, number>>('select count(overdue_at)::int overdue, count(*)::int all from assignments.milestone')
  expect(clocks?.['overdue']).toBeGreaterThan(20)
  expect(clocks?.['overdue']).toBeLessThan((clocks?.['all'] ?? 0) / 5)
  expect((await rows('select 1 from assignments.reminder where act = $$escalate$$')).length).toBeGreaterThan(0)
})

test('a case that its caller was unhappy with waits for the supervisor in each district', async () => {
  expect(await rows('select distinct district_code from cases.case where status = $$reopened$$ and rating = 1 order by 1')).toEqual([
    { district_code: '990101' },
    { district_code: '990102' },
  ])
})

test('nobody checked his own work', async () => {
  expect(
    await rows(
      `select 1 from cases.case c join cases.case_step s on s.district_code = c.district_code and s.case_id = c.id and s.step = 'check' where s.actor_key = any(c.handled_by)`,
    ),
  ).toEqual([])
})

test('nothing lies in the future, and only invented names and numbers are used', async () => {
  expect(await rows(`select 1 from platform.event where happened_at > now() limit 1`)).toEqual([])
  expect(await rows(`select name from people.person where not sample or name !~ '^.(示例|样例|演示|示范|样本|试用|模拟|例示)$'`)).toEqual([])
  expect(await rows(`select address from cases.case where address !~ '示例'`)).toEqual([])
})

test('clocks can be computed in years without an official calendar', () => {
  const [calendar, ...more] = inventedCalendars('2031-06-01' as LocalDate, new Set([2030, 2032]))
  expect(more).toEqual([])
  expect(calendar).toMatchObject({ year: 2031, source: '示例日历，非官方放假安排', makeup: [] })
  // 1 January 2031 is a Wednesday, 1 May a Thursday.
  expect(calendar?.off).toContain('2031-01-01')
})

test('whoever says exactly where gets the unit grid beside the service grid, both of one community', async () => {
  const [seen] = await rows<Record<string, number>>(
    `select count(*)::int located, count(unit_grid_code)::int with_unit, count(*) filter (where left(unit_grid_code, 12) = left(grid_code, 12))::int together
     from cases.case where lng is not null and status <> 'transferred'`,
  )
  expect(seen?.['located']).toBeGreaterThan(400)
  expect(seen).toMatchObject({ with_unit: seen?.['located'], together: seen?.['located'] })
})

test('invented buildings stand in every service grid on land, with dwellings in them and nobody named', async () => {
  const [seen] = await rows<Record<string, number>>(
    `select (select count(*) from territory.building)::int buildings, (select count(distinct left(code, 15)) from territory.building)::int grids,
       (select count(*) from territory.household where occupancy = 'vacant')::int vacant`,
  )
  const land = city.grid.features.filter(({ properties }) => properties.kind === 'residential').length
  expect(seen).toMatchObject({ buildings: 3 * land, grids: land })
  expect(seen?.['vacant']).toBeGreaterThan(100)
})

test('streets have whistled: one unit ran late, one whistle waits for its rating, one for approval, one was rated, one has ended', async () => {
  const states = await rows<{ kind: string; state: string }>('select kind, state from cases.whistle order by kind')
  expect(states.map(({ kind, state }) => `${kind} ${state}`).toSorted()).toEqual([
    'emergency closed',
    'emergency sounded',
    'hard waiting',
    'ordinary proposed',
    'ordinary sounded',
    'ordinary sounded',
  ])
  const scores = await rows<{ score: number }>('select score from cases.whistle_unit where score is not null order by score')
  expect(scores.map(({ score }) => score)).toEqual([2, 4, 5, 5])
  const [late] = await rows<{
    n: number
  }>(`select count(*)::int n from assignments.milestone m join assignments.assignment a on a.id = m.assignment_id
    where a.purpose = 'whistle' and m.overdue_at is not null`)
  expect(late?.n).toBeGreaterThan(0)
})

test('requests of every kind wait and are decided both ways, with both opinions of objections', async () => {
  const requests = await rows<{ kind: string; state: string }>('select kind, state from cases.request')
  expect(new Set(requests.map(({ kind, state }) => `${kind} ${state}`))).toEqual(
    new Set([
      'extension asked',
      'extension approved_once',
      'extension approved',
      'extension refused',
      'suspension asked',
      'suspension approved',
      'appeal asked',
      'appeal approved',
      'appeal refused',
      'objection asked',
      'objection approved',
      'objection refused',
    ]),
  )
  expect(await rows('select 1 from cases.request where kind = $$objection$$ and counter_opinion is null')).toHaveLength(1)
  expect(await rows('select 1 from cases.case where suspended_until is not null')).toHaveLength(1)
  const entries = await rows<{ status: string }>('select status from catalogue.entry_request order by status')
  expect(entries.map(({ status }) => status)).toEqual(['approved', 'asked', 'refused'])
})

test('calls went up on each tier and came down once, trifles of both tiers were settled lightly, a sample was called back', async () => {
  const rungs = await rows<{ rung: string }>(
    `select distinct r ->> 'direction' || ' ' || (r -> 'from' ->> 'level') as rung from cases.case, jsonb_array_elements(ladder) r order by 1`,
  )
  expect(rungs.map(({ rung }) => rung)).toEqual(['down street', 'up community', 'up grid', 'up street'])
  const light = await rows<{ tier: string; status: string }>(
    `select distinct c.tier, c.status from cases.case c join platform.event e on e.subject_id = c.id where e.type = 'case.settled' order by 1, 2`,
  )
  expect(light).toEqual(['C', 'D'].flatMap((tier) => ['closed', 'handled'].map((status) => ({ tier, status }))))
  const outcomes = await rows<{ outcome: string | null }>('select distinct outcome from cases.call_back')
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(expect.arrayContaining([null, 'solved', 'not_solved']))
  expect(await rows('select 1 from cases.call_back_draw where drawn_at is null')).toHaveLength(1)
  expect(await rows('select 1 from cases.case where status = $$merged$$ and rating is not null')).toHaveLength(1)
  const pictures = await rows<{ origin: string }>('select distinct origin from cases.photo order by 1')
  expect(pictures.map(({ origin }) => origin)).toEqual(['caller', 'unit'])
})

test('a delegated matter is led by the street where its delegation runs, and by the department elsewhere', async () => {
  const catalogue = await inTransaction(db.database, (tx) => loadCatalogue(tx, today))
  const barbecue = [...catalogue.conditions.values()].find(({ matterCode }) => matterCode === '06029')
  const leadIn = (areaCode: string) => barbecue && catalogue.leadAt(barbecue, areaCode)
  for (const street of ['990101001', '990101002']) expect(leadIn(`${street}001001`)).toMatchObject({ by: 'delegation', lead: { level: 'street' } })
  for (const street of ['990101003', '990102001']) expect(leadIn(`${street}001001`)).toMatchObject({ by: 'return', lead: { level: 'district' } })
})
