import { CamelCasePlugin, Kysely, PostgresDialect, sql, type RawBuilder, type Transaction } from 'kysely'
import { Pool, types, type PoolClient } from 'pg'

/** One open database. Stores never see it: they receive `tx`. */
export interface Database {
  readonly pool: Pool
  readonly kysely: Kysely<never>
  close(): Promise<void>
}

/** A transaction as one context sees it: only its own tables have names. */
export type Tx<Tables> = Transaction<Tables>

// Instants leave the driver as `…T…Z` text with milliseconds (kernel/clock.ts), days as plain text, counts as numbers.
const instantText = (text: string): string => {
  const withZone = `${text.slice(0, 10)}T${text.slice(11).replace(/\+00$/, 'Z')}`
  const fraction = /\.(\d+)Z$/.exec(withZone)?.[1]
  return fraction === undefined ? withZone.replace('Z', '.000Z') : withZone.replace(/\.\d+Z$/, `.${fraction.padEnd(3, '0').slice(0, 3)}Z`)
}
const parsers = new Map<number, (text: string) => unknown>([
  [types.builtins.TIMESTAMPTZ, instantText],
  [types.builtins.DATE, (text) => text],
  [types.builtins.INT8, Number],
  [types.builtins.NUMERIC, Number],
])

/**
 * Opens a pool. `url` is a libpq URL; a unix socket is given as `postgres:///db?host=/dir`. Sessions run in UTC. `canRepeat`: for a load that is
 * simply repeated after a power cut. Its commits do not wait for the disk one by one; the next commit elsewhere that does has them on it too.
 */
export function openDatabase(url: string, options: { max?: number; canRepeat?: boolean } = {}): Database {
  const pool = new Pool({
    connectionString: url,
    max: options.max ?? 10,
    pipeline: true,
    // The session's zone is fixed to UTC, which is what makes the text parser above exact.
    options: `-c timezone=UTC -c idle_in_transaction_session_timeout=60000${options.canRepeat ? ' -c synchronous_commit=off' : ''}`,
    types: {
      getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
        parsers.get(oid) ?? types.getTypeParser(oid, format)) as typeof types.getTypeParser,
    },
  } as ConstructorParameters<typeof Pool>[0])
  // A lost connection is reported by the query that needed it; the idle client's own event must not end the process.
  pool.on('error', () => undefined)
  pool.on('connect', (client: PoolClient) => client.on('error', () => undefined))
  // `maintainNestedObjectKeys`: keys inside jsonb are data and keep their spelling.
  const kysely = new Kysely<never>({ dialect: new PostgresDialect({ pool }), plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })] })
  return { pool, kysely, close: () => kysely.destroy() }
}

// 40001 serialization failure, 40P01 deadlock: the transaction did nothing and may simply run again. 23505 is retried once by
// commands whose receipt was written by a twin in the meantime.
const retryable = new Set(['40001', '40P01'])

/** Runs `work` in one transaction; a deadlock or serialisation failure runs it again, at most three times in all. */
export async function inTransaction<Tables, R>(database: Database, work: (tx: Tx<Tables>) => Promise<R>): Promise<R> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await (database.kysely as unknown as Kysely<Tables>).transaction().execute(work)
    } catch (error) {
      if (attempt >= 3 || !retryable.has(errorCode(error))) throw error
    }
  }
}

/** SQLSTATE of a database error, or an empty text. */
export function errorCode(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : ''
}

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
/**
 * Inserts many rows with one statement and one parameter (jsonb records: the least client work per row of the forms measured).
 * All rows have the keys of the first one, in camelCase; columns not named take their defaults.
 */
export async function insertRows<Tables>(tx: Tx<Tables>, table: string, rows: readonly object[], onConflict = ''): Promise<void> {
  const [first] = rows
  if (!first) return
  const keys = Object.keys(first)
  const columns = keys.map(snake)
  const names = sql.raw(columns.join(', '))
  const records = JSON.stringify(
    rows.map((row) => Object.fromEntries(keys.map((key, index) => [columns[index], (row as Record<string, unknown>)[key]]))),
  )
  const target = sql.raw(table)
  await sql`insert into ${target} (${names}) select ${names} from jsonb_populate_recordset(null::${target}, ${records}::jsonb) ${sql.raw(onConflict)}`.execute(
    tx,
  )
}

export { sql } from 'kysely'
/** A piece of SQL with its parameters, such as a policy's predicate. */
export type Sql = RawBuilder<boolean>
