import type { Clock, LocalDate } from '#kernel/clock.ts'
import { localDate } from '#kernel/clock.ts'
import { inTransaction, type Database, type Tx } from '#platform/database/database.ts'
import type { AreaLevel, GridKind } from './area.ts'
import type { AreaVersion } from './area-history.ts'
import type { Box } from './geometry.ts'
import * as store from './store.ts'
import { buildTerritory, type Territory } from './territory.ts'

type TerritoryTx = Tx<store.TerritoryTables>

/** All areas in force on a day, ready for look-ups by code, key and coordinate. */
export async function loadTerritory(tx: TerritoryTx, on: LocalDate): Promise<Territory> {
  return buildTerritory(await store.versionsOn(tx, on), on)
}

/** The territory of today, kept in memory. */
export interface LiveTerritory {
  current(): Territory
  /** Loads anew if the day turned or an area changed; returns true when it did. Cheap enough to call every few seconds. */
  refresh(): Promise<boolean>
}

/** Loads today's territory and keeps it. The process that holds it calls `refresh` on its own timer and after `territory.*` events. */
export async function keepTerritory(database: Database, clock: Clock, zone: string): Promise<LiveTerritory> {
  const load = (known: { stamp: string; territory: Territory } | undefined): Promise<{ stamp: string; territory: Territory }> =>
    inTransaction<store.TerritoryTables, { stamp: string; territory: Territory }>(database, async (tx) => {
      const on = localDate(clock.now(), zone)
      const stamp = `${on} ${await store.getEdition(tx)}`
      return known?.stamp === stamp ? known : { stamp, territory: await loadTerritory(tx, on) }
    })
  let held = await load(undefined)
  return {
    current: () => held.territory,
    refresh: async () => {
      const before = held
      held = await load(before)
      return held !== before
    },
  }
}

/** The area that had a code on a day, as it stood then. Of grids the service grid is meant. */
export async function findArea(tx: TerritoryTx, code: string, on: LocalDate): Promise<AreaVersion | undefined> {
  const versions = await store.versionsOfCodes(tx, on, [code])
  return versions.find(({ gridKind }) => gridKind !== 'unit')
}

/**
 * What became of the area that had a code on `then`: its version on `now`, under whatever name and code it has by then, or
 * its successor's. Undefined when it ended without one.
 */
export async function followArea(tx: TerritoryTx, code: string, then: LocalDate, now: LocalDate): Promise<AreaVersion | undefined> {
  let at = await findArea(tx, code, then)
  // A chain of successors is short; the count only guards against two areas naming each other.
  for (let step = 0; at && step < 20; step += 1) {
    const last = await store.versionOfArea(tx, at.areaId, now)
    if (last && (last.validTo === null || last.validTo > now)) return last
    at = last?.successorId ? await store.versionOfArea(tx, last.successorId, now) : undefined
  }
  return undefined
}

/** Areas with a border for a map: one level below `within`, inside the box, at most `limit` in order of code. */
export async function listBorders(
  tx: TerritoryTx,
  on: LocalDate,
  choice: { level: AreaLevel; gridKind: GridKind | null; within: string; box?: Box | undefined; limit: number },
): Promise<AreaVersion[]> {
  return store.borderedIn(tx, on, choice)
}
