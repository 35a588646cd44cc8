import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadCatalogue, type Catalogue } from '#contexts/catalogue/index.ts'
import { delegate, endDelegation, listDelegations, MatterText, publishMatterVersion, saveMatterVersion } from '#contexts/catalogue/testing.ts'
import { aPerson, aPost, doingAs } from '#contexts/people/testing.ts'
import { addDays, type LocalDate } from '#kernel/clock.ts'
import type { Refusal } from '#kernel/refusal.ts'
import { inTransaction } from '#platform/database/database.ts'
import { findReceipts } from '#platform/receipt.ts'
import { planDispatch } from './dispatch.ts'
import { findCases } from './store.ts'
import { testCity, testDistrict, type TestCity } from './testing.ts'

let city: TestCity
beforeAll(async () => {
  city = await testCity()
})
afterAll(() => city.close())

const today = '2026-03-02' as LocalDate
const admin = aPerson(aPost({ role: 'system_admin', areaCode: '' }))
const doing = () => doingAs(city.services.database, city.services.clock, admin)
const around = {
  organisation: (id: string) => city.services.rules().directory.organisations.get(id),
  isArea: (code: string) => city.services.rules().territory.area(code) !== undefined,
}
const unit = (code: string): string => city.unit(code)
const catalogueOn = (on: LocalDate): Promise<Catalogue> => inTransaction(city.services.database, (tx) => loadCatalogue(tx, on))

const matter = MatterText.parse({
  standard: 'local',
  kind: 'local',
  code: '99999',
  name: { zh: '占道摆摊整治' },
  duty: 'basic',
  conditions: [
    {
      code: '1',
      description: { zh: '占道' },
      respond: { value: 1, unit: 'urgent_hour' },
      dispose: { value: 1, unit: 'natural_day' },
      tier: 'B',
      lead: { level: 'street', function: 'urban_management' },
    },
  ],
})

test('a department’s work is published for a street with its delegation, goes there until it ends, and back to the department from that day on', async () => {
  city.services.clock.set(`${today}T09:00:00+08:00`)
  const draft = await saveMatterVersion(doing(), { matter, effectiveFrom: today, expectedVersion: null })
  const publish = () => publishMatterVersion(doing(), { matterVersionId: draft.id, expectedVersion: 1 })
  await expect(publish()).rejects.toMatchObject({ code: 'catalogue.departmentWorkToGrassroots', field: 'conditions.0.lead' })

  const asked = {
    matterId: draft.matterId,
    conditionCode: null,
    organisationId: unit('urban'),
    level: 'street' as const,
    areaCode: '990101001',
    authority: { zh: '以城管局名义执法' },
    people: { zh: '下沉执法队员 4 人' },
    goods: null,
    money: null,
    legalBasis: { zh: '行政处罚法第二十四条' },
    validFrom: today,
    validTo: addDays(today, 30),
    signedBy: '示例区政府',
  }
  const once = doing()
  const { id } = await delegate(once, around, asked)
  // A repeat of the command is the same delegation; the same work again is refused.
  expect(await delegate(once, around, asked)).toEqual({ id })
  await expect(delegate(doing(), around, asked)).rejects.toMatchObject({ code: 'catalogue.delegatedAlready' })
  const listed = async () => (await listDelegations(doing(), around, { limit: 10 })).items.map(({ state, applies }) => `${state} ${applies}`)
  // Recorded, and of no effect until the catalogue lets the street lead.
  expect(await listed()).toEqual(['ending false'])
  const published = await publish()
  expect(await listed()).toEqual(['ending true'])

  const { id: caseId } = await city.call({ text: '占道摆摊' })
  const [record] = await inTransaction(city.services.database, (tx) => findCases(tx as never, testDistrict, [caseId]))
  const planOn = async (on: LocalDate) => {
    const rules = { ...city.services.rules(), on, catalogue: await catalogueOn(on) }
    const known = { ...record, conditionId: published.conditions[0]?.id ?? '' } as NonNullable<typeof record>
    return planDispatch(known, { move: 'dispatch' }, city.services.clock.now(), rules)
  }
  const during = await planOn(today)
  expect(during).toMatchObject({ organisationId: unit('street'), why: { rule: 'delegation' } })
  expect(during.why.text.zh).toContain('已下放，2026-04-01 到期')
  const after = await planOn(addDays(today, 30))
  expect(after).toMatchObject({ organisationId: unit('urban'), why: { rule: 'return' } })
  expect(after.why.text.zh).toContain('的下放已于 2026-04-01 到期，牵头退回部门')

  const ending = doing()
  await endDelegation(ending, id, '人员未到位')
  const early = await planOn(today)
  expect(early).toMatchObject({ organisationId: unit('urban'), why: { rule: 'return' } })
  expect(early.why.text.en).toContain('ended on 2026-03-02')
  const again: Refusal = await endDelegation(doing(), id, '再次').then(
    () => expect.fail('ended twice'),
    (refusal: Refusal) => refusal,
  )
  expect(again.code).toBe('catalogue.delegationOver')
  const receipts = await inTransaction(city.services.database, (tx) => findReceipts(tx, testDistrict, [ending.commandId]))
  expect(receipts.get(ending.commandId)).toEqual({ id })
})

test('nobody sends the grassroots by hand what was taken back or what they only help with', async () => {
  const { id } = await city.call({ text: '烧烤摊占道，油烟很大' })
  await city.move(id, 'file', city.as('dispatcher'))
  const dispatched = (organisationId: string) => city.move(id, 'dispatch', city.as('dispatcher'), { organisationId, note: '示例' })
  for (const code of ['street', 'community'])
    await expect(dispatched(unit(code)), code).rejects.toMatchObject({ code: 'cases.notForGrassroots', field: 'organisationId' })
  expect(await dispatched(unit('sanitation'))).toMatchObject({ status: 'dispatched', leadOrganisationId: unit('sanitation') })
})
