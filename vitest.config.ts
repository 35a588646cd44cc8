import { defineConfig } from 'vitest/config'

// Journeys share one server and one browser and tell one story each, so they run one after another and outside the other projects.
export default defineConfig({
  test: {
    globalSetup: ['platform/database/testing-cluster.ts'],
    projects: [
      { extends: true, test: { name: 'units', include: ['{kernel,platform,contexts,processes,gateways,seed,database,tools,web}/**/*.test.ts'] } },
      { extends: true, test: { name: 'house', include: ['house/**/*.test.ts'], testTimeout: 120_000, hookTimeout: 120_000 } },
      { extends: true, test: { name: 'journeys', include: ['journeys/**/*.test.ts'], fileParallelism: false, testTimeout: 180_000, hookTimeout: 180_000 } },
    ],
  },
})
