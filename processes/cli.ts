// `npx huying …`
import { commands } from './cli/commands.ts'
import { runCommandLine } from './cli/run.ts'

process.exitCode = await runCommandLine(process.argv.slice(2), commands)
