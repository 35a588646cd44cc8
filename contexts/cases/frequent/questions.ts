import type { Actor } from '#kernel/actor.ts'
import { addMs, DAY_MS } from '#kernel/clock.ts'
import { districtOf } from '#kernel/codes.ts'
import { inTransaction } from '#platform/database/database.ts'
import type { CaseServices } from '../commands.ts'
import { actorKey } from '../record.ts'
import type { CasesTx } from '../store.ts'
import { ownMatters, usualMatters } from './store.ts'

/** As many as a thumb finds without looking for them. */
export const TILES = 8
const LOOKS_BACK_DAYS = 180

/**
 * Eight matters for the person's own tiles. It serves the person's thumb and nobody else: no count leaves the database, and nobody may ask for
 * another person's.
 */
export async function frequentMatters(services: CaseServices, actor: Actor) {
  const { catalogue, districts } = services.rules()
  const home = actor.posts.flatMap(({ areaCode }) => districtOf(areaCode) ?? [])[0] ?? districts[0]
  const found = await inTransaction(services.database, async (tx: CasesTx) => {
    const since = addMs(services.clock.now(), -LOOKS_BACK_DAYS * DAY_MS)
    const own = await ownMatters(tx, districts, actorKey(actor), since, TILES)
    return own.length >= TILES || home === undefined ? own : [...own, ...(await usualMatters(tx, home, 2 * TILES))]
  })
  // A matter that left the catalogue since then is no tile any more.
  const known = [...new Set(found)].flatMap((id) => catalogue.condition(id) ?? [])
  return known.slice(0, TILES).map(({ id, matterName, description }) => ({ conditionId: id, name: matterName, detail: description }))
}
