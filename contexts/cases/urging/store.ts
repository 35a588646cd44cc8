import type { Tables } from '#database/tables.ts'
import type { LocalDate } from '#kernel/clock.ts'
import type { Wording } from '#kernel/refusal.ts'
import { sql, type Tx } from '#platform/database/database.ts'
import type { UrgeKind } from './lifecycle.ts'

/** Ready sentences that hold on a day. */
export async function urgePhrases(tx: Tx<Pick<Tables, 'cases.urgePhrase'>>, on: LocalDate): Promise<{ kind: UrgeKind; text: Wording }[]> {
  const found = await sql<{ kind: UrgeKind; text: Wording }>`select kind, text from cases.urge_phrase
    where effective_from <= ${on} and (effective_to is null or effective_to > ${on}) order by kind, ordinal`.execute(tx)
  return found.rows
}
