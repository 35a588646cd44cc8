import { localDate } from '#kernel/clock.ts'
import { inTransaction, type Database, type Tx } from '#platform/database/database.ts'
import { listDistricts } from '#platform/district.ts'
import { emit, type Doing } from '#platform/event.ts'
import { answerOnce } from '#platform/receipt.ts'
import { baseMapSet } from '../events.ts'
import { refuse } from '../refusals.ts'
import { versionsOfCodes, type TerritoryTables } from '../store.ts'
import { addressFault, hostsOf } from './address.ts'
import type { BaseMapView } from './contract.ts'
import { findBaseMap, putBaseMap, type BaseMapTables } from './store.ts'

/** Hosts that browsers may fetch pictures from. */
export async function loadMapHosts(database: Database): Promise<readonly string[]> {
  return hostsOf(await inTransaction(database, (tx: Tx<BaseMapTables>) => findBaseMap(tx)))
}

/** Configures the base map of the whole city; recorded in the log of its first district. The event says which host and no key. */
export async function setBaseMap(doing: Doing, zone: string, map: BaseMapView | null): Promise<{ baseMap: BaseMapView | null }> {
  const fault = map && (addressFault(map.tiles, 'tiles') ?? (map.labels === null ? undefined : addressFault(map.labels, 'labels')))
  if (fault) throw fault
  if (map && map.minZoom > map.maxZoom) throw refuse.zoomsTurned({}, 'minZoom')
  const [district] = await inTransaction(doing.database, (tx) => listDistricts(tx))
  if (!district) throw refuse.noDistrict()
  return answerOnce(doing, district.code, 'setBaseMap', async (tx: Tx<BaseMapTables & TerritoryTables>) => {
    await putBaseMap(tx, map, { personId: doing.actor.personId ?? '', at: doing.clock.now() })
    const [area] = await versionsOfCodes(tx, localDate(doing.clock.now(), zone), [district.code])
    const said = { kind: map?.kind ?? 'none', host: hostsOf(map).join(' ') }
    if (area) await emit(tx, doing, [baseMapSet(doing, { code: district.code, areaId: area.areaId }, said)])
    return { baseMap: map }
  })
}
