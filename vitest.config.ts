import chromium from '@sparticuz/chromium'
import { playwright } from '@vitest/browser-playwright'
import { defineConfig } from 'vitest/config'

const resolve = { conditions: ['source', 'production'] }
const patience = { testTimeout: 30_000, hookTimeout: 60_000, maxConcurrency: 3, expect: { poll: { timeout: 15_000 } } }

/**
 * Tests that start no page and one process at a time at most, and so leave a core to the browser beside them. Files share their
 * modules: hooks that a shared module registers when it is loaded are those of the first file alone, and what one file sets for all of
 * the process the others have, too.
 */
const quiet = 'test/{decider,docs,export,expression,filter,logic,records,security,segment,store,webhooks}/**/*.test.ts'

/*
 * Two cores are kept busy throughout: first two files at a time of the tests that start processes and pages, then the components in a
 * browser beside everything else.
 */
export default defineConfig({
  test: {
    projects: [
      {
        resolve,
        ssr: { resolve },
        test: {
          ...patience,
          name: 'node',
          include: ['test/**/*.test.ts'],
          exclude: ['**/node_modules/**', 'test/deep/**', quiet],
          globalSetup: ['test/support/postgres-server.ts', 'test/support/browser-build.ts'],
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        resolve,
        ssr: { resolve },
        test: {
          ...patience,
          name: 'packages',
          include: ['packages/{core,adapters,plugins}/**/*.test.ts'],
          globalSetup: ['test/support/postgres-server.ts'],
          maxWorkers: 1,
          isolate: false,
          sequence: { groupOrder: 2 },
        },
      },
      {
        resolve,
        ssr: { resolve },
        test: {
          ...patience,
          name: 'quiet',
          include: [quiet],
          globalSetup: ['test/support/postgres-server.ts'],
          maxWorkers: 1,
          isolate: false,
          sequence: { groupOrder: 2 },
        },
      },
      {
        resolve,
        // Found only while tests run, and then the page would be loaded anew.
        optimizeDeps: { include: ['lit/directive-helpers.js'] },
        test: {
          testTimeout: patience.testTimeout,
          maxConcurrency: patience.maxConcurrency,
          name: 'browser',
          include: ['packages/ui-components/**/*.test.ts'],
          maxWorkers: 1,
          sequence: { groupOrder: 2 },
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: { executablePath: await chromium.executablePath(), args: chromium.args } }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
})
