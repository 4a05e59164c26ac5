import { runTests } from './build/tests.ts'

process.exitCode = await runTests(process.argv.slice(2))
