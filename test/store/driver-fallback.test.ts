import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const run = promisify(execFile)

/** A process in which sqlite3 cannot be loaded, as where it could not be compiled. */
async function withoutSqlite3(script: string): Promise<string> {
  const hooks = `import { registerHooks } from 'node:module'
    registerHooks({ resolve(name, context, next) {
      if (name === 'sqlite3') throw new Error('not compiled here')
      return next(name, context)
    } })`
  const preload = `data:text/javascript,${encodeURIComponent(hooks)}`
  const cwd = fileURLToPath(new URL('.', import.meta.url))
  const { stdout } = await run(
    process.execPath,
    ['--conditions=source', '--import', preload, '--input-type=module-typescript', '-e', script],
    { cwd },
  )
  return stdout
}

test('where sqlite3 cannot be loaded better-sqlite3 takes its place, and one line says so', async () => {
  const output = await withoutSqlite3(`
    import { sqlite } from '@guanxi/adapters/sqlite'
    const store = sqlite(':memory:', { log: (line) => console.log('log: ' + line) })
    await store.open()
    console.log('driver: ' + store.driver)
    await store.close()
  `)
  expect(output.trim().split('\n')).toEqual([
    'log: sqlite3 could not be loaded (not compiled here); using better-sqlite3.',
    'driver: better-sqlite3',
  ])
})

test('a driver that was asked for by name is not replaced', async () => {
  const output = await withoutSqlite3(`
    import { sqlite } from '@guanxi/adapters/sqlite'
    const store = sqlite(':memory:', { driver: 'sqlite3' })
    await store.open().catch((error) => console.log('refused: ' + error.message))
  `)
  expect(output.trim()).toBe('refused: not compiled here')
})
