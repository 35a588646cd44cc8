import { execFile } from 'node:child_process'
import { readFile, readdir, readlink } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** True while a process runs. A zombie does not run: it only waits to be reaped, and it can no longer write. */
export async function isRunning(pid: number): Promise<boolean> {
  return (await startOf(pid)) !== undefined
}

/** What tells two processes of the same id apart: the start time where the system shows it. Undefined when none runs. */
export async function startOf(pid: number): Promise<string | undefined> {
  try {
    process.kill(pid, 0)
  } catch (error) {
    // EPERM: it runs, under another account.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return undefined
  }
  if (process.platform !== 'linux') return ''
  // Fields after the name in parentheses: state is the first, the start time in clock ticks the twentieth.
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return stat === '' || fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19]
}

/**
 * Processes that work inside a folder, as every process of a PostgreSQL server does inside its data folder. `noted` is the id
 * that the server itself wrote down: where the system shows no working folders, only that one is looked at.
 */
export async function runningIn(folder: string, noted: number): Promise<number[]> {
  if (process.platform !== 'linux') {
    const command = noted ? await run('ps', ['-o', 'command=', '-p', String(noted)]).catch(() => undefined) : undefined
    return command?.stdout.includes(folder) ? [noted] : []
  }
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const folders = await Promise.all(pids.map((pid) => readlink(`/proc/${pid}/cwd`).catch(() => '')))
  return pids.filter((_, index) => folders[index] === folder).map(Number)
}

/** Waits until all these processes have ended; false when one still runs after `ms`. */
export async function haveEnded(pids: readonly number[], ms: number): Promise<boolean> {
  const until = performance.now() + ms
  for (const pid of pids) {
    while (await isRunning(pid)) {
      if (performance.now() > until) return false
      await sleep(25)
    }
  }
  return true
}
