import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { publicActor, systemActor, type Actor } from '#kernel/actor.ts'
import { newId } from '#kernel/id.ts'
import { inTransaction } from '#platform/database/database.ts'
import { testDatabase, type TestDatabase } from '#platform/database/testing.ts'
import { scopes } from '../lifecycle.ts'
import { aPerson, aPost } from '../testing.ts'
import { registerResource, type Grant, type ResourceColumns, type Subject } from './policy.ts'
import { loadPolicy, policyOf, type Policy } from './store.ts'

interface Row {
  readonly id: number
  readonly districtCode: string
  readonly areaCode: string | null
  readonly organisationId: string | null
}

const organisations = [newId(), newId(), newId()]
const districts = ['990101', '990102', '880101']
const areas = districts.flatMap((district) => [
  district,
  `${district}001`,
  `${district}001001`,
  `${district}001001001`,
  `${district}001002`,
  `${district}002`,
])

// Every area once with every holder, and rows whose place is not known.
const rows: Row[] = [...areas, ...districts.map((district) => `${district}?`)]
  .flatMap((area) => [null, ...organisations].map((organisationId) => ({ area, organisationId })))
  .map(({ area, organisationId }, id) => ({ id, districtCode: area.slice(0, 6), areaCode: area.endsWith('?') ? null : area, organisationId }))

// Every second row has another party beside its lead.
const partiesOf = ({ id, organisationId }: Row): string[] =>
  [organisationId, id % 2 === 0 ? organisations[0] : null].filter((party) => typeof party === 'string')

let db: TestDatabase
let shipped: Policy
beforeAll(async () => {
  db = await testDatabase()
  shipped = await inTransaction(db.database, loadPolicy)
  await sql`create table public.twin (id int, district_code text not null, area_code text, lead_organisation_id uuid, organisation_ids uuid[] not null)`.execute(
    db.database.kysely,
  )
  for (const row of rows)
    await sql`insert into public.twin values (${row.id}, ${row.districtCode}, ${row.areaCode}, ${row.organisationId}, ${partiesOf(row)}::uuid[])`.execute(
      db.database.kysely,
    )
})
afterAll(() => db.close())

registerResource('twin', { districtCode: 'district_code', areaCode: 'area_code', organisationId: 'lead_organisation_id' })

async function idsBySql(policy: Policy, actor: Actor, permission: string, resource: string | ResourceColumns): Promise<number[]> {
  const visible = policy.visible(actor, permission, resource, 't')
  const found = await sql<{ id: number }>`select id from public.twin t where ${visible} order by id`.execute(db.database.kysely)
  return found.rows.map((row) => row.id)
}

function idsByMay(policy: Policy, actor: Actor, permission: string, subjectOf: (row: Row) => Subject): number[] {
  return rows.filter((row) => policy.may(actor, permission, subjectOf(row))).map((row) => row.id)
}

const subjectOf = ({ districtCode, areaCode, organisationId }: Row): Subject => ({
  districtCode,
  areaCode,
  organisationIds: organisationId === null ? [] : [organisationId],
})

const post = (roles: readonly string[]) =>
  fc
    .record({
      role: fc.constantFrom(...roles),
      organisationId: fc.constantFrom(...organisations),
      areaCode: fc.constantFrom('', '9901', '99', ...areas),
    })
    .map(aPost)
const actorOf = (roles: readonly string[]): fc.Arbitrary<Actor> =>
  fc.oneof(
    { weight: 20, arbitrary: fc.array(post(roles), { maxLength: 3 }).map((posts) => aPerson(...posts)) },
    { weight: 1, arbitrary: fc.constantFrom(publicActor, systemActor('sweep')) },
  )

const roles = ['grid_worker', 'handler', 'inspector', 'dispatcher', 'supervisor', 'leader', 'system_admin', 'security_admin', 'audit_admin']
const permissions = [
  'case.read',
  'case.report',
  'case.handle',
  'case.check',
  'case.dispatch',
  'person.unmask',
  'people.edit',
  'audit.read',
  'no.such',
]

test('for the shipped roles the question and the predicate agree on every row', async () => {
  await fc.assert(
    fc.asyncProperty(actorOf(roles), fc.constantFrom(...permissions), async (actor, permission) => {
      expect(await idsBySql(shipped, actor, permission, 'twin')).toEqual(idsByMay(shipped, actor, permission, subjectOf))
    }),
    { numRuns: 300 },
  )
})

const grant: fc.Arbitrary<Grant> = fc.record({
  role: fc.constantFrom('a', 'b'),
  permission: fc.constantFrom('x', 'y'),
  scope: fc.constantFrom(...scopes),
})

test('for any grants at all they agree, also where a resource lacks a column', async () => {
  const shapes: readonly (readonly [ResourceColumns, (row: Row) => Subject])[] = [
    [{ districtCode: 't.district_code', areaCode: 't.area_code', organisationId: 't.lead_organisation_id' }, subjectOf],
    [{ organisationIds: 't.organisation_ids' }, (row) => ({ organisationIds: partiesOf(row) })],
    [{ areaCode: 't.area_code' }, ({ areaCode }) => ({ areaCode })],
    [{ districtCode: 't.district_code' }, ({ districtCode }) => ({ districtCode })],
    [{ organisationId: 't.lead_organisation_id' }, (row) => ({ organisationIds: subjectOf(row).organisationIds })],
    [{}, () => ({})],
  ]
  await fc.assert(
    fc.asyncProperty(
      fc.array(grant, { maxLength: 6 }),
      actorOf(['a', 'b']),
      fc.constantFrom(...shapes),
      async (grants, actor, [columns, subject]) => {
        const policy = policyOf(grants)
        expect(await idsBySql(policy, actor, 'x', columns)).toEqual(idsByMay(policy, actor, 'x', subject))
      },
    ),
    { numRuns: 300 },
  )
})

test('the random actors see some rows but not all: the comparison is not of nothing with nothing', async () => {
  const counts = await Promise.all(
    roles.map(
      async (role) =>
        (await idsBySql(shipped, aPerson(aPost({ role, areaCode: '990101001', organisationId: organisations[0] ?? '' })), 'case.read', 'twin'))
          .length,
    ),
  )
  expect(counts.filter((count) => count > 0 && count < rows.length).length).toBe(6)
})
