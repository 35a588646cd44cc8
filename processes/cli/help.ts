import type { Command } from './parse.ts'

/** Help on everything, Chinese first. */
export function helpOnAll(commands: readonly Command[]): string {
  const usages = commands.map(({ name, usage }) => `huying ${name}${usage ? ` ${usage}` : ''}`)
  const width = Math.max(...usages.map((usage) => usage.length)) + 2
  const list = (language: 'zh' | 'en'): string => commands.map(({ summary }, index) => `  ${(usages[index] ?? '').padEnd(width)}${summary[language]}`).join('\n')
  return `呼应：基层治理的开源操作系统

用法：
${list('zh')}
  ${'huying 命令 --help'.padEnd(width - 2)}一个命令的全部选项

环境变量：
  PORT           网页端口（默认 8080）
  DATABASE_URL   PostgreSQL 15 或更新版本的地址；不设则使用自带的数据库
  HUYING_DATA    自带数据库的数据目录

Huying: the open-source operating system of grassroots governance

Usage:
${list('en')}
  ${'huying COMMAND --help'.padEnd(width)}all options of one command

Environment:
  PORT           port of the web pages (8080 by default)
  DATABASE_URL   a PostgreSQL 15 or newer; without it the database that comes along is used
  HUYING_DATA    data folder of the database that comes along
`
}

/** Help on one command, Chinese first. */
export function helpOn({ name, usage, summary, options }: Command): string {
  const names = Object.keys(options)
  const width = Math.max(0, ...names.map((option) => option.length)) + 4
  const list = (language: 'zh' | 'en'): string =>
    Object.entries(options)
      .map(([option, { summary: told }]) => `  --${option.padEnd(width)}${told[language]}\n`)
      .join('')
  return `huying ${name}${usage ? ` ${usage}` : ''}

${summary.zh}
${list('zh')}
${summary.en}
${list('en')}`
}
