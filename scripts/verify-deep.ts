import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { root } from './build/root.ts'
import { type Report, reportFile, runTests } from './build/tests.ts'

if (existsSync(join(root, 'test/deep'))) {
  process.exitCode = await runTests(['--config', 'vitest.deep.config.ts', ...process.argv.slice(2)])
  for (const line of await fileLines()) console.log(line)
} else console.log('test/deep does not exist: nothing to run.')

/** How long each file took, the longest first, and the whole. */
async function fileLines(): Promise<string[]> {
  const text = await readFile(reportFile, 'utf8').catch(() => null)
  if (text === null) return []
  const files = (JSON.parse(text) as Report).testResults.map(({ name, status, startTime, endTime, assertionResults }) => {
    const count = (wanted: string): number => assertionResults.filter((one) => one.status === wanted).length
    return {
      seconds: (endTime - startTime) / 1_000,
      text: `${basename(name)}: ${status}, ${count('passed')} passed, ${count('failed')} failed, ${count('skipped') + count('pending')} skipped`,
    }
  })
  const whole = files.reduce((sum, { seconds }) => sum + seconds, 0)
  return [...files.sort((a, b) => b.seconds - a.seconds), { seconds: whole, text: `${files.length} files` }].map(
    (file) => `${clock(file.seconds)}  ${file.text}`,
  )
}

function clock(seconds: number): string {
  const whole = Math.round(seconds)
  return `${String(Math.floor(whole / 60)).padStart(3)}:${String(whole % 60).padStart(2, '0')}`
}
