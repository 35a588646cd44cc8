import { existsSync, mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '#kernel/clock.ts'
import { openDatabase, type Database } from '#platform/database/database.ts'
import { startEmbedded } from '#platform/database/embedded.ts'
import { migrate } from '#platform/database/migrate.ts'
import { runSql } from '#platform/database/sql-client.ts'
import { layTestCity } from '#processes/testing-city.ts'

/** A database server of the bench's own, as `npm start` would start it: PostgreSQL 18, on disk, every commit flushed. */
export interface Ground {
  readonly folder: string
  /** A new database, migrated and empty; gives its URL. */
  empty(name: string): Promise<string>
  /** A copy of a database that nobody is connected to. */
  copy(name: string, of: string): Promise<string>
  /** The same with the small city of two districts in it. */
  city(name: string): Promise<string>
  close(): Promise<void>
}

/** Starts it in a folder that is removed at the end. */
export async function openGround(): Promise<Ground> {
  // A temporary folder is often memory, where a flush costs nothing; this one is kept on disk.
  const disk = existsSync('/var/tmp') ? '/var/tmp' : tmpdir()
  const folder = mkdtempSync(join(disk, 'huying-bench-'))
  const server = await startEmbedded({ home: folder })
  const empty = async (name: string): Promise<string> => {
    await runSql(server.url, `create database ${name}`)
    const url = server.url.replace('///huying?', `///${name}?`)
    await migrate(url)
    return url
  }
  return {
    folder,
    empty,
    copy: async (name, of) => {
      await runSql(server.url, `create database ${name} template ${of} strategy file_copy`)
      return server.url.replace('///huying?', `///${name}?`)
    },
    city: async (name) => {
      const url = await empty(name)
      await using(url, (database) => layTestCity(database, systemClock))
      return url
    },
    close: async () => {
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Opens a database for as long as some work takes. */
export async function using<R>(url: string, work: (database: Database) => Promise<R>): Promise<R> {
  const database = openDatabase(url)
  try {
    return await work(database)
  } finally {
    await database.close()
  }
}
