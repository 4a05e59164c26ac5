import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { createImporter, type ImportFile, type ImportMapping, importing, openTable } from '@guanxi/adapters/import'
import { postgres } from '@guanxi/adapters/postgres'
import { sqlite } from '@guanxi/adapters/sqlite'
import { createCrm } from '@guanxi/core'
import type { Store } from '@guanxi/core/store'
import { openServer } from './database.ts'

/**
 * Imports rows and prints rows a second, and the longest that the host's event loop was held, by the clock and in processor time:
 * `node --conditions=source bench/import-lag.ts [rows]`. Processor time is what counts on a machine that does other things as well.
 */
const count = Number(process.argv[2] ?? 10_000)

const plain: ImportMapping = {
  object: 'customer',
  columns: ['name', 'phone', 'region', 'website', 'description'].map((field) => ({ column: field, field })),
}
const history: ImportMapping = {
  ...plain,
  columns: [...plain.columns],
  history: { createdAt: 'since', stages: [{ at: 'later', set: { region: { value: '华南' } } }] },
}
const keyed: ImportMapping = { ...plain, key: ['name'] }

function csv(): Uint8Array {
  const lines = Array.from({ length: count }, (_, index) => {
    const day = new Date(Date.UTC(2024, 0, 1 + (index % 300))).toISOString().slice(0, 10)
    const next = new Date(Date.UTC(2025, 0, 1 + (index % 300))).toISOString().slice(0, 10)
    return `蓝海科技 ${index},138${String(index).padStart(8, '0')},华东,https://a${index}.example.com,老客户 ${index},${day},${next}`
  })
  return new TextEncoder().encode(`name,phone,region,website,description,since,later\n${lines.join('\n')}\n`)
}

/** The longest processor time between two turns of the event loop, in milliseconds. */
function watchTurns(): () => number {
  let longest = 0
  let before = process.threadCpuUsage()
  let running = true
  const turn = (): void => {
    const { user, system } = process.threadCpuUsage(before)
    longest = Math.max(longest, (user + system) / 1_000)
    before = process.threadCpuUsage()
    if (running) setImmediate(turn)
  }
  setImmediate(turn)
  return () => {
    running = false
    return longest
  }
}

async function measure(name: string, store: Store): Promise<void> {
  const crm = createCrm({ store, plugins: [importing()], tenant: 'bench' })
  await crm.open()
  const importer = createImporter(crm, { id: 'ada', roles: ['admin'] })
  const bytes = csv()
  for (const [what, mapping] of Object.entries({ plain, keyed, 'keyed again': keyed, history })) {
    const files: ImportFile[] = [{ name: 'a.csv', mapping, open: () => openTable({ bytes }) }]
    const { job } = await importer.start(files, { again: true })
    const delay = monitorEventLoopDelay({ resolution: 1 })
    delay.enable()
    const stop = watchTurns()
    const start = performance.now()
    const before = process.cpuUsage()
    await importer.run(job.id, files)
    const seconds = (performance.now() - start) / 1_000
    const { user, system } = process.cpuUsage(before)
    const cpu = stop()
    delay.disable()
    console.log(
      `${name.padEnd(15)} ${what.padEnd(12)} ${Math.round(count / seconds)} rows/s, ${Math.round((user + system) / count)} µs of processor a row, held ${cpu.toFixed(0)} ms of processor, ${(delay.max / 1e6).toFixed(0)} ms by the clock`,
    )
  }
  await crm.close()
}

const folder = await mkdtemp(join(tmpdir(), 'guanxi-lag-'))
try {
  for (const driver of ['better-sqlite3', 'sqlite3'] as const) await measure(driver, sqlite(join(folder, `${driver}.db`), { driver }))
} finally {
  await rm(folder, { recursive: true, force: true })
}
const server = await openServer()
try {
  await measure('postgres', postgres(await server.database('lag')))
} finally {
  await server.close()
}
