// `npm start`: installs when the lockfile changed, then goes on in processes/all.ts under the pinned Node.
import { join } from 'node:path'
import { continueAs, install, root } from './install.mjs'

install()
continueAs([join(root, 'processes', 'all.ts'), ...process.argv.slice(2)])
