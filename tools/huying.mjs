#!/usr/bin/env node
// `npx huying …`: the command line under the pinned Node. Installs nothing.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { continueAs, fail, root } from './install.mjs'

if (!existsSync(join(root, 'node_modules', '.package-lock.json')))
  fail('依赖还没有安装；请先运行 npm start 或 npm ci。', 'The dependencies are not installed yet; run npm start or npm ci first.')
continueAs([join(root, 'processes', 'cli.ts'), ...process.argv.slice(2)])
