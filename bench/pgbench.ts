import { execFile } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** The pgbench of this machine: the one in PATH, or Debian's newest; undefined where none is installed. */
export async function findPgbench(): Promise<string | undefined> {
  const debian = '/usr/lib/postgresql'
  const versions = existsSync(debian) ? readdirSync(debian).toSorted((one, other) => Number(other) - Number(one)) : []
  for (const program of ['pgbench', '/usr/bin/pgbench', ...versions.map((version) => join(debian, version, 'bin', 'pgbench'))]) {
    const found = await run(program, ['--version']).catch(() => undefined)
    if (found) return program
  }
  return undefined
}

/** Transactions per second of a script with 8 clients, each statement prepared once. */
export async function pgbench(program: string, options: { url: string; script: string; folder: string; seconds: number }): Promise<number> {
  const file = join(options.folder, 'floor.sql')
  await writeFile(file, options.script)
  const { stdout } = await run(program, ['-n', '-M', 'prepared', '-c', '8', '-j', '2', '-T', String(options.seconds), '-f', file, options.url]).catch(
    (error: Error & { stderr?: string }) => Promise.reject(new Error(`pgbench failed: ${(error.stderr ?? error.message).slice(0, 300)}`)),
  )
  const tps = /^tps = ([\d.]+)/m.exec(stdout)?.[1]
  if (tps === undefined) throw new Error(`pgbench said nothing of its speed:\n${stdout}`)
  return Number(tps)
}
