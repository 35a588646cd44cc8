import { afterAll, beforeAll, expect, test } from 'vitest'
import { askEntry, decideEntry, listDuty } from '#contexts/catalogue/testing.ts'
import { loadCatalogue } from '#contexts/catalogue/index.ts'
import { aPerson, aPost, doingAs } from '#contexts/people/testing.ts'
import type { Actor } from '#kernel/actor.ts'
import type { LocalDate } from '#kernel/clock.ts'
import { newId } from '#kernel/id.ts'
import { inTransaction, sql } from '#platform/database/database.ts'
import type { CaseServices } from './commands.ts'
import { moveCases } from './moving/commands.ts'
import { caseDetail } from './questions.ts'
import { dispatchByRule } from './reactions.ts'
import { testCity, testDistrict, type TestCity } from './testing.ts'

let city: TestCity
beforeAll(async () => {
  city = await testCity()
  city.services.clock.set('2026-03-02T09:00:00+08:00')
})
afterAll(() => city.close())

const today = '2026-03-02' as LocalDate
const as = (actor: Actor) => doingAs(city.services.database, city.services.clock, actor)
const ground = () => ({
  policy: city.services.rules().policy,
  organisation: (id: string) => city.services.rules().directory.organisations.get(id),
  isArea: (code: string) => city.services.rules().territory.area(code) !== undefined,
})
const unit = (code: string): string => city.unit(code)

async function servicesNow(): Promise<CaseServices> {
  const catalogue = await inTransaction(city.services.database, (tx) => loadCatalogue(tx, today))
  return { ...city.services, rules: () => ({ ...city.services.rules(), catalogue }) }
}

/** What the outbox would do with a new call, under the catalogue as it is now. */
async function reportNoise(): Promise<{ id: string; matterId: string }> {
  const { id } = await city.call({ text: '晚上广场舞音响太吵，一直跳舞' })
  const services = await servicesNow()
  const row = { districtCode: testDistrict, id: newId(), eventId: newId(), eventType: 'case.reported', subjectId: id, attempts: 0 }
  await inTransaction(city.services.database, (tx) =>
    dispatchByRule(tx as never, services, testDistrict, [{ ...row, recordedAt: city.services.clock.now() }]),
  )
  const { conditionId } = await detail(id)
  return { id, matterId: services.rules().catalogue.condition(conditionId ?? '')?.matterId ?? '' }
}
const detail = (id: string) => caseDetail(city.services, city.as('dispatcher'), { districtCode: testDistrict, id })

test('what stands on no list of the residents’ committee waits for a person; an approved request puts it there, once, and then the rules send it', async () => {
  const first = await reportNoise()
  expect(await detail(first.id)).toMatchObject({ status: 'dispatched', holder: { zh: '单位community' } })

  // The district excepts the community.
  const duty = { list: 'assist', matterId: first.matterId, areaCode: '990101001001', validFrom: today, validTo: null, reason: '示例' } as const
  const dispatcher = city.as('dispatcher')
  await expect(listDuty(as(dispatcher), ground(), { ...duty, listed: true })).rejects.toMatchObject({ code: 'catalogue.entryNeeded' })
  await listDuty(as(dispatcher), ground(), { ...duty, listed: false })
  const second = await reportNoise()
  const held = await detail(second.id)
  expect(held).toMatchObject({ status: 'filed', triageReason: 'rule_refused' })
  expect(held.triageNote?.zh).toContain('不在单位community的自治或协助清单上')
  // A person may still send it there, but says why.
  const byHand = async (note: string) => {
    const move = { id: second.id, move: 'dispatch', organisationId: unit('community'), note, commandId: newId() } as const
    const [outcome] = await moveCases(await servicesNow(), testDistrict, [{ ...move, by: { actor: dispatcher, requestId: 'test' } }])
    return outcome
  }
  expect(await byHand('')).toMatchObject({ ok: false, refusal: { code: 'cases.unitNoteMissing' } })
  expect(await byHand('居委会同意协助')).toMatchObject({ ok: true, record: { status: 'dispatched', why: { rule: 'dispatcher' } } })

  const handler = city.as('handler')
  const entry = {
    matterId: first.matterId,
    organisationId: unit('urban'),
    areaCode: '990101001001',
    reason: '夜间噪音投诉集中',
    legalBasis: '示例条例',
    authority: null,
    people: '城管队员每晚随社区巡查',
    money: null,
    validFrom: today,
    validTo: '2026-12-31' as LocalDate,
  }
  await expect(askEntry(as(handler), ground(), { ...entry, organisationId: unit('sanitation') })).rejects.toMatchObject({
    code: 'catalogue.notYours',
  })
  const { id } = await askEntry(as(handler), ground(), entry)
  const approve = { move: 'approve', reason: '条件随附，同意试行' } as const
  const both = { ...dispatcher, personId: handler.personId }
  await expect(decideEntry(as(both), ground(), id, approve)).rejects.toMatchObject({ code: 'catalogue.ownRequest' })
  const elsewhere = aPerson(aPost({ role: 'dispatcher', areaCode: '990102' }))
  await expect(decideEntry(as(elsewhere), ground(), id, approve)).rejects.toMatchObject({ code: 'catalogue.notYours' })
  await decideEntry(as(dispatcher), ground(), id, approve)
  await expect(decideEntry(as(dispatcher), ground(), id, { move: 'refuse', reason: '改主意' })).rejects.toMatchObject({
    code: 'catalogue.requestDecided',
  })
  expect(await detail((await reportNoise()).id)).toMatchObject({ status: 'dispatched', holder: { zh: '单位community' } })

  const { rows } = await sql<{ type: string; toState: string | null }>`select type, to_state from platform.event
    where type like 'catalogue.entry%' or type like 'catalogue.committee%' order by recorded_at, id`.execute(city.services.database.kysely)
  expect(rows).toEqual([
    { type: 'catalogue.committee_duty_listed', toState: null },
    { type: 'catalogue.entry_asked', toState: 'asked' },
    { type: 'catalogue.entry_decided', toState: 'approved' },
  ])
})
