import type { Tables } from '#database/tables.ts'
import { sql, type Tx } from '#platform/database/database.ts'
import type { ReadyPhrase } from './phrases.ts'

/** Every ready sentence, of all times. */
export async function readPhrases(tx: Tx<Pick<Tables, 'cases.readyPhrase'>>): Promise<ReadyPhrase[]> {
  const found = await sql<ReadyPhrase>`select matter_prefix, ordinal, effective_from, effective_to, text from cases.ready_phrase`.execute(tx)
  return found.rows
}
