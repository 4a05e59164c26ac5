import { execFile } from 'node:child_process'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const root = new URL('../../', import.meta.url)
const guides = new URL('docs/guide/', root)
const folder = new URL('.cache/doc-examples/', root)

const pages = (await readdir(guides)).filter((name) => name.endsWith('.md'))

/** Examples marked `run`, each a whole program. Comments behind console.log say what it prints. */
const examples = (
  await Promise.all(
    pages.map(async (page) => {
      const text = await readFile(new URL(page, guides), 'utf8')
      return [...text.matchAll(/^```ts run\n(.*?)^```$/gms)].map(([, code = ''], index) => ({ name: `${page} ${index + 1}`, code }))
    }),
  )
).flat()

describe('examples of the guides', () => {
  beforeAll(() => mkdir(folder, { recursive: true }))
  afterAll(() => rm(folder, { recursive: true, force: true }))

  test('there are some', () => {
    expect(examples.length).toBeGreaterThan(3)
  })

  test.each(examples)('$name runs and prints what it says', async ({ name, code }) => {
    const file = new URL(`${name.replaceAll(/\W+/g, '-')}.ts`, folder)
    await writeFile(file, code)
    const { stdout } = await promisify(execFile)(process.execPath, ['--conditions=source', file.pathname], { cwd: root.pathname })
    const expected = [...code.matchAll(/^\s*console\.log\(.*\) \/\/ (.*)$/gm)].map(([, line]) => line)
    expect(stdout.trim().split('\n')).toEqual(expected)
  })
})
