import { mkdtempSync } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { runSql } from '#platform/database/sql-client.ts'
import { testDatabase } from '#platform/database/testing.ts'
import { examine, type Finding } from './doctor.ts'

let home: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'huying-doctor-'))
  vi.stubEnv('HUYING_DATA', home)
  vi.stubEnv('DATABASE_URL', '')
})
afterEach(() => {
  vi.unstubAllEnvs()
  return rm(home, { recursive: true, force: true })
})

const about = (findings: readonly Finding[], word: string): Finding => {
  const found = findings.find(({ what }) => what.includes(word))
  if (!found) throw new Error(`nothing about ${word}`)
  return found
}

test('before the first start nothing is wrong, and nothing is made', async () => {
  const findings = await examine()
  expect(about(findings, 'Node').ok).toBe(true)
  expect(about(findings, 'data folder').found).toContain('made at the first start')
  expect(findings.some(({ what }) => what.includes('migrations'))).toBe(false)
})

test('a migrated database is fine; a changed migration is a problem with its fix', async () => {
  const { url, close } = await testDatabase()
  try {
    vi.stubEnv('DATABASE_URL', url)
    expect(about(await examine(), 'migrations')).toMatchObject({ ok: true })
    await runSql(url, "update public.migration set checksum = 'x' where name = '0001_platform.sql'")
    expect(about(await examine(), 'migrations')).toMatchObject({ ok: false, found: expect.stringContaining('0001_platform.sql') as string })
    await runSql(url, "delete from public.migration where name = '0001_platform.sql'")
    expect(about(await examine(), 'migrations')).toMatchObject({ ok: true, found: expect.stringContaining('pending') as string })
  } finally {
    await close()
  }
})

test('a damaged data folder, a wrong port and an absent database are problems', async () => {
  await mkdir(join(home, 'database'))
  vi.stubEnv('PORT', 'eighty')
  expect(about(await examine(), 'data folder').ok).toBe(false)
  expect(about(await examine(), 'port').ok).toBe(false)
  vi.stubEnv('PORT', '')
  vi.stubEnv('DATABASE_URL', 'postgres://nobody:secret@127.0.0.1:9/none')
  const database = about(await examine(), 'database')
  expect(database).toMatchObject({ ok: false, found: expect.stringContaining('127.0.0.1:9/none') as string })
  expect(database.found).not.toContain('secret')
}, 60_000)
