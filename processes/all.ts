// Everything in one process: what `npm start` runs.
import { loadDemonstrationCity } from '#seed/load.ts'
import { firstAdministrator } from './administrator.ts'
import { startServer } from './server.ts'
import { start } from './start.ts'

await start({ loadDemonstrationCity, firstAdministrator, startServer }, process.argv.slice(2))
