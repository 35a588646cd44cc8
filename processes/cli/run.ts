import { migrate } from '#platform/database/migrate.ts'
import { connect } from '../connect.ts'
import { sentences } from '../start.ts'
import { helpOn, helpOnAll } from './help.ts'
import { meaningOf, type Command } from './parse.ts'

/** Does what a command line says. Resolves with the exit code: 0 done, 1 something is wrong, 2 the command line is wrong. */
export async function runCommandLine(args: readonly string[], commands: readonly Command[]): Promise<number> {
  const meaning = meaningOf(args, commands)
  if (meaning.kind === 'help') {
    console.log(meaning.command ? helpOn(meaning.command) : helpOnAll(commands))
    return 0
  }
  if (meaning.kind === 'wrong') {
    const more = `huying ${meaning.command ? `${meaning.command.name} ` : ''}--help`
    console.error(`${meaning.problem.zh}用法见 ${more}\n${meaning.problem.en} For its use see ${more}`)
    return 2
  }
  try {
    return await meaning.command.run(meaning.given)
  } catch (error) {
    console.error(sentences(error).join('\n'))
    return 1
  }
}

/**
 * Gives a command an up-to-date database: the given one, the running product's, or our own for as long as the command takes.
 * Ctrl-C stops our own server before the process ends; what was not committed is taken back by the database.
 */
export async function withDatabase<R>(work: (databaseUrl: string) => Promise<R>): Promise<R> {
  const connection = await connect({ share: true })
  const interrupted = (): unknown => connection.stop().finally(() => process.exit(130))
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted)
  try {
    await migrate(connection.url)
    return await Promise.race([work(connection.url), connection.died.then((reason) => Promise.reject(reason))])
  } finally {
    await connection.stop()
    process.off('SIGINT', interrupted).off('SIGTERM', interrupted)
  }
}
