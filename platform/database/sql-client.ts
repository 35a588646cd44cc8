import { Client } from 'pg'

/**
 * Runs statements, one by one, over a connection of their own, and gives the rows of the last one. For `create database` and its
 * like, which take no transaction, and for looking at a server before anything else does.
 */
export async function runSql(url: string, ...statements: readonly string[]): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    let rows: Record<string, unknown>[] = []
    for (const statement of statements) rows = (await client.query<Record<string, unknown>>(statement)).rows
    return rows
  } finally {
    await client.end().catch(() => undefined)
  }
}
