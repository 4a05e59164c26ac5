import pg from 'pg'
import { type Contender, collectGarbage, ownCpu } from '../contender.ts'
import { KnownRows } from '../known-rows.ts'
import { bulkSize, pageSize } from '../operation.ts'
import { seller } from '../people.ts'
import { statuses } from '../subject.ts'
import { bareRecord, bareRow, bareTable, columns, columnType } from './bare-table.ts'

const table = 'raw_lead'
const list = columns.join(', ')
const places = columns.map((_, index) => `$${index + 1}`).join(', ')
const recordset = columns.map((column) => `${column} ${columnType(column)}`).join(', ')
const arrays = columns.map((column, index) => `$${index + 1}::${columnType(column).replace(/\(.*/, '')}[]`).join(', ')

const sql = {
  create: `insert into ${table} (${list}) values (${places})`,
  read: `select ${list} from ${table} where tenant_id = $1 and id = $2`,
  update: `update ${table} set score = $1, updated_at = $2, updated_by = $3, version = version + 1 where tenant_id = $4 and id = $5 and version = $6`,
  page: `select ${list} from ${table} where tenant_id = $1 and status = $2 order by amount, id limit $3`,
  json: `insert into ${table} (${list}) select ${list} from jsonb_to_recordset($1::jsonb) as given(${recordset})`,
  unnest: `insert into ${table} (${list}) select * from unnest(${arrays})`,
}

/** The bare table as the driver alone reaches it. */
class RawPostgres {
  statements = 0
  readonly rows = new KnownRows()
  readonly client: pg.Client
  readonly pool: pg.Pool
  #next = 0

  constructor(url: string) {
    this.client = new pg.Client({ connectionString: url })
    this.pool = new pg.Pool({ connectionString: url, max: 8 })
  }

  create(on: pg.Client | pg.Pool): Promise<unknown> {
    return this.#send(on, 'create', bareRow(this.#next++))
  }

  read(): Promise<unknown> {
    return this.#send(this.client, 'read', [seller.tenant, this.rows.id()])
  }

  update(): Promise<unknown> {
    const { id, version } = this.rows.target()
    return this.#send(this.client, 'update', [version % 101, Date.now(), seller.id, seller.tenant, id, version])
  }

  page(): Promise<unknown> {
    return this.#send(this.client, 'page', [seller.tenant, statuses[this.#next++ % statuses.length], pageSize])
  }

  /** One JSON parameter: little work for the client. Answers the ids. */
  async bulkByJson(): Promise<string[]> {
    const records = Array.from({ length: bulkSize }, () => bareRecord(this.#next++))
    await this.#send(this.client, 'json', [JSON.stringify(records)])
    return records.map(({ id }) => id)
  }

  /** One array per column: little work for the server. */
  bulkByArrays(): Promise<unknown> {
    const rows = Array.from({ length: bulkSize }, () => bareRow(this.#next++))
    const values = columns.map((_, column) => rows.map((row) => row[column]))
    return this.#send(this.client, 'unnest', values)
  }

  #send(on: pg.Client | pg.Pool, name: keyof typeof sql, values: unknown[]): Promise<unknown> {
    this.statements++
    return on.query({ name, text: sql[name], values })
  }
}

/** Named statements on one connection, and on eight for eight callers; two ways of writing many records. */
export async function rawPostgres(url: string): Promise<readonly Contender[]> {
  const raw = new RawPostgres(url)
  await raw.client.connect()
  for (const statement of bareTable(table, 'postgres')) await raw.client.query(statement)
  const shared = {
    role: 'limit' as const,
    usage: () => ({ cpu: ownCpu(), statements: raw.statements }),
    settle: collectGarbage,
  }
  const main: Contender = {
    ...shared,
    name: 'raw pg, named statements',
    work: {
      create: () => raw.create(raw.client),
      read: () => raw.read(),
      update: () => raw.update(),
      page: () => raw.page(),
      create8: () => raw.create(raw.pool),
    },
    async seed(records) {
      for (let done = 0; done < records; done += bulkSize) raw.rows.add(await raw.bulkByJson())
    },
    async close() {
      await raw.pool.end()
      await raw.client.end()
    },
  }
  const bulkOnly = { ...shared, seed: async () => {}, close: async () => {} }
  return [
    main,
    { ...bulkOnly, name: 'raw pg, one JSON parameter', work: { bulk: () => raw.bulkByJson() } },
    { ...bulkOnly, name: 'raw pg, unnest of arrays', work: { bulk: () => raw.bulkByArrays() } },
  ]
}
