import { join } from 'node:path'
import { refreshBrowser } from './build/browser.ts'
import { root } from './build/root.ts'
import { run } from './build/run.ts'

await refreshBrowser()
process.exitCode = await run(process.execPath, ['--conditions=source', join(root, 'examples/demo/src/server.ts'), ...process.argv.slice(2)])
