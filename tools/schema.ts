/** Reads the numbered migrations as tables, for the documents and for the rules of `house/`. Understands the SQL that our migrations use, no more. */

export const tableKinds = ['distribute', 'reference', 'partition', 'local'] as const
export type TableKind = (typeof tableKinds)[number]

export interface Column {
  readonly name: string
  /** Type and everything after it, as written. */
  readonly definition: string
}

export interface Key {
  /** Undefined when the constraint was left for the database to name. */
  readonly name: string | undefined
  readonly type: 'primary' | 'unique' | 'foreign'
  readonly columns: readonly string[]
  /** For a foreign key: `schema.table` and its columns. */
  readonly target?: { readonly table: string; readonly columns: readonly string[] }
  readonly text: string
}

export interface SchemaTable {
  /** `schema.table`. */
  readonly name: string
  readonly file: string
  readonly line: number
  /** From the marker right after the statement; undefined when it is missing. */
  readonly kind: TableKind | undefined
  readonly columns: readonly Column[]
  readonly keys: readonly Key[]
  /** Body of the table without comments. */
  readonly body: string
}

export interface MigrationText {
  readonly name: string
  readonly text: string
}

/** SQL without its comments; text in quotes stays, line breaks too. */
export function withoutComments(text: string): string {
  return text.replace(/('(?:[^']|'')*')|--[^\n]*/g, (_whole, quoted: string | undefined) => quoted ?? '')
}

/** Parts of a list, cut at commas that stand outside brackets and quotes. */
function splitList(text: string): string[] {
  const parts: string[] = []
  let depth = 0
  let quoted = false
  let current = ''
  for (const sign of text) {
    if (sign === "'") quoted = !quoted
    if (!quoted && sign === '(') depth += 1
    if (!quoted && sign === ')') depth -= 1
    if (!quoted && depth === 0 && sign === ',') {
      parts.push(current)
      current = ''
    } else current += sign
  }
  return [...parts, current].map((part) => part.trim().replace(/\s+/g, ' ')).filter((part) => part !== '')
}

function names(list: string | undefined): string[] {
  return (list ?? '').split(',').map((name) => name.trim())
}

function keyOf(part: string): Key | undefined {
  const found = /^(?:constraint (\w+) )?(primary key|unique|foreign key)\s*(?:nulls not distinct\s*)?\(([^)]*)\)(.*)$/i.exec(part)
  if (!found) return undefined
  const [, name, words, columns, rest] = found
  const type = words?.toLowerCase() === 'unique' ? 'unique' : words?.toLowerCase() === 'primary key' ? 'primary' : 'foreign'
  const target = /references ([\w.]+)\s*\(([^)]*)\)/i.exec(rest ?? '')
  return { name, type, columns: names(columns), text: part, ...(target?.[1] ? { target: { table: target[1], columns: names(target[2]) } } : {}) }
}

// A key written beside its column: it cannot carry a name.
function inlineKey(column: Column): Key | undefined {
  const text = `${column.name} ${column.definition}`
  const target = /\breferences ([\w.]+)\s*(?:\(([^)]*)\))?/i.exec(column.definition)
  if (target?.[1]) return { name: undefined, type: 'foreign', columns: [column.name], target: { table: target[1], columns: names(target[2]) }, text }
  if (/\bprimary key\b/i.test(column.definition)) return { name: undefined, type: 'primary', columns: [column.name], text }
  if (/\bunique\b/i.test(column.definition)) return { name: undefined, type: 'unique', columns: [column.name], text }
  return undefined
}

function kindAfter(text: string): TableKind | undefined {
  const marker = /^[ \t]*\n--@(\w+)[^\n]*(?:\n|$)/.exec(text)?.[1]
  return tableKinds.find((kind) => kind === marker)
}

function tablesOf(file: MigrationText): SchemaTable[] {
  const created = /^create table (?:if not exists )?([\w.]+) \(\n([\s\S]*?)\n\)[^;\n]*;/gim
  return [...file.text.matchAll(created)].map((match) => {
    const body = withoutComments(match[2] ?? '')
    const parts = splitList(body)
    const columns = parts.flatMap((part) => {
      const column = /^("?\w+"?) (.+)$/.exec(part)
      return column?.[1] && column[2] && !/^(constraint|primary|unique|foreign|check|exclude|like)$/i.test(column[1])
        ? [{ name: column[1], definition: column[2] }]
        : []
    })
    const keys = [...parts.map(keyOf), ...columns.map(inlineKey)].filter((key) => key !== undefined)
    const end = match.index + match[0].length
    return {
      name: match[1] ?? '',
      file: file.name,
      line: file.text.slice(0, match.index).split('\n').length,
      kind: kindAfter(file.text.slice(end)),
      columns,
      keys,
      body,
    }
  })
}

// `alter table t add constraint …` and `create unique index … on t (…)` add keys to a table made earlier.
function laterKeys(text: string): { table: string; key: Key }[] {
  const plain = withoutComments(text)
  const added = [...plain.matchAll(/alter table (?:only )?([\w.]+)\s+add (constraint [^;]+);/gi)].flatMap(([, table, rest]) => {
    const key = keyOf((rest ?? '').replace(/\s+/g, ' ').trim())
    return table && key ? [{ table, key }] : []
  })
  const indexes = [
    ...plain.matchAll(/create unique index (?:concurrently )?(?:if not exists )?(\w+)?\s*on ([\w.]+) (?:using \w+ )?\(([^;]*?)\)[^;]*;/gi),
  ].map(([whole, name, table, list]): { table: string; key: Key } => ({
    table: table ?? '',
    key: { name, type: 'unique', columns: splitList(list ?? '').map((part) => part.split(' ')[0] ?? ''), text: whole.replace(/\s+/g, ' ') },
  }))
  return [...added, ...indexes]
}

/** Every table that the migrations make, in their order, with the keys that later statements add. */
export function readTables(migrations: readonly MigrationText[]): SchemaTable[] {
  const later = migrations.flatMap(({ text }) => laterKeys(text))
  return migrations
    .flatMap(tablesOf)
    .map((table) => ({ ...table, keys: [...table.keys, ...later.filter((item) => item.table === table.name).map(({ key }) => key)] }))
}
