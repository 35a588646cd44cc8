import type { LocalDate } from '#kernel/clock.ts'
import { districtOf } from '#kernel/codes.ts'
import { inTransaction, type Database } from '#platform/database/database.ts'
import type { BuildingView } from '../contract.ts'
import { placeAbove } from './building.ts'
import * as store from './store.ts'

/** Buildings that stand in an area on a day, with their dwellings counted; `said` is part of a name or address. One more than `limit` when there are more. */
export async function listBuildings(
  database: Database,
  on: LocalDate,
  choice: { within: string; said: string; limit: number },
): Promise<BuildingView[]> {
  const district = districtOf(choice.within)
  if (!district) return []
  return inTransaction<store.BuildingTables, BuildingView[]>(database, async (tx) => {
    const buildings = await store.buildingsIn(tx, on, { ...choice, limit: choice.limit + 1 })
    const counts = await store.dwellingsIn(
      tx,
      district,
      on,
      buildings.map(({ code }) => code),
    )
    return buildings.map((one) => ({ ...one, gridCode: placeAbove(one.code), ...(counts.get(one.code) ?? { dwellings: 0, occupied: 0 }) }))
  })
}

/** Code and name of the building that has a code on a day. */
export async function findBuilding(database: Database, on: LocalDate, code: string): Promise<Pick<store.BuildingRow, 'code' | 'name'> | undefined> {
  return inTransaction<store.BuildingTables, Pick<store.BuildingRow, 'code' | 'name'> | undefined>(database, async (tx) => {
    const found = await store.buildingOn(tx, on, code)
    return found && { code: found.code, name: found.name }
  })
}
