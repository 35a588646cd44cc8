import type { DistrictCode } from '#kernel/codes.ts'
import { inTransaction, type Database } from '#platform/database/database.ts'
import { channels } from './lifecycle.ts'
import { channelDefaults, setChannelDefault, type CasesTx } from './store.ts'

/** District per channel for calls that cannot be located. */
export async function loadChannelDefaults(database: Database): Promise<ReadonlyMap<string, DistrictCode>> {
  return inTransaction(database, (tx: CasesTx) => channelDefaults(tx))
}

/** Sends what cannot be located to one district, whatever the channel. */
export async function setChannelDefaults(database: Database, districtCode: DistrictCode): Promise<void> {
  await inTransaction(database, async (tx: CasesTx) => {
    for (const channel of channels) await setChannelDefault(tx, channel, districtCode)
  })
}
