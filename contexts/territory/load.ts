import { CsvError } from 'csv-parse'
import { parse } from 'csv-parse/sync'
import type { CodeRow } from './code-list.ts'
import { refuse } from './refusals.ts'

/** A row and its line; the heading is line 1. */
export interface NumberedRow {
  readonly line: number
  readonly row: CodeRow
}

/** Rows of CSV text by the names of its heading. Throws a refusal with the line where the text is not CSV. */
export function* rowsOfCsv(text: string): Generator<NumberedRow> {
  try {
    const records: { record: CodeRow; info: { lines: number } }[] = parse(text, {
      columns: true,
      bom: true,
      trim: true,
      skip_empty_lines: true,
      info: true,
    })
    for (const { record, info } of records) yield { line: info.lines, row: record }
  } catch (error) {
    if (error instanceof CsvError) throw refuse.unreadableFile({ line: Number(error['lines'] ?? 0) })
    throw error
  }
}
