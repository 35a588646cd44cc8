/** A small city for tests: one district with a street, a community of three grids, a department, and a person per role; real rules in a real database. */
import { importCatalogue, loadCalendar, loadCatalogue } from '#contexts/catalogue/index.ts'
import { aCatalogueFile } from '#contexts/catalogue/testing.ts'
import { importPeople, loadDirectory, loadPolicy, registerResource, type StaffFileText } from '#contexts/people/index.ts'
import { aStaff } from '#contexts/people/testing.ts'
import { importAreaPolygons, loadTerritory } from '#contexts/territory/index.ts'
import { collection, rectangle } from '#contexts/territory/testing.ts'
import { systemActor, type Actor } from '#kernel/actor.ts'
import { localDate, movableClock, type LocalDate, type MovableClock } from '#kernel/clock.ts'
import type { DistrictCode } from '#kernel/codes.ts'
import { newId } from '#kernel/id.ts'
import { inTransaction } from '#platform/database/database.ts'
import { testDatabase } from '#platform/database/testing.ts'
import { openDistrict } from '#platform/district.ts'
import type { Doing } from '#platform/event.ts'
import { createSecrets } from '#platform/secret.ts'
import { prepareCall, type CallInput } from './accept.ts'
import { acceptCalls, type Accepted, type CaseServices } from './commands.ts'
import type { CaseMoveInput } from './moving/bench.ts'
import { moveCases } from './moving/commands.ts'
import type { CaseRecord } from './record.ts'
import { loadRequestRules } from './requesting/questions.ts'
import type { Rules } from './rules.ts'

// What other contexts' tests need and nobody else may reach past the door and the routes.
export { drawSample, publishDraw, recordCallBack } from './calling-back/commands.ts'

export const testDistrict = '990101' as DistrictCode
export const otherTestDistrict = '990102' as DistrictCode
const validFrom = '2020-01-01' as LocalDate

registerResource('case', { districtCode: 'district_code', areaCode: 'area_code', organisationIds: 'organisation_ids' })

export interface TestCity {
  readonly services: CaseServices & { clock: MovableClock }
  /** The person who holds a role; logins are the roles' codes. */
  as(role: string): Actor
  call(input?: Partial<CallInput>): Promise<Accepted>
  /** Makes one move; gives the case, or throws the refusal. */
  move(id: string, move: CaseMoveInput['move'], actor: Actor, more?: Partial<CaseMoveInput>): Promise<CaseRecord>
  /** Id of an organisation by its code; empty where there is none. */
  unit(code: string): string
  /** A command of this actor, such as commands take that are no moves. */
  doing(actor: Actor): Doing
  close(): Promise<void>
}

/** Opens the city at nine on Monday 2 March 2026 in China. */
export async function testCity(): Promise<TestCity> {
  const { database, close } = await testDatabase()
  const clock = movableClock('2026-03-02T09:00:00+08:00')
  const doing = (actor: Actor = systemActor('test')): Doing => ({
    database,
    clock,
    actor,
    commandId: newId(),
    requestId: 'test',
    subscribersOf: () => [],
  })
  await inTransaction(database, async (tx) => {
    for (const code of [testDistrict, otherTestDistrict]) await openDistrict(tx, { code, name: { zh: `示例区 ${code}` }, sample: true })
  })
  await importTerritory(() => doing())
  await importPeople(doing(), cityStaff())
  await loadCalendar(doing())
  await importCatalogue(doing(), aCatalogueFile())
  const rules = await loadRules(database, clock)
  const services = { database, clock, subscribersOf: () => [], secrets: createSecrets(new Uint8Array(32).fill(7)), rules: () => rules }
  return {
    services,
    as: (role) => actorOf(rules, role),
    call: (input) => call(services, input),
    unit: (code) => [...rules.directory.organisations.values()].find((one) => one.code === code)?.id ?? '',
    doing,
    move: (id, move, actor, more) => oneMove(services, id, move, actor, more),
    close,
  }
}

const point = { lng: 121.4905, lat: 31.2305 }

async function importTerritory(doing: () => Doing): Promise<void> {
  const areas = [
    { level: 'city', code: '9901', name: '示例市', box: [121.48, 31.22, 121.52, 31.26] },
    { level: 'district', code: testDistrict, name: '示例区', box: [121.48, 31.22, 121.51, 31.26] },
    { level: 'district', code: otherTestDistrict, name: '邻区', box: [121.51, 31.22, 121.52, 31.26] },
    { level: 'street', code: '990102001', name: '邻街道', box: [121.51, 31.22, 121.52, 31.26] },
    { level: 'community', code: '990102001001', name: '邻社区', box: [121.51, 31.22, 121.52, 31.26] },
    { level: 'street', code: '990101001', name: '示例街道', box: [121.485, 31.225, 121.505, 31.245] },
    { level: 'community', code: '990101001001', name: '示例社区', box: [121.49, 31.23, 121.496, 31.232] },
    ...[1, 2, 3].map((n) => ({
      level: 'grid',
      code: `99010100100100${n}`,
      name: `第${n}网格`,
      box: [121.488 + n * 0.002, 31.23, 121.49 + n * 0.002, 31.232],
    })),
  ] as const
  for (const level of ['city', 'district', 'street', 'community', 'grid'] as const) {
    const features = areas
      .filter((area) => area.level === level)
      .map(({ code, name, box: [w, s, e, n] }) => ({ properties: { code, name }, coordinates: rectangle(w, s, e, n) }))
    await importAreaPolygons(doing(), collection(features), { level, datum: 'CGCS2000', codeProperty: 'code', nameProperty: 'name', validFrom })
  }
}

/** The staff of people's own tests, with units for the functions that the catalogue's leads name, and a second inspector. */
function cityStaff(): StaffFileText {
  const staff = aStaff()
  const day = '2025-01-01'
  return {
    ...staff,
    organisations: [
      ...staff.organisations,
      ...['sanitation', 'roads', 'gardens', 'water'].map(
        (code) =>
          ({
            code,
            name: { zh: `部门${code}` },
            kind: 'department',
            lineOrBlock: 'line',
            functionCode: code,
            areaCode: testDistrict,
            validFrom: day,
          }) as const,
      ),
    ],
    persons: [
      ...staff.persons,
      { code: 'handler2', name: '示例handler2', sample: true },
      { code: 'street_handler', name: '示例street_handler', sample: true },
      { code: 'community_handler', name: '示例community_handler', sample: true },
    ],
    accounts: staff.accounts,
    posts: [
      ...staff.posts,
      { person: 'handler2', organisation: 'sanitation', role: 'handler', areaCode: testDistrict, validFrom: day },
      { person: 'community_handler', organisation: 'community', role: 'handler', areaCode: '990101001001', validFrom: day },
      { person: 'street_handler', organisation: 'street', role: 'handler', areaCode: '990101001', validFrom: day },
    ],
  }
}

async function loadRules(database: Doing['database'], clock: MovableClock): Promise<Rules> {
  const on = localDate(clock.now(), 'Asia/Shanghai')
  const requests = await loadRequestRules(database, on)
  return inTransaction(database, async (tx) => ({
    on,
    requests,
    territory: await loadTerritory(tx as never, on),
    catalogue: await loadCatalogue(tx, on),
    directory: await loadDirectory(tx),
    policy: await loadPolicy(tx),
    districts: [testDistrict, otherTestDistrict],
    sample: true,
    defaultDistrict: () => testDistrict,
  }))
}

function actorOf(rules: Rules, role: string): Actor {
  const posts = [...rules.directory.posts.values()].filter((post) => post.personName === `示例${role}` || post.role === role)
  const first = posts.find((post) => post.personName === `示例${role}`) ?? posts[0]
  if (!first) throw new Error(`nobody holds the role ${role}`)
  return { kind: 'person', personId: first.personId, name: first.personName, posts: posts.filter((post) => post.personId === first.personId) }
}

async function call(services: CaseServices, input: Partial<CallInput> = {}): Promise<Accepted> {
  const whole: CallInput = { commandId: newId(), channel: 'resident', text: '小区门口的垃圾没人清理', ...point, ...input }
  const prepared = prepareCall(
    whole,
    { actor: { kind: 'public', personId: null, name: '', posts: [] }, requestId: 'test' },
    services.clock.now(),
    services.rules(),
    services.secrets,
  )
  const [accepted] = await acceptCalls(services, prepared.districtCode, [prepared])
  return accepted as Accepted
}

async function oneMove(
  services: CaseServices,
  id: string,
  move: CaseMoveInput['move'],
  actor: Actor,
  more: Partial<CaseMoveInput> = {},
): Promise<CaseRecord> {
  const [outcome] = await moveCases(services, testDistrict, [{ id, move, commandId: newId(), by: { actor, requestId: 'test' }, ...more }])
  if (!outcome?.ok) throw outcome?.refusal ?? new Error('no outcome')
  return outcome.record
}
