#!/usr/bin/env node
// `npx huying …`: the command line under the pinned Node. Installs nothing.
import { join } from 'node:path'
import { continueAs, fail, isInstalled, root } from './install.mjs'

if (!isInstalled()) fail('依赖还没有安装；请先运行 npm start 或 npm ci。', 'The dependencies are not installed yet; run npm start or npm ci first.')
continueAs([join(root, 'processes', 'cli.ts'), ...process.argv.slice(2)])
