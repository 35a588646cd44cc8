/**
 * Writes database/tables.ts, the types of all tables, from a database that the migrations have just made: `npm run tables`.
 * With `--check` it writes nothing and fails when the file differs.
 */
import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { setup } from '#platform/database/testing-cluster.ts'
import { testDatabase } from '#platform/database/testing.ts'
import { root } from './repository.ts'

const program = join(root, 'node_modules/kysely-codegen/dist/cli/bin.js')
const file = join(root, 'database/tables.ts')

// As platform/database/database.ts reads them: instants and days as text, counts as numbers.
const types = { timestamptz: 'Instant', date: 'LocalDate', int8: 'number' }
const imports = { Instant: '#kernel/clock.ts#Instant', LocalDate: '#kernel/clock.ts#LocalDate' }

/** The text of database/tables.ts for the migrated database at `url`: an interface `Tables` with one key `schema.table` per table. */
export async function generateTables(url: string): Promise<string> {
  const options = [
    '--dialect',
    'postgres',
    '--camel-case',
    '--print',
    '--log-level',
    'error',
    '--numeric-parser',
    'number',
    '--exclude-pattern',
    'public.*',
  ]
  const mapping = ['--type-mapping', JSON.stringify(types), '--custom-imports', JSON.stringify(imports)]
  const { stdout } = await promisify(execFile)(process.execPath, [program, '--url', url, ...options, ...mapping], { maxBuffer: 1 << 26 })
  const body = stdout.slice(stdout.indexOf('import type')).replace('export interface DB {', 'export interface Tables {')
  return `// Made by \`npm run tables\` from the migrations. Do not edit.\n\n${body.trimEnd()}\n`
}

/** True when the file holds exactly the tables of the migrated database at `url`. */
export async function tablesAreCurrent(url: string): Promise<boolean> {
  return readFileSync(file, 'utf8') === (await generateTables(url))
}

async function main(check: boolean): Promise<number> {
  const stop = await setup()
  try {
    const { url, close } = await testDatabase()
    try {
      if (!check) writeFileSync(file, await generateTables(url))
      if (await tablesAreCurrent(url)) return 0
      console.error('database/tables.ts differs from the migrations. Run: npm run tables')
      return 1
    } finally {
      await close()
    }
  } finally {
    await stop()
  }
}

if (import.meta.main) process.exitCode = await main(process.argv.includes('--check'))
