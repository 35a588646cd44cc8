import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

/** Gzipped kilobytes (1000 bytes) that a screen may load at first, and that one lazy chunk may weigh. */
export interface Budget {
  readonly initialJs: number
  readonly initialCss: number
  readonly lazyChunk: number
}

/** Limits per front end. The resident portal is HTML from the server and needs no script (docs/decisions/0008, 0037). */
export const budgets: Readonly<Record<string, Budget>> = {
  command: { initialJs: 90, initialCss: 20, lazyChunk: 210 },
  field: { initialJs: 70, initialCss: 15, lazyChunk: 130 },
  // Its map, which no page loads before somebody asks for it.
  resident: { initialJs: 130, initialCss: 0, lazyChunk: 0 },
}

interface Chunk {
  readonly file: string
  readonly isEntry?: boolean
  readonly isDynamicEntry?: boolean
  readonly imports?: readonly string[]
  readonly css?: readonly string[]
}
export type Manifest = Readonly<Record<string, Chunk>>

export interface Weight {
  readonly what: string
  readonly kilobytes: number
  readonly limit: number
}

/** Weighs what Vite built: scripts and styles that each entry loads at once, and every lazy chunk alone. `sizeOf` gives gzipped kilobytes. */
export function weigh(manifest: Manifest, limits: Budget, sizeOf: (file: string) => number): Weight[] {
  const weights: Weight[] = []
  for (const [name, chunk] of Object.entries(manifest)) {
    if (chunk.isEntry) {
      const loaded = loadedWith(manifest, name)
      weights.push({
        what: `${name}: initial script`,
        kilobytes: sum(
          [...loaded].map((key) => manifest[key]?.file ?? ''),
          sizeOf,
        ),
        limit: limits.initialJs,
      })
      const styles = new Set([...loaded].flatMap((key) => manifest[key]?.css ?? []))
      weights.push({ what: `${name}: initial style`, kilobytes: sum([...styles], sizeOf), limit: limits.initialCss })
    } else if (chunk.isDynamicEntry) {
      weights.push({ what: `${name}: lazy chunk`, kilobytes: sizeOf(chunk.file), limit: limits.lazyChunk })
    }
  }
  return weights
}

function loadedWith(manifest: Manifest, name: string, seen = new Set<string>()): Set<string> {
  if (seen.has(name)) return seen
  seen.add(name)
  for (const other of manifest[name]?.imports ?? []) loadedWith(manifest, other, seen)
  return seen
}

function sum(files: readonly string[], sizeOf: (file: string) => number): number {
  return files.filter((file) => /\.(js|css)$/.test(file)).reduce((total, file) => total + sizeOf(file), 0)
}

/** Weighs the built screens under `dist` (one folder per front end). Empty where nothing was built. */
export function weighBuilt(dist: string): Weight[] {
  return Object.entries(budgets).flatMap(([app, limits]) => {
    const folder = join(dist, app)
    const path = join(folder, '.vite', 'manifest.json')
    if (!existsSync(path)) return []
    const sizeOf = (file: string): number => gzipSync(readFileSync(join(folder, file)), { level: 9 }).length / 1000
    return weigh(JSON.parse(readFileSync(path, 'utf8')) as Manifest, limits, sizeOf)
  })
}
