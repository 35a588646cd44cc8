import type { Tables } from '#database/tables.ts'
import { insertRows, sql, type Tx } from '#platform/database/database.ts'
import type { LocalDate } from '#kernel/clock.ts'
import type { PhrasePlace, ReadyPhrase } from './phrases.ts'

export type PhraseTx = Tx<Pick<Tables, 'cases.readyPhrase'>>

/** Every ready sentence, of all times. */
export async function readPhrases(tx: PhraseTx): Promise<ReadyPhrase[]> {
  const found = await sql<ReadyPhrase>`select matter_prefix, ordinal, effective_from, effective_to, text from cases.ready_phrase`.execute(tx)
  return found.rows
}

/** Ends what stands at a place on a day, and drops what was planned there for later; `text` stands there from that day on, null leaves it empty. */
export async function replacePhrase(
  tx: PhraseTx,
  { matterPrefix, ordinal, effectiveFrom }: PhrasePlace & { effectiveFrom: LocalDate },
  text: ReadyPhrase['text'] | null,
): Promise<void> {
  await sql`delete from cases.ready_phrase
    where matter_prefix = ${matterPrefix} and ordinal = ${ordinal} and effective_from >= ${effectiveFrom}`.execute(tx)
  await sql`update cases.ready_phrase set effective_to = ${effectiveFrom}
    where matter_prefix = ${matterPrefix} and ordinal = ${ordinal} and (effective_to is null or effective_to > ${effectiveFrom})`.execute(tx)
  if (text) await insertRows(tx, 'cases.ready_phrase', [{ matterPrefix, ordinal, effectiveFrom, effectiveTo: null, text }])
}
