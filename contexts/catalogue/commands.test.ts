import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { systemActor } from '#kernel/actor.ts'
import { movableClock, type LocalDate } from '#kernel/clock.ts'
import { newId } from '#kernel/id.ts'
import { inTransaction } from '#platform/database/database.ts'
import { testDatabase, type TestDatabase } from '#platform/database/testing.ts'
import { openDistrict } from '#platform/district.ts'
import type { Doing } from '#platform/event.ts'
import type { Catalogue } from './catalogue.ts'
import { shippedCalendars } from './calendars.ts'
import { importCatalogue, loadCalendar, publishMatterVersion, saveMatterVersion } from './commands.ts'
import { MatterText } from './matter.ts'
import { exportCatalogue, keepCatalogue, listMatters, loadCatalogue } from './questions.ts'
import { aCatalogueFile } from './testing.ts'

let db: TestDatabase
const clock = movableClock('2026-03-02T09:00:00+08:00')
const day = (text: string): LocalDate => text as LocalDate
const doing = (): Doing => ({
  database: db.database,
  clock,
  actor: systemActor('test'),
  commandId: newId(),
  requestId: 'test',
  subscribersOf: () => [],
})
const catalogueOn = (on: string): Promise<Catalogue> => inTransaction(db.database, (tx) => loadCatalogue(tx, day(on)))
const events = async (): Promise<{ type: string; districtCode: string }[]> =>
  (
    await sql<{ type: string; districtCode: string }>`select type, district_code from platform.event order by recorded_at, district_code`.execute(
      db.database.kysely,
    )
  ).rows

beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.close())
beforeEach(async () => {
  clock.set('2026-03-02T09:00:00+08:00')
  await sql`truncate catalogue.delegation, catalogue.committee_duty, catalogue.entry_request, catalogue.matter, catalogue.matter_version, catalogue.filing_condition, catalogue.calendar_year, catalogue.calendar_day, platform.event, platform.outbox, platform.district, platform.log_head`.execute(
    db.database.kysely,
  )
  await inTransaction(db.database, async (tx) => {
    for (const code of ['990101', '990102']) await openDistrict(tx, { code, name: { zh: '示例区' }, sample: true })
  })
})

const text = (change: Partial<MatterText> = {}): MatterText =>
  MatterText.parse({
    standard: 'GB/T 47678.5-2026',
    kind: 'event',
    code: '06010',
    name: { zh: '暴露垃圾', en: 'Exposed rubbish' },
    duty: 'basic',
    conditions: [
      {
        code: '1',
        description: { zh: '路面有暴露垃圾' },
        words: [{ text: '垃圾' }, { text: '垃圾分类', weight: -1 }],
        respond: { value: 1, unit: 'work_hour' },
        dispose: { value: 0.5, unit: 'work_day' },
        tier: 'C',
        lead: { level: 'community', function: null },
        helpers: [{ level: 'district', function: 'sanitation' }],
        evidence: ['photo_after'],
      },
    ],
    ...change,
  })

describe('a matter is drafted, then published', () => {
  test('a draft takes no cases, the published version does from its first day', async () => {
    const draft = await saveMatterVersion(doing(), { matter: text(), effectiveFrom: day('2026-03-10'), expectedVersion: null })
    expect(draft).toMatchObject({ number: 1, status: 'draft', rowVersion: 1 })
    expect((await catalogueOn('2026-03-10')).conditions.size).toBe(0)
    const published = await publishMatterVersion(doing(), { matterVersionId: draft.id, expectedVersion: 1 })
    expect(published).toMatchObject({ status: 'published', effectiveTo: null, rowVersion: 2 })
    expect((await catalogueOn('2026-03-09')).conditions.size).toBe(0)
    const [condition] = (await catalogueOn('2026-03-10')).conditions.values()
    expect(condition).toMatchObject({
      matterVersionId: draft.id,
      name: { zh: '暴露垃圾' },
      respond: { value: 1, unit: 'work_hour' },
      dispose: { value: 0.5, unit: 'work_day' },
      tier: 'C',
      lead: { level: 'community', function: null },
      helpers: [{ level: 'district', function: 'sanitation' }],
      evidence: ['photo_after'],
    })
  })

  test('every district hears of it, once per command', async () => {
    const saving = doing()
    const input = { matter: text(), effectiveFrom: day('2026-03-10'), expectedVersion: null }
    const draft = await saveMatterVersion(saving, input)
    expect(await saveMatterVersion(saving, input)).toEqual(draft)
    const publishing = doing()
    const first = await publishMatterVersion(publishing, { matterVersionId: draft.id, expectedVersion: 1 })
    expect(await publishMatterVersion(publishing, { matterVersionId: draft.id, expectedVersion: 1 })).toEqual(first)
    const each = ['990101', '990102']
    expect(await events()).toEqual(
      ['catalogue.draft_saved', 'catalogue.published'].flatMap((type) => each.map((districtCode) => ({ type, districtCode }))),
    )
  })

  test('the next version ends the former on its first day, and a case of the former still finds its condition', async () => {
    const one = await saveMatterVersion(doing(), { matter: text(), effectiveFrom: day('2026-03-02'), expectedVersion: null })
    await publishMatterVersion(doing(), { matterVersionId: one.id, expectedVersion: 1 })
    const two = await saveMatterVersion(doing(), {
      matter: text({ name: { zh: '散落垃圾' } }),
      effectiveFrom: day('2026-04-01'),
      expectedVersion: null,
    })
    await publishMatterVersion(doing(), { matterVersionId: two.id, expectedVersion: 1 })
    const [march, april] = [await catalogueOn('2026-03-31'), await catalogueOn('2026-04-01')]
    expect([...march.matters.values()].map((matter) => matter.number)).toEqual([1])
    expect([...april.matters.values()].map((matter) => matter.number)).toEqual([2])
    const former = one.conditions[0]?.id ?? ''
    expect(april.conditions.has(former)).toBe(false)
    expect(april.condition(former)?.matterVersionId).toBe(one.id)
  })

  test('a draft that somebody else changed, and a version already published, are refused', async () => {
    const draft = await saveMatterVersion(doing(), { matter: text(), effectiveFrom: day('2026-03-10'), expectedVersion: null })
    await expect(saveMatterVersion(doing(), { matter: text(), effectiveFrom: null, expectedVersion: null })).rejects.toMatchObject({
      code: 'catalogue.versionChanged',
    })
    await saveMatterVersion(doing(), { matter: text(), effectiveFrom: null, expectedVersion: 1 })
    await expect(publishMatterVersion(doing(), { matterVersionId: draft.id, expectedVersion: 1 })).rejects.toMatchObject({
      code: 'catalogue.versionChanged',
    })
    await expect(publishMatterVersion(doing(), { matterVersionId: draft.id, expectedVersion: 2 })).rejects.toMatchObject({
      code: 'catalogue.noEffectiveDate',
    })
    await saveMatterVersion(doing(), { matter: text(), effectiveFrom: day('2026-03-10'), expectedVersion: 2 })
    await publishMatterVersion(doing(), { matterVersionId: draft.id, expectedVersion: 3 })
    await expect(publishMatterVersion(doing(), { matterVersionId: draft.id, expectedVersion: 4 })).rejects.toMatchObject({
      code: 'catalogue.notDraft',
    })
    await expect(publishMatterVersion(doing(), { matterVersionId: newId(), expectedVersion: 1 })).rejects.toMatchObject({
      code: 'catalogue.versionNotFound',
    })
  })

  test('a matter without a limit stays a draft', async () => {
    const [condition] = text().conditions
    const draft = await saveMatterVersion(doing(), {
      matter: text({ conditions: [{ ...condition!, dispose: null }] }),
      effectiveFrom: day('2026-03-10'),
      expectedVersion: null,
    })
    await expect(publishMatterVersion(doing(), { matterVersionId: draft.id, expectedVersion: 1 })).rejects.toMatchObject({
      code: 'catalogue.noLimit',
      field: 'conditions.0.dispose',
    })
  })

  test('twenty people saving at once leave one draft', async () => {
    const saves = Array.from({ length: 20 }, () => saveMatterVersion(doing(), { matter: text(), effectiveFrom: null, expectedVersion: null }))
    const done = await Promise.allSettled(saves)
    expect(done.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
  })
})

describe('a catalogue file', () => {
  const file = aCatalogueFile({ calendars: shippedCalendars.map((year) => ({ ...year, off: [...year.off], makeup: [...year.makeup] })) })

  test('loads in one go, and loading it again changes nothing', async () => {
    expect(await importCatalogue(doing(), file)).toEqual({ added: 29, changed: 0, unchanged: 0 })
    const before = await catalogueOn('2026-03-02')
    expect(await importCatalogue(doing(), file)).toEqual({ added: 0, changed: 0, unchanged: 29 })
    const after = await catalogueOn('2026-03-02')
    expect([...after.conditions.keys()]).toEqual([...before.conditions.keys()])
    expect(after.revision).toBe(before.revision)
    expect(await events()).toHaveLength(2)
    expect(after.matcher.match('我家门口的井盖不见了')[0]?.confidence).toBeGreaterThan(after.floor)
    expect(after.publicMatters).toHaveLength(24)
    expect(after.ladder.filter((step) => step.milestone === 'dispose')).toEqual([
      { milestone: 'dispose', ordinal: 1, percent: 75, minutesAfterDue: null, act: 'remind', toRole: null, effectiveFrom: '2000-01-01' },
      { milestone: 'dispose', ordinal: 2, percent: 100, minutesAfterDue: null, act: 'overdue', toRole: null, effectiveFrom: '2000-01-01' },
      { milestone: 'dispose', ordinal: 3, percent: null, minutesAfterDue: 30, act: 'escalate', toRole: 'supervisor', effectiveFrom: '2000-01-01' },
    ])
  })

  test('with a fault is refused as a whole, counting the faults', async () => {
    const [first, second, ...rest] = file.matters ?? []
    const wrong = {
      ...file,
      matters: [
        { ...first!, conditions: [] },
        { ...second!, duty: 'withdrawn' as const, conditions: [{ ...second!.conditions![0]!, lead: { level: 'grid' as const } }] },
        ...rest,
      ],
    }
    await expect(importCatalogue(doing(), wrong)).rejects.toMatchObject({ code: 'catalogue.importRefused', params: { count: 2 } })
    expect((await catalogueOn('2026-03-02')).matters.size).toBe(0)
    await expect(importCatalogue(doing(), { ...file, matters: [{ ...first!, code: '' }] })).rejects.toMatchObject({
      code: 'catalogue.badFile',
      params: { path: 'matters.0.code' },
    })
    expect(await events()).toEqual([])
  })

  test('that says something new makes a new version from its day on, and drafts stay drafts', async () => {
    await importCatalogue(doing(), file)
    const [first] = file.matters ?? []
    const news = { ...first!, name: { zh: '井盖问题' }, effectiveFrom: '2026-05-01' }
    const classOfDirectory = {
      standard: 'GB/T 47678.5-2026',
      kind: 'event' as const,
      code: '06051',
      name: { zh: '盲道缺损' },
      status: 'draft' as const,
    }
    expect(await importCatalogue(doing(), { format: file.format, matters: [news, classOfDirectory] })).toEqual({ added: 1, changed: 1, unchanged: 0 })
    const may = await catalogueOn('2026-05-01')
    expect(may.matters.size).toBe(24)
    expect([...may.matters.values()].find((matter) => matter.code === '01001')).toMatchObject({ number: 2, name: { zh: '井盖问题' } })
    await expect(
      importCatalogue(doing(), { format: file.format, matters: [{ ...news, name: { zh: '改写过去' }, effectiveFrom: '2026-01-01' }] }),
    ).rejects.toMatchObject({
      code: 'catalogue.pastTaken',
    })
  })

  test('written from one database makes the same catalogue in another', async () => {
    await importCatalogue(doing(), file)
    const draft = await saveMatterVersion(doing(), { matter: text({ code: '99' }), effectiveFrom: null, expectedVersion: null })
    const [first] = file.matters ?? []
    await importCatalogue(doing(), { format: file.format, matters: [{ ...first!, name: { zh: '井盖问题' }, effectiveFrom: '2026-05-01' }] })
    const written = await inTransaction(db.database, (tx) => exportCatalogue(tx))
    expect(written.matters.find((matter) => matter.code === '99')?.status).toBe(draft.status)
    const other = await testDatabase()
    try {
      await importCatalogue(
        { ...doing(), database: other.database, clock: movableClock('2026-08-01T00:00:00Z') },
        JSON.parse(JSON.stringify(written)),
      )
      expect(await inTransaction(other.database, (tx) => exportCatalogue(tx))).toEqual(written)
    } finally {
      await other.close()
    }
  })

  test('changes settings, hours and ladders from a day on', async () => {
    await importCatalogue(doing(), {
      ...file,
      settings: [{ key: 'matching.floor', effectiveFrom: '2026-04-01', value: 0.7, meaning: { zh: '更谨慎' } }],
      hours: [
        {
          from: '2026-06-01',
          periods: [
            { startMinute: 480, endMinute: 720 },
            { startMinute: 900, endMinute: 1140 },
          ],
        },
      ],
      ladder: [{ milestone: 'respond', effectiveFrom: '2026-04-01', ordinal: 1, percent: 50, act: 'remind' }],
    })
    const [march, april] = [await catalogueOn('2026-03-31'), await catalogueOn('2026-04-01')]
    expect([march.floor, april.floor]).toEqual([0.55, 0.7])
    expect([march, april].map((one) => one.ladder.filter((step) => step.milestone === 'respond').length)).toEqual([3, 1])
    expect(april.calendar.hours.map((hours) => hours.from)).toEqual(['2000-01-01', '2026-06-01'])
    const refused = { format: file.format, settings: [{ key: 'matching.floor', effectiveFrom: '2026-04-01', value: 'high', meaning: { zh: '错' } }] }
    await expect(importCatalogue(doing(), refused)).rejects.toMatchObject({ code: 'catalogue.badSetting' })
    const twoTimes = {
      format: file.format,
      ladder: [{ milestone: 'respond' as const, effectiveFrom: '2026-05-01', ordinal: 1, percent: 50, minutesAfterDue: 5, act: 'remind' as const }],
    }
    await expect(importCatalogue(doing(), twoTimes)).rejects.toMatchObject({ code: 'catalogue.badLadder' })
    await sql`delete from catalogue.setting where effective_from > '2000-01-01'`.execute(db.database.kysely)
    await sql`delete from catalogue.working_period where effective_from > '2000-01-01'`.execute(db.database.kysely)
    await sql`delete from catalogue.ladder_step where effective_from > '2000-01-01'`.execute(db.database.kysely)
  })
})

describe('the catalogue in memory', () => {
  test('is loaded anew when something changed or the day turned, and only then', async () => {
    const live = await keepCatalogue(db.database, clock, 'Asia/Shanghai')
    expect(await live.refresh()).toBe(false)
    await loadCalendar(doing())
    expect(await live.refresh()).toBe(true)
    expect(live.current().calendar.years.map((year) => year.year)).toEqual([2025, 2026])
    expect(live.current().calendar.years).toEqual(shippedCalendars)
    clock.set('2026-03-03T00:00:01+08:00')
    expect(await live.refresh()).toBe(true)
    expect(live.current().on).toBe('2026-03-03')
  })

  test('lists matters by page, by code or part of a name', async () => {
    await importCatalogue(doing(), aCatalogueFile())
    const list = (query: { search?: string; cursor?: string; limit: number }) =>
      inTransaction(db.database, (tx) => listMatters(tx, day('2026-03-02'), query))
    const codes: string[] = []
    for (let cursor: string | undefined, more = true; more;) {
      const page = await list({ cursor, limit: 10 })
      codes.push(...page.items.map((one) => one.inForce?.code ?? ''))
      more = page.cursor !== null
      cursor = page.cursor ?? undefined
    }
    expect(codes).toEqual(codes.toSorted())
    expect(codes).toHaveLength(24)
    expect((await list({ search: '0603', limit: 10 })).items.map((one) => one.inForce?.code)).toEqual(['06036', '06037'])
    expect((await list({ search: '垃圾', limit: 10 })).items.map((one) => one.inForce?.code)).toEqual(['06010', '06011', '06020'])
    expect((await list({ search: '%', limit: 10 })).items).toEqual([])
  })
})
