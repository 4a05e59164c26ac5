import {
  type SchemaPlan,
  type StatementObserver,
  type Store,
  StoreClosed,
  StoreFailure,
  type StoreSession,
  type TableSpec,
  type WorkStore,
} from '@guanxi/core/store'
import type { Knex } from 'knex'
import { planSchema } from '../schema/plan-schema.ts'
import type { Access } from '../session/access.ts'
import { clientOf, transactionClient } from '../session/host-knex.ts'
import { HostTransactionAccess } from '../session/host-transaction.ts'
import { Tables } from '../sql/tables.ts'
import { sqliteWork } from '../work/dialect.ts'
import { createWorkStore } from '../work/work-store.ts'
import { readCatalog } from './catalog.ts'
import { connectionOf, type FileSettings, loadDriver, type OpenDatabase, openDatabase, type SqliteDriver } from './database.ts'
import { sqliteDdl } from './ddl.ts'
import { DirectAccess, inImmediateTransaction } from './direct.ts'
import { HostLane, type Lane, OwnLane } from './lane.ts'
import { SqliteLink } from './link.ts'
import { SqliteSession } from './session.ts'
import { sqliteStatements } from './statements.ts'
import { sqliteRunner } from './work-runner.ts'

/** What the store stands on: a file that it opens itself, or the host's knex. */
export type SqliteSource = { readonly settings: FileSettings; readonly driver: SqliteDriver | undefined } | { readonly knex: Knex }

const patience = 5_000
const oldestVersion = 3_038_000

export class SqliteStore implements Store {
  readonly engine = 'sqlite'
  readonly diffsInSql = true
  readonly #source: SqliteSource
  readonly #observe: StatementObserver | undefined
  readonly #log: (line: string) => void
  readonly #tables = new Tables()
  readonly #statements = sqliteStatements(this.#tables)
  readonly #links = new WeakMap<object, SqliteLink>()
  #driver: SqliteDriver | null = null
  #database: OpenDatabase | null = null
  #ownLanes: OwnLane[] = []
  #lanes: { readonly writer: Lane; readonly readers: Lane } | null = null
  #direct: StoreSession | null = null
  #work: WorkStore | null = null

  constructor(source: SqliteSource, observe: StatementObserver | undefined, log: (line: string) => void) {
    this.#source = source
    this.#observe = observe
    this.#log = log
  }

  get driver(): string {
    return this.#driver ?? 'sqlite3'
  }

  get direct(): StoreSession {
    if (!this.#direct) throw new StoreClosed()
    return this.#direct
  }

  get work(): WorkStore {
    if (!this.#work) throw new StoreClosed()
    return this.#work
  }

  async open(): Promise<void> {
    const lanes = 'knex' in this.#source ? this.#hostLanes(this.#source.knex) : await this.#openFile(this.#source)
    this.#lanes = lanes
    await lanes.readers.lease(checkVersion)
    const access = new DirectAccess(lanes.writer, lanes.readers)
    this.#direct = new SqliteSession(access, this.#statements)
    this.#work = createWorkStore(sqliteWork, sqliteRunner(access))
  }

  async close(): Promise<void> {
    const lanes = this.#ownLanes
    const database = this.#database
    this.#direct = null
    this.#work = null
    this.#lanes = null
    this.#ownLanes = []
    this.#database = null
    await Promise.all(lanes.map((lane) => lane.drain()))
    await database?.close()
  }

  plan(tables: readonly TableSpec[]): Promise<SchemaPlan> {
    this.#tables.meet(tables)
    return this.#open().readers.lease(async (link) => planSchema(sqliteDdl, tables, await readCatalog(link, tables)))
  }

  apply(tables: readonly TableSpec[]): Promise<SchemaPlan> {
    this.#tables.meet(tables)
    return inImmediateTransaction(this.#open().writer, (access) =>
      access.write(async (link) => {
        const plan = planSchema(sqliteDdl, tables, await readCatalog(link, tables))
        if (plan.conflicts.length > 0) return plan
        for (const sql of plan.statements) await link.command(sql, 'ddl')
        return plan
      }),
    )
  }

  transaction<T>(work: (session: StoreSession) => Promise<T>): Promise<T> {
    return inImmediateTransaction(this.#open().writer, (access: Access<SqliteLink>) => work(new SqliteSession(access, this.#statements)))
  }

  within(hostTransaction: unknown): StoreSession {
    const client = transactionClient(hostTransaction, 'sqlite3')
    const driver = driverOf(client.driverName)
    const connect = async (): Promise<SqliteLink> => this.#link(driver, (await client.acquireConnection()) as object)
    return new SqliteSession(new HostTransactionAccess(connect), this.#statements)
  }

  #open(): { readonly writer: Lane; readonly readers: Lane } {
    if (!this.#lanes) throw new StoreClosed()
    return this.#lanes
  }

  #hostLanes(knex: Knex): { writer: Lane; readers: Lane } {
    const client = clientOf(knex)
    const driver = driverOf(client.driverName)
    this.#driver = driver
    const lane = new HostLane(client, (raw) => this.#link(driver, raw))
    return { writer: lane, readers: lane }
  }

  async #openFile(source: Extract<SqliteSource, { settings: FileSettings }>): Promise<{ writer: Lane; readers: Lane }> {
    const driver = await loadDriver(source.driver, this.#log)
    this.#driver = driver
    const database = await openDatabase(driver, source.settings).catch((error: unknown) => {
      throw new StoreFailure(`The database file could not be opened: ${source.settings.file}`, false, { cause: error })
    })
    this.#database = database
    const writer = new OwnLane([this.#link(driver, database.writer)], patience)
    const isShared = database.readers.includes(database.writer)
    const readers = isShared
      ? writer
      : new OwnLane(
          database.readers.map((raw) => this.#link(driver, raw)),
          patience,
        )
    this.#ownLanes = isShared ? [writer] : [writer, readers]
    return { writer, readers }
  }

  #link(driver: SqliteDriver, raw: object): SqliteLink {
    const known = this.#links.get(raw)
    if (known) return known
    const link = new SqliteLink(connectionOf(driver, raw), this.#tables, this.#observe)
    this.#links.set(raw, link)
    return link
  }
}

function driverOf(name: string): SqliteDriver {
  if (name === 'sqlite3' || name === 'better-sqlite3') return name
  throw new TypeError(`sqlite() works on knex with sqlite3 or better-sqlite3, not ${name}.`)
}

async function checkVersion(link: SqliteLink): Promise<void> {
  const [row] = await link.all({ sql: 'SELECT sqlite_version() AS "version"', label: 'version' }, [])
  const version = String(row?.version)
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number)
  if (major * 1_000_000 + minor * 1_000 + patch < oldestVersion) {
    throw new StoreFailure(`SQLite ${version} is too old; 3.38 or newer is needed.`, false)
  }
}
