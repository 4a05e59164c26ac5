import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { type Package, readPackages } from './build/packages.ts'
import { run } from './build/run.ts'
import { checkConsumer } from './package-lint/consumer-check.ts'

/** Builds the packages, lints what would be published, and uses it as a host would. */
if ((await run(process.execPath, ['scripts/build.ts'])) !== 0) process.exit(1)
const packages = await readPackages()
const counts = await Promise.all(packages.map(lint))
const problems = counts.reduce((sum, count) => sum + count, 0) + (await checkConsumer(packages))
console.log(problems === 0 ? 'The packages can be published.' : `${problems} problems in the packages.`)
process.exitCode = problems === 0 ? 0 : 1

async function lint(one: Package): Promise<number> {
  const { messages, pkg } = await publint({ pkgDir: one.folder, strict: true })
  for (const message of messages) console.error(`${one.name}: ${formatMessage(message, pkg)}`)
  return messages.length
}
