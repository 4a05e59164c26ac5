import { gzipSync } from 'node:zlib'
import { nodeResolve } from '@rollup/plugin-node-resolve'
import { rollup } from 'rollup'
import esbuild from 'rollup-plugin-esbuild'
import { expect, it } from 'vitest'

const source = new URL('../../packages/core/src/expression/index.ts', import.meta.url).pathname
const entry = '\0entry'

/** Bytes, compressed, of what a page loads at once to compile and evaluate, and of what is loaded when words are asked for. */
async function sizes(): Promise<{ readonly first: number; readonly words: number }> {
  const bundle = await rollup({
    input: entry,
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === entry ? id : null),
        load: (id) => (id === entry ? `import { compileExpression } from '${source}'; globalThis.compile = compileExpression` : null),
      },
      nodeResolve({ browser: true, exportConditions: ['source'], extensions: ['.ts', '.js'] }),
      esbuild({ target: 'es2022', tsconfig: false, minify: true, legalComments: 'none' }),
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

it('a page loads 12.65 kB at most to check and evaluate', async () => {
  const { first, words } = await sizes()
  expect(first).toBeLessThan(12_650)
  expect(words).toBeLessThan(5_000)
})
