import { sql } from 'kysely'
import type { Instant, LocalDate } from '#kernel/clock.ts'
import { insertRows, type Tx } from '#platform/database/database.ts'
import type { PeopleTables } from '../store.ts'
import type { FactorRule } from './demand.ts'

type PeopleTx = Tx<PeopleTables>

/** The second factor of an account: one that was confirmed, or one that waits for its first code. */
export interface FactorRow {
  readonly accountId: string
  readonly secretBox: string
  readonly startedAt: Instant
  readonly confirmedAt: Instant | null
}

export async function findFactor(tx: PeopleTx, accountId: string): Promise<FactorRow | undefined> {
  const { rows } = await sql<FactorRow>`
    select account_id, secret_box, started_at, confirmed_at from people.second_factor where account_id = ${accountId}`.execute(tx)
  return rows[0]
}

/** Puts a secret that does not count yet in the place of an earlier one that did not either; false where one counts already. */
export async function startFactor(tx: PeopleTx, { accountId, secretBox, startedAt }: Omit<FactorRow, 'confirmedAt'>): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into people.second_factor (account_id, secret_box, started_at) values (${accountId}, ${secretBox}, ${startedAt})
    on conflict (account_id) do update set secret_box = excluded.secret_box, started_at = excluded.started_at
    where people.second_factor.confirmed_at is null`.execute(tx)
  return numAffectedRows === 1n
}

/** Makes it count, from a code of this step; false when another request was faster. */
export async function confirmFactor(tx: PeopleTx, accountId: string, step: number, at: Instant): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update people.second_factor set confirmed_at = ${at}, last_step = ${step} where account_id = ${accountId} and confirmed_at is null`.execute(tx)
  return numAffectedRows === 1n
}

/** Uses up a step; false when a code of it, or of a later one, was accepted before. */
export async function takeStep(tx: PeopleTx, accountId: string, step: number): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update people.second_factor set last_step = ${step} where account_id = ${accountId} and (last_step is null or last_step < ${step})`.execute(tx)
  return numAffectedRows === 1n
}

export async function insertRecoveryCodes(tx: PeopleTx, accountId: string, hashes: readonly string[]): Promise<void> {
  await insertRows(
    tx,
    'people.recovery_code',
    hashes.map((codeHash) => ({ accountId, codeHash })),
  )
}

/** Uses up a recovery code; false when there is none, or it was used. */
export async function takeRecoveryCode(tx: PeopleTx, accountId: string, codeHash: string, at: Instant): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update people.recovery_code set used_at = ${at} where account_id = ${accountId} and code_hash = ${codeHash} and used_at is null`.execute(tx)
  return numAffectedRows === 1n
}

export async function countRecoveryCodes(tx: PeopleTx, accountId: string): Promise<number> {
  const { rows } = await sql<{ left: number }>`
    select count(*) as left from people.recovery_code where account_id = ${accountId} and used_at is null`.execute(tx)
  return rows[0]?.left ?? 0
}

/** Takes the second factor away with its recovery codes; false when there was none that counted. */
export async function deleteFactor(tx: PeopleTx, accountId: string): Promise<boolean> {
  await sql`delete from people.recovery_code where account_id = ${accountId}`.execute(tx)
  const { rows } = await sql<{ counted: boolean }>`
    delete from people.second_factor where account_id = ${accountId} returning confirmed_at is not null as counted`.execute(tx)
  return rows[0]?.counted ?? false
}

export async function readFactorRules(tx: PeopleTx): Promise<FactorRule[]> {
  const { rows } = await sql<FactorRule>`select role, effective_from, demand from people.second_factor_rule order by role, effective_from`.execute(tx)
  return rows
}

/** A rule from a day on; one of the same day is replaced. */
export async function saveFactorRule(tx: PeopleTx, { role, effectiveFrom, demand }: FactorRule & { effectiveFrom: LocalDate }): Promise<void> {
  await sql`
    insert into people.second_factor_rule (role, effective_from, demand) values (${role}, ${effectiveFrom}, ${demand})
    on conflict (role, effective_from) do update set demand = excluded.demand`.execute(tx)
}
