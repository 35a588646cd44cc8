/** The product as a process of its own, so that a test can kill it. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { checkout } from '#platform/database/folders.ts'
import { testDataHome } from '#platform/database/testing.ts'

export interface ServerProcess {
  readonly origin: string
  /** `kill -9`: nothing is finished, nothing is said. Resolves when the process is gone. */
  kill(): Promise<void>
  /** Asks it to stop, as Ctrl-C does, and waits. */
  stop(): Promise<void>
}

/** Starts what `npm start` starts (API and background work, no screens) on a database that is there. Resolves when it answers. */
export async function startProcess(databaseUrl: string): Promise<ServerProcess> {
  const port = await freePort()
  const settings = {
    DATABASE_URL: databaseUrl,
    PORT: String(port),
    HOST: '127.0.0.1',
    HUYING_DATA: testDataHome(),
    HUYING_DEMONSTRATION: 'no',
    HUYING_KEY: '07'.repeat(32),
    PUBLIC_CALLS_PER_MINUTE: '1000000',
  }
  const child = spawn(process.execPath, ['processes/all.ts', '--no-screens'], {
    cwd: checkout,
    env: { ...process.env, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  await saysItRuns(child)
  const gone = once(child, 'exit')
  const leave = (signal: NodeJS.Signals) => async (): Promise<void> => {
    child.kill(signal)
    await gone
  }
  return { origin: `http://127.0.0.1:${port}`, kill: leave('SIGKILL'), stop: leave('SIGTERM') }
}

async function saysItRuns(child: ChildProcess): Promise<void> {
  let said = ''
  const running = new Promise<boolean>((settle) => {
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => {
        said += text
        if (said.includes('Huying is running')) settle(true)
      })
    child.once('exit', () => settle(false))
  })
  if (!(await running)) throw new Error(`The server ended instead of starting. It said:\n${said}`)
}

/** A port below those that the system gives to outgoing connections, so that no client of another test can sit on it. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000)
    const probe = createServer()
    try {
      probe.listen(port, '127.0.0.1')
      await once(probe, 'listening')
      return port
    } catch {
      // Somebody has it; another one then.
    } finally {
      probe.close()
    }
  }
}
