import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Folder of the clone. */
export const root = fileURLToPath(new URL('../', import.meta.url))

/** Top folders that hold our code. */
export const codeFolders = [
  'kernel',
  'platform',
  'contexts',
  'gateways',
  'processes',
  'database',
  'web',
  'seed',
  'tools',
  'bench',
  'house',
  'journeys',
  'faults',
]

/** Files that Git tracks or would track, as paths from the root; `patterns` are Git path specs such as `*.ts`. */
export function repositoryFiles(...patterns: string[]): string[] {
  // New files count as well: a mistake is cheaper to see before `git add`.
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z', '--', ...patterns], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  return [...new Set(listed.split('\0'))].filter((path) => path !== '' && existsSync(join(root, path))).toSorted()
}

/** Text of a file named by its path from the root. */
export function readText(path: string): string {
  return readFileSync(join(root, path), 'utf8')
}
