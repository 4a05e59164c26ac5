import { join } from 'node:path'
import { root } from './build/root.ts'
import { run } from './build/run.ts'

/** Installs, type-checks and builds the pages in React and Vue, each with its own lockfile, against the packages as they would be published. */
const steps: readonly (readonly string[])[] = [
  ['ci', '--no-audit', '--no-fund'],
  ['run', 'types'],
  ['run', 'build'],
]

let failed = (await run(process.execPath, ['scripts/build.ts'])) !== 0
for (const name of ['react', 'vue']) {
  for (const step of steps) {
    if (failed) break
    console.log(`examples/${name}: npm ${step.join(' ')}`)
    failed = (await run('npm', step, { cwd: join(root, 'examples', name) })) !== 0
  }
}
process.exitCode = failed ? 1 : 0
