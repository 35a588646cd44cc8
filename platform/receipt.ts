import { sql } from 'kysely'
import type { DistrictCode } from '#kernel/codes.ts'
import { errorCode, inTransaction, insertRows, type Tx } from './database/database.ts'
import type { Doing } from './event.ts'
import { refuse } from './refusals.ts'

/** The answer to a command, kept so that a repeat is answered alike and does nothing twice. `result` is JSON without personal data. */
export interface Receipt {
  readonly districtCode: DistrictCode
  readonly commandId: string
  /** Name of the command. */
  readonly command: string
  readonly actorPersonId: string | null
  readonly result: unknown
}

/** Results of those of the commands that were done before, by command id. */
export async function findReceipts<Tables>(tx: Tx<Tables>, districtCode: DistrictCode, commandIds: readonly string[]): Promise<Map<string, unknown>> {
  if (commandIds.length === 0) return new Map()
  const { rows } = await sql<{ commandId: string; result: unknown }>`
    select command_id, result from platform.receipt where district_code = ${districtCode} and command_id = any(${commandIds}::uuid[])`.execute(tx)
  return new Map(rows.map((row) => [row.commandId, row.result]))
}

/**
 * Keeps answers, in the transaction of the effect. When a twin of a command commits first this fails with a unique violation and takes the
 * transaction with it: run the work again and `findReceipts` has the twin's answer (`againAfterTwin`).
 */
export async function saveReceipts<Tables>(tx: Tx<Tables>, receipts: readonly Receipt[]): Promise<void> {
  await insertRows(
    tx,
    'platform.receipt',
    // Named one by one: a caller's row may carry more. A bare null would be SQL's null, which the column does not take.
    receipts.map(({ districtCode, commandId, command, actorPersonId, result }) => ({
      districtCode,
      commandId,
      command,
      actorPersonId,
      result: result ?? {},
    })),
  )
}

const receiptOnce: readonly string[] = ['receipt_pkey']

/** True when a transaction lost against a twin of one of its commands: at the receipt, or at another key that the command's id decides. */
export function lostToTwin(error: unknown, keys = receiptOnce): boolean {
  const constraint = error instanceof Error && 'constraint' in error ? error.constraint : undefined
  return errorCode(error) === '23505' && typeof constraint === 'string' && keys.includes(constraint)
}

/** Runs a whole transaction, and once more when a twin of one of its commands committed first. */
export async function againAfterTwin<R>(work: () => Promise<R>, keys = receiptOnce): Promise<R> {
  try {
    return await work()
  } catch (error) {
    if (!lostToTwin(error, keys)) throw error
    return work()
  }
}

/**
 * One command, done once: `work` runs in a transaction and its result is kept; a repeat, also one at the same moment, gets that result. An
 * id that was used for another command, or by somebody else, is refused: it must not tell its answer. `district` may be found in the
 * transaction; what it locks there is held before receipts are looked at.
 */
export function answerOnce<Tables, R extends object>(
  doing: Doing,
  district: DistrictCode | ((tx: Tx<Tables>) => Promise<DistrictCode>),
  command: string,
  work: (tx: Tx<Tables>) => Promise<R>,
): Promise<R> {
  const { database, commandId, actor } = doing
  return againAfterTwin(() =>
    inTransaction<Tables, R>(database, async (tx) => {
      const districtCode = typeof district === 'string' ? district : await district(tx)
      const before = await findReceipt(tx, districtCode, commandId)
      if (before && (before.command !== command || before.actorPersonId !== actor.personId)) throw refuse.commandIdUsed()
      if (before) return before.result as R
      const result = await work(tx)
      await saveReceipts(tx, [{ districtCode, commandId, command, actorPersonId: actor.personId, result }])
      return result
    }),
  )
}

async function findReceipt<Tables>(tx: Tx<Tables>, districtCode: DistrictCode, commandId: string): Promise<Receipt | undefined> {
  const { rows } = await sql<Receipt>`
    select district_code, command_id, command, actor_person_id, result from platform.receipt
     where district_code = ${districtCode} and command_id = ${commandId}`.execute(tx)
  return rows[0]
}
