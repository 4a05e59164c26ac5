import { systemTables } from '@guanxi/core/store'
import pg from 'pg'
import { type Contender, collectGarbage, ownCpu } from '../contender.ts'
import { openCrm } from '../open-crm.ts'
import { importSize, type Operation } from '../operation.ts'
import { seller } from '../people.ts'
import { columns as bareColumns, bareRecord } from './bare-table.ts'
import { openSqlite, type SqliteDriver } from './sqlite-connection.ts'

/*
 * The limit of an import: the same rows and change rows, with their indexes, written by the driver alone into Guanxi's own tables.
 * Nothing is read from a file, checked or summed up; the change rows are made by JSON.stringify.
 */

const changeColumns = systemTables.find(({ name }) => name === 'crm_change')?.columns.map(({ name }) => name) ?? []
const rowColumns = [...bareColumns, 'owner_id', 'name_key', 'name_core', 'name_sort']
const salt = '0123456789abcdef0123456789abcdef'
const digest = salt + salt
const chunk = 1_000
const stamps = new Set(['id', 'tenant_id', 'version', 'created_at', 'created_by', 'updated_at', 'updated_by'])

interface Pair {
  readonly row: Readonly<Record<string, unknown>>
  readonly change: Readonly<Record<string, unknown>>
}

/** A row as it is stored, and its change row. */
function pair(n: number): Pair {
  const { id, ...bare } = bareRecord(n)
  const name = String(bare.name).toLowerCase()
  const units = { amount: Math.round(Number(bare.amount) * 100), discount: Math.round(Number(bare.discount) * 100) }
  const row = { id, ...bare, ...units, owner_id: seller.id, name_key: name, name_core: name, name_sort: name }
  const fields = Object.entries(bare).filter(([column]) => !stamps.has(column))
  return {
    row,
    change: {
      tenant_id: seller.tenant,
      id: bareRecord(n).id,
      object: 'bench_lead',
      record_id: id,
      version: 1,
      op: 'create',
      at: bare.created_at,
      recorded_at: bare.created_at,
      actor_kind: 'user',
      actor_id: seller.id,
      cause: null,
      authors: null,
      values: JSON.stringify(Object.fromEntries(fields.map(([column, value]) => [column, [null, value]]))),
      salt,
      digest,
    },
  }
}

let next = 1_000_000
const pairs = (count: number): Pair[] => Array.from({ length: count }, () => pair(next++))
const quoted = (columns: readonly string[]): string => columns.map((column) => `"${column}"`).join(', ')

let made: Pair[] = []
const shared = {
  role: 'limit' as const,
  settle: collectGarbage,
  seed: async () => {},
  prepare(operation: Operation): void {
    if (operation === 'import') made = pairs(importSize)
  },
}

/** A loop over two prepared statements in one transaction. */
export async function rawRowsSqlite(driver: SqliteDriver, file: string): Promise<Contender> {
  const { crm } = await openCrm({ engine: 'sqlite', driver, file })
  await crm.close()
  const connection = await openSqlite(driver, file)
  const insert = (table: string, columns: readonly string[]) =>
    connection.prepare(`insert into ${table} (${quoted(columns)}) values (${columns.map(() => '?').join(', ')})`)
  const rowInsert = await insert('crm_bench_lead', rowColumns)
  const changeInsert = await insert('crm_change', changeColumns)
  const plain = (value: unknown): unknown => (typeof value === 'boolean' ? Number(value) : value)
  let statements = 0
  return {
    ...shared,
    name: `raw ${driver}, rows and change rows`,
    usage: () => ({ cpu: ownCpu(), statements }),
    work: {
      async import() {
        await connection.exec('begin immediate')
        for (const { row, change } of made) {
          await rowInsert.run(rowColumns.map((column) => plain(row[column])))
          await changeInsert.run(changeColumns.map((column) => change[column]))
        }
        await connection.exec('commit')
        statements += 2 * importSize + 2
      },
    },
    close: () => connection.close(),
  }
}

/** One JSON parameter per thousand records and table, in one transaction. */
export async function rawRowsPostgres(url: string): Promise<Contender> {
  const { crm } = await openCrm({ engine: 'postgres', url })
  await crm.close()
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  let statements = 0
  const insert = (table: string, columns: readonly string[], records: readonly object[]): Promise<unknown> => {
    statements++
    const text = `insert into ${table} (${quoted(columns)}) select ${quoted(columns)} from jsonb_populate_recordset(null::${table}, $1::jsonb)`
    return client.query({ name: table, text, values: [JSON.stringify(records)] })
  }
  return {
    ...shared,
    name: 'raw pg, rows and change rows',
    usage: () => ({ cpu: ownCpu(), statements }),
    work: {
      async import() {
        await client.query('begin')
        for (let done = 0; done < importSize; done += chunk) {
          const some = made.slice(done, done + chunk)
          await insert(
            'crm_bench_lead',
            rowColumns,
            some.map(({ row }) => row),
          )
          await insert(
            'crm_change',
            changeColumns,
            some.map(({ change }) => change),
          )
        }
        await client.query('commit')
        statements += 2
      },
    },
    close: () => client.end(),
  }
}
