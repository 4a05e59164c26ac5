import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { importing } from '@guanxi/adapters/import'
import { postgres } from '@guanxi/adapters/postgres'
import { sqlite } from '@guanxi/adapters/sqlite'
import { createCrm } from '@guanxi/core'
import type { Store } from '@guanxi/core/store'
import { afterEach, expect, it } from 'vitest'
import { postgresDatabase } from '../../support/engines.ts'

const kills = Number(process.env.IMPORT_KILLS ?? 3)
const rows = 600
/** So far behind its own row, always in another batch. */
const ahead = 255
const open: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close()
})

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'guanxi-import-crash-'))
  open.push(() => rm(made, { recursive: true, force: true }))
  return made
}

const databases: Readonly<Record<string, () => Promise<{ at: string; store: () => Store }>>> = {
  'better-sqlite3': async () => {
    const at = join(await folder(), 'crm.db')
    return { at, store: () => sqlite(at, { driver: 'better-sqlite3' }) }
  },
  postgres: async () => {
    const { url, drop } = await postgresDatabase()
    open.push(drop)
    return { at: url, store: () => postgres(url) }
  },
}

/** A company, each tenth below one that comes later; each hundredth in a region too long to be one. */
function line(index: number): string {
  const parent = index % 10 === 0 && index + ahead < rows ? `公司 ${index + ahead}` : ''
  return `公司 ${index},${parent},${index % 100 === 99 ? 'x'.repeat(300) : '华东'}`
}

const importProcess = fileURLToPath(new URL('import-process.ts', import.meta.url))

/** Runs the import; kills it at some instant after it has said so often how far it is. */
async function run(at: string, path: string, after: number): Promise<'killed' | 'done'> {
  const child = spawn(process.execPath, ['--conditions=source', importProcess, at, path], { stdio: ['ignore', 'pipe', 'inherit'] })
  const exited = once(child, 'exit')
  let said = 0
  for await (const _ of createInterface({ input: child.stdout })) {
    said += 1
    if (said === after) setTimeout(() => child.kill('SIGKILL'), Math.random() * 20)
  }
  const [code, signal] = await exited
  if (signal === 'SIGKILL') return 'killed'
  if (code === 0) return 'done'
  throw new Error(`The import stopped by itself: ${code}`)
}

for (const [name, make] of Object.entries(databases)) {
  it(`attack:K03 an import that is killed and run again has every row exactly once (${name})`, {
    timeout: 60_000 + kills * 10_000,
  }, async () => {
    const { at, store } = await make()
    const path = join(await folder(), 'companies.csv')
    await writeFile(path, `名称,上级,地区\n${Array.from({ length: rows }, (_, index) => line(index)).join('\n')}\n`)
    let killed = 0
    for (let turn = 0; turn < kills; turn += 1) killed += (await run(at, path, 1 + (turn % 4))) === 'killed' ? 1 : 0
    expect(killed).toBeGreaterThan(0)
    expect(await run(at, path, Number.POSITIVE_INFINITY)).toBe('done')

    const crm = createCrm({ store: store(), tenant: 'test', plugins: [importing()] })
    await crm.open()
    open.push(() => crm.close())
    const session = crm.as({ id: 'importer', roles: ['admin'] })
    const names = new Map<string, { id: string; parentId: unknown; version: number }>()
    let cursor: string | null = null
    do {
      const page = await session.records('customer').find({ limit: 500, ...(cursor !== null && { cursor }) })
      for (const record of page.records) {
        expect(names.has(String(record.name)), String(record.name)).toBe(false)
        names.set(String(record.name), { id: record.id, parentId: record.parentId, version: record.version })
      }
      cursor = page.cursor
    } while (cursor !== null)
    const refused = rows / 100
    expect(names.size).toBe(rows - refused)
    for (let index = 0; index < rows; index += 10) {
      const parent = index + ahead < rows ? names.get(`公司 ${index + ahead}`)?.id : null
      expect(names.get(`公司 ${index}`)).toMatchObject({ parentId: parent, version: parent === null ? 1 : 2 })
    }
    const { records: jobs } = await session.records('import_job').find()
    expect(jobs).toMatchObject([{ state: 'done', rowsDone: rows, created: rows - refused, refused, waiting: 0 }])
    expect(await session.records('import_row').count({ where: { state: 'refused' } })).toBe(refused)
    const batches = await session.records('import_batch').find({ limit: 500 })
    const written = batches.records.flatMap(({ records }) => (JSON.parse(String(records)) as { created: string[] }).created)
    expect(new Set(written).size).toBe(rows - refused)
    expect(written.length).toBe(rows - refused)
  })
}
