import { styleText } from 'node:util'
import { Refusal, type Wording } from '#kernel/refusal.ts'
import { readConfig } from '#platform/config.ts'
import { migrate } from '#platform/database/migrate.ts'
import { runSql } from '#platform/database/sql-client.ts'
import { connect, type Connection } from './connect.ts'
import { asPortRefusal, checkPort } from './port.ts'
import { buildScreens } from './screens.ts'

/** One demonstration account, for the person who starts the product the first time. */
export interface SignIn {
  readonly role: Wording
  readonly name: string
  readonly password: string
}

/** What `start` puts together. */
export interface Parts {
  /** Loads the demonstration city unless it is there already, and tells its accounts. */
  loadDemonstrationCity(databaseUrl: string): Promise<readonly SignIn[]>
  /** On real data: makes the first administrator unless somebody has an account, and tells his password once. */
  firstAdministrator(databaseUrl: string): Promise<readonly SignIn[]>
  /** Resolves when requests are answered. `close` waits for the requests in hand. */
  startServer(options: { databaseUrl: string; port: number }): Promise<{ close(): Promise<void> }>
}

/** Brings everything up, prints where it is, and takes everything down again on Ctrl-C. Ends the process. */
export async function start(parts: Parts, flags: readonly string[] = []): Promise<void> {
  const running: { close(): Promise<void> }[] = []
  const { leave, isLeaving } = leaving(running)
  try {
    const { PORT: port, HOST: host, HUYING_DEMONSTRATION: wanted } = readConfig(process.env)
    await checkPort(port, host)
    const screens = flags.includes('--no-screens') ? Promise.resolve() : buildScreens(say)
    // Waited for below; until then its failure must not count as unhandled.
    screens.catch(() => undefined)
    const connection = await connect()
    running.unshift({ close: connection.stop })
    void connection.died.then((reason) => leave(1, ...sentences(reason)))
    const applied = await migrate(connection.url)
    if (applied.length > 0) say(`数据库结构已更新：${applied.length} 步`, `Database brought up to date: ${applied.length} steps`)
    const demonstration = wanted === 'yes' && (await mayHoldDemonstration(connection))
    const signIns = demonstration ? await parts.loadDemonstrationCity(connection.url) : await parts.firstAdministrator(connection.url)
    await screens
    const server = parts.startServer({ databaseUrl: connection.url, port })
    // Listed before it is there: a Ctrl-C meanwhile waits for it and then closes it, before the database under it.
    running.unshift({ close: () => server.then(({ close }) => close()) })
    await server.catch((error: unknown) => Promise.reject(asPortRefusal(error, port) ?? error))
    if (!isLeaving()) announce(port, connection, signIns)
  } catch (error) {
    await leave(1, ...sentences(error))
  }
}

/** The demonstration city never goes into a database that holds a real one. */
async function mayHoldDemonstration(connection: Connection): Promise<boolean> {
  return (await runSql(connection.url, 'select 1 from platform.district where not sample limit 1')).length === 0
}

/** What an error says to a person, Chinese first. A refusal has its own words; anything else is a fault and shows where it happened. */
export function sentences(error: unknown): [zh: string, en: string] {
  if (error instanceof Refusal) return [error.text('zh'), error.text('en')]
  return ['程序出错，请把下面的内容报告给我们。', error instanceof Error ? (error.stack ?? error.message) : String(error)]
}

// The last started is the first closed. A second Ctrl-C within three seconds is the same wish said twice (the terminal and npm both send
// one); a later one is impatience and ends at once.
function leaving(running: readonly { close(): Promise<void> }[]): {
  leave: (code: number, zh: string, en: string) => Promise<void>
  isLeaving: () => boolean
} {
  let since: number | undefined
  const leave = async (code: number, zh: string, en: string): Promise<void> => {
    if (since !== undefined) {
      if (code === 0 && performance.now() - since > 3000) process.exit(130)
      return
    }
    since = performance.now()
    if (code === 0) say(zh, en)
    else process.stderr.write(`\n${zh}\n${en}\n`)
    // What did not start needs no closing, and its reason was told above.
    for (const part of running) await part.close().catch(() => undefined)
    process.exit(code)
  }
  const asked = (): unknown => leave(0, '正在停止…', 'Stopping …')
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, asked)
  // The process that started us is gone.
  process.on('disconnect', asked)
  return { leave, isLeaving: () => since !== undefined }
}

function say(zh: string, en: string): void {
  process.stdout.write(`${zh} ${styleText('dim', en)}\n`)
}

function announce(port: number, connection: Connection, signIns: readonly SignIn[]): void {
  const lines: [string, string][] = [
    ['地址 Address', `http://localhost:${port}`],
    ['数据 Data', connection.place],
    ...signIns.map(({ role, name, password }): [string, string] => [`${role.zh} ${role.en ?? ''}`.trim(), `${name}  ${password}`]),
  ]
  const width = Math.max(...lines.map(([label]) => widthOf(label))) + 2
  const seconds = (performance.now() / 1000).toFixed(1)
  process.stdout.write(`\n${styleText('bold', '呼应已启动 Huying is running')} (${seconds} s)\n\n`)
  for (const [index, [label, value]] of lines.entries()) {
    if (index === 2) process.stdout.write('\n  账号与密码 Sign-ins: name, password\n')
    process.stdout.write(`  ${label}${' '.repeat(width - widthOf(label))}${value}\n`)
  }
  process.stdout.write('\n  按 Ctrl-C 停止 Ctrl-C stops everything\n')
}

/** Columns that a text takes in a terminal: Chinese characters take two. */
function widthOf(text: string): number {
  return [...text].reduce((sum, letter) => sum + (/[\u2e80-\uffef]/.test(letter) ? 2 : 1), 0)
}
