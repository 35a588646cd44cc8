import { sql } from 'kysely'
import type { Instant, LocalDate } from '#kernel/clock.ts'
import type { DistrictCode } from '#kernel/codes.ts'
import { insertRows, type Tx } from '#platform/database/database.ts'
import type { Tables } from '#database/tables.ts'
import type { Building, BuildingUse, Household } from './building.ts'
import type { DatedPlan, DatedVersion } from './history.ts'

/** Tables of buildings and dwellings. */
export type BuildingTables = Pick<Tables, 'territory.building' | 'territory.household'>
export type BuildingTx = Tx<BuildingTables>

type Dated<Content> = Content & { id: string; code: string; validFrom: LocalDate; validTo: LocalDate | null }

/** Imports of one kind take turns. */
export async function lockBuildings(tx: BuildingTx): Promise<void> {
  await sql`lock table territory.building in share row exclusive mode`.execute(tx)
}

/** Versions of these buildings in force on a day or later, the earliest first. */
export async function buildingsFrom(tx: BuildingTx, on: LocalDate, codes: readonly string[]): Promise<DatedVersion<Building>[]> {
  const { rows } = await sql<Dated<Building>>`select id, code, name, address, use, floors, valid_from, valid_to from territory.building
    where code = any(${codes}::text[]) and (valid_to is null or valid_to > ${on}) order by valid_from`.execute(tx)
  return rows.map(({ id, code, validFrom, validTo, name, address, use, floors }) => ({
    id,
    code,
    validFrom,
    validTo,
    content: { name, address, use, floors },
  }))
}

/** Versions of these dwellings of one district in force on a day or later, the earliest first. */
export async function householdsFrom(
  tx: BuildingTx,
  districtCode: DistrictCode,
  on: LocalDate,
  codes: readonly string[],
): Promise<DatedVersion<Household>[]> {
  const { rows } = await sql<Dated<Household>>`select id, code, unit, floor, door, occupancy, tenure, valid_from, valid_to from territory.household
    where district_code = ${districtCode} and code = any(${codes}::text[]) and (valid_to is null or valid_to > ${on}) order by valid_from`.execute(tx)
  return rows.map(({ id, code, validFrom, validTo, unit, floor, door, occupancy, tenure }) => ({
    id,
    code,
    validFrom,
    validTo,
    content: { unit, floor, door, occupancy, tenure },
  }))
}

const rowsOf = <Content extends object>(versions: readonly DatedVersion<Content>[], changedAt: Instant) =>
  versions.map(({ content, ...version }) => ({ ...version, ...content, changedAt }))

export async function writeBuildings(tx: BuildingTx, plan: DatedPlan<Building>, changedAt: Instant): Promise<void> {
  const ends = plan.closed.map(({ id, validTo }) => ({ id, valid_to: validTo }))
  if (ends.length > 0)
    await sql`update territory.building b set valid_to = r.valid_to, changed_at = ${changedAt}
      from jsonb_populate_recordset(null::territory.building, ${JSON.stringify(ends)}::jsonb) r where b.id = r.id`.execute(tx)
  const put = plan.corrected.map(({ id, validTo, content }) => ({ id, valid_to: validTo, ...content }))
  if (put.length > 0)
    await sql`update territory.building b set valid_to = r.valid_to, name = r.name, address = r.address, use = r.use, floors = r.floors, changed_at = ${changedAt}
      from jsonb_populate_recordset(null::territory.building, ${JSON.stringify(put)}::jsonb) r where b.id = r.id`.execute(tx)
  await insertRows(tx, 'territory.building', rowsOf(plan.added, changedAt))
}

export async function writeHouseholds(tx: BuildingTx, districtCode: DistrictCode, plan: DatedPlan<Household>, changedAt: Instant): Promise<void> {
  const ends = plan.closed.map(({ id, validTo }) => ({ id, valid_to: validTo }))
  if (ends.length > 0)
    await sql`update territory.household h set valid_to = r.valid_to, changed_at = ${changedAt}
      from jsonb_populate_recordset(null::territory.household, ${JSON.stringify(ends)}::jsonb) r
      where h.district_code = ${districtCode} and h.id = r.id`.execute(tx)
  const put = plan.corrected.map(({ id, validTo, content }) => ({ id, valid_to: validTo, ...content }))
  if (put.length > 0)
    await sql`update territory.household h set valid_to = r.valid_to, unit = r.unit, floor = r.floor, door = r.door, occupancy = r.occupancy, tenure = r.tenure,
      changed_at = ${changedAt} from jsonb_populate_recordset(null::territory.household, ${JSON.stringify(put)}::jsonb) r
      where h.district_code = ${districtCode} and h.id = r.id`.execute(tx)
  await insertRows(
    tx,
    'territory.household',
    rowsOf(plan.added, changedAt).map((row) => ({ districtCode, ...row })),
  )
}

/** A building as people read it, with how many dwellings it holds. */
export interface BuildingRow {
  readonly code: string
  readonly name: Building['name']
  readonly address: string | null
  readonly use: BuildingUse
  readonly floors: number | null
}

/** Buildings that stand in an area on a day, in order of code; `said` is part of the name or address. */
export async function buildingsIn(tx: BuildingTx, on: LocalDate, choice: { within: string; said: string; limit: number }): Promise<BuildingRow[]> {
  const said = choice.said.toLowerCase()
  const { rows } = await sql<BuildingRow>`select code, name, address, use, floors from territory.building
    where starts_with(code, ${choice.within}) and valid_from <= ${on} and (valid_to is null or valid_to > ${on})
      and (${said} = '' or strpos(lower(name ->> 'zh'), ${said}) > 0 or strpos(lower(name ->> 'en'), ${said}) > 0 or strpos(lower(address), ${said}) > 0)
    order by code limit ${choice.limit}`.execute(tx)
  return rows
}

/** The building that has a code on a day. */
export async function buildingOn(tx: BuildingTx, on: LocalDate, code: string): Promise<BuildingRow | undefined> {
  const { rows } = await sql<BuildingRow>`select code, name, address, use, floors from territory.building
    where code = ${code} and valid_from <= ${on} and (valid_to is null or valid_to > ${on})`.execute(tx)
  return rows[0]
}

/** Dwellings on a day in buildings of one district, and how many of them somebody lives in. */
export async function dwellingsIn(
  tx: BuildingTx,
  districtCode: DistrictCode,
  on: LocalDate,
  buildings: readonly string[],
): Promise<ReadonlyMap<string, { dwellings: number; occupied: number }>> {
  const { rows } = await sql<{ building: string; dwellings: number; occupied: number }>`
    select left(code, 18) building, count(*)::int dwellings, (count(*) filter (where occupancy = 'occupied'))::int occupied from territory.household
    where district_code = ${districtCode} and left(code, 18) = any(${buildings}::text[]) and valid_from <= ${on} and (valid_to is null or valid_to > ${on})
    group by 1`.execute(tx)
  return new Map(rows.map(({ building, ...counts }) => [building, counts]))
}
