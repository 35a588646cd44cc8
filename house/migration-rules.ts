import { readTables, withoutComments, type Key, type MigrationText, type SchemaTable } from '../tools/schema.ts'

/**
 * Rules that keep the schema ready to be spread over many machines by district (architecture: scale-out by `district_code`), and its names in order.
 * Each fault says where and which rule. Tried on Citus 13.2: what is refused here fails there or silently does something else.
 */
export function migrationFaults(migrations: readonly MigrationText[]): string[] {
  const tables = readTables(migrations)
  const schemas = new Set(
    migrations.flatMap(({ text }) => [...withoutComments(text).matchAll(/\bcreate schema (\w+)/gi)].map(([, name = '']) => name)),
  )
  return [
    ...migrations.flatMap((migration) => fileFaults(migration, schemas)),
    ...tables.flatMap((table) => tableFaults(table, tables)),
    ...missedTables(migrations, tables),
  ]
}

/** What a statement may not contain, and why. */
const banned: readonly (readonly [RegExp, string])[] = [
  [/\bcreate\s+(or\s+replace\s+)?(constraint\s+)?trigger\b/i, 'no triggers: they do not run on distributed tables'],
  [/\b(small|big)?serial\b/i, 'no serial: ids are UUIDs made by the application'],
  [/\bgenerated\s+(always|by default)\s+as\s+identity\b/i, 'no identity columns: ids are UUIDs made by the application'],
  [/\bcreate\s+sequence\b/i, 'no sequences: a sequence is one machine’s'],
  [/\bon\s+(delete|update)\s+set\s+(null|default)\b/i, 'no set null: refused when the key holds the district'],
  [
    /\bdo\s+update\b[^;]*\b(now|clock_timestamp|statement_timestamp|transaction_timestamp|random|gen_random_uuid)\s*\(/i,
    'on conflict do update sets only what was passed in',
  ],
  [/\bpg_(try_)?advisory_/i, 'no advisory locks: they are held per machine; use a lease row'],
  [/(^|[^\w.])(notify|listen)\s+\w|\bpg_notify\s*\(/im, 'no notify: it halves write throughput and is heard on one machine only'],
  [/\bgen_random_uuid\s*\(|\buuid_generate/i, 'ids are UUIDv7 made by the application'],
  [/\btimestamptz\b(?!\s*\(3\))/i, 'instants are timestamptz(3)'],
  [/\btimestamp\b(?!tz)/i, 'instants are timestamptz(3)'],
  [/\bset\s+district_code\s*=/i, 'a row never changes its district'],
]

function fileFaults({ name, text }: MigrationText, made: ReadonlySet<string>): string[] {
  const context = /^\d{4}_([a-z][a-z0-9_]*)\.sql$/.exec(name)?.[1]
  if (context === undefined) return [`${name}: a migration is called 0007_context.sql`]
  const plain = withoutComments(text)
  const faults = banned.filter(([pattern]) => pattern.test(plain)).map(([, why]) => `${name}: ${why}`)
  for (const [, kind = '', schema = ''] of plain.matchAll(/\bcreate (schema|table) (?:if not exists )?(\w+)/gi)) {
    if (context.startsWith(schema)) continue
    // A later step adds to several contexts under the name of its subject; a schema is still made by the migration of its own name.
    if (kind === 'schema' || !made.has(schema))
      faults.push(`${name}: makes a ${kind} of ${schema}; the first migration of a schema belongs to one context`)
  }
  return [...faults, ...endFaults(name, plain)]
}

// The migrator, and a distributed database, take one statement at a time.
function endFaults(name: string, plain: string): string[] {
  const body = plain.replace(/\$\$[\s\S]*?\$\$/g, '$$')
  const faults = body.split('\n').flatMap((line, index) => {
    const several = /;\s*\S/.test(line.replace(/'(?:[^']|'')*'/g, ''))
    return several ? [`${name}:${index + 1}: one statement, ended by ; at the end of its line`] : []
  })
  return /;\s*$/.test(body) ? faults : [...faults, `${name}: the last statement has no ;`]
}

// The reader knows one way of writing a table. A table that it cannot read must not pass unseen.
function missedTables(migrations: readonly MigrationText[], tables: readonly SchemaTable[]): string[] {
  return migrations.flatMap(({ name, text }) => {
    const made = withoutComments(text).match(/\bcreate\s+(unlogged\s+|temp\w*\s+)?table\b/gi)?.length ?? 0
    const read = tables.filter((table) => table.file === name).length
    return made === read ? [] : [`${name}: ${made} tables are made but ${read} can be read; write “create table schema.name (” and one column a line`]
  })
}

function tableFaults(table: SchemaTable, tables: readonly SchemaTable[]): string[] {
  const at = `${table.file}:${table.line}: ${table.name}`
  const faults: string[] = []
  if (table.kind === undefined) faults.push(`${at}: no --@distribute, --@reference, --@partition or --@local on the line after it`)
  if (!table.keys.some((key) => key.type === 'primary')) faults.push(`${at}: no primary key`)
  for (const key of table.keys) if (key.name === undefined) faults.push(`${at}: unnamed constraint: ${key.text}`)
  for (const column of table.columns)
    if (/(^|[^\w])check\s*\(/i.test(column.definition)) faults.push(`${at}: unnamed constraint: ${column.name} ${column.definition}`)
  for (const key of table.keys) faults.push(...keyFaults(table, key, tables).map((fault) => `${at}: ${fault}`))
  return faults
}

const spread = (table: SchemaTable | undefined): boolean => table?.kind === 'distribute' || table?.kind === 'partition'

function keyFaults(table: SchemaTable, key: Key, tables: readonly SchemaTable[]): string[] {
  const wrongStart = key.columns[0] === 'district_code' ? [] : [`district_code comes first in every key: ${key.text}`]
  if (!key.target) return spread(table) ? wrongStart : []
  const { target } = key
  const other = tables.find(({ name }) => name === target.table)
  if (!other) return [`points at ${target.table}, which no migration makes`]
  if (!spread(table)) return spread(other) ? [`may not point at ${other.name}, which is spread over districts`] : []
  if (other.kind === 'local') return [`may not point at the local table ${other.name}`]
  if (!spread(other)) return []
  return target.columns[0] === 'district_code' ? wrongStart : [`district_code comes first in every key: ${key.text}`]
}
