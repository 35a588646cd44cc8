import type { Language } from '#kernel/refusal.ts'
import { describeConfig } from '#platform/config.ts'
import type { Command } from './parse.ts'

/** Help on everything, Chinese first. */
export function helpOnAll(commands: readonly Command[]): string {
  const usages = commands.map(({ name, usage }) => `huying ${name}${usage ? ` ${usage}` : ''}`)
  const width = Math.max(...usages.map((usage) => usage.length)) + 2
  const list = (language: Language): string =>
    commands.map(({ summary }, index) => `  ${(usages[index] ?? '').padEnd(width)}${summary[language]}`).join('\n')
  return `呼应：基层治理的开源操作系统

用法：
${list('zh')}
  ${'huying 命令 --help'.padEnd(width - 2)}一个命令的全部选项

环境变量：
${settings('zh')}

Huying: the open-source operating system of grassroots governance

Usage:
${list('en')}
  ${'huying COMMAND --help'.padEnd(width)}all options of one command

Environment:
${settings('en')}
`
}

function settings(language: Language): string {
  const all = describeConfig()
  const width = Math.max(...all.map(({ name }) => name.length)) + 2
  return all.map(({ name, meaning, standard }) => `  ${name.padEnd(width)}${meaning[language]}${standard ? ` [${standard}]` : ''}`).join('\n')
}

/** Help on one command, Chinese first. */
export function helpOn({ name, usage, summary, options }: Command): string {
  const names = Object.keys(options)
  const width = Math.max(0, ...names.map((option) => option.length)) + 4
  const list = (language: Language): string =>
    Object.entries(options)
      .map(([option, { summary: told }]) => `  --${option.padEnd(width)}${told[language]}\n`)
      .join('')
  return `huying ${name}${usage ? ` ${usage}` : ''}

${summary.zh}
${list('zh')}
${summary.en}
${list('en')}`
}
