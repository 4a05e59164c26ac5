import { mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from './root.ts'
import { run } from './run.ts'

/** What vitest writes down of a run. Times in milliseconds. */
export interface Report {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly testResults: readonly {
    readonly name: string
    readonly status: string
    readonly startTime: number
    readonly endTime: number
    readonly assertionResults: readonly { readonly status: string }[]
  }[]
}

const folder = join(root, '.cache')

/** Where the report of the last run stands. */
export const reportFile = join(folder, 'test-report.json')

/** Runs vitest and ends with one line: `N passed, N failed`. Returns the exit code. */
export async function runTests(args: readonly string[]): Promise<number> {
  const file = reportFile
  await mkdir(folder, { recursive: true })
  await rm(file, { force: true })
  // The processes that tests start run the same sources again and again.
  process.env.NODE_COMPILE_CACHE ??= join(folder, 'compiled')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  const exit = await run(join(root, 'node_modules/.bin/vitest'), ['run', ...reporters, ...args])
  const { passed, failed } = count(await readReport(file), exit)
  console.log(`${passed} passed, ${failed} failed`)
  return failed > 0 ? 1 : 0
}

async function readReport(file: string): Promise<Report | null> {
  const text = await readFile(file, 'utf8').catch(() => null)
  return text === null ? null : (JSON.parse(text) as Report)
}

/** A file that does not load counts as one failure, and so does a run that ends badly although every test passed. */
function count(report: Report | null, exit: number): { passed: number; failed: number } {
  if (!report) return { passed: 0, failed: 1 }
  const unloaded = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((one) => one.status === 'failed'),
  )
  const failed = report.numFailedTests + unloaded.length
  return { passed: report.numPassedTests, failed: failed === 0 && exit !== 0 ? 1 : failed }
}
