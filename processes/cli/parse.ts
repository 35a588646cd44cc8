import { parseArgs, type ParseArgsOptionsConfig } from 'node:util'
import type { Wording } from '#kernel/refusal.ts'

/** One thing that `huying` can do. */
export interface Command {
  readonly name: string
  /** What follows the name, such as `--profile P file.csv`. */
  readonly usage: string
  readonly summary: Required<Wording>
  readonly options: Readonly<Record<string, Option>>
  /** How many words may follow besides options. */
  readonly words: { readonly atLeast: number; readonly atMost: number }
  /** Does it and resolves with the exit code: 0 done, 1 something is wrong. */
  run(given: Given): Promise<number>
}

export interface Option {
  readonly type: 'string' | 'boolean'
  readonly required?: boolean
  readonly summary: Required<Wording>
}

/** What the person wrote after the command's name. */
export interface Given {
  readonly text: Readonly<Record<string, string | undefined>>
  readonly on: Readonly<Record<string, boolean>>
  readonly words: readonly string[]
}

/** What a command line means: a command to run, help to show, or what is wrong with it. */
export type Meaning =
  | { kind: 'run'; command: Command; given: Given }
  | { kind: 'help'; command: Command | undefined }
  | { kind: 'wrong'; problem: Required<Wording>; command: Command | undefined }

/** Reads a command line. Never throws: a mistake is a meaning too. */
export function meaningOf(args: readonly string[], commands: readonly Command[]): Meaning {
  const [name, ...rest] = args
  if (name === undefined || name === '--help' || name === '-h' || name === 'help')
    return { kind: 'help', command: commands.find((c) => c.name === rest[0]) }
  const command = commands.find((c) => c.name === name)
  if (!command) return { kind: 'wrong', command: undefined, problem: { zh: `没有命令 ${name}。`, en: `There is no command ${name}.` } }
  if (rest.includes('--help') || rest.includes('-h')) return { kind: 'help', command }
  return given(command, rest)
}

function given(command: Command, args: string[]): Meaning {
  const wrong = (zh: string, en: string): Meaning => ({ kind: 'wrong', command, problem: { zh, en } })
  const options: ParseArgsOptionsConfig = Object.fromEntries(Object.entries(command.options).map(([name, { type }]) => [name, { type }]))
  let parsed: ReturnType<typeof parseArgs>
  try {
    parsed = parseArgs({ args, options, allowPositionals: true, strict: true })
  } catch (error) {
    const said = (error instanceof Error ? error.message : String(error)).split('. ')[0]
    return wrong(`参数有误：${said}。`, `Wrong arguments: ${said}.`)
  }
  const missing = Object.entries(command.options).find(([name, { required }]) => required && parsed.values[name] === undefined)
  if (missing) return wrong(`缺少 --${missing[0]}：${missing[1].summary.zh}。`, `--${missing[0]} is missing: ${missing[1].summary.en}.`)
  if (parsed.positionals.length < command.words.atLeast) return wrong('缺少文件名。', 'The file is missing.')
  if (parsed.positionals.length > command.words.atMost) {
    const extra = parsed.positionals[command.words.atMost]
    return wrong(`多出了 ${extra}。`, `${extra} is one word too many.`)
  }
  const text: Record<string, string | undefined> = {}
  const on: Record<string, boolean> = {}
  for (const [name, value] of Object.entries(parsed.values)) {
    if (typeof value === 'string') text[name] = value
    if (typeof value === 'boolean') on[name] = value
  }
  return { kind: 'run', command, given: { text, on, words: parsed.positionals } }
}
