import { mkdtempSync } from 'node:fs'
import { rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { contactKey } from './key.ts'

let home: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'huying-key-'))
  vi.stubEnv('HUYING_KEY', '')
})
afterEach(() => {
  vi.unstubAllEnvs()
  return rm(home, { recursive: true, force: true })
})

test('the key is made once, for its owner alone, by however many processes start together', async () => {
  const keys = await Promise.all([contactKey(home), contactKey(home), contactKey(home)])
  expect(keys[0]).toHaveLength(32)
  expect(keys[1]).toEqual(keys[0])
  expect(keys[2]).toEqual(keys[0])
  expect((await stat(join(home, 'contact.key'))).mode & 0o777).toBe(0o600)
})

test('a key that cannot be one is refused and not replaced', async () => {
  await writeFile(join(home, 'contact.key'), 'half of a ke')
  await expect(contactKey(home)).rejects.toMatchObject({ code: 'start.keyUnreadable' })
})

test('HUYING_KEY goes before the file', async () => {
  vi.stubEnv('HUYING_KEY', '0f'.repeat(32))
  expect([...(await contactKey(home))]).toEqual(Array.from({ length: 32 }, () => 15))
})
