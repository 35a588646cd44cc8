import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { dataHome } from './database/folders.ts'
import { errorCode } from './database/database.ts'

/**
 * The key under which contact fields are encrypted: 32 bytes from `HUYING_KEY` (base64), or from the file `contact.key` beside the data,
 * made at the first start. It must be backed up apart from the database; without it the contacts cannot be read again.
 */
export async function contactKey(): Promise<Uint8Array> {
  const given = process.env['HUYING_KEY']
  if (given) {
    const key = Buffer.from(given, 'base64')
    if (key.length !== 32) throw new Error('HUYING_KEY must be 32 bytes in base64, for example from: openssl rand -base64 32')
    return key
  }
  const file = join(dataHome(), 'contact.key')
  await mkdir(dataHome(), { recursive: true })
  try {
    // `wx` lets only one of two processes that start together write the key; the other reads it.
    await writeFile(file, randomBytes(32), { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error
  }
  return readFile(file)
}
