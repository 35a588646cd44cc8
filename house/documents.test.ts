import { existsSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { expect, test } from 'vitest'
import { requestKindNames } from '#contexts/cases/requesting/lifecycle.ts'
import { ImportProfile } from '#contexts/cases/import/profile.ts'
import { describeConfig } from '#platform/config.ts'
import { contextNames, environmentVariables } from '../tools/product.ts'
import { codeFolders, readText, repositoryFiles, root } from '../tools/repository.ts'
import { mentionsIn } from './markdown.ts'

const documents = repositoryFiles('*.md')
const folders = new Set([...codeFolders, 'docs', '.ci'])
const manifest = JSON.parse(readText('package.json')) as Record<
  'scripts' | 'dependencies' | 'devDependencies' | 'optionalDependencies',
  Record<string, string>
>

// A document may name a path from the root, or from the folder it stands in.
function missing(document: string, path: string): boolean {
  return !existsSync(join(root, path)) && !existsSync(join(root, normalize(join(dirname(document), path))))
}

test('links and paths in the documents lead to files', () => {
  const broken = documents.flatMap((document) => {
    const { links, paths } = mentionsIn(readText(document))
    const named = paths.filter((path) => folders.has(path.split('/')[0] ?? ''))
    return [...links, ...named].filter((path) => missing(document, path)).map((path) => `${document}: ${path}`)
  })
  expect(broken).toEqual([])
})

test('scripts in the documents exist', () => {
  const unknown = documents.flatMap((document) =>
    mentionsIn(readText(document))
      .scripts.filter((name) => !(name in manifest.scripts))
      .map((name) => `${document}: npm run ${name}`),
  )
  expect(unknown).toEqual([])
})

test('a wrong link, a wrong path and a wrong script are found', () => {
  const { links, paths, scripts } = mentionsIn(
    'See [x](docs/none.md#a), `contexts/none/store.ts`, `contexts/*/store.ts`, [y](https://a.b/c) and `npm run none`.',
  )
  expect({ links, paths, scripts }).toEqual({ links: ['docs/none.md'], paths: ['contexts/none/store.ts'], scripts: ['none'] })
})

test('each context says in one page what it owns, says and hears, its door and its rules', () => {
  const headings = (path: string): string[] => [...readText(path).matchAll(/^## (.+)$/gm)].map(([, heading = '']) => heading.trim())
  const wrong = contextNames().filter((name) => {
    const path = `contexts/${name}/README.md`
    return !existsSync(join(root, path)) || headings(path).join() !== 'Owns,Says,Hears,Door,Rules'
  })
  expect(wrong).toEqual([])
})

test('every dependency has the sentence that earns its place', () => {
  const decision = readText('docs/decisions/0006-dependencies.md')
  const names = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies })
  expect(names.filter((name) => !decision.includes(`\`${name}\``))).toEqual([])
  const kept = [...decision.matchAll(/^\| `([^`]+)`/gm)].map(([, name = '']) => name)
  expect(kept.filter((name) => !names.includes(name))).toEqual([])
})

test('decisions are numbered without gaps', () => {
  const numbers = repositoryFiles('docs/decisions/*.md').map((path) => Number(path.split('/').at(-1)?.slice(0, 4)))
  expect(numbers).toEqual(numbers.map((_, index) => index + 1))
})

test('every test that the conformance table names exists', () => {
  const named = [...readText('docs/conformance.md').matchAll(/`([\w./-]+\.test\.ts)`: \*([^*]+)\*/g)]
  expect(named.length).toBeGreaterThan(15)
  // A title may hold a template; what stands before it must be there.
  const absent = named.filter(([, path = '', title = '']) => !existsSync(join(root, path)) || !readText(path).includes(title))
  expect(absent.map(([, path, title]) => `${path}: ${title}`)).toEqual([])
})

test('every variable that the product reads is known to its configuration and stands in the operator’s guide', () => {
  const known = describeConfig().map(({ name }) => name)
  expect([...environmentVariables().keys()].filter((name) => !known.includes(name))).toEqual([])
  const guide = readText('docs/guides/operator.md')
  expect(known.filter((name) => !guide.includes(`| \`${name}\` |`))).toEqual([])
})

test('the guide to import profiles tells every field, flag and reason', () => {
  const guide = readText('docs/guides/import-profile.md')
  const fields = [...Object.keys(ImportProfile.shape), ...Object.keys(ImportProfile.shape.columns.shape)]
  const row = readText('contexts/cases/import/row.ts')
  const faults = [...row.matchAll(/new Fault\('(\w+)'/g)].map(([, name = '']) => name)
  const flags = ['closed_before_opened', 'closing_time_missing', 'open_with_closing_time', 'not_located']
  expect(faults.length).toBeGreaterThan(5)
  expect(flags.filter((flag) => !row.includes(`'${flag}'`))).toEqual([])
  expect([...fields, ...faults, ...flags].filter((word) => !guide.includes(`\`${word}\``))).toEqual([])
})

const days = ['dispatcher', 'street', 'grid-worker', 'administrator', 'department', 'supervisor', 'leader', 'resident']

test('the guides of a day come in both languages, and every button and page that they name stands on the screens', () => {
  const screens = repositoryFiles('*.ts', '*.vue', '*.sql').filter((path) => !path.endsWith('.test.ts'))
  const said =
    screens.map(readText).join('\n') +
    Object.values(requestKindNames)
      .map(({ zh }) => `提出${zh}`)
      .join('\n')
  const named = days.flatMap((day) => [
    ...[...readText(`docs/guides/${day}.zh-CN.md`).matchAll(/「([^」]+)」/g)].map(([, words = '']) => `${day}.zh-CN: ${words}`),
    ...[...readText(`docs/guides/${day}.md`).matchAll(/“([^”]+)”/g)].map(([, words = '']) => `${day}: ${words}`),
  ])
  expect(named.length).toBeGreaterThan(150)
  expect(named.filter((one) => !said.includes(one.slice(one.indexOf(': ') + 2)))).toEqual([])
})

test('every picture of the documents is taken by a journey, and every kept picture is shown', () => {
  const shown = new Set(documents.flatMap((document) => [...readText(document).matchAll(/screenshots\/([\w-]+)\.png/g)].map(([, name = '']) => name)))
  const journeys = repositoryFiles('journeys/*.test.ts').map(readText).join('\n')
  expect([...shown].filter((name) => !journeys.includes(`'${name}'`))).toEqual([])
  const kept = repositoryFiles('docs/screenshots/*.png').map((path) => path.replace(/^.*\/|\.png$/g, ''))
  expect(kept.toSorted()).toEqual([...shown].toSorted())
})
