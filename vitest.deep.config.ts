import { defineConfig } from 'vitest/config'

const resolve = { conditions: ['source', 'production'] }

/** The long suites: crashes, races, random policies. Run by `npm run verify:deep`. */
export default defineConfig({
  resolve,
  ssr: { resolve },
  test: {
    include: ['test/deep/**/*.test.ts'],
    globalSetup: ['test/support/postgres-server.ts', 'test/support/browser-build.ts'],
    testTimeout: 600_000,
    hookTimeout: 60_000,
    passWithNoTests: true,
    // One after the other: each of them keeps both cores busy.
    maxWorkers: 1,
  },
})
