import { expect, test } from 'vitest'
import { helpOn, helpOnAll } from './help.ts'
import { meaningOf, type Command } from './parse.ts'

const load: Command = {
  name: 'load',
  usage: '--profile P file.csv [--json]',
  summary: { zh: '导入', en: 'Loads a file' },
  options: {
    profile: { type: 'string', required: true, summary: { zh: '说明文件', en: 'its description' } },
    json: { type: 'boolean', summary: { zh: '以 JSON 输出', en: 'JSON at the end' } },
  },
  words: { atLeast: 1, atMost: 1 },
  run: () => Promise.resolve(0),
}
const meaning = (line: string): ReturnType<typeof meaningOf> => meaningOf(line.split(' ').filter(Boolean), [load])

test('options and words arrive by their names, in any order', () => {
  for (const line of ['load --profile p.json a.csv --json', 'load a.csv --json --profile=p.json'])
    expect(meaning(line)).toMatchObject({ kind: 'run', given: { text: { profile: 'p.json' }, on: { json: true }, words: ['a.csv'] } })
})

test('no words, help and --help ask for help, on everything or on one command', () => {
  for (const line of ['', '--help', '-h', 'help']) expect(meaning(line)).toEqual({ kind: 'help', command: undefined })
  for (const line of ['load --help', 'help load', 'load a.csv -h']) expect(meaning(line)).toEqual({ kind: 'help', command: load })
})

test('every mistake is named in both languages', () => {
  const mistakes = {
    jump: 'jump',
    'load a.csv': '--profile',
    'load --profile p': 'file',
    'load --profile p a b': 'b',
    'load --profile p a --fast': '--fast',
  }
  for (const [line, named] of Object.entries(mistakes)) {
    const found = meaning(line)
    if (found.kind !== 'wrong') throw new Error(`${line} was understood`)
    expect(found.problem.en).toContain(named)
    expect(found.problem.zh).toMatch(/[一-鿿]/)
  }
})

test('help names every command and every option in both languages', () => {
  expect(helpOnAll([load])).toContain('huying load --profile P file.csv [--json]')
  for (const word of ['导入', 'Loads a file']) expect(helpOnAll([load])).toContain(word)
  for (const word of ['--profile', '--json', '说明文件', 'JSON at the end']) expect(helpOn(load)).toContain(word)
})
