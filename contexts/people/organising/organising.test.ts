import { sql } from 'kysely'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { movableClock } from '#kernel/clock.ts'
import { inTransaction } from '#platform/database/database.ts'
import { testDatabase } from '#platform/database/testing.ts'
import { importPeople } from '../commands.ts'
import type { OrganisationKind, TieKind } from '../lifecycle.ts'
import { loadPolicy } from '../policy/store.ts'
import { listOrganisations, listPosts, listTies } from '../questions.ts'
import { createOrganisation } from '../staffing/commands.ts'
import { aPerson, aPost, aStaff, doingAs } from '../testing.ts'
import { endOrganisation, renameOrganisation, tieOrganisations, untieOrganisations } from './commands.ts'
import { foundingRefusal, tieRefusal } from './structure.ts'

describe('the tree of organisations', () => {
  const placed = (kind: OrganisationKind, areaCode = '990101001') => ({ kind, areaCode })

  test('a street’s own office stands below its street office, inside its area', () => {
    expect(foundingRefusal(placed('internal_office'), placed('street_office'))).toBeUndefined()
    expect(foundingRefusal(placed('internal_office'), placed('department', '990101'))?.code).toBe('people.officeNeedsStreet')
    expect(foundingRefusal(placed('internal_office'), null)?.code).toBe('people.officeNeedsStreet')
    expect(foundingRefusal(placed('internal_office', '990101002'), placed('street_office'))?.code).toBe('people.officeNeedsStreet')
  })

  test('joint teams are of two levels, district and street', () => {
    const refused = ['9901', '990101', '990101001', '990101001001'].map((area) => foundingRefusal(placed('joint_team', area), null)?.code)
    expect(refused).toEqual(['people.teamOfTwoLevels', undefined, undefined, 'people.teamOfTwoLevels'])
  })

  test.each<[TieKind, OrganisationKind, string, OrganisationKind, string, string | undefined]>([
    ['member', 'joint_team', '990101001', 'department', '990101', undefined],
    ['member', 'joint_team', '990101', 'street_office', '990101001', undefined],
    ['member', 'joint_team', '990101', 'joint_team', '990101001', 'notMember'],
    ['member', 'department', '990101', 'street_office', '990101001', 'tieNeedsTeam'],
    ['member', 'joint_team', '990101001', 'community', '990101002001', 'tieTooFar'],
    ['party_of', 'party_organisation', '990101001', 'street_office', '990101001', undefined],
    ['party_of', 'party_organisation', '990101001', 'party_organisation', '990101001', 'besideAdministration'],
    ['party_of', 'street_office', '990101001', 'community', '990101001001', 'tieNeedsParty'],
    ['reports_to', 'party_organisation', '990102', 'community', '990101001001', undefined],
    ['reports_to', 'party_organisation', '880102', 'community', '990101001001', 'tieTooFar'],
    ['reports_to', 'party_organisation', '990101', 'street_office', '990101001', 'reportsToCommunity'],
  ])('%s: a %s of %s and a %s of %s', (kind, one, area, other, otherArea, refused) => {
    expect(tieRefusal(kind, placed(one, area), placed(other, otherArea))?.code).toBe(refused && `people.${refused}`)
  })
})

const clock = movableClock('2026-03-02T09:00:00+08:00')
const db = await testDatabase()
const policy = await inTransaction(db.database, loadPolicy)
const ground = { policy, isArea: (code: string) => code.startsWith('990101'), openWork: async () => 0 }
const admin = aPerson(aPost({ role: 'system_admin', areaCode: '' }))
const as = (actor = admin) => doingAs(db.database, clock, actor)
afterAll(() => db.close())
beforeEach(async () => {
  clock.set('2026-03-02T09:00:00+08:00')
  await sql`truncate people.post_link, people.former_name, people.organisation_tie, people.organisation, people.person, people.account, people.post, platform.event, platform.outbox cascade`.execute(
    db.database.kysely,
  )
  await importPeople(as(), aStaff())
  await sql`truncate platform.event, platform.outbox`.execute(db.database.kysely)
})

const everyone = async () => (await listOrganisations(as(), policy, { limit: 200 })).items
const named = async (code: string) => {
  const found = (await everyone()).find((one) => one.code === code)
  if (!found) throw new Error(`no ${code}`)
  return found
}
const seen = async (code: string) => {
  const { id, rowVersion } = await named(code)
  return { organisationId: id, expectedVersion: rowVersion }
}
const founded = (code: string, kind: OrganisationKind, areaCode: string) =>
  createOrganisation(as(), ground, {
    code,
    name: { zh: code },
    kind,
    lineOrBlock: 'block',
    functionCode: null,
    creditCode: null,
    areaCode,
    parentId: null,
  })
const eventTypes = async (): Promise<string[]> =>
  (await sql<{ type: string }>`select type from platform.event order by id`.execute(db.database.kysely)).rows.map(({ type }) => type)

test('a renamed organisation keeps its former names with their days, and an old screen cannot overwrite it', async () => {
  const before = await seen('street')
  await renameOrganisation(as(), ground, { ...before, name: { zh: '新街道办事处' } })
  await expect(renameOrganisation(as(), ground, { ...before, name: { zh: '另一个' } })).rejects.toMatchObject({ code: 'people.organisationChanged' })
  clock.set('2026-05-01T09:00:00+08:00')
  await renameOrganisation(as(), ground, { ...(await seen('street')), name: { zh: '又一个名称' } })
  // Twice in one day: the name that held for no day leaves nothing behind.
  await renameOrganisation(as(), ground, { ...(await seen('street')), name: { zh: '最后的名称' } })
  expect(await named('street')).toMatchObject({
    name: { zh: '最后的名称' },
    formerNames: [
      { name: { zh: '单位street' }, validFrom: '2025-01-01', validTo: '2026-03-02' },
      { name: { zh: '新街道办事处' }, validFrom: '2026-03-02', validTo: '2026-05-01' },
    ],
  })
})

test('an organisation with open work is not ended, and the refusal says how much; nor is one with others below it', async () => {
  const busy = { ...ground, openWork: async () => 7 }
  await expect(endOrganisation(as(), busy, await seen('urban'))).rejects.toMatchObject({ code: 'people.holdsWork', params: { count: 7 } })
  await expect(endOrganisation(as(), ground, await seen('street'))).rejects.toMatchObject({ code: 'people.hasBelow', params: { count: 1 } })
  await expect(endOrganisation(as(), ground, await seen('centre'))).rejects.toMatchObject({ code: 'people.hasBelow' })
  expect(await eventTypes()).toEqual([])
})

test('an ended organisation ends today with its posts, once, and the last system administrator’s never does', async () => {
  expect(await endOrganisation(as(), ground, await seen('community'))).toEqual({ endedPosts: 1 })
  expect(await named('community')).toMatchObject({ validTo: '2026-03-02' })
  expect((await listPosts(as(), policy, { limit: 200, inForce: true })).items.map((post) => post.role)).not.toContain('grid_worker')
  expect(await eventTypes()).toEqual(['people.organisation_ended', 'people.post_ended'])
  await expect(endOrganisation(as(), ground, await seen('community'))).rejects.toMatchObject({ code: 'people.organisationOver' })
  await endOrganisation(as(), ground, await seen('street'))
  await expect(endOrganisation(as(), ground, await seen('centre'))).rejects.toMatchObject({ code: 'people.lastAdministrator' })
})

test('whoever may not edit there neither renames, ends nor ties', async () => {
  const dispatcher = aPerson(aPost({ role: 'dispatcher', areaCode: '990101' }))
  const elsewhere = aPerson(aPost({ role: 'dispatcher', areaCode: '990102' }))
  const rename = { ...(await seen('urban')), name: { zh: '别名' } }
  await expect(renameOrganisation(as(dispatcher), ground, rename)).rejects.toMatchObject({ code: 'people.notYours' })
  await expect(renameOrganisation(as(elsewhere), ground, rename)).rejects.toMatchObject({ code: 'people.organisationUnknown' })
  await expect(endOrganisation(as(dispatcher), ground, await seen('urban'))).rejects.toMatchObject({ code: 'people.notYours' })
})

test('a joint team has members, a party organisation stands beside an office and reports to a community, until the tie ends', async () => {
  const team = await founded('team', 'joint_team', '990101001')
  const party = await founded('party', 'party_organisation', '990101001')
  const id = async (code: string): Promise<string> => (await named(code)).id
  const tie = await tieOrganisations(as(), policy, { kind: 'member', organisationId: team.id, otherId: await id('urban') })
  await expect(tieOrganisations(as(), policy, { kind: 'member', organisationId: team.id, otherId: await id('urban') })).rejects.toMatchObject({
    code: 'people.tiedAlready',
  })
  await tieOrganisations(as(), policy, { kind: 'party_of', organisationId: party.id, otherId: await id('street') })
  await tieOrganisations(as(), policy, { kind: 'reports_to', organisationId: party.id, otherId: await id('community') })
  const ties = async () => (await listTies(as(), policy, '990101001')).map((one) => `${one.organisationName.zh} ${one.kind} ${one.otherName.zh}`)
  expect(await ties()).toEqual(['party party_of 单位street', 'party reports_to 单位community', 'team member 单位urban'])
  await untieOrganisations(as(), policy, tie.id)
  await untieOrganisations(as(), policy, tie.id)
  expect(await ties()).toEqual(['party party_of 单位street', 'party reports_to 单位community'])
  // An ended organisation is tied to nobody.
  await endOrganisation(as(), ground, await seen('community'))
  expect(await ties()).toEqual(['party party_of 单位street'])
})

test('renaming, tying and ending that were sent twice are done once and answered alike', async () => {
  const [renaming, tying, ending] = [as(), as(), as()]
  const before = await seen('street')
  const rename = () => renameOrganisation(renaming, ground, { ...before, name: { zh: '新街道办事处' } })
  expect(await rename()).toEqual(await rename())
  const team = await founded('team2', 'joint_team', '990101001')
  const tie = async () => tieOrganisations(tying, policy, { kind: 'member', organisationId: team.id, otherId: (await named('urban')).id })
  expect(await tie()).toEqual(await tie())
  const community = await seen('community')
  expect([await endOrganisation(ending, ground, community), await endOrganisation(ending, ground, community)]).toEqual([
    { endedPosts: 1 },
    { endedPosts: 1 },
  ])
  expect((await eventTypes()).filter((type) => !type.endsWith('founded'))).toEqual([
    'people.organisation_renamed',
    'people.organisation_tied',
    'people.organisation_ended',
    'people.post_ended',
  ])
})
