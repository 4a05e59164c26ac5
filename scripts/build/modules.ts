import { copyFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { rollup } from 'rollup'
import esbuild from 'rollup-plugin-esbuild'
import type { Package } from './packages.ts'
import { root } from './root.ts'

/**
 * ESM, one file per source file, so that a host loads only what it imports and stack traces name our files.
 * esbuild only strips types (it is needed for the browser build's minifier anyway); the types themselves are checked and emitted by tsc.
 */
export async function buildModules(one: Package, dist = join(one.folder, 'dist')): Promise<void> {
  await rm(dist, { recursive: true, force: true })
  await copyFile(join(root, 'LICENSE'), join(one.folder, 'LICENSE'))
  if (Object.keys(one.entries).length === 0) return
  const bundle = await rollup({
    input: one.entries,
    external: one.external,
    plugins: [esbuild({ target: 'es2023', tsconfig: false })],
    treeshake: { moduleSideEffects: true },
    onwarn: (warning) => {
      // Circles are the business of check-imports.
      if (warning.code === 'CIRCULAR_DEPENDENCY') return
      // A sub-path may hold types only.
      if (warning.code === 'EMPTY_BUNDLE') return
      throw new Error(`${one.name}: ${warning.message}`)
    },
  })
  await bundle.write({
    dir: dist,
    format: 'es',
    preserveModules: true,
    preserveModulesRoot: join(one.folder, 'src'),
    entryFileNames: '[name].js',
  })
  await bundle.close()
}
