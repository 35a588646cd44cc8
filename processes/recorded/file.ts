import { createReadStream, createWriteStream, type WriteStream } from 'node:fs'
import { readFile, rm, stat } from 'node:fs/promises'
import { finished } from 'node:stream/promises'
import { dirname, isAbsolute, join } from 'node:path'
import { parse } from 'csv-parse'
import { stringify } from 'csv-stringify/sync'
import { readProfile, type FileRow, type ImportProfile, type Profile, type RejectedRow } from '#contexts/cases/import/index.ts'
import { refusals } from '#kernel/refusal.ts'

const refuse = refusals('files', {
  missing: { status: 404, zh: '找不到文件 {path}。请检查路径。', en: 'There is no file {path}. Check the path.' },
  columnsMissing: {
    status: 422,
    zh: '文件 {path} 的标题行中没有这些列：{columns}。请修改导入说明或文件。',
    en: 'The heading of {path} lacks these columns: {columns}. Change the profile or the file.',
  },
  unreadable: { status: 422, zh: '文件 {path} 第 {line} 行不是有效的 CSV：{reason}', en: '{path}, line {line}, is not valid CSV: {reason}' },
})

async function existing(path: string): Promise<string> {
  await stat(path).catch(() => Promise.reject(refuse.missing({ path })))
  return path
}

/** Reads a profile, and the GeoJSON files that it names beside it. */
export async function openProfile(path: string): Promise<{ profile: Profile; readArea: (file: string) => Promise<unknown> }> {
  const profile = readProfile(await readFile(await existing(path), 'utf8'))
  const beside = (file: string): string => (isAbsolute(file) ? file : join(dirname(path), file))
  return { profile, readArea: async (file) => JSON.parse(await readFile(await existing(beside(file)), 'utf8')) as unknown }
}

/** The whole text of a file, for what is taken whole or not at all. */
export async function textOf(path: string): Promise<string> {
  return readFile(await existing(path), 'utf8')
}

/** Rows of a CSV file, one at a time, each with its line. Refuses before the first row when a column of the profile is missing. */
export async function* rowsOf(path: string, profile: ImportProfile): AsyncGenerator<FileRow> {
  const { text, ...single } = profile.columns
  const wanted = [...text, ...Object.values(single)]
  const parser = createReadStream(await existing(path)).pipe(
    parse({
      delimiter: profile.delimiter,
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      columns: (heading: string[]) => {
        const missing = wanted.filter((name) => !heading.includes(name))
        if (missing.length > 0) throw refuse.columnsMissing({ path, columns: missing.join(', ') })
        return heading
      },
    }),
  )
  let line = 1
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: Record<string, string>; info: { lines: number } }>) {
      line = info.lines
      yield { line, row: record }
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('CSV_'))
      throw refuse.unreadable({ path, line: line + 1, reason: error.message })
    throw error
  }
}

/** Collects rejected rows in a CSV file beside the input; no file is made when nothing was rejected. */
export function rejectsFile(path: string): { path: string; add(row: RejectedRow): void; close(): Promise<void> } {
  let stream: WriteStream | undefined
  return {
    path,
    add: ({ line, code, reason }) => {
      stream ??= startRejects(path)
      stream.write(stringify([[line, code, reason.zh, reason.en ?? reason.zh]]))
    },
    close: async () => {
      // An older run's rejects must not be taken for this one's.
      if (!stream) return rm(path, { force: true })
      stream.end()
      await finished(stream)
    },
  }
}

function startRejects(path: string): WriteStream {
  const stream = createWriteStream(path)
  // The mark tells spreadsheet programs that the file is UTF-8.
  stream.write(`\uFEFF${stringify([['line', 'code', 'reason_zh', 'reason_en']])}`)
  return stream
}
