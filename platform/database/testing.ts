import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { openDatabase, type Database } from './database.ts'
import { runSql } from './sql-client.ts'

/** A database of a test's own, migrated and empty. */
export interface TestDatabase {
  readonly database: Database
  /** libpq URL, for tests that start other processes on it. */
  readonly url: string
  /** Closes the pool and drops the database. */
  close(): Promise<void>
}

/** What the run's cluster (testing-cluster.ts) tells its tests. */
export interface TestCluster {
  /** URL of the maintenance database. */
  readonly adminUrl: string
  readonly template: string
}

/**
 * A fresh database, copied from a template that holds all migrations (tens of milliseconds). Works only under Vitest.
 * `beforeAll(async () => { db = await testDatabase() })`, `afterAll(() => db.close())`.
 */
export async function testDatabase(options: { max?: number } = {}): Promise<TestDatabase> {
  const cluster = await runningCluster()
  return copyOf(cluster, cluster.template, options)
}

/**
 * A copy of a database that `prepare` filled; the run fills it once under each name, and files that ask at the same time wait for it.
 * `prepare` gets the URL and leaves no connection open.
 */
export async function preparedDatabase(name: string, prepare: (url: string) => Promise<unknown>): Promise<TestDatabase> {
  const cluster = await runningCluster()
  const prepared = `prepared_${name}`
  const claim = join(runningFolder(), prepared)
  const isMine = await mkdir(claim).then(
    () => true,
    () => false,
  )
  if (isMine) {
    // A failure to fill is everybody's failure: nobody waits for ever.
    await fill(cluster, prepared, prepare).catch(async (error: unknown) => {
      // Whole at once: somebody who waits may look while it is being written.
      await writeFile(join(claim, 'failing'), String(error))
      await rename(join(claim, 'failing'), join(claim, 'failed'))
      throw error
    })
    await writeFile(join(claim, 'ready'), '')
  } else await settled(claim)
  return copyOf(cluster, prepared, {})
}

/** Where the products of this run keep their pictures: gone with the run's cluster, and the same for all who share a filled database. */
export function testDataHome(): string {
  return join(runningFolder(), 'data')
}

async function fill(cluster: TestCluster, name: string, prepare: (url: string) => Promise<unknown>): Promise<void> {
  await runSql(cluster.adminUrl, `create database ${name} template ${cluster.template}`)
  await prepare(withDatabase(cluster.adminUrl, name))
}

async function copyOf(cluster: TestCluster, template: string, options: { max?: number }): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`
  await runSql(cluster.adminUrl, `create database ${name} template ${template}`)
  const url = withDatabase(cluster.adminUrl, name)
  const database = openDatabase(url, options)
  return {
    database,
    url,
    close: async () => {
      await database.close()
      await runSql(cluster.adminUrl, `drop database if exists ${name} with (force)`)
    },
  }
}

/** The same URL for another database of the same server. */
export function withDatabase(url: string, name: string): string {
  return url.replace(/^(postgres(?:ql)?:\/\/[^/]*\/)[^?]*/, `$1${name}`)
}

// The cluster is started by Vitest's main process when the first test asks: runs of pure rules pay nothing for it.
async function runningCluster(): Promise<TestCluster> {
  const folder = runningFolder()
  if (!existsSync(join(folder, 'wanted'))) await writeFile(join(folder, 'wanted'), '')
  await settled(folder)
  return JSON.parse(await readFile(join(folder, 'ready'), 'utf8')) as TestCluster
}

function runningFolder(): string {
  const folder = process.env['HUYING_TEST_CLUSTER']
  if (!folder) throw new Error('testDatabase() works only under Vitest, with platform/database/testing-cluster.ts as its globalSetup.')
  return folder
}

/** Waits until whoever works for this folder has left `ready` in it; throws what `failed` says. */
async function settled(folder: string): Promise<void> {
  for (;;) {
    if (existsSync(join(folder, 'ready'))) return
    if (existsSync(join(folder, 'failed'))) throw new Error(await readFile(join(folder, 'failed'), 'utf8'))
    await sleep(25)
  }
}
