import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { haveEnded, isRunning, runningIn } from './processes.ts'

/**
 * Stops a server that outlived the process which started it, so that the next one is our own child, with our own settings.
 * Afterwards nothing runs in the data folder and no note of a dead server is in the way.
 */
export async function stopSurvivor(data: string): Promise<void> {
  const note = join(data, 'postmaster.pid')
  const noted = Number((await readFile(note, 'utf8').catch(() => '')).split('\n')[0])
  const server = await runningIn(data, noted)
  if (server.includes(noted)) await stopServer(noted)
  // The children of a killed server leave by themselves within moments; one that does not would still write.
  if (!(await haveEnded(server, 5000))) for (const pid of await runningIn(data, noted)) signal(pid, 'SIGKILL')
  // The note's number may meanwhile be some other program's (containers count from 1 each time); PostgreSQL would not start then.
  if (noted && (await isRunning(noted)) && (await runningIn(data, noted)).length === 0) await rm(note, { force: true })
}

/** Fast shutdown, then harder ones. Committed data survives all three. */
export async function stopServer(pid: number): Promise<void> {
  const steps = [
    ['SIGINT', 20_000],
    ['SIGQUIT', 5000],
    ['SIGKILL', 5000],
  ] as const
  for (const [name, patience] of steps) {
    signal(pid, name)
    if (await haveEnded([pid], patience)) return
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch {
    // It is gone already.
  }
}
