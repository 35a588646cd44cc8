import { createHash, randomBytes } from 'node:crypto'
import { createReadStream, existsSync, type ReadStream } from 'node:fs'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { DistrictCode } from '#kernel/codes.ts'

/** Bytes kept under their own hash, per district: the same picture twice is one file, and what is read back is what was put in. */
export interface Files {
  /** Keeps the bytes and gives their SHA-256 (hex). When it returns they are on the disk. */
  put(districtCode: DistrictCode, bytes: Uint8Array): Promise<string>
  /** The bytes, or undefined where nobody has put them. */
  read(districtCode: string, hash: string): ReadStream | undefined
  remove(districtCode: string, hash: string): Promise<void>
}

/** Files below a folder: `990101/3f/3f…`. */
export function openFiles(folder: string): Files {
  const placeOf = (districtCode: string, hash: string): string => {
    if (!/^\d{6}$/.test(districtCode) || !/^[0-9a-f]{64}$/.test(hash)) throw new Error('not a key of a file')
    return join(folder, districtCode, hash.slice(0, 2), hash)
  }
  return {
    put: async (districtCode, bytes) => {
      const hash = createHash('sha256').update(bytes).digest('hex')
      const place = placeOf(districtCode, hash)
      if (!existsSync(place)) await writeWhole(place, bytes)
      return hash
    },
    read: (districtCode, hash) => {
      const place = placeOf(districtCode, hash)
      return existsSync(place) ? createReadStream(place) : undefined
    },
    remove: (districtCode, hash) => rm(placeOf(districtCode, hash), { force: true }),
  }
}

// Beside its place first, and on the disk before it gets its name: a killed process leaves no half picture under a whole one's hash.
async function writeWhole(place: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(place), { recursive: true })
  const written = `${place}.${randomBytes(4).toString('hex')}`
  const file = await open(written, 'wx')
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(written, place)
}
