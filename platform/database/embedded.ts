import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, statfsSync } from 'node:fs'
import { chmod, mkdir, open, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { createHash } from 'node:crypto'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Refusal } from '#kernel/refusal.ts'
import { callerName, embeddedBinaries, serverAccount, type Binaries, type ServerAccount } from './binaries.ts'
import { initCluster, privateFolder, serverEnvironment, socketUrl, superuser } from './cluster.ts'
import { dataHome } from './folders.ts'
import { takeOwnership } from './owner.ts'
import { refuseDatabase } from './refusals.ts'
import { runSql } from './sql-client.ts'
import { stopServer, stopSurvivor } from './survivor.ts'

/** The database that comes along, running. */
export interface EmbeddedDatabase {
  /** libpq URL, through a unix socket that only this account may open. */
  readonly url: string
  readonly dataFolder: string
  readonly logFile: string
  /** Resolves, with the reason, when the server ends although nobody asked for it. */
  readonly died: Promise<Refusal>
  /** Stops the server after its running statements were cancelled; everything committed is kept. Safe to call twice. */
  stop(): Promise<void>
}

/** Room in MB that a new cluster and its first hours need, and without which even an old one should not be started. */
const neededMb = { anew: 300, again: 50 }

interface Places {
  readonly home: string
  readonly data: string
  readonly log: string
  readonly socket: string
  readonly owner: string
}

/**
 * Starts the database that comes along, or makes it first. A server that survived the process that started it is stopped and started
 * again. Refuses, with the fix, when another living process has the folder (unless `share`: then it uses that one's server), when
 * the disk is full, and when the data cannot be used.
 */
export async function startEmbedded(options: { home?: string; share?: boolean } = {}): Promise<EmbeddedDatabase> {
  const places = placesIn(options.home ?? dataHome())
  const account = await serverAccount(places.data)
  try {
    await prepareHome(places, account)
    const other = await takeOwnership(places.owner)
    if (other === undefined) return await startOwn(places, account)
    if (options.share) return sharedWith(places)
    throw refuseDatabase.inUse({ folder: places.home, pid: other })
  } catch (error) {
    throw (error instanceof Refusal ? undefined : closedOrFull(error, places.home, account)) ?? error
  }
}

function placesIn(home: string): Places {
  const near = join(home, 'socket')
  // A socket's path holds 107 bytes at most, and the server adds /.s.PGSQL.5432 to it.
  const mark = createHash('sha256').update(home).digest('hex').slice(0, 12)
  const socket = Buffer.byteLength(near) <= 85 ? near : join(tmpdir(), `huying-${mark}`)
  return { home, data: join(home, 'database'), log: join(home, 'database.log'), socket, owner: join(home, 'owner.json') }
}

function sharedWith(places: Places): EmbeddedDatabase {
  return {
    url: socketUrl(places.socket, superuser),
    dataFolder: places.data,
    logFile: places.log,
    died: new Promise(() => undefined),
    stop: () => Promise.resolve(),
  }
}

async function prepareHome(places: Places, account: ServerAccount | undefined): Promise<void> {
  const first = await mkdir(places.home, { recursive: true })
  // The server's account must pass through here to its own folders, whatever root's umask is.
  for (let folder = places.home; account; folder = dirname(folder)) {
    await chmod(folder, 0o755)
    if (!first || folder === first) break
  }
  await privateFolder(places.socket, account)
  const free = freeMb(places.home)
  const need = (await exists(places.data)) ? neededMb.again : neededMb.anew
  if (free < need) throw refuseDatabase.diskFull({ folder: places.home, free, need })
}

async function startOwn(places: Places, account: ServerAccount | undefined): Promise<EmbeddedDatabase> {
  try {
    const binaries = await programs(places.home, account)
    if (!(await exists(places.data))) await makeCluster(places, binaries, account)
    await checkVersion(places, binaries)
    await stopSurvivor(places.data)
    await allowCaller(places, account)
    const server = supervised(places, await launch(places, binaries, account))
    await makeDatabase(places).catch((error: unknown) => server.stop().then(() => Promise.reject(error)))
    return server
  } catch (error) {
    await rm(places.owner, { force: true })
    throw error
  }
}

async function programs(home: string, account: ServerAccount | undefined): Promise<Binaries> {
  if (!account && !hasName()) throw refuseDatabase.noAccount({ uid: process.getuid?.() ?? 0 })
  try {
    return await embeddedBinaries(home)
  } catch (error) {
    throw closedOrFull(error, home, account) ?? refuseDatabase.noPrograms({ reason: messageOf(error) })
  }
}

function hasName(): boolean {
  try {
    return callerName() !== ''
  } catch {
    return false
  }
}

async function exists(data: string): Promise<boolean> {
  return existsSync(data) && (await readdir(data)).length > 0
}

async function makeCluster(places: Places, binaries: Binaries, account: ServerAccount | undefined): Promise<void> {
  // Made beside its place and moved there whole, so that an interrupted first start leaves no half of a database.
  const made = `${places.data}.new`
  await rm(made, { recursive: true, force: true })
  try {
    await initCluster(binaries, made, account, ['--auth=peer'])
    await rm(places.data, { recursive: true, force: true })
    await rename(made, places.data)
  } catch (error) {
    await rm(made, { recursive: true, force: true })
    throw error
  }
}

async function checkVersion(places: Places, binaries: Binaries): Promise<void> {
  const found = await readFile(join(places.data, 'PG_VERSION'), 'utf8').catch(() => '')
  if (!found.trim()) throw damaged(places, 'PG_VERSION is missing')
  if (Number(found) !== binaries.major) throw refuseDatabase.otherVersion({ folder: places.data, found: found.trim(), wanted: binaries.major })
}

/** Peer authentication: the system's own account names open the socket, so there is no password to keep or to leak. */
async function allowCaller(places: Places, account: ServerAccount | undefined): Promise<void> {
  const names = new Set([callerName(), ...(account ? [account.name] : [])])
  await writeFile(join(places.data, 'pg_hba.conf'), 'local all all peer map=huying\n')
  await writeFile(join(places.data, 'pg_ident.conf'), [...names].map((name) => `huying "${name}" ${superuser}\n`).join(''))
}

const settings = {
  listen_addresses: '',
  max_connections: 100,
  max_wal_size: '512MB',
  random_page_cost: 1.1,
  timezone: 'UTC',
  log_timezone: 'UTC',
  // Statements and their values may hold personal data; the log must not.
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
  log_checkpoints: 'off',
}

async function launch(places: Places, binaries: Binaries, account: ServerAccount | undefined): Promise<ChildProcess> {
  await turnLog(places.log)
  // The note of a killed server, and its shared memory, may look alive for some seconds after it.
  for (const until = performance.now() + 15_000; ;) {
    const from = (await stat(places.log).catch(() => undefined))?.size ?? 0
    const server = await spawnServer(places, binaries, account)
    if (await answers(places, server)) return server
    const said = (await readFile(places.log)).subarray(from).toString()
    if (/lock file "postmaster.pid" already exists|pre-existing shared memory block|Address already in use/.test(said) && performance.now() < until) {
      await sleep(300)
      continue
    }
    throw closedOrFull(new Error(said), places.home, account) ?? damaged(places, complaintIn(said))
  }
}

async function spawnServer(places: Places, binaries: Binaries, account: ServerAccount | undefined): Promise<ChildProcess> {
  const log = await open(places.log, 'a', 0o600)
  try {
    const flags = Object.entries({ ...settings, unix_socket_directories: places.socket }).flatMap(([name, value]) => ['-c', `${name}=${value}`])
    // A group of its own: Ctrl-C in the terminal must reach us first, so that work in hand is finished before the server stops.
    const server = spawn(join(binaries.folder, 'postgres'), ['-D', places.data, ...flags], {
      stdio: ['ignore', log.fd, log.fd],
      detached: true,
      cwd: '/',
      env: serverEnvironment(),
      ...account,
    })
    // However this process leaves, the server is asked to leave too.
    const leave = (): unknown => server.kill('SIGINT')
    process.once('exit', leave)
    server.once('exit', () => process.off('exit', leave))
    return server
  } finally {
    await log.close()
  }
}

/** Waits until the server answers (after a crash it first reads its journal, which may take minutes), or false when it ended. */
async function answers(places: Places, server: ChildProcess): Promise<boolean> {
  let over = false
  server.once('exit', () => (over = true))
  server.once('error', () => (over = true))
  while (!over) {
    try {
      await runSql(socketUrl(places.socket, 'postgres'), 'select 1')
      return true
    } catch {
      await sleep(30)
    }
  }
  return false
}

async function makeDatabase(places: Places): Promise<void> {
  const admin = socketUrl(places.socket, 'postgres')
  const found = await runSql(admin, `select 1 from pg_database where datname = '${superuser}'`)
  if (found.length === 0) await runSql(admin, `create database ${superuser}`)
}

function supervised(places: Places, server: ChildProcess): EmbeddedDatabase {
  let stopping: Promise<void> | undefined
  const died = new Promise<Refusal>((tell) => {
    server.once('exit', (code, signal) => {
      if (!stopping) tell(refuseDatabase.died({ reason: signal ?? `exit ${code}`, log: places.log }))
    })
  })
  const stop = async (): Promise<void> => {
    if (server.pid !== undefined && server.exitCode === null && server.signalCode === null) await stopServer(server.pid)
    await rm(places.owner, { force: true })
  }
  return { url: socketUrl(places.socket, superuser), dataFolder: places.data, logFile: places.log, died, stop: () => (stopping ??= stop()) }
}

async function turnLog(log: string): Promise<void> {
  const size = (await stat(log).catch(() => undefined))?.size ?? 0
  if (size > 10 * 1024 ** 2) await rename(log, `${log}.1`)
}

function damaged(places: Places, reason: string): Refusal {
  return refuseDatabase.damaged({ folder: places.data, reason, log: places.log })
}

function closedOrFull(error: unknown, folder: string, account: ServerAccount | undefined): Refusal | undefined {
  const text = messageOf(error)
  if (/ENOSPC|No space left|EDQUOT|quota exceeded/i.test(text)) return refuseDatabase.diskFull({ folder, free: freeMb(folder), need: neededMb.again })
  if (/EACCES|EPERM|EROFS|ENOTDIR|Permission denied|Read-only/i.test(text))
    return refuseDatabase.closedFolder({ folder, reason: complaintIn(text), account: account?.name ?? callerName() })
  return undefined
}

function freeMb(folder: string): number {
  const { bavail, bsize } = statfsSync(existsSync(folder) ? folder : '/')
  return Math.floor((bavail * bsize) / 1024 ** 2)
}

/** The one line of a program's words that says what was wrong. */
function complaintIn(said: string): string {
  const lines = said.trim().split('\n')
  const line = lines.findLast((l) => /FATAL|PANIC|error:|could not/.test(l)) ?? lines.at(-1) ?? ''
  return line.replace(/^.*?(FATAL|PANIC|error):\s*/, '') || 'the server ended without a word'
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
