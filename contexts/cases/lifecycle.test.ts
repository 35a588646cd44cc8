import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { caseMoveNames, caseMoves, caseStatuses, caseSteps, movesFrom, statusNames, type CaseStatus } from './lifecycle.ts'

const reachableFrom = (start: CaseStatus): Set<CaseStatus> => {
  const seen = new Set<CaseStatus>([start])
  for (const status of seen) for (const name of movesFrom(status)) if (caseMoves[name].to !== 'same') seen.add(caseMoves[name].to)
  return seen
}

test('every status can be reached from a report', () => {
  expect([...reachableFrom('reported')].toSorted()).toEqual([...caseStatuses].toSorted())
})

test('every open status can be left, and can end in closing', () => {
  for (const status of caseStatuses.filter((name) => statusNames[name].open)) expect(reachableFrom(status), status).toContain('closed')
})

test('a rejected or withdrawn case stays so', () => {
  for (const status of ['rejected', 'withdrawn'] as const) expect(movesFrom(status)).toEqual([])
})

test('each of the seven official steps is recorded by a move, the first by the report itself', () => {
  const recorded = caseMoveNames.flatMap((name) => [...caseMoves[name].steps])
  expect(new Set(['collect', ...recorded])).toEqual(new Set(caseSteps))
})

// All migrations in their order: of what is said twice, the last holds.
const folder = new URL('../../database/migrations/', import.meta.url)
const migrations = readdirSync(folder)
  .toSorted()
  .map((name) => readFileSync(new URL(name, folder), 'utf8'))
  .join('\n')
const words = (text: string | undefined): string[] => [...(text ?? '').matchAll(/'(\w+)'/g)].map((word) => word[1] ?? '')

test('the database allows exactly the statuses, channels and steps of the tables', () => {
  const listed = (constraint: string): string[] =>
    words([...migrations.matchAll(new RegExp(`${constraint} check \\(\\w+ in \\(([^)]*)\\)`, 'g'))].at(-1)?.[1])
  expect(listed('case_status_known')).toEqual([...caseStatuses])
  expect(listed('case_step_known')).toEqual([...caseSteps])
})

test('the index of open cases leaves out exactly the statuses that have ended', () => {
  const index = [...migrations.matchAll(/create index case_open on .*? where status not in \(([^)]*)\)/g)].at(-1)?.[1]
  expect(words(index)).toEqual(caseStatuses.filter((status) => !statusNames[status].open))
})
