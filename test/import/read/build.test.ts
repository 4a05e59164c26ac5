import { execFile } from 'node:child_process'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { rollup } from 'rollup'
import esbuild from 'rollup-plugin-esbuild'
import { afterAll, expect, it } from 'vitest'
import { readPackages } from '../../../scripts/build/packages.ts'
import { root } from '../../../scripts/build/root.ts'

const folder = join(root, '.cache', `import-build-${process.pid}`)

afterAll(() => rm(folder, { recursive: true, force: true }))

it('starts its thread from the build as it does from the sources', async () => {
  const adapters = (await readPackages()).find(({ name }) => name === '@guanxi/adapters')
  const { 'import/read/worker': worker } = adapters?.entries ?? {}
  expect(worker, 'the thread is an entry of the build').toBeDefined()
  const src = join(adapters?.folder ?? '', 'src')
  const bundle = await rollup({
    input: { 'import/read/index': join(src, 'import/read/index.ts'), 'import/read/worker': worker ?? '' },
    external: adapters?.external ?? [],
    plugins: [esbuild({ target: 'es2023', tsconfig: false })],
  })
  await bundle.write({ dir: folder, format: 'es', preserveModules: true, preserveModulesRoot: src, entryFileNames: '[name].js' })
  await bundle.close()
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }')
  const script = `
    import { openTable } from './import/read/index.js'
    const table = await openTable({ bytes: Buffer.from('name,phone\\nAda,1\\n') })
    for await (const { rows } of table.rows()) console.log(JSON.stringify([table.columns, rows]))`
  await writeFile(join(folder, 'host.mjs'), script)
  const { stdout } = await promisify(execFile)(process.execPath, ['--conditions=source', join(folder, 'host.mjs')])
  expect(JSON.parse(stdout)).toEqual([
    ['name', 'phone'],
    [
      {
        number: 2,
        mark: expect.any(Number),
        cells: [
          { kind: 'text', text: 'Ada' },
          { kind: 'text', text: '1' },
        ],
      },
    ],
  ])
})
