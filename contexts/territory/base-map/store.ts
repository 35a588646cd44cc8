import type { Tables } from '#database/tables.ts'
import type { Instant } from '#kernel/clock.ts'
import type { Tx } from '#platform/database/database.ts'
import type { BaseMapView } from './contract.ts'

export type BaseMapTables = Pick<Tables, 'territory.baseMap'>
type BaseMapTx = Tx<BaseMapTables>

/** The configured base map, or null. */
export async function findBaseMap(tx: BaseMapTx): Promise<BaseMapView | null> {
  const columns = ['kind', 'tiles', 'labels', 'projection', 'minZoom', 'maxZoom', 'approval', 'attribution'] as const
  const row = await tx.selectFrom('territory.baseMap').select(columns).executeTakeFirst()
  return (row as BaseMapView | undefined) ?? null
}

/** Puts another base map in the place of the one before, or none. */
export async function putBaseMap(tx: BaseMapTx, map: BaseMapView | null, by: { readonly personId: string; readonly at: Instant }): Promise<void> {
  await tx.deleteFrom('territory.baseMap').execute()
  if (map)
    await tx
      .insertInto('territory.baseMap')
      .values({ onlyRow: true, ...map, setBy: by.personId, setAt: by.at })
      .execute()
}
