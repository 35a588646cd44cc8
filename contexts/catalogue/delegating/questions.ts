import { localDate } from '#kernel/clock.ts'
import { packCursor, unpackCursor, type Page } from '#kernel/page.ts'
import { inTransaction } from '#platform/database/database.ts'
import type { Doing } from '#platform/event.ts'
import { holdsOn, type MatterVersion } from '../catalogue.ts'
import type { DelegationView } from '../contract.ts'
import type { DelegationState } from '../lifecycle.ts'
import { currentSettings } from '../questions.ts'
import { readVersions, type CatalogueTables } from '../store.ts'
import type { Surroundings } from './commands.ts'
import { concerns, endOf, stateOn, type Delegation } from './delegation.ts'
import * as store from './store.ts'

/** Delegations with the names of what they are about, the earliest end first. */
export async function listDelegations(
  { database, clock }: Pick<Doing, 'database' | 'clock'>,
  { organisation }: Pick<Surroundings, 'organisation'>,
  { state, cursor, limit }: { state?: DelegationState | undefined; cursor?: string | undefined; limit: number },
): Promise<Page<DelegationView>> {
  return inTransaction<CatalogueTables, Page<DelegationView>>(database, async (tx) => {
    const { zone, noticeDays } = await currentSettings(tx, clock)
    const on = localDate(clock.now(), zone)
    const after = cursor === undefined ? undefined : (unpackCursor(cursor)?.map(String) as [string, string] | undefined)
    const found = await store.listDelegations(tx, { state, on, noticeDays, after, limit: limit + 1 })
    const page = found.slice(0, limit)
    const matterIds = [...new Set(page.map((one) => one.matterId))]
    const versions = matterIds.length === 0 ? [] : await readVersions(tx, { matterIds })
    const inForce = versions.filter((version) => holdsOn(version, on))
    const items = page.map((one) => ({
      ...named(one, versions, organisation),
      state: stateOn(one, on, noticeDays),
      applies: inForce.some(({ matterId, conditions }) => conditions.some(({ code, lead }) => lead !== null && concerns(one, matterId, code, lead))),
    }))
    const last = page.at(-1)
    return { items, cursor: found.length > limit && last ? packCursor([endOf(last), last.id]) : null }
  })
}

function named(
  one: Delegation,
  versions: readonly MatterVersion[],
  organisation: Surroundings['organisation'],
): Omit<DelegationView, 'state' | 'applies'> {
  const own = versions.filter((version) => version.matterId === one.matterId)
  const { code = '', name = { zh: '' } } = own.at(-1) ?? {}
  const condition = own.flatMap((version) => version.conditions).findLast((each) => each.code === one.conditionCode)?.description ?? null
  return { ...one, matter: { code, name }, condition, organisationName: organisation(one.organisationId)?.name ?? { zh: '' } }
}
