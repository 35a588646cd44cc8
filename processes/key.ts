import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readConfig } from '#platform/config.ts'
import { dataHome } from '#platform/database/folders.ts'
import { refuseStart } from './refusals.ts'

/**
 * The 32 bytes that keep contact fields unreadable in the database: `HUYING_KEY` as 64 hex digits, or a file beside the data that is
 * made once. Whoever backs up the database without it backs up no contacts.
 */
export async function contactKey(home: string = dataHome()): Promise<Uint8Array> {
  const given = readConfig(process.env).HUYING_KEY
  if (given) return Buffer.from(given, 'hex')
  const file = join(home, 'contact.key')
  await mkdir(home, { recursive: true })
  if (!existsSync(file)) await makeOnce(file, `${randomBytes(32).toString('hex')}\n`)
  return keyOf(await readFile(file, 'utf8'), file)
}

// Written whole beside its place and then linked there: a link appears at once and never replaces another process's key.
async function makeOnce(file: string, text: string): Promise<void> {
  const written = `${file}.${randomBytes(4).toString('hex')}`
  await writeFile(written, text, { mode: 0o600 })
  try {
    await link(written, file)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  } finally {
    await rm(written)
  }
}

function keyOf(text: string, place: string): Uint8Array {
  if (!/^[0-9a-f]{64}$/i.test(text.trim())) throw refuseStart.keyUnreadable({ place })
  return Buffer.from(text.trim(), 'hex')
}
