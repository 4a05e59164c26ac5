import { type Contender, collectGarbage, ownCpu } from '../contender.ts'
import { KnownRows } from '../known-rows.ts'
import { bulkSize, pageSize } from '../operation.ts'
import { seller } from '../people.ts'
import { statuses } from '../subject.ts'
import { bareRow, bareTable, columns } from './bare-table.ts'
import { openSqlite, type Prepared, type SqliteConnection, type SqliteDriver } from './sqlite-connection.ts'

const table = 'raw_lead'
const list = columns.join(', ')
const places = columns.map(() => '?').join(', ')

const sql = {
  create: `insert into ${table} (${list}) values (${places})`,
  read: `select ${list} from ${table} where tenant_id = ? and id = ?`,
  update: `update ${table} set score = ?, updated_at = ?, updated_by = ?, version = version + 1 where tenant_id = ? and id = ? and version = ?`,
  page: `select ${list} from ${table} where tenant_id = ? and status = ? order by amount, id limit ?`,
  begin: 'begin immediate',
  commit: 'commit',
}

type Prepareds = Readonly<Record<keyof typeof sql, Prepared>>

/** The bare table as the driver alone reaches it: each statement prepared once. */
class RawSqlite {
  statements = 0
  readonly rows = new KnownRows()
  readonly #prepared: Prepareds
  #next = 0

  constructor(prepared: Prepareds) {
    this.#prepared = prepared
  }

  create(): unknown {
    return this.#run('create', sqliteRow(this.#next++))
  }

  read(): unknown {
    return this.#all('read', [seller.tenant, this.rows.id()])
  }

  update(): unknown {
    const { id, version } = this.rows.target()
    return this.#run('update', [version % 101, Date.now(), seller.id, seller.tenant, id, version])
  }

  page(): unknown {
    return this.#all('page', [seller.tenant, statuses[this.#next++ % statuses.length], pageSize])
  }

  /** A loop over one statement in a transaction: the fastest way on SQLite. Answers the ids. */
  async bulk(): Promise<string[]> {
    const ids: string[] = []
    await this.#run('begin', [])
    for (let done = 0; done < bulkSize; done++) {
      const row = sqliteRow(this.#next++)
      ids.push(row[0])
      const running = this.#run('create', row)
      if (running instanceof Promise) await running
    }
    await this.#run('commit', [])
    return ids
  }

  #run(name: keyof typeof sql, values: readonly unknown[]): unknown {
    this.statements++
    return this.#prepared[name].run(values)
  }

  #all(name: keyof typeof sql, values: readonly unknown[]): unknown {
    this.statements++
    return this.#prepared[name].all(values)
  }
}

/** One driver on one connection. */
export async function rawSqlite(driver: SqliteDriver, file: string): Promise<Contender> {
  const connection = await openSqlite(driver, file)
  for (const statement of bareTable(table, 'sqlite')) await connection.exec(statement)
  const raw = new RawSqlite(await prepareAll(connection))
  return {
    name: `raw ${driver}, prepared`,
    role: 'limit',
    usage: () => ({ cpu: ownCpu(), statements: raw.statements }),
    settle: collectGarbage,
    work: {
      create: () => raw.create(),
      read: () => raw.read(),
      update: () => raw.update(),
      page: () => raw.page(),
      bulk: () => raw.bulk(),
    },
    async seed(records) {
      for (let done = 0; done < records; done += bulkSize) raw.rows.add(await raw.bulk())
    },
    close: () => connection.close(),
  }
}

async function prepareAll(connection: SqliteConnection): Promise<Prepareds> {
  const entries = Object.entries(sql).map(async ([name, text]) => [name, await connection.prepare(text)] as const)
  return Object.fromEntries(await Promise.all(entries)) as unknown as Prepareds
}

/** SQLite has no booleans. */
function sqliteRow(n: number): [id: string, ...rest: unknown[]] {
  const row = bareRow(n)
  for (let at = 1; at < row.length; at++) if (typeof row[at] === 'boolean') row[at] = Number(row[at])
  return row
}
