import { sql } from 'kysely'
import type { LocalDate } from '#kernel/clock.ts'
import { addDays } from '#kernel/clock.ts'
import { insertRows, type Tx } from '#platform/database/database.ts'
import type { DelegationState } from '../lifecycle.ts'
import type { Delegation } from './delegation.ts'

export interface DelegationTables {
  'catalogue.delegation': Delegation
}
type DelegationTx = Tx<DelegationTables>

/** Delegations of all days: there are few, and a publication may look at any day. */
export async function readDelegations(tx: DelegationTx): Promise<Delegation[]> {
  return tx.selectFrom('catalogue.delegation').selectAll().orderBy('validFrom').orderBy('id').execute()
}

export async function findDelegation(tx: DelegationTx, id: string): Promise<Delegation | undefined> {
  return tx.selectFrom('catalogue.delegation').selectAll().where('id', '=', id).executeTakeFirst()
}

export async function insertDelegations(tx: DelegationTx, delegations: readonly Delegation[]): Promise<void> {
  await insertRows(tx, 'catalogue.delegation', delegations)
}

export async function endDelegation(tx: DelegationTx, id: string, endedOn: LocalDate, endReason: string): Promise<void> {
  await tx.updateTable('catalogue.delegation').set({ endedOn, endReason }).where('id', '=', id).execute()
}

export interface DelegationFilter {
  readonly state: DelegationState | undefined
  readonly on: LocalDate
  readonly noticeDays: number
  /** Key (end, id) of the last one of the page before. */
  readonly after: readonly [string, string] | undefined
  readonly limit: number
}

const end = sql<LocalDate>`least(valid_to, coalesce(ended_on, valid_to))`

/** Twin of `stateOn`: delegations in a state, the earliest end first. */
export async function listDelegations(tx: DelegationTx, { state, on, noticeDays, after, limit }: DelegationFilter): Promise<Delegation[]> {
  const notice = addDays(on, noticeDays)
  const states = {
    in_force: sql<boolean>`valid_from <= ${on}::date and ${end} > ${notice}::date`,
    ending: sql<boolean>`valid_from <= ${on}::date and ${end} > ${on}::date and ${end} <= ${notice}::date`,
    planned: sql<boolean>`valid_from > ${on}::date and ${end} > ${on}::date`,
    ended: sql<boolean>`${end} <= ${on}::date`,
  }
  let query = tx.selectFrom('catalogue.delegation').selectAll()
  if (state !== undefined) query = query.where(states[state])
  if (after !== undefined) query = query.where(sql<boolean>`(${end}, id) > (${after[0]}::date, ${after[1]}::uuid)`)
  return query.orderBy(end).orderBy('id').limit(limit).execute()
}
