import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

if (Number(process.versions.node.split('.')[0]) < 24)
  throw new Error(`These tests need the Node 24 that npm ci installed, this is ${process.version}. Run: npx vitest run <path>`)

process.env['HUYING_SEED'] ??= String(Math.floor(Math.random() * 2 ** 31))

// Each file of journeys has a server, a database and a browser of its own, so as many run side by side as there are cores.
export default defineConfig({
  test: {
    setupFiles: ['house/testing-seed.ts'],
    globalSetup: ['platform/database/testing-cluster.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'units',
          // Half of a test with a database is the database's time, so one worker a core, not one less.
          maxWorkers: availableParallelism(),
          // Files of one worker share their modules, which are loaded once and not three hundred times: no module here keeps anything between them.
          isolate: false,
          testTimeout: 30_000,
          hookTimeout: 60_000,
          include: ['{kernel,platform,contexts,processes,gateways,seed,database,tools,web}/**/*.test.ts'],
        },
      },
      { extends: true, test: { name: 'house', include: ['house/**/*.test.ts'], testTimeout: 120_000, hookTimeout: 120_000 } },
      {
        extends: true,
        test: {
          name: 'journeys',
          include: ['journeys/**/*.test.ts'],
          maxWorkers: availableParallelism(),
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
      // Hours lived in minutes: `npm run faults`, never `npm test`.
      { extends: true, test: { name: 'faults', include: ['faults/**/*.test.ts'], testTimeout: 3_600_000, hookTimeout: 300_000 } },
    ],
  },
})
