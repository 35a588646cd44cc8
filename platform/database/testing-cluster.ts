import { spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdtempSync } from 'node:fs'
import { chown, readFile, rename, rm, statfs, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { embeddedBinaries, installedBinaries, serverAccount, type ServerAccount } from './binaries.ts'
import { initCluster, serverEnvironment, socketUrl } from './cluster.ts'
import { dataHome } from './folders.ts'
import { migrate } from './migrate.ts'
import { runSql } from './sql-client.ts'
import { withDatabase, type TestCluster } from './testing.ts'

/**
 * Vitest's globalSetup: offers one throw-away cluster per run, started when the first test asks for a database.
 * `HUYING_TEST_POSTGRES` names a folder of other PostgreSQL programs; `HUYING_TEST_DATABASE_URL` a server that is already there.
 */
export async function setup(): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(await roomiestFolder(), 'huying-test-'))
  const account = await serverAccount()
  if (account) await chown(folder, account.uid, account.gid)
  process.env['HUYING_TEST_CLUSTER'] = folder
  process.stdout.write(`fast-check seed ${process.env['HUYING_SEED']} (HUYING_SEED repeats it)\n`)
  let starting: Promise<() => Promise<void>> | undefined
  const watch = setInterval(() => {
    if (!starting && existsSync(join(folder, 'wanted'))) starting = start(folder, account)
  }, 25)
  return async () => {
    clearInterval(watch)
    const stop = await starting
    await stop?.()
    await rm(folder, { recursive: true, force: true })
  }
}

// Copying a template is mostly writing files, so memory is the place for it where there is enough of it.
async function roomiestFolder(): Promise<string> {
  const memory = await statfs('/dev/shm').catch(() => undefined)
  return memory && memory.bavail * memory.bsize > 2 * 1024 ** 3 ? '/dev/shm' : tmpdir()
}

async function start(folder: string, account: ServerAccount | undefined): Promise<() => Promise<void>> {
  let server: ChildProcess | undefined
  try {
    const given = process.env['HUYING_TEST_DATABASE_URL']
    if (!given) server = await startServer(folder, account)
    const adminUrl = given ? withDatabase(given, 'postgres') : socketUrl(folder, 'postgres')
    const template = `template_${randomBytes(6).toString('hex')}`
    await runSql(adminUrl, `create database ${template}`)
    await migrate(withDatabase(adminUrl, template))
    // Nobody may connect any more: a template with a visitor cannot be copied.
    await runSql(adminUrl, `alter database ${template} with allow_connections false`)
    await publish(folder, 'ready', JSON.stringify({ adminUrl, template } satisfies TestCluster))
    return async () => {
      if (server) await stopServer(server)
      else await runSql(adminUrl, `drop database if exists ${template}`)
    }
  } catch (error) {
    await publish(folder, 'failed', `The test cluster did not start: ${error instanceof Error ? error.message : String(error)}`)
    return async () => {
      if (server) await stopServer(server)
    }
  }
}

async function publish(folder: string, name: string, text: string): Promise<void> {
  await writeFile(join(folder, `${name}.new`), text)
  await rename(join(folder, `${name}.new`), join(folder, name))
}

// The server is held by a small shell that waits on our pipe: however this process ends, the server ends and its files go.
const holder = 'folder=$1; shift; "$@" >"$folder/log" 2>&1 & server=$!; read -r _; kill -INT $server; wait $server; rm -rf "$folder"'

async function startServer(folder: string, account: ServerAccount | undefined): Promise<ChildProcess> {
  const other = process.env['HUYING_TEST_POSTGRES']
  const binaries = other ? await installedBinaries(other) : await embeddedBinaries(dataHome())
  const data = join(folder, 'data')
  await initCluster(binaries, data, account, ['--auth=trust', '--no-sync'])
  const settings = {
    listen_addresses: '',
    unix_socket_directories: folder,
    max_connections: 300,
    // Nothing here outlives the run. A killed process still loses nothing: only a power cut would.
    fsync: 'off',
    full_page_writes: 'off',
    wal_level: 'minimal',
    max_wal_senders: 0,
  }
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const server = spawn('/bin/sh', ['-c', holder, 'sh', folder, join(binaries.folder, 'postgres'), '-D', data, ...flags], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    cwd: '/',
    env: serverEnvironment(),
    ...account,
  })
  await answering(socketUrl(folder, 'postgres'), join(folder, 'log'))
  return server
}

async function answering(url: string, log: string): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt += 1) {
    try {
      await runSql(url, 'select 1')
      return
    } catch {
      await sleep(50)
    }
  }
  throw new Error(`PostgreSQL did not answer within 30 seconds. It said:\n${await readFile(log, 'utf8').catch(() => 'nothing')}`)
}

async function stopServer(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return
  const ended = once(server, 'exit')
  server.stdin?.end()
  await ended
}
