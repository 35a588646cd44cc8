/** A small city of two districts for tests and benches of the whole product: areas, a catalogue, calendars, and staff in both districts. */
import { setChannelDefaults } from '#contexts/cases/index.ts'
import { importCatalogue, loadCalendar } from '#contexts/catalogue/index.ts'
import { aCatalogueFile } from '#contexts/catalogue/testing.ts'
import { importPeople, type StaffFileText } from '#contexts/people/index.ts'
import { testPassword } from '#contexts/people/testing.ts'
import { importAreaPolygons } from '#contexts/territory/index.ts'
import { collection, rectangle } from '#contexts/territory/testing.ts'
import { systemActor } from '#kernel/actor.ts'
import type { Clock, LocalDate } from '#kernel/clock.ts'
import type { DistrictCode } from '#kernel/codes.ts'
import { newId } from '#kernel/id.ts'
import { inTransaction, type Database } from '#platform/database/database.ts'
import { openDistrict } from '#platform/district.ts'
import type { Doing } from '#platform/event.ts'

export const cityDistricts = ['990101', '990102'] as DistrictCode[]
const validFrom = '2025-01-01' as LocalDate

type Level = 'city' | 'district' | 'street' | 'community' | 'grid'
type Box = readonly [west: number, south: number, east: number, north: number]

/** Every area with its box: a district has two streets, a street one community, a community two grids. Codes say what lies in what. */
export const cityAreas: readonly { readonly level: Level; readonly code: string; readonly box: Box }[] = [
  { level: 'city', code: '9901', box: [121.48, 31.22, 121.52, 31.26] },
  ...cityDistricts.flatMap((district, d) => {
    const west = 121.48 + d * 0.02
    return [
      { level: 'district' as const, code: district, box: [west, 31.22, west + 0.02, 31.26] as const },
      ...[1, 2].flatMap((n) => streetAreas(`${district}00${n}`, [west, 31.2 + n * 0.02, west + 0.02, 31.22 + n * 0.02])),
    ]
  }),
]

function streetAreas(street: string, box: Box): { level: Level; code: string; box: Box }[] {
  const [west, south, east, north] = box
  const middle = (west + east) / 2
  return [
    { level: 'street', code: street, box },
    { level: 'community', code: `${street}001`, box },
    { level: 'grid', code: `${street}001001`, box: [west, south, middle, north] },
    { level: 'grid', code: `${street}001002`, box: [middle, south, east, north] },
  ]
}

/** The middle of an area, in degrees. */
export function middleOf(code: string): { lng: number; lat: number } {
  const [west, south, east, north] = cityAreas.find((area) => area.code === code)?.box ?? [0, 0, 0, 0]
  return { lng: (west + east) / 2, lat: (south + north) / 2 }
}

export { testPassword }

/** Roles that work in a district; the second district's people sign in as `handler2` and so on. */
export const districtRoles = ['grid_worker', 'handler', 'inspector', 'dispatcher', 'supervisor', 'leader'] as const
export const administratorRoles = ['system_admin', 'security_admin', 'audit_admin'] as const

/** Puts the city into a migrated, empty database. Everybody's password is `testPassword`. */
export async function layTestCity(database: Database, clock: Clock): Promise<void> {
  const doing = (): Doing => ({ database, clock, actor: systemActor('test'), commandId: newId(), requestId: 'test', subscribersOf: () => [] })
  await inTransaction(database, async (tx) => {
    for (const code of cityDistricts) await openDistrict(tx, { code, name: { zh: `示例区 ${code}` }, sample: true })
  })
  for (const level of ['city', 'district', 'street', 'community', 'grid'] as const) {
    const features = cityAreas
      .filter((area) => area.level === level)
      .map(({ code, box }) => ({ properties: { code, name: `示例${code}` }, coordinates: rectangle(...box) }))
    await importAreaPolygons(doing(), collection(features), { level, datum: 'CGCS2000', codeProperty: 'code', nameProperty: 'name', validFrom })
  }
  await importPeople(doing(), cityStaff())
  await loadCalendar(doing())
  await importCatalogue(doing(), aCatalogueFile())
  await setChannelDefaults(database, cityDistricts[0] as DistrictCode)
}

// Functions that the leads of the catalogue name.
const functions = ['urban_management', 'water', 'gardens', 'sanitation', 'roads', 'housing', 'fire', 'power']

type Seat = readonly [login: string, organisation: string, role: string, areaCode: string]

function cityStaff(): StaffFileText {
  const seats = [
    ...cityDistricts.flatMap((district, index) => seatsOf(district, index === 0 ? '' : String(index + 1))),
    ...administratorRoles.map((role): Seat => [role, 'centre-990101', role, '']),
    // Rights of two posts in two districts must not run together.
    ['two_posts', 'centre-990101', 'dispatcher', '990101'] as Seat,
    ['two_posts', 'street-990102001', 'leader', '990102001'] as Seat,
  ]
  const logins = [...new Set([...seats.map(([login]) => login), 'no_posts'])]
  return {
    organisations: cityDistricts.flatMap(organisationsOf),
    persons: logins.map((code) => ({ code, name: `示例${code}`, sample: true })),
    accounts: logins.map((login) => ({ person: login, login, password: testPassword, mustChangePassword: false })),
    posts: seats.map(([person, organisation, role, areaCode]) => ({ person, organisation, role, areaCode, validFrom })),
  }
}

function seatsOf(district: string, mark: string): Seat[] {
  const street = `${district}001`
  return [
    [`grid_worker${mark}`, `community-${street}001`, 'grid_worker', `${street}001001`],
    [`handler${mark}`, `urban_management-${district}`, 'handler', district],
    [`street_handler${mark}`, `street-${street}`, 'handler', street],
    [`inspector${mark}`, `centre-${district}`, 'inspector', street],
    [`dispatcher${mark}`, `centre-${district}`, 'dispatcher', district],
    [`supervisor${mark}`, `centre-${district}`, 'supervisor', district],
    [`leader${mark}`, `street-${street}`, 'leader', street],
    // Nobody signs in here: posts to be ended.
    [`spare${mark}`, `street-${street}`, 'handler', street],
  ]
}

function organisationsOf(district: string): StaffFileText['organisations'] {
  const block = (code: string, kind: 'command_centre' | 'street_office' | 'community' | 'property_company', areaCode: string) =>
    ({ code, name: { zh: `单位${code}` }, kind, lineOrBlock: 'block', areaCode, validFrom }) as const
  return [
    block(`centre-${district}`, 'command_centre', district),
    ...functions.map(
      (functionCode) =>
        ({
          code: `${functionCode}-${district}`,
          name: { zh: `部门${functionCode}` },
          kind: 'department',
          lineOrBlock: 'line',
          functionCode,
          areaCode: district,
          validFrom,
        }) as const,
    ),
    ...['001', '002'].flatMap((n) => [
      block(`street-${district}${n}`, 'street_office', `${district}${n}`),
      block(`community-${district}${n}001`, 'community', `${district}${n}001`),
      block(`property-${district}${n}001`, 'property_company', `${district}${n}001`),
    ]),
  ]
}
