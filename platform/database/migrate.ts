import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { Client } from 'pg'
import { refuseDatabase } from './refusals.ts'

const folder = new URL('../../database/migrations/', import.meta.url)

export interface Migration {
  readonly name: string
  readonly text: string
  readonly checksum: string
}

/** All migrations, in order. */
export async function readMigrations(): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => /^\d{4}_\w+\.sql$/.test(name)).sort()
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(new URL(name, folder), 'utf8')
      return { name, text, checksum: createHash('sha256').update(text).digest('hex') }
    }),
  )
}

/** Statements of a migration, one each, because a distributed database takes one statement per query. */
export function statementsOf(text: string): string[] {
  const statements: string[] = []
  let current = ''
  let dollar = false
  for (const line of text.split('\n')) {
    if (!dollar && /^\s*--/.test(line)) continue
    if ((line.match(/\$\$/g) ?? []).length % 2 === 1) dollar = !dollar
    current += `${line}\n`
    if (!dollar && /;\s*(--.*)?$/.test(line)) {
      statements.push(current.trim())
      current = ''
    }
  }
  if (current.trim()) statements.push(current.trim())
  return statements
}

/** Brings a database up to date, forward only. Returns the names applied. A migration that changed after it was applied is refused. */
export async function migrate(url: string): Promise<string[]> {
  const client = new Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query(
      'create table if not exists public.migration (name text primary key, checksum text not null, applied_at timestamptz not null default now())',
    )
    const applied: string[] = []
    for (const migration of await readMigrations()) if (await apply(client, migration)) applied.push(migration.name)
    return applied
  } finally {
    await client.end()
  }
}

async function apply(client: Client, migration: Migration): Promise<boolean> {
  await client.query('begin')
  try {
    // Two processes that start together take turns here.
    await client.query('lock table public.migration in exclusive mode')
    const found = await client.query<{ checksum: string }>('select checksum from public.migration where name = $1', [migration.name])
    const before = found.rows[0]?.checksum
    if (before !== undefined && before !== migration.checksum) throw refuseDatabase.migrationChanged({ name: migration.name })
    if (before === undefined) {
      for (const statement of statementsOf(migration.text)) await run(client, statement, migration.name)
      await client.query('insert into public.migration (name, checksum) values ($1, $2)', [migration.name, migration.checksum])
    }
    await client.query('commit')
    return before === undefined
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  }
}

async function run(client: Client, statement: string, name: string): Promise<void> {
  try {
    await client.query(statement)
  } catch (error) {
    const reason = `${error instanceof Error ? error.message : String(error)}, in: ${statement.slice(0, 200)}`
    throw Object.assign(refuseDatabase.migrationFailed({ name, reason }), { cause: error })
  }
}
