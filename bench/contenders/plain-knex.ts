import knexFactory, { type Knex } from 'knex'
import { type Contender, collectGarbage, ownCpu } from '../contender.ts'
import { KnownRows } from '../known-rows.ts'
import { bulkSize, pageSize } from '../operation.ts'
import { seller } from '../people.ts'
import { statuses } from '../subject.ts'
import { bareRecord, bareTable, columns } from './bare-table.ts'
import { pragmas, type SqliteDriver } from './sqlite-connection.ts'

const table = 'knex_lead'

/** knex's query builder on one PostgreSQL connection. */
export function knexPostgres(url: string): Promise<Contender> {
  return plainKnex(knexFactory({ client: 'pg', connection: url, pool: { min: 1, max: 1 } }), 'postgres', bulkSize)
}

/** knex's query builder on one SQLite connection. More than 500 rows a statement are refused there. */
export function knexSqlite(driver: SqliteDriver, file: string): Promise<Contender> {
  const afterCreate = (raw: { exec(sql: string): void }, done: () => void): void => {
    raw.exec(pragmas.map((pragma) => `pragma ${pragma}`).join('; '))
    done()
  }
  const pool = { min: 1, max: 1, afterCreate }
  return plainKnex(knexFactory({ client: driver, connection: { filename: file }, useNullAsDefault: true, pool }), 'sqlite', 400)
}

async function plainKnex(knex: Knex, engine: 'sqlite' | 'postgres', chunk: number): Promise<Contender> {
  for (const statement of bareTable(table, engine)) await knex.raw(statement)
  const rows = new KnownRows()
  let next = 0
  let statements = 0
  knex.on('query', () => {
    statements++
  })
  const bulk = async (): Promise<string[]> => {
    const records = Array.from({ length: bulkSize }, () => bareRecord(next++))
    await knex.batchInsert(table, records, chunk)
    return records.map(({ id }) => id)
  }
  return {
    name: 'knex builder',
    role: 'other',
    usage: () => ({ cpu: ownCpu(), statements }),
    settle: collectGarbage,
    work: {
      create: async () => void (await knex(table).insert(bareRecord(next++))),
      read: async () => void (await knex(table).select(columns).where({ tenant_id: seller.tenant, id: rows.id() }).first()),
      update: () => changeScore(knex, rows),
      page: () => onePage(knex, next++),
      bulk,
    },
    async seed(records) {
      for (let done = 0; done < records; done += bulkSize) rows.add(await bulk())
    },
    close: () => knex.destroy(),
  }
}

async function changeScore(knex: Knex, rows: KnownRows): Promise<void> {
  const { id, version } = rows.target()
  const changes = { score: version % 101, updated_at: Date.now(), updated_by: seller.id, version: version + 1 }
  await knex(table).where({ tenant_id: seller.tenant, id, version }).update(changes)
}

async function onePage(knex: Knex, n: number): Promise<void> {
  const where = { tenant_id: seller.tenant, status: statuses[n % statuses.length] }
  await knex(table).select(columns).where(where).orderBy(['amount', 'id']).limit(pageSize)
}
