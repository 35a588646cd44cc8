import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Refusal } from '#kernel/refusal.ts'
import { startEmbedded } from './embedded.ts'
import { isRunning } from './processes.ts'
import { reachDatabase } from './reach.ts'
import { runSql } from './sql-client.ts'

let home: string
const data = (): string => join(home, 'database')
const serverPid = async (): Promise<number> => Number((await readFile(join(data(), 'postmaster.pid'), 'utf8')).split('\n')[0])

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'huying-embedded-'))
  const database = await startEmbedded({ home })
  await runSql(database.url, 'create table kept (n integer)', 'insert into kept values (1)')
  await database.stop()
}, 60_000)
afterAll(() => rm(home, { recursive: true, force: true }))

/** Another process that starts the same database and waits; resolves when it has it. */
async function holder(): Promise<{ pid: number; kill: () => Promise<void> }> {
  const program = `const { startEmbedded } = await import(${JSON.stringify(new URL('embedded.ts', import.meta.url).href)})
    await startEmbedded({ home: process.argv[1] }); console.log('here'); setInterval(() => undefined, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', program, home], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(child.stdout, 'data')
  return {
    pid: child.pid ?? 0,
    kill: async () => {
      const gone = once(child, 'exit')
      child.kill('SIGKILL')
      await gone
    },
  }
}

const refusalOf = async (work: Promise<unknown>): Promise<Refusal> => {
  const error = await work.then(
    () => undefined,
    (e: unknown) => e,
  )
  if (!(error instanceof Refusal)) throw new Error(`expected a refusal, got ${String(error)}`)
  return error
}

test('a second start keeps the data, in UTF-8, with ordinary durability and no network port', async () => {
  const database = await startEmbedded({ home })
  try {
    expect(await runSql(database.url, 'select n from kept')).toEqual([{ n: 1 }])
    const [row] = await runSql(
      database.url,
      "select current_setting('server_encoding') e, current_setting('fsync') f, current_setting('synchronous_commit') s, current_setting('listen_addresses') l",
    )
    expect(row).toEqual({ e: 'UTF8', f: 'on', s: 'on', l: '' })
  } finally {
    await database.stop()
  }
})

test('stopping twice is harmless and leaves no process', async () => {
  const database = await startEmbedded({ home })
  const pid = await serverPid()
  await Promise.all([database.stop(), database.stop()])
  expect(await isRunning(pid)).toBe(false)
})

test('a second process on the same folder is told who has it, and may share the server', async () => {
  const first = await holder()
  try {
    const refusal = await refusalOf(startEmbedded({ home }))
    expect(refusal.code).toBe('database.inUse')
    expect(refusal.params).toEqual({ folder: home, pid: first.pid })
    const shared = await startEmbedded({ home, share: true })
    expect(await runSql(shared.url, 'select n from kept')).toEqual([{ n: 1 }])
    await shared.stop()
    expect(await isRunning(await serverPid())).toBe(true)
  } finally {
    await first.kill()
  }
})

test('a server that survived its killed starter is replaced and nothing is lost', async () => {
  const first = await holder()
  const survivor = await serverPid()
  await first.kill()
  expect(await isRunning(survivor)).toBe(true)
  const database = await startEmbedded({ home })
  try {
    expect(await isRunning(survivor)).toBe(false)
    expect(await runSql(database.url, 'select n from kept')).toEqual([{ n: 1 }])
  } finally {
    await database.stop()
  }
})

test('the death of the server is told, and the next start recovers', async () => {
  const database = await startEmbedded({ home })
  process.kill(await serverPid(), 'SIGKILL')
  expect((await database.died).text('en')).toMatch(/SIGKILL.*database\.log/)
  await database.stop()
  const again = await startEmbedded({ home })
  expect(await runSql(again.url, 'select n from kept')).toEqual([{ n: 1 }])
  await again.stop()
})

test('the note of a dead server is no obstacle when its number now belongs to another program', async () => {
  await writeFile(join(data(), 'postmaster.pid'), `${process.pid}\n${data()}\n`)
  const database = await startEmbedded({ home })
  expect(await runSql(database.url, 'select n from kept')).toEqual([{ n: 1 }])
  await database.stop()
})

test('a damaged folder, another version and a broken setting each get one sentence with the log and the fix', async () => {
  const version = join(data(), 'PG_VERSION')
  await rename(version, `${version}.away`)
  const damaged = await refusalOf(startEmbedded({ home }))
  expect(damaged.code).toBe('database.damaged')
  expect(damaged.text('en')).toContain(join(home, 'database.log'))
  await writeFile(version, '14\n')
  expect((await refusalOf(startEmbedded({ home }))).text('en')).toContain('belongs to PostgreSQL 14')
  await rename(`${version}.away`, version)
  await rename(join(data(), 'global'), join(data(), 'global.away'))
  expect((await refusalOf(startEmbedded({ home }))).code).toBe('database.damaged')
  await rename(join(data(), 'global.away'), join(data(), 'global'))
  await (await startEmbedded({ home })).stop()
})

test('a file where the folder should be is refused by name', async () => {
  const place = join(home, 'occupied')
  await mkdir(place)
  await writeFile(join(place, 'file'), '')
  expect((await refusalOf(startEmbedded({ home: join(place, 'file', 'below') }))).code).toBe('database.closedFolder')
})

test('an unreachable DATABASE_URL is named without its password', async () => {
  const refusal = await refusalOf(reachDatabase('postgres://someone:secret@127.0.0.1:9/city', 0))
  expect(refusal.code).toBe('database.unreachable')
  expect(refusal.text('zh')).toContain('127.0.0.1:9/city')
  expect(refusal.message + refusal.text('zh')).not.toContain('secret')
})
