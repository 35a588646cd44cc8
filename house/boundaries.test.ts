import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { codeFolders, repositoryFiles, root } from '../tools/repository.ts'

interface Cruised {
  readonly modules: readonly { readonly source: string }[]
  readonly summary: { readonly violations: readonly { readonly from: string; readonly to: string; readonly rule: { readonly name: string } }[] }
}

const config = join(root, '.dependency-cruiser.cjs')
const ruleNames = new Set((createRequire(import.meta.url)(config) as { forbidden: { name: string }[] }).forbidden.map(({ name }) => name))

/** Runs the checker as `npm run check` does, in `folder`. */
function cruise(folder: string): Cruised {
  const program = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs')
  const folders = codeFolders.filter((name) => existsSync(join(folder, name)))
  const run = (): string =>
    execFileSync(process.execPath, [program, '--config', config, '--output-type', 'json', ...folders], {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    })
  try {
    return JSON.parse(run()) as Cruised
  } catch (error) {
    // It exits with the number of violations and prints the same document.
    const { stdout } = error as { stdout?: string }
    if (!stdout) throw error
    return JSON.parse(stdout) as Cruised
  }
}

test('the checker sees every file of ours', () => {
  const seen = new Set(cruise(root).modules.map(({ source }) => source))
  const ours = repositoryFiles('*.ts', '*.vue').filter((path) => codeFolders.includes(path.split('/')[0] ?? ''))
  expect(ours.length).toBeGreaterThan(20)
  // A file without imports that nobody imports is listed all the same; one that is missing was not read.
  expect(ours.filter((path) => !seen.has(path))).toEqual([])
})

const vue = (script: string): string => `<script setup lang="ts">\n${script}\n</script>\n<template><p>x</p></template>\n`

/** A small tree that keeps every rule. */
const clean: Readonly<Record<string, string>> = {
  'package.json': JSON.stringify({
    name: 'planted',
    type: 'module',
    imports: Object.fromEntries(['kernel', 'platform', 'contexts', 'web', 'processes'].map((name) => [`#${name}/*`, `./${name}/*`])),
    dependencies: { kysely: '*', zod: '*' },
    devDependencies: { vite: '*' },
  }),
  ...Object.fromEntries(
    ['kysely', 'zod', 'vite'].flatMap((name) => [
      [`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' })],
      [`node_modules/${name}/index.js`, 'module.exports = {}\n'],
    ]),
  ),
  'kernel/clock.ts': 'export const now = 1\n',
  'kernel/clock.test.ts': "import { tx } from '#platform/database/testing.ts'\nimport { now } from './clock.ts'\nexport const x = [tx, now]\n",
  'platform/http/endpoint.ts': "import 'zod'\nexport const endpoint = 1\n",
  'platform/database/database.ts': "import 'kysely'\nexport interface Tx { a: 1 }\nexport const open = 1\n",
  'platform/database/testing.ts': "import { open } from './database.ts'\nexport const tx = open\n",
  'contexts/people/index.ts': "export { find } from './questions.ts'\n",
  'contexts/people/questions.ts': "import { rows } from './store.ts'\nexport const find = rows\n",
  'contexts/people/store.ts': "import 'kysely'\nimport { open } from '#platform/database/database.ts'\nexport const rows = open\n",
  'contexts/people/contract.ts': "import { endpoint } from '#platform/http/endpoint.ts'\nexport const sign = endpoint\n",
  'contexts/cases/lifecycle.ts': "import { now } from '#kernel/clock.ts'\nexport const moves = now\n",
  'contexts/cases/decide.ts':
    "import { find } from '#contexts/people/index.ts'\nimport { moves } from './lifecycle.ts'\nimport type { Row } from './events.ts'\nexport const decide = (row: Row) => [row, moves, find]\n",
  'contexts/cases/events.ts': 'export interface Row { a: 1 }\n',
  'contexts/cases/contract.ts':
    "import { moves } from './lifecycle.ts'\nimport { sign } from '../people/contract.ts'\nexport const list = [moves, sign]\n",
  'contexts/cases/commands.ts':
    "import { find } from '#contexts/people/index.ts'\nimport { decide } from './decide.ts'\nexport const move = [find, decide]\n",
  'contexts/cases/index.ts': "export { move } from './commands.ts'\n",
  'contexts/cases/ui/index.ts': "export { list } from '../contract.ts'\n",
  'contexts/cases/ui/CaseCard.vue': vue("import { call } from '#web/kit/call.ts'\nimport { moves } from '../lifecycle.ts'\nconst x = [call, moves]"),
  'web/kit/call.ts': "import { endpoint } from '#platform/http/endpoint.ts'\nexport const call = endpoint\n",
  'web/command/Desk.vue': vue("import { list } from '#contexts/cases/ui/index.ts'\nconst x = list"),
  'web/resident/report.ts': "import { move } from '#contexts/cases/index.ts'\nexport const report = move\n",
  'processes/compose.ts': "import { move } from '#contexts/cases/index.ts'\nexport const app = move\n",
  'bench/accept.ts': "import { app } from '#processes/compose.ts'\nexport const bench = app\n",
}

/** Per rule, files that break it. Several files for one rule show several ways. */
const planted: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'no-cycles': { 'kernel/a.ts': "import './b.ts'\nexport const a = 1\n", 'kernel/b.ts': "import './a.ts'\nexport const b = 1\n" },
  'every-import-resolves': { 'kernel/lost.ts': "import './nowhere.ts'\n" },
  'kernel-knows-nothing': {
    'kernel/reads.ts': "import 'node:fs'\n",
    'kernel/opens.ts': "import { open } from '#platform/database/database.ts'\nexport const x = open\n",
  },
  'platform-knows-no-context': { 'platform/peeks.ts': "import { move } from '#contexts/cases/index.ts'\nexport const x = move\n" },
  'contexts-know-nothing-above': { 'contexts/cases/reactions.ts': "import { app } from '#processes/compose.ts'\nexport const x = app\n" },
  'contexts-meet-only-at-the-door': {
    'contexts/cases/questions.ts': "import { rows } from '#contexts/people/store.ts'\nexport const x = rows\n",
    'contexts/cases/store.ts': "import type { Secret } from '#contexts/people/questions.ts'\nexport type X = Secret\n",
  },
  'outside-uses-the-door': { 'processes/worker.ts': "import { decide } from '#contexts/cases/decide.ts'\nexport const x = decide\n" },
  'contexts-import-downwards': { 'contexts/people/commands.ts': "import { move } from '#contexts/cases/index.ts'\nexport const x = move\n" },
  'rules-are-pure': {
    'contexts/cases/deadline.ts': "import { readFileSync } from 'node:fs'\nexport const x = readFileSync\n",
    'contexts/cases/routing.ts': "import { find } from './questions.ts'\nexport const x = find\n",
    'contexts/cases/merging.ts': "import { open } from '#platform/database/database.ts'\nexport const x = open\n",
    'contexts/cases/import/reading.ts': "import { move } from '../commands.ts'\nexport const x = move\n",
  },
  'rules-never-see-a-transaction': {
    'contexts/cases/duplicates.ts': "import type { Tx } from '#platform/database/database.ts'\nexport type X = Tx\n",
  },
  'contracts-are-light': { 'contexts/people/lifecycle.ts': "import { rows } from './store.ts'\nexport const x = rows\n" },
  'only-stores-speak-sql': { 'contexts/people/routes.ts': "import { sql } from 'kysely'\nexport const x = sql\n" },
  'web-sees-contracts-only': {
    'web/field/Today.vue': vue("import { move } from '#contexts/cases/index.ts'\nconst x = move"),
    'contexts/cases/ui/CaseList.vue': vue("import { decide } from '../decide.ts'\nconst x = decide"),
  },
  'web-sees-no-server': { 'web/command/Admin.vue': vue("import { open } from '#platform/database/database.ts'\nconst x = open") },
  'screens-of-a-context-use-the-kit': { 'contexts/cases/ui/CasePage.vue': vue("import Desk from '#web/command/Desk.vue'\nconst x = Desk") },
  'web-apps-stay-apart': { 'web/field/Copy.vue': vue("import Desk from '#web/command/Desk.vue'\nconst x = Desk") },
  'server-runs-without-dev-dependencies': { 'platform/builds.ts': "import 'vite'\n" },
  'product-imports-no-tests': { 'processes/faked.ts': "import { tx } from '#platform/database/testing.ts'\nexport const x = tx\n" },
}

const made: string[] = []
afterAll(() => made.forEach((folder) => rmSync(folder, { recursive: true, force: true })))

function plant(...sets: Readonly<Record<string, string>>[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'huying-boundaries-'))
  made.push(folder)
  for (const [path, text] of Object.entries(Object.assign({}, ...sets) as Record<string, string>)) {
    mkdirSync(join(folder, dirname(path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return folder
}

test('a tree that keeps the rules is accepted', () => {
  const { modules, summary } = cruise(plant(clean))
  expect(summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)).toEqual([])
  expect(modules.length).toBeGreaterThanOrEqual(20)
})

test('every rule has a planted violation', () => {
  expect(Object.keys(planted).toSorted()).toEqual([...ruleNames].toSorted())
})

test('every planted violation is reported under its rule', () => {
  const { summary } = cruise(plant(clean, ...Object.values(planted)))
  const reported = new Set(summary.violations.map(({ rule, from }) => `${rule.name}: ${from}`))
  const expected = Object.entries(planted).flatMap(([rule, files]) => Object.keys(files).map((path) => `${rule}: ${path}`))
  // A cycle is one report, at either end.
  const missing = expected.filter((line) => !reported.has(line) && !line.startsWith('no-cycles'))
  expect(missing).toEqual([])
  expect([...reported].some((line) => line.startsWith('no-cycles: kernel/'))).toBe(true)
})
