import { execFile } from 'node:child_process'
import { chmod, chown, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Binaries, ServerAccount } from './binaries.ts'

const run = promisify(execFile)

/** The one superuser of a cluster that we make ourselves. */
export const superuser = 'huying'

/** Makes a folder that belongs to the server's account and that nobody else may enter. */
export async function privateFolder(folder: string, account: ServerAccount | undefined): Promise<void> {
  await mkdir(folder, { recursive: true })
  // Fails on a folder that somebody else made first, which is what we want.
  await chmod(folder, 0o700)
  if (account) await chown(folder, account.uid, account.gid)
}

/**
 * Makes a new cluster in `folder`, UTF-8 with code-point order whatever the machine's language is.
 * Throws what initdb said. `flags` are further options of initdb.
 */
export async function initCluster(binaries: Binaries, folder: string, account: ServerAccount | undefined, flags: readonly string[]): Promise<void> {
  await privateFolder(folder, account)
  // The builtin provider came with 17; before it the same order and case rules come from the C library.
  const locale = binaries.major >= 17 ? ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'] : ['--locale=C.UTF-8']
  await run(join(binaries.folder, 'initdb'), ['-D', folder, '-U', superuser, '--encoding=UTF8', ...locale, '--no-instructions', ...flags], {
    cwd: '/',
    env: serverEnvironment(),
    ...account,
  })
}

/** Environment of a server: the caller's own PG* settings and languages must not reach it. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'] ?? '/usr/bin:/bin', TZ: 'UTC', LC_ALL: 'C' }
}

/** libpq URL of a database behind a unix socket. */
export function socketUrl(socketFolder: string, database: string): string {
  return `postgres:///${database}?host=${encodeURIComponent(socketFolder)}&user=${superuser}`
}
