import chromium from '@sparticuz/chromium'
import { playwright } from '@vitest/browser-playwright'
import { defineConfig } from 'vitest/config'

const resolve = { conditions: ['source', 'production'] }

export default defineConfig({
  test: {
    projects: [
      {
        resolve,
        ssr: { resolve },
        test: {
          name: 'node',
          include: ['packages/{core,adapters,plugins}/**/*.test.ts', 'test/**/*.test.ts'],
          exclude: ['**/node_modules/**', 'test/deep/**'],
          globalSetup: ['test/support/postgres-server.ts', 'test/support/browser-build.ts'],
          testTimeout: 30_000,
          maxConcurrency: 3,
          hookTimeout: 60_000,
          expect: { poll: { timeout: 15_000 } },
        },
      },
      {
        resolve,
        test: {
          name: 'browser',
          include: ['packages/ui-components/**/*.test.ts'],
          testTimeout: 30_000,
          maxConcurrency: 3,
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
