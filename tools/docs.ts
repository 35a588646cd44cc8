/**
 * Fills the generated blocks of ARCHITECTURE.md from the code: `npm run docs`. With `--check` it writes nothing and fails when a block is out of date.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { caseMoves, caseStatuses, movesFrom, statusNames } from '#contexts/cases/lifecycle.ts'
import { describeConfig } from '#platform/config.ts'
import {
  allEndpoints,
  allEvents,
  allTables,
  contextNames,
  doorOf,
  firstSentence,
  importsOf,
  permissionsByRole,
  readmePart,
  subscriptions,
} from './product.ts'
import { repositoryFiles, root } from './repository.ts'

const cell = (text: string): string => text.replace(/\|/g, '\\|').replace(/\n/g, ' ')
const code = (text: string): string => `\`${text}\``

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return 'None yet.'
  return [heads, heads.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n')
}

function contexts(): string {
  const names = contextNames()
  const arrows = names.flatMap((name) => importsOf(name).map((other) => `  ${name} --> ${other}`))
  const rows = names.map((name) => [`[${name}](contexts/${name}/README.md)`, readmePart(name, 'Owns'), doorOf(name).map(code).join(', ')])
  return [
    '```mermaid',
    'graph TD',
    ...names.map((name) => `  ${name}`),
    ...arrows,
    '```',
    '',
    table(['context', 'owns', 'door (`index.ts`)'], rows),
  ].join('\n')
}

function tables(): string {
  const schemas = [...new Set(allTables().map(({ name }) => name.split('.')[0] ?? ''))]
  const names = (schema: string, kind: string): string =>
    allTables()
      .filter((one) => one.name.startsWith(`${schema}.`) && one.kind === kind)
      .map((one) => code(one.name.split('.')[1] ?? ''))
      .join(', ')
  return table(
    ['schema', 'spread by district', 'reference', 'local'],
    schemas.map((schema) => [code(schema), names(schema, 'distribute'), names(schema, 'reference'), names(schema, 'local')]),
  )
}

async function endpoints(): Promise<string> {
  const roles = permissionsByRole()
  const holders = (permission: string): string =>
    [...roles]
      .filter(([, held]) => held.has(permission))
      .map(([role]) => role)
      .join(', ')
  const rows = (await allEndpoints()).map(({ endpoint }) => [
    code(endpoint.id),
    code(`${endpoint.method} ${endpoint.path}`),
    code(endpoint.permission),
    holders(endpoint.permission),
  ])
  return table(['id', 'request', 'permission', 'roles that hold it'], rows)
}

async function events(): Promise<string> {
  const subscribersOf = await subscriptions()
  const rows = (await allEvents()).map(({ type, name, context }) => [
    code(type),
    name ? `${name.zh} ${name.en ?? ''}`.trim() : '',
    context,
    subscribersOf(type).map(code).join(', '),
  ])
  return table(['event', 'meaning', 'said by', 'heard by'], rows)
}

function processes(): string {
  const files = repositoryFiles(':(glob)processes/*.ts').filter((path) => !path.endsWith('.test.ts'))
  return table(
    ['file', 'what it does'],
    files.map((path) => [code(path), firstSentence(path)]),
  )
}

function configuration(): string {
  return table(
    ['variable', 'meaning', 'without it'],
    describeConfig().map(({ name, meaning, standard }) => [code(name), meaning.en, standard === '' ? '' : code(standard)]),
  )
}

function caseStates(): string {
  const ends = caseStatuses.filter((status) => movesFrom(status).length === 0)
  const arrows = caseStatuses.flatMap((status) =>
    movesFrom(status).map((name) => {
      const { to, zh } = caseMoves[name]
      return `  ${status} --> ${to === 'same' ? status : to}: ${name} ${zh}`
    }),
  )
  const labels = caseStatuses.map((status) => `  ${status}: ${status} ${statusNames[status].zh}`)
  return ['```mermaid', 'stateDiagram-v2', ...labels, '  [*] --> reported', ...arrows, ...ends.map((status) => `  ${status} --> [*]`), '```'].join(
    '\n',
  )
}

const blocks: Readonly<Record<string, () => string | Promise<string>>> = {
  contexts,
  tables,
  endpoints,
  events,
  processes,
  configuration,
  'case-states': caseStates,
}

const marked = /(<!-- generated:([\w-]+) -->\n)([\s\S]*?)(<!-- end -->)/g

/** The text with every marked block filled anew. Throws when a block has a name that nothing fills, or a known block has no place. */
async function filled(text: string): Promise<string> {
  const wanted = [...text.matchAll(marked)].map(([, , name = '']) => name)
  const unknown = [...wanted.filter((name) => !(name in blocks)), ...Object.keys(blocks).filter((name) => !wanted.includes(name))]
  if (unknown.length > 0) throw new Error(`ARCHITECTURE.md and tools/docs.ts disagree about the blocks: ${unknown.join(', ')}`)
  const bodies = new Map(await Promise.all(wanted.map(async (name) => [name, (await blocks[name]?.()) ?? ''] as const)))
  return text.replace(marked, (_whole, start: string, name: string, _old: string, end: string) => `${start}\n${bodies.get(name) ?? ''}\n\n${end}`)
}

async function main(check: boolean): Promise<number> {
  const path = join(root, 'ARCHITECTURE.md')
  const before = existsSync(path) ? readFileSync(path, 'utf8') : ''
  const after = await filled(before)
  if (after === before) return 0
  if (!check) {
    writeFileSync(path, after)
    return 0
  }
  const old = new Set(before.split('\n'))
  console.error(
    `ARCHITECTURE.md is out of date. New lines:\n${after
      .split('\n')
      .filter((line) => !old.has(line))
      .slice(0, 20)
      .join('\n')}`,
  )
  return 1
}

process.exitCode = await main(process.argv.includes('--check'))
