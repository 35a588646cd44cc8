import { createReadStream, createWriteStream, type WriteStream } from 'node:fs'
import { readFile, rm, stat } from 'node:fs/promises'
import { pipeline, Readable } from 'node:stream'
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
    zh: '文件 {path} 的标题行中没有这些列：{columns}。标题行有：{heading}。请修改导入说明或文件。',
    en: 'The heading of {path} lacks these columns: {columns}. It has: {heading}. Change the profile or the file.',
  },
  delimiterWrong: {
    status: 422,
    zh: '文件 {path} 的标题行只有一列：{heading}。请在导入说明中写明分隔符，例如 "delimiter": "{delimiter}"。',
    en: 'The heading of {path} is a single column: {heading}. Say in the profile what parts the columns, such as "delimiter": "{delimiter}".',
  },
  encodingWrong: {
    status: 422,
    zh: '文件 {path} 不是 {encoding} 编码。请在导入说明中写明编码，例如 "encoding": "gb18030"（Excel 存的中文 CSV 多是它）。',
    en: 'The file {path} is not {encoding}. Say its encoding in the profile, such as "encoding": "gb18030" for Chinese CSV out of Excel.',
  },
  columnTwice: {
    status: 422,
    zh: '文件 {path} 的标题行中有同名的列：{columns}。请改名，导入说明才能指明是哪一列。',
    en: 'The heading of {path} has these columns twice: {columns}. Rename them, so that the profile can tell them apart.',
  },
  areaFileUnreadable: {
    status: 422,
    zh: '区域文件 {path} 不是有效的 JSON：{reason}',
    en: 'The area file {path} is not valid JSON: {reason}',
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
  return { profile, readArea: async (file) => jsonOf(beside(file), await readFile(await existing(beside(file)), 'utf8')) }
}

function jsonOf(path: string, text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, '')) as unknown
  } catch (error) {
    throw refuse.areaFileUnreadable({ path, reason: error instanceof Error ? error.message : '' })
  }
}

/** The whole text of a file, for what is taken whole or not at all. */
export async function textOf(path: string): Promise<string> {
  return readFile(await existing(path), 'utf8')
}

/** The file's text, piece by piece. A byte that is none of the encoding's is refused: read as it stands, it would leave holes in names. */
async function* decoded(path: string, encoding: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true })
  try {
    for await (const bytes of createReadStream(path) as AsyncIterable<Buffer>) yield decoder.decode(bytes, { stream: true })
    yield decoder.decode()
  } catch (error) {
    if (error instanceof TypeError) throw refuse.encodingWrong({ path, encoding })
    throw error
  }
}

/** The heading of a file, when it has every column of the profile once. */
function checkedHeading(path: string, profile: ImportProfile, heading: readonly string[]): string[] {
  const { text, ...single } = profile.columns
  const wanted = [...text, ...Object.values(single)]
  const names = heading.map((name) => name.trim())
  const missing = wanted.filter((name) => !names.includes(name))
  const shown = names.join(', ')
  const other = [',', ';', '\t', '|'].find((mark) => mark !== profile.delimiter && shown.includes(mark))
  if (missing.length > 0 && names.length === 1 && other !== undefined)
    throw refuse.delimiterWrong({ path, heading: shown, delimiter: other === '\t' ? '\\t' : other })
  if (missing.length > 0) throw refuse.columnsMissing({ path, columns: missing.join(', '), heading: shown })
  const twice = wanted.filter((name) => names.indexOf(name) !== names.lastIndexOf(name))
  if (twice.length > 0) throw refuse.columnTwice({ path, columns: [...new Set(twice)].join(', ') })
  return names
}

/** Rows of a CSV file, one at a time, each with its line. Refuses before the first row when its encoding or its columns are not the profile's. */
export async function* rowsOf(path: string, profile: ImportProfile): AsyncGenerator<FileRow> {
  const parser = parse({
    delimiter: profile.delimiter,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    columns: (heading: string[]) => checkedHeading(path, profile, heading),
  })
  // A fault of the source ends the parser with it, and so the loop below.
  pipeline(Readable.from(decoded(await existing(path), profile.encoding)), parser, () => undefined)
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

/** Why rows were rejected: how many for one reason, and the first of them. */
export interface RejectReason {
  readonly code: string
  readonly rows: number
  readonly first: Pick<RejectedRow, 'line' | 'reason'>
}

interface RejectsFile {
  readonly path: string
  /** The commonest reason first. */
  reasons(): RejectReason[]
  add(row: RejectedRow): void
  close(): Promise<void>
}

/** Collects rejected rows in a CSV file beside the input; no file is made when nothing was rejected. */
export function rejectsFile(path: string): RejectsFile {
  let stream: WriteStream | undefined
  const byCode = new Map<string, RejectReason>()
  return {
    path,
    reasons: () => [...byCode.values()].toSorted((a, b) => b.rows - a.rows),
    add: ({ line, code, reason }) => {
      stream ??= startRejects(path)
      stream.write(stringify([[line, code, reason.zh, reason.en ?? reason.zh]]))
      const before = byCode.get(code)
      byCode.set(code, { code, rows: (before?.rows ?? 0) + 1, first: before?.first ?? { line, reason } })
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
