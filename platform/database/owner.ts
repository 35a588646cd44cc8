import { readFile, rm, writeFile } from 'node:fs/promises'
import { startOf } from './processes.ts'

interface Owner {
  readonly pid: number
  /** Start of that process, because ids are used again (a container counts from 1 each time). */
  readonly start: string
}

/**
 * Takes a data folder's note of ownership for this process. Returns the id of the living process that has it already, or undefined
 * when it is ours. PostgreSQL's own lock protects the data; this one only lets us say who is in the way.
 */
export async function takeOwnership(file: string): Promise<number | undefined> {
  const own: Owner = { pid: process.pid, start: (await startOf(process.pid)) ?? '' }
  for (let attempt = 0; attempt < 5; attempt += 1) {
    try {
      await writeFile(file, JSON.stringify(own), { flag: 'wx', mode: 0o644 })
      return undefined
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    }
    const other = await livingOwner(file)
    if (other !== undefined) return other
    await rm(file, { force: true })
  }
  return undefined
}

/** The living process that owns a data folder, if any. */
export async function livingOwner(file: string): Promise<number | undefined> {
  try {
    const { pid, start } = JSON.parse(await readFile(file, 'utf8')) as Owner
    return (await startOf(pid)) === start ? pid : undefined
  } catch {
    // No note, or half of one from a full disk.
    return undefined
  }
}
