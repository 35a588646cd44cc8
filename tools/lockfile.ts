/**
 * Completes package-lock.json: `node tools/lockfile.ts`, after every `npm install`.
 * npm leaves out optional packages of other systems that it could not look up, and `npm ci` then refuses the whole lockfile
 * ("Missing: … from lock file"). Such packages come in families of one version, and their names say what they run on.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from './repository.ts'

export interface Locked {
  readonly version?: string
  readonly cpu?: readonly string[]
  readonly dev?: boolean
  readonly libc?: readonly string[]
  readonly license?: string
  readonly optional?: boolean
  readonly os?: readonly string[]
  readonly engines?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}
export type Packages = Readonly<Record<string, Locked>>

/** Entries that a lockfile's `packages` lacks, by their place in node_modules. */
export function missingEntries(packages: Packages): Record<string, Locked> {
  const missing: Record<string, Locked> = {}
  for (const [place, parent] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(parent.optionalDependencies ?? {})) {
      if (packages[`node_modules/${name}`] || packages[`${place}/node_modules/${name}`]) continue
      missing[`node_modules/${name}`] = entryFor(name, version, parent)
    }
  }
  return missing
}

/** `@oxlint/binding-linux-arm64-musl` runs on linux, arm64, with the C library musl. */
function entryFor(name: string, version: string, parent: Locked): Locked {
  const [system = '', processor = '', library = ''] = name.replace(/^.*\//, '').replace('binding-', '').split('-')
  return {
    version,
    cpu: [processor],
    ...(parent.dev ? { dev: true } : {}),
    ...(system === 'linux' ? { libc: [library.startsWith('musl') ? 'musl' : 'glibc'] } : {}),
    ...(parent.license ? { license: parent.license } : {}),
    optional: true,
    os: [system],
    ...(parent.engines ? { engines: parent.engines } : {}),
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const file = join(root, 'package-lock.json')
  const lock = JSON.parse(readFileSync(file, 'utf8')) as { packages: Packages }
  const missing = missingEntries(lock.packages)
  const all = Object.entries({ ...lock.packages, ...missing }).toSorted(([a], [b]) => a.localeCompare(b, 'en'))
  writeFileSync(file, `${JSON.stringify({ ...lock, packages: Object.fromEntries(all) }, null, 2)}\n`)
  console.log(`${Object.keys(missing).length} entries added`)
}
