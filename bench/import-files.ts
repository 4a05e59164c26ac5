import { createWriteStream } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { pipeline } from 'node:stream/promises'
import { openTable } from '../packages/adapters/src/import/read/index.ts'
import { type ExportColumn, type ExportRow, writeCsv, writeXlsx } from '../packages/adapters/src/import/write/index.ts'

/**
 * Writes and reads large files and prints rows a second, the longest the host's event loop was held, and the most memory on top:
 * `node --conditions=source --expose-gc bench/import-files.ts [rows]`.
 */
const count = Number(process.argv[2] ?? 1_000_000)
const columns: readonly ExportColumn[] = [
  { name: '名称', type: 'text' },
  { name: '联系人', type: 'text' },
  { name: '电话', type: 'text' },
  { name: '邮箱', type: 'text' },
  { name: '城市', type: 'text' },
  { name: '金额', type: 'money' },
  { name: '人数', type: 'number' },
  { name: '签约日期', type: 'date' },
  { name: '续约', type: 'boolean' },
  { name: '备注', type: 'text' },
]

function* rows(): Generator<ExportRow> {
  for (let index = 0; index < count; index += 1) {
    const phone = `138${String(index).padStart(8, '0')}`
    const date = new Date(Date.UTC(2020, 0, 1 + (index % 2000))).toISOString().slice(0, 10)
    yield [
      `蓝海科技 ${index}`,
      '王小明',
      phone,
      `u${index}@example.com`,
      '上海',
      `${index}.50`,
      index % 500,
      date,
      index % 2 === 0,
      '老客户，"下周"回访',
    ]
  }
}

async function measured(name: string, work: () => Promise<unknown>): Promise<void> {
  globalThis.gc?.()
  const before = process.memoryUsage.rss()
  const delay = monitorEventLoopDelay({ resolution: 1 })
  let peak = before
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss())
  }, 20)
  delay.enable()
  const start = performance.now()
  const result = await work()
  const seconds = (performance.now() - start) / 1000
  delay.disable()
  clearInterval(watch)
  const facts = {
    seconds: seconds.toFixed(1),
    rowsPerSecond: Math.round(count / seconds),
    longestHoldMs: (delay.max / 1e6).toFixed(1),
    memoryMb: Math.round((peak - before) / 1024 / 1024),
    result,
  }
  console.log(name, JSON.stringify(facts))
}

const folder = await mkdtemp(join(tmpdir(), 'import-files-'))
try {
  for (const [type, write] of [
    ['csv', () => writeCsv(columns, rows())],
    ['xlsx', () => writeXlsx('客户', columns, rows())],
  ] as const) {
    const path = join(folder, `rows.${type}`)
    await measured(`write ${type}`, async () => {
      await pipeline(write(), createWriteStream(path))
      return `${Math.round((await stat(path)).size / 1024 / 1024)} MB`
    })
    await measured(`read ${type}`, async () => {
      const table = await openTable({ path }, { limits: { inflatedBytes: 2 ** 31 } })
      let read = 0
      for await (const batch of table.rows()) read += batch.rows.length
      return read
    })
  }
} finally {
  await rm(folder, { recursive: true, force: true })
}
