/**
 * Everything that can be known without running the product, in one command: `npm run check`.
 * All steps run even when one fails, so that one run names every fault. `npm run check -- lint types` runs only those steps.
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { weighBuilt } from './budgets.ts'
import { codeFolders, root } from './repository.ts'

interface Outcome {
  readonly ok: boolean
  readonly output: string
}

interface Step {
  readonly name: string
  readonly run: () => Outcome
  /** What to do about a failure. */
  readonly fix: string
}

// The tools' own first lines look for `node` in PATH, and dependency-cruiser refuses older ones than ours.
const path = [join(root, 'node_modules', '.bin'), dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter)

function command(name: string, ...args: string[]): () => Outcome {
  return () => {
    const done = spawnSync(name, args, {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, PATH: path },
      shell: process.platform === 'win32',
      maxBuffer: 64 * 1024 * 1024,
    })
    return { ok: done.status === 0, output: `${done.stdout ?? ''}${done.stderr ?? ''}${done.error?.message ?? ''}` }
  }
}

function bundles(): Outcome {
  const weights = weighBuilt(join(root, 'web', 'dist'))
  const heavy = weights.filter(({ kilobytes, limit }) => kilobytes > limit)
  const lines = heavy.map(({ what, kilobytes, limit }) => `${what}: ${kilobytes.toFixed(1)} kB gzipped, at most ${limit}`)
  return { ok: heavy.length === 0, output: lines.join('\n') }
}

const steps: readonly Step[] = [
  { name: 'format', run: command('oxfmt', '--check'), fix: 'npm run format' },
  { name: 'lint', run: command('oxlint'), fix: 'change the code; the rules are in .oxlintrc.json' },
  { name: 'types', run: command('tsc', '-p', 'tsconfig.json'), fix: 'change the code' },
  { name: 'screens', run: command('vue-tsc', '-p', 'tsconfig.web.json'), fix: 'change the code' },
  {
    name: 'boundaries',
    run: command(
      'depcruise',
      '--config',
      '.dependency-cruiser.cjs',
      '--output-type',
      'err-long',
      ...codeFolders.filter((folder) => existsSync(join(root, folder))),
    ),
    fix: 'the rules and their reasons are in .dependency-cruiser.cjs',
  },
  { name: 'unused', run: command('knip'), fix: 'remove what nobody uses' },
  { name: 'docs', run: command('node', 'tools/docs.ts', '--check'), fix: 'npm run docs' },
  { name: 'bundles', run: bundles, fix: 'load less at first; the limits are in tools/budgets.ts' },
]

function main(wanted: readonly string[]): number {
  const unknown = wanted.filter((name) => !steps.some((step) => step.name === name))
  if (unknown.length > 0) {
    console.error(`No step is called ${unknown.join(', ')}. Steps: ${steps.map((step) => step.name).join(', ')}.`)
    return 1
  }
  const failed: string[] = []
  for (const step of steps.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
    const start = performance.now()
    const { ok, output } = step.run()
    console.log(`${ok ? '✓' : '✗'} ${step.name.padEnd(11)} ${((performance.now() - start) / 1000).toFixed(1)} s`)
    if (ok) continue
    failed.push(step.name)
    console.log(`${output.trimEnd()}\n  → ${step.fix}\n`)
  }
  if (failed.length > 0) console.log(`Failed: ${failed.join(', ')}`)
  return failed.length > 0 ? 1 : 0
}

process.exitCode = main(process.argv.slice(2))
