import { expect, test } from 'vitest'
import * as assignments from '#contexts/assignments/lifecycle.ts'
import * as cases from '#contexts/cases/lifecycle.ts'
import * as catalogue from '#contexts/catalogue/lifecycle.ts'
import * as people from '#contexts/people/lifecycle.ts'
import { allEndpoints, allEvents, contextNames, permissionsByRole } from '../tools/product.ts'
import { readText } from '../tools/repository.ts'

/** Rows of the glossary: identifier → the Chinese words that stand beside it. */
const glossary = new Map<string, string[]>()
for (const [, chinese = '', identifier = ''] of readText('docs/glossary.md').matchAll(/^\| ([^|]*) \| `([^`]+)` \|/gm))
  glossary.set(identifier, [...(glossary.get(identifier) ?? []), chinese.trim()])

function absent(words: Iterable<string>): string[] {
  return [...new Set(words)].filter((word) => !glossary.has(word))
}

test('every context stands in the glossary', () => {
  expect(absent(contextNames())).toEqual([])
})

test('every event stands in the glossary', async () => {
  const events = await allEvents()
  expect(events.length).toBeGreaterThan(10)
  expect(absent(events.map(({ type }) => type))).toEqual([])
})

test('every role and every permission stands in the glossary', async () => {
  const roles = permissionsByRole()
  const endpoints = (await allEndpoints()).map(({ endpoint }) => endpoint.permission)
  expect(roles.size).toBe(12)
  expect(absent([...roles.keys(), ...[...roles.values()].flatMap((held) => [...held]), ...endpoints])).toEqual([])
})

test('statuses, moves, steps and kinds stand in the glossary with the Chinese that the screens show', () => {
  const tables = [assignments, cases, catalogue, people].flatMap((context) => Object.values(context as Record<string, unknown>))
  const named = tables.flatMap((table) => (typeof table === 'object' && table !== null && !Array.isArray(table) ? Object.entries(table) : []))
  const words = named.flatMap(([id, value]: [string, unknown]) => {
    const zh = typeof value === 'object' && value !== null && 'zh' in value ? value.zh : undefined
    return typeof zh === 'string' && !/^\d+$/.test(id) ? [{ id, zh }] : []
  })
  expect(words.length).toBeGreaterThan(60)
  expect(words.filter(({ id, zh }) => !glossary.get(id)?.includes(zh)).map(({ id, zh }) => `${id} ${zh}`)).toEqual([])
})
