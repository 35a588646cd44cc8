// `npm run dev`: the server starts anew when a source changes, and the screens change in the open page (desk on 5173, field on 5174).
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { continueAs, environment, install, pinnedNode, root } from './install.mjs'

install()
const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
for (const [mode, port] of [
  ['command', '5173'],
  ['field', '5174'],
]) {
  const args = [vite, '--config', join(root, 'web', 'vite.config.ts'), '--mode', mode, '--port', port, '--strictPort', '--clearScreen', 'false']
  const screens = spawn(pinnedNode(), args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env: environment() })
  process.on('exit', () => screens.kill())
}
continueAs(['--watch', '--watch-preserve-output', join(root, 'processes', 'all.ts'), '--no-screens'])
