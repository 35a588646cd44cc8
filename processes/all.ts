// Everything in one process: what `npm start` runs.
import { loadDemonstrationCity } from '#seed/load.ts'
import { startServer } from './server.ts'
import { start } from './start.ts'

await start({ loadDemonstrationCity, startServer }, process.argv.slice(2))
