import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

const resolve = { conditions: ['source', 'production'] }

/** Processes that are killed, browsers and long files of SQLite: they wait for what they look for, and mind no others. The longest first. */
const beside = [
  ...['crash', 'work', 'gallery', 'import-million', 'expressions', 'import-crash', 'ledger', 'job-deaths', 'postgres-restart'],
  ...['network', 'webhook-kill'],
]
const files = beside.map((name) => `test/deep/${name}.test.ts`)

/** Two at a time end together only where the longest begin first. */
class LongestFirst extends BaseSequencer {
  override async sort(specifications: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number => {
      const found = files.findIndex((file) => moduleId.endsWith(file))
      return found === -1 ? files.length : found
    }
    return [...specifications].sort((a, b) => place(a) - place(b))
  }
}

const test = {
  globalSetup: ['test/support/postgres-server.ts', 'test/support/browser-build.ts'],
  testTimeout: 600_000,
  hookTimeout: 60_000,
}

/** The long suites: crashes, races, random policies. Run by `npm run verify:deep`, within the hour on two cores. */
export default defineConfig({
  test: {
    passWithNoTests: true,
    sequence: { sequencer: LongestFirst },
    projects: [
      { resolve, ssr: { resolve }, test: { ...test, name: 'beside', include: files, maxWorkers: 2, sequence: { groupOrder: 1 } } },
      {
        resolve,
        ssr: { resolve },
        // One after the other: what they read of the change log must not wait for transactions of others on the same server.
        test: { ...test, name: 'alone', include: ['test/deep/**/*.test.ts'], exclude: files, maxWorkers: 1, sequence: { groupOrder: 2 } },
      },
    ],
  },
})
