import { statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readText, repositoryFiles, root } from '../tools/repository.ts'

/** Made by a tool, read by a compiler. */
const generated = ['database/tables.ts']

const lines = (path: string): number => readText(path).trimEnd().split('\n').length
const sources = repositoryFiles('*.ts', '*.vue', '*.mjs', '*.cjs').filter((path) => !generated.includes(path))

test('no source file is longer than 400 lines', () => {
  expect(sources.filter((path) => lines(path) > 400).map((path) => `${path}: ${lines(path)}`)).toEqual([])
})

test('most source files fit on one screen or two', () => {
  const sizes = sources
    .filter((path) => !path.endsWith('.test.ts'))
    .map(lines)
    .toSorted((one, other) => one - other)
  expect(sizes[Math.floor(sizes.length / 2)]).toBeLessThanOrEqual(80)
  expect(sizes[Math.floor(sizes.length * 0.95)]).toBeLessThanOrEqual(250)
})

test('no file in the repository is larger than a clone should carry', () => {
  const large = repositoryFiles().filter((path) => statSync(join(root, path)).size > 1_500_000)
  expect(large).toEqual([])
})

test('ARCHITECTURE.md stays short enough to be read', () => {
  const written = readText('ARCHITECTURE.md').replace(/<!-- generated:[\s\S]*?<!-- end -->/g, '')
  expect(written.split('\n').length).toBeLessThanOrEqual(250)
})
