import { existsSync } from 'node:fs'
import { mkdir, readdir, rename, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { nodeResolve } from '@rollup/plugin-node-resolve'
import { rollup } from 'rollup'
import esbuild from 'rollup-plugin-esbuild'
import { root } from './root.ts'

export const browserEntry = join(root, 'packages/ui-components/src/browser.ts')
export const browserFile = join(root, 'packages/ui-components/dist/browser/ui.js')

/** The components as one minified file with everything inside; the HTTP adapter serves it as `ui.js`. */
export async function buildBrowser(file = browserFile): Promise<void> {
  if (!existsSync(browserEntry)) throw new Error('packages/ui-components/src/browser.ts does not exist.')
  const bundle = await rollup({
    input: browserEntry,
    treeshake: { moduleSideEffects: true },
    plugins: [
      nodeResolve({ browser: true, exportConditions: ['source', 'production'], extensions: ['.ts', '.js'] }),
      esbuild({ target: 'es2022', tsconfig: false, minify: true, legalComments: 'none' }),
    ],
    onwarn: (warning) => {
      throw new Error(`ui.js: ${warning.message}`)
    },
  })
  const next = `${file}.${process.pid}`
  await bundle.write({ file: next, format: 'es', inlineDynamicImports: true })
  await bundle.close()
  await mkdir(dirname(file), { recursive: true })
  await rename(next, file)
}

const sources = ['packages/ui-components/src', 'packages/core/src/expression', 'packages/core/src/types.ts', 'package-lock.json']

/** Builds `ui.js` when one of its sources is newer. */
export async function refreshBrowser(): Promise<void> {
  const built = existsSync(browserFile) ? (await stat(browserFile)).mtimeMs : 0
  const changed = await Promise.all(sources.map((source) => newest(join(root, source))))
  if (Math.max(...changed) > built) await buildBrowser()
}

async function newest(path: string): Promise<number> {
  if (!existsSync(path)) return 0
  const own = await stat(path)
  if (!own.isDirectory()) return own.mtimeMs
  const inside = await Promise.all((await readdir(path)).map((name) => newest(join(path, name))))
  return Math.max(own.mtimeMs, ...inside)
}
