import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './build/root.ts'
import { runTests } from './build/tests.ts'

if (existsSync(join(root, 'test/deep'))) process.exitCode = await runTests(['--config', 'vitest.deep.config.ts', ...process.argv.slice(2)])
else console.log('test/deep does not exist: nothing to run.')
