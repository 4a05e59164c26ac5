import { gzipSync } from 'node:zlib'
import { nodeResolve } from '@rollup/plugin-node-resolve'
import { transform } from 'esbuild'
import { rollup } from 'rollup'
import esbuild from 'rollup-plugin-esbuild'
import { minify } from 'terser'
import { expect, it } from 'vitest'

const source = new URL('../../packages/core/src/expression/index.ts', import.meta.url).pathname
const entry = '\0entry'

const by = {
  esbuild: async (code: string) => (await transform(code, { target: 'es2022', format: 'esm', minify: true, legalComments: 'none' })).code,
  terser: async (code: string) => (await minify(code, { module: true, ecma: 2020, compress: { ecma: 2020, passes: 2 } })).code ?? code,
}

/** Bytes, compressed, of what a page loads at once to compile and evaluate, and of what is loaded when words are asked for. */
async function sizes(minified: (code: string) => Promise<string>): Promise<{ readonly first: number; readonly words: number }> {
  const bundle = await rollup({
    input: entry,
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === entry ? id : null),
        load: (id) => (id === entry ? `import { compileExpression } from '${source}'; globalThis.compile = compileExpression` : null),
      },
      nodeResolve({ browser: true, exportConditions: ['source'], extensions: ['.ts', '.js'] }),
      esbuild({ target: 'es2022', tsconfig: false }),
      { name: 'minified', renderChunk: async (code) => ({ code: await minified(code), map: null }) },
    ],
    onwarn: (warning) => {
      throw new Error(warning.message)
    },
  })
  const { output } = await bundle.generate({ format: 'es' })
  await bundle.close()
  const bytes = (isWords: boolean): number =>
    output
      .filter((file) => file.fileName.startsWith('explain') === isWords)
      .reduce((sum, file) => sum + ('code' in file ? gzipSync(file.code, { level: 9 }).length : 0), 0)
  return { first: bytes(false), words: bytes(true) }
}

it.each([
  ['terser', 12_000],
  ['esbuild', 12_550],
] as const)(
  'a page loads less than 12 kB to check and evaluate, and hardly more where it is made small by another (%s)',
  async (tool, limit) => {
    const { first, words } = await sizes(by[tool])
    expect(first).toBeLessThan(limit)
    expect(words).toBeLessThan(5_000)
  },
)
