/** What the product consists of, read from its own sources, so that documents and house rules cannot drift from the code. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import ts from 'typescript'
import type { Wording } from '#kernel/refusal.ts'
import type { Endpoint } from '#platform/http/endpoint.ts'
import { readText, repositoryFiles, root } from './repository.ts'
import { readTables, type MigrationText, type SchemaTable } from './schema.ts'

/** Contexts that exist, lowest first. */
export function contextNames(): string[] {
  const order = (JSON.parse(readText('contexts/order.json')) as string[][]).flat()
  return order.filter((name) => existsSync(join(root, 'contexts', name)))
}

/** Values that a context offers at its door (index.ts), in the order written; types are left out. Empty while there is no door. */
export function doorOf(context: string): string[] {
  const path = `contexts/${context}/index.ts`
  if (!existsSync(join(root, path))) return []
  const source = ts.createSourceFile(path, readText(path), ts.ScriptTarget.Latest, true)
  return source.statements.flatMap((statement) => {
    if (ts.isExportDeclaration(statement)) return statement.isTypeOnly ? [] : reExported(statement)
    const exported = ts.canHaveModifiers(statement) && ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
    if (!exported) return []
    if (ts.isFunctionDeclaration(statement)) return statement.name ? [statement.name.text] : []
    return ts.isVariableStatement(statement) ? statement.declarationList.declarations.map((one) => one.name.getText(source)) : []
  })
}

function reExported({ exportClause }: ts.ExportDeclaration): string[] {
  if (!exportClause || !ts.isNamedExports(exportClause)) return []
  return exportClause.elements.filter((element) => !element.isTypeOnly).map((element) => element.name.text)
}

/** First paragraph below a heading of a context's page; empty when there is none. */
export function readmePart(context: string, heading: string): string {
  const path = `contexts/${context}/README.md`
  if (!existsSync(join(root, path))) return ''
  const part = readText(path)
    .split(/^## /m)
    .find((text) => text.startsWith(`${heading}\n`))
  return (
    (part ?? '')
      .slice(heading.length)
      .trim()
      .split(/\n\s*\n/)[0]
      ?.replace(/\s*\n\s*/g, ' ') ?? ''
  )
}

/** Contexts that a context imports, from what its files say. */
export function importsOf(context: string): string[] {
  const files = repositoryFiles(`contexts/${context}/*.ts`, `contexts/${context}/*.vue`).filter((path) => !path.endsWith('.test.ts'))
  const named = files.flatMap((path) => [...readText(path).matchAll(/from '(?:#contexts|(?:\.\.\/)+)\/?([a-z-]+)\//g)].map(([, name = '']) => name))
  const known = contextNames()
  return known.filter((name) => name !== context && named.includes(name))
}

async function exportsOf(path: string): Promise<Record<string, unknown>> {
  return (await import(pathToFileURL(join(root, path)).href)) as Record<string, unknown>
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

function isEndpoint(value: unknown): value is Endpoint {
  return isRecord(value) && ['id', 'method', 'path', 'permission', 'summary'].every((key) => typeof value[key] === 'string')
}

export interface FoundEndpoint {
  readonly endpoint: Endpoint
  /** File of the contract. */
  readonly file: string
}

/** Every HTTP operation, by context and then as written. */
export async function allEndpoints(): Promise<FoundEndpoint[]> {
  const files = repositoryFiles('contexts/*.ts', 'platform/*.ts', 'processes/*.ts', 'gateways/*.ts').filter(
    (path) => !path.endsWith('.test.ts') && /\bendpoint\(\{/.test(readText(path)),
  )
  const rank = (path: string): number => contextNames().indexOf(path.split('/')[1] ?? '')
  const ordered = files.toSorted((one, other) => rank(one) - rank(other))
  const found = await Promise.all(
    ordered.map(async (file) =>
      Object.values(await exportsOf(file))
        .filter(isEndpoint)
        .map((endpoint) => ({ endpoint, file })),
    ),
  )
  // A module's exports come in the order of the alphabet; the text has the order that a reader wants.
  return found.flat().toSorted((one, other) => ordered.indexOf(one.file) - ordered.indexOf(other.file) || place(one) - place(other))
}

function place({ endpoint, file }: FoundEndpoint): number {
  return readText(file).indexOf(`id: '${endpoint.id}'`)
}

export interface FoundEvent {
  readonly type: string
  /** Words of a timeline, for events that people see. */
  readonly name: Wording | undefined
  readonly context: string
}

/** Every event that a context declares in events.ts. */
export async function allEvents(): Promise<FoundEvent[]> {
  const declared = contextNames().filter((context) => existsSync(join(root, 'contexts', context, 'events.ts')))
  const found = await Promise.all(
    declared.map(async (context) => {
      const values = Object.values(await exportsOf(`contexts/${context}/events.ts`)).filter(isRecord)
      return values
        .flatMap((value) => Object.entries(value))
        .flatMap(([type, name]) => (isEventType(type) ? [{ type, name: isWording(name) ? name : undefined, context }] : []))
    }),
  )
  return found.flat()
}

const isEventType = (key: string): boolean => /^[a-z][a-z_]*\.[a-z][a-z_]*$/.test(key)
const isWording = (value: unknown): value is Wording => isRecord(value) && typeof value['zh'] === 'string'

/** Who hears an event, by processes/subscriptions.ts. The sequencer of the log hears all of them and is not listed there. */
export async function subscriptions(): Promise<(type: string) => readonly string[]> {
  const path = 'processes/subscriptions.ts'
  if (!existsSync(join(root, path))) return () => []
  const { subscribersOf } = (await exportsOf(path)) as { subscribersOf: (type: string) => readonly string[] }
  return subscribersOf
}

export function migrations(): MigrationText[] {
  return repositoryFiles('database/migrations/*.sql').map((path) => ({ name: path.split('/').at(-1) ?? '', text: readText(path) }))
}

export function allTables(): SchemaTable[] {
  return readTables(migrations())
}

/** What each role may do, from the rows that the migrations insert: role → permissions. */
export function permissionsByRole(): Map<string, Set<string>> {
  const text = migrations()
    .map((migration) => migration.text)
    .join('\n')
  const found = new Map<string, Set<string>>()
  for (const [, rows = ''] of text.matchAll(/insert into people\.role_permission [^;]*?values([^;]+);/g))
    for (const [, role = '', permission = ''] of rows.matchAll(/\('(\w+)', '([\w.]+)', '\w+'\)/g))
      found.set(role, (found.get(role) ?? new Set()).add(permission))
  return found
}

/** Environment variables that the product reads, with the files that read them. Tests' own variables are left out. */
export function environmentVariables(): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const path of repositoryFiles('platform/*.ts', 'contexts/*.ts', 'processes/*.ts', 'gateways/*.ts', 'tools/*.ts', 'tools/*.mjs', 'seed/*.ts')) {
    if (/\.test\.ts$|(^|\/)testing[a-z-]*\.ts$|^tools\/(test|needs)\.mjs$/.test(path)) continue
    for (const [, one, other] of readText(path).matchAll(/process\.env(?:\['(\w+)'\]|\.(\w+))/g)) {
      const name = one ?? other ?? ''
      if (name !== 'PATH') found.set(name, [...new Set([...(found.get(name) ?? []), path])])
    }
  }
  return new Map([...found].toSorted(([one], [other]) => (one < other ? -1 : 1)))
}

/** First sentence of a file's leading comment, or else of the comment on its first exported function; empty when it has neither. */
export function firstSentence(path: string): string {
  const text = readText(path)
  const comment = /^\/\*\*([\s\S]*?)\*\//.exec(text) ?? /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\nexport (?:async )?function/.exec(text)
  const words = (comment?.[1] ?? '')
    .replace(/^\s*\* ?/gm, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  return /^(.*?\.)(\s|$)/.exec(words)?.[1] ?? words
}
