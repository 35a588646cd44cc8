import type { Instant } from '#kernel/clock.ts'
import type { DistrictCode } from '#kernel/codes.ts'
import { inTransaction, type Tx } from '#platform/database/database.ts'
import type { Doing } from '#platform/event.ts'
import { answerOnce } from '#platform/receipt.ts'
import { administratorRoles } from '../administrators.ts'
import { homeDistrict } from '../home-district.ts'
import * as people from '../store.ts'

type PeopleTx = Tx<people.PeopleTables>

// Commands about staff take turns with each other and with imports, so that none judges by rows which another one is about to add.

/** A command about staff in its turn. For those that change nothing when they are repeated. */
export function inTurn<T>(doing: Doing, work: (tx: PeopleTx) => Promise<T>): Promise<T> {
  return inTransaction<people.PeopleTables, T>(doing.database, async (tx) => {
    await people.lockAdministratorRoles(tx, administratorRoles)
    return work(tx)
  })
}

/** A command about staff in its turn and done once: a repeat gets the first answer. The receipt holds ids and what was encrypted, nothing personal. */
export function onceInTurn<R extends object>(doing: Doing, command: string, work: (tx: PeopleTx, now: Instant) => Promise<R>): Promise<R> {
  const begin = async (tx: PeopleTx): Promise<DistrictCode> => {
    await people.lockAdministratorRoles(tx, administratorRoles)
    return homeDistrict('', await people.openDistricts(tx))
  }
  return answerOnce<people.PeopleTables, R>(doing, begin, command, (tx) => work(tx, doing.clock.now()))
}
