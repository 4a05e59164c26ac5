import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { createExporter } from '@guanxi/adapters/export'
import { createImporter, type ImportFile, type ImportMapping, importing, openTable } from '@guanxi/adapters/import'
import { sqlite } from '@guanxi/adapters/sqlite'
import { createCrm } from '@guanxi/core'
import { afterAll, beforeAll, expect, it } from 'vitest'

const rows = Number(process.env.IMPORT_ROWS ?? 1_000_000)
const limit = 96 * 1024 * 1024
const mapping: ImportMapping = {
  object: 'customer',
  columns: ['name', 'phone', 'region', 'website', 'description'].map((field) => ({ column: field, field })),
}

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'guanxi-million-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

function* lines(): Generator<string> {
  yield 'name,phone,region,website,description\n'
  for (let index = 0; index < rows; index += 1)
    yield `蓝海科技 ${index},138${String(index).padStart(8, '0')},华东,https://a${index}.example.com,老客户 ${index}\n`
}

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

/** Bytes in use once everything that is not needed is gone. */
function inUse(): number {
  collectGarbage()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

it('a very long CSV is imported and exported again with the memory of a short one', { timeout: 7_200_000 }, async () => {
  const path = join(folder, 'long.csv')
  await pipeline(Readable.from(lines()), createWriteStream(path))
  const crm = createCrm({ store: sqlite(join(folder, 'crm.db'), { driver: 'better-sqlite3' }), plugins: [importing()], tenant: 'test' })
  await crm.open()
  const ada = { id: 'ada', roles: ['admin'] }
  const importer = createImporter(crm, ada)
  const files: ImportFile[] = [{ name: 'long.csv', mapping, open: () => openTable({ path }) }]
  const { job } = await importer.start(files)
  const used: number[] = []
  let rate = 0
  const every = Math.max(1, Math.floor(rows / 10))
  const result = await importer.run(job.id, files, {
    onProgress({ rowsDone, rowsPerSecond }) {
      rate = rowsPerSecond
      if (rowsDone >= every * (used.length + 1)) used.push(inUse())
    },
  })
  console.log(`${rows} rows imported, ${rate} a second; MB in use: ${used.map((bytes) => Math.round(bytes / 1e6)).join(' ')}`)
  expect(result).toMatchObject({ state: 'done', created: rows, refused: 0 })
  expect(used.length).toBeGreaterThan(8)
  expect(Math.max(...used) - (used[0] ?? 0)).toBeLessThan(limit)

  const before = inUse()
  let most = 0
  let count = 0
  let pieces = 0
  for await (const piece of createExporter(crm, ada).object('customer', { fields: ['name', 'phone'] })) {
    for (const byte of piece) if (byte === 10) count += 1
    pieces += 1
    if (pieces % 20 === 1) most = Math.max(most, inUse() - before)
  }
  expect(count).toBe(rows + 1)
  expect(most).toBeLessThan(limit)
  await crm.close()
})
