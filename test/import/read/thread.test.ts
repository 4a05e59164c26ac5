import { execFile } from 'node:child_process'
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addToFingerprint, startFingerprint } from '../../../packages/adapters/src/import/fingerprint.ts'
import { openTable } from '../../../packages/adapters/src/import/read/index.ts'

const door = new URL('../../../packages/adapters/src/import/read/index.ts', import.meta.url).href
const csv = (rows: number): Buffer => Buffer.from(`a,b\n${'12345,67890\n'.repeat(rows)}`)

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'import-thread-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function readWhole(path: string): Promise<void> {
  for await (const _ of (await openTable({ path })).rows());
}

async function overwrite(path: string, position: number, text: string): Promise<void> {
  const file = await open(path, 'r+')
  await file.write(text, position)
  await file.close()
}

/** What a process of its own prints; it has to end by itself. */
async function run(script: string): Promise<string> {
  const args = ['--conditions=source', '--input-type=module', '-e', `import { openTable } from '${door}'\n${script}`]
  return (await promisify(execFile)(process.execPath, args, { timeout: 20_000 })).stdout.trim()
}

describe('the thread that reads a file', () => {
  it('reads no further than what was asked for', async () => {
    const path = join(folder, 'changing.csv')
    await writeFile(path, csv(200_000))
    const table = await openTable({ path })
    const texts = new Set<string>()
    for await (const { rows } of table.rows()) {
      if (texts.size === 0) {
        // Long enough for a thread that does not wait to be at the end of the first file as well.
        await readWhole(path)
        await overwrite(path, csv(0).length + 150_000 * 12, 'AAAAA,BBBBB\n'.repeat(50_000))
      }
      for (const { cells } of rows) if (cells[0]?.kind === 'text') texts.add(cells[0].text)
    }
    expect([...texts]).toEqual(['12345', 'AAAAA'])
  })

  it('says how much of the file it has read, up to all of it', async () => {
    const bytes = csv(50_000)
    const table = await openTable({ bytes })
    const read: number[] = []
    for await (const batch of table.rows()) read.push(batch.bytes)
    expect(table.size).toBe(bytes.length)
    expect(read).toEqual(read.toSorted((first, second) => first - second))
    expect(read.at(-1)).toBe(bytes.length)
  })

  it('attack:I11 stops when it is told to, within a batch', async () => {
    const stop = new AbortController()
    const table = await openTable({ bytes: csv(400_000) })
    let rows = 0
    const reading = async (): Promise<void> => {
      for await (const batch of table.rows(stop.signal)) {
        rows += batch.rows.length
        stop.abort(new Error('cancelled'))
      }
    }
    await expect(reading()).rejects.toThrow('cancelled')
    expect(rows).toBeLessThanOrEqual(500)
  })

  it('does not start for what is cancelled already', async () => {
    await expect(openTable({ bytes: csv(1) }, { signal: AbortSignal.abort(new Error('too late')) })).rejects.toThrow('too late')
  })

  it('hands out its rows once', async () => {
    const table = await openTable({ bytes: csv(3) })
    for await (const _ of table.rows());
    await expect(table.rows()[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: 'IMPORT_READ_ONCE' })
  })

  it.each([3, 400_000])('is summed up, and then read, by one thread: %i rows', async (count) => {
    const table = await openTable({ bytes: csv(count) })
    const summary = await table.skim?.()
    let rows = 0
    let hash = startFingerprint(table.columns)
    for await (const batch of table.rows()) {
      rows += batch.rows.length
      for (const row of batch.rows) hash = addToFingerprint(hash, row)
    }
    expect(summary).toEqual({ rows: count, hash })
    expect(rows).toBe(count)
  })

  it('is over when the table is closed, as often as one likes', async () => {
    const table = await openTable({ bytes: csv(100_000) })
    await table.close()
    await table.close()
    await expect(table.rows()[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: 'IMPORT_FILE_UNREADABLE' })
  })

  it('leaves the bytes it was given alone', async () => {
    const bytes = csv(10)
    const before = Buffer.from(bytes)
    await (await openTable({ bytes })).close()
    expect(bytes).toEqual(before)
  })

  it('keeps no process alive, neither left early nor never read', async () => {
    const left =
      "const table = await openTable({ bytes: Buffer.from('a\\n1\\n'.repeat(9000)) })\nfor await (const _ of table.rows()) break\nconsole.log('left')"
    expect(await run(left)).toBe('left')
    expect(await run("await openTable({ bytes: Buffer.from('a\\n1\\n') })\nconsole.log('opened')")).toBe('opened')
  })

  it('works under a host that forbids code from strings', async () => {
    const script = `import { openTable } from '${door}'\nfor await (const { rows } of (await openTable({ bytes: Buffer.from('a\\n1\\n') })).rows()) console.log(rows.length)`
    const args = ['--disallow-code-generation-from-strings', '--conditions=source', '--input-type=module', '-e', script]
    expect((await promisify(execFile)(process.execPath, args)).stdout.trim()).toBe('1')
  })
})
