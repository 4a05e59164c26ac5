import { existsSync } from 'node:fs'
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type OutputChunk, rollup } from 'rollup'
import { browserPlugins, sharedChunks } from './browser-plugins.ts'
import { root } from './root.ts'

export const browserEntry = join(root, 'packages/ui-components/src/browser.ts')
export const browserFile = join(root, 'packages/ui-components/dist/browser/ui.js')

/**
 * The components as the HTTP adapter serves them: `ui.js`, a few lines, and beside it, in `ui/`, what all of them share, one file per
 * component, and what a component loads when it is used. Those files are named after their content, so they may be kept for ever, and
 * none of them asks for `ui.js` again, whatever address it was loaded from; `ui.js` is replaced last, by renaming.
 */
export async function buildBrowser(file = browserFile): Promise<void> {
  const chunks = await bundleBrowser()
  const folder = dirname(file)
  await mkdir(join(folder, 'ui'), { recursive: true })
  for (const { fileName, code, isEntry } of chunks) if (!isEntry) await place(join(folder, fileName), code)
  for (const { code, isEntry } of chunks) if (isEntry) await place(file, code)
  const current = new Set(chunks.map(({ fileName }) => fileName))
  for (const name of await readdir(join(folder, 'ui'))) if (!current.has(`ui/${name}`)) await rm(join(folder, 'ui', name), { force: true })
}

/** The same, not written yet. */
export async function bundleBrowser(): Promise<readonly OutputChunk[]> {
  if (!existsSync(browserEntry)) throw new Error('packages/ui-components/src/browser.ts does not exist.')
  const bundle = await rollup({
    input: browserEntry,
    treeshake: { moduleSideEffects: true },
    preserveEntrySignatures: 'strict',
    plugins: browserPlugins(),
    onwarn: (warning) => {
      throw new Error(`ui.js: ${warning.message}`)
    },
  })
  const { output } = await bundle.generate({
    format: 'es',
    entryFileNames: 'ui.js',
    chunkFileNames: 'ui/[name]-[hash].js',
    manualChunks: sharedChunks(browserEntry),
  })
  await bundle.close()
  return output.filter((one) => one.type === 'chunk')
}

/** Whoever reads meanwhile gets the old file or the new one, never half of one. */
async function place(path: string, code: string): Promise<void> {
  const next = `${path}.${process.pid}`
  await writeFile(next, code)
  await rename(next, path)
}

const sources = [
  'scripts/build',
  'packages/ui-components/src',
  'packages/core/src/expression',
  'packages/core/src/types.ts',
  'package-lock.json',
]

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
