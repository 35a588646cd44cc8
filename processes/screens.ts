import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { checkout } from '#platform/database/folders.ts'
import { refuseStart } from './refusals.ts'

const dist = join(checkout, 'web', 'dist')
const mark = join(dist, '.sources')
const vite = join(checkout, 'node_modules', 'vite', 'bin', 'vite.js')

/** Builds the screens when what they are made of changed since the last build. Says so only when it builds. */
export async function buildScreens(say: (zh: string, en: string) => void): Promise<void> {
  // An installation without the build tools serves the screens it was delivered with.
  if (!existsSync(vite) && existsSync(dist)) return
  const sources = await sourcesMark()
  if ((await readFile(mark, 'utf8').catch(() => '')) === sources) return
  say('生成页面…', 'Building the screens …')
  const build = spawn(process.execPath, [vite, 'build', '--config', join(checkout, 'web', 'vite.config.ts'), '--logLevel', 'warn'], {
    cwd: checkout,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const [code] = (await once(build, 'exit')) as [number | null]
  if (code !== 0) throw refuseStart.screensBroken()
  await writeFile(mark, sources)
}

// Everything that vite may put into a screen. Too many files only cost a build; a missing one would serve an old screen.
const sourceFolders = ['web', 'contexts', 'kernel', 'platform/http']
const sourceFiles = ['package-lock.json', 'tsconfig.json']

async function sourcesMark(): Promise<string> {
  const hash = createHash('sha256')
  for (const path of [...sourceFiles, ...(await Promise.all(sourceFolders.map(filesBelow))).flat().toSorted()])
    hash.update(`${path}\n`).update(await readFile(join(checkout, path)))
  return hash.digest('hex')
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(join(checkout, folder), { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile() && /\.(ts|vue|css|html|json|svg|webmanifest|woff2)$/.test(entry.name) && !entry.name.endsWith('.test.ts'))
    .map((entry) => join(entry.parentPath, entry.name).slice(checkout.length + 1))
    .filter((path) => !path.startsWith(join('web', 'dist')))
}
