import { expect, test } from 'vitest'
import { codeFolders, repositoryFiles } from '../tools/repository.ts'

/** Words that name no subject: a file called so collects whatever nobody placed. */
const empty = ['utils', 'util', 'helpers', 'helper', 'common', 'misc', 'manager', 'base', 'impl', 'types', 'shared', 'lib']

const kebab = /^[a-z0-9]+(-[a-z0-9]+)*$/
const pascal = /^[A-Z][A-Za-z0-9]*$/

/** What is wrong with the name of a file of ours; undefined when nothing is. */
export function nameFault(path: string): string | undefined {
  const folders = path.split('/').slice(0, -1)
  const file = path.split('/').at(-1) ?? ''
  const stem = file.replace(/\.(test|config)?\.?[a-z]+$/, '')
  if (folders.some((folder) => !kebab.test(folder))) return `${path}: folders are kebab-case`
  if ([...folders, stem].some((name) => empty.includes(name) || empty.some((word) => name.endsWith(`-${word}`)))) return `${path}: name the subject`
  if (file.endsWith('.vue')) return pascal.test(stem) ? undefined : `${path}: components are PascalCase`
  return kebab.test(stem) ? undefined : `${path}: files are kebab-case`
}

test('files are named by their subject', () => {
  const code = repositoryFiles('*.ts', '*.vue', '*.mjs', '*.cjs').filter(
    (path) => codeFolders.includes(path.split('/')[0] ?? '') && !path.endsWith('.d.ts'),
  )
  expect(code.map(nameFault).filter((fault) => fault !== undefined)).toEqual([])
})

test.each([
  'contexts/cases/utils.ts',
  'contexts/cases/date-helpers.ts',
  'platform/common/log.ts',
  'contexts/cases/caseView.ts',
  'contexts/cases/ui/case-card.vue',
  'contexts/mutualAid/index.ts',
  'kernel/types.ts',
])('%s is refused', (path) => expect(nameFault(path)).toBeDefined())

test.each([
  'contexts/cases/ui/CaseCard.vue',
  'contexts/mutual-aid/index.ts',
  'seed/basemap/river.ts',
  'contexts/cases/decide.test.ts',
  'web/vite.config.ts',
])('%s is accepted', (path) => expect(nameFault(path)).toBeUndefined())
