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
import { clientOf, transactionClient } from '../session/host-knex.ts'
import { HostTransactionAccess } from '../session/host-transaction.ts'
import { Tables } from '../sql/tables.ts'
import { postgresWork } from '../work/dialect.ts'
import { createWorkStore } from '../work/work-store.ts'
import { readCatalog } from './catalog.ts'
import { postgresDdl } from './ddl.ts'
import { DirectAccess, PostgresPool } from './direct.ts'
import { PostgresLink } from './link.ts'
import { statement } from './prepared-names.ts'
import { PostgresSession } from './session.ts'
import { postgresStatements } from './statements.ts'
import { postgresRunner } from './work-runner.ts'

/** What the store stands on: a knex of its own, made when it opens, or the host's. */
export type PostgresSource = { readonly make: () => Promise<Knex>; readonly keep: number } | { readonly knex: Knex }

const oldestVersion = 130_000
/** Held while the schema is changed, so that two processes starting at once take turns. */
const schemaLock = "SELECT pg_advisory_xact_lock(hashtext('guanxi'), hashtext(current_schema()))"
/** DDL that waits for a long reader would make everybody else wait behind it; it gives up and is tried again. */
const ddlPatience = "SET LOCAL lock_timeout = '2s'"
const version = statement(
  'SELECT current_setting(\'server_version_num\') AS "number", current_setting(\'server_encoding\') AS "encoding"',
  'version',
)

export class PostgresStore implements Store {
  readonly engine = 'postgres'
  readonly driver = 'pg'
  readonly diffsInSql = true
  readonly #source: PostgresSource
  readonly #hasNames: boolean
  readonly #observe: StatementObserver | undefined
  readonly #tables = new Tables()
  readonly #statements = postgresStatements(this.#tables)
  readonly #links = new WeakMap<object, PostgresLink>()
  #own: Knex | null = null
  #pool: PostgresPool | null = null
  #direct: StoreSession | null = null
  #work: WorkStore | null = null

  constructor(source: PostgresSource, hasNames: boolean, observe: StatementObserver | undefined) {
    this.#source = source
    this.#hasNames = hasNames
    this.#observe = observe
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
    if ('make' in this.#source) this.#own = await this.#source.make()
    const knex = 'knex' in this.#source ? this.#source.knex : this.#own
    if (!knex) throw new StoreFailure('The store has no connections.', false)
    const client = clientOf(knex)
    if (client.dialect !== 'postgresql') throw new TypeError(`postgres() works on knex with pg, not ${client.dialect}.`)
    const pool = new PostgresPool(client, (raw) => this.#link(raw), 'keep' in this.#source ? this.#source.keep : 0)
    await pool.lease(checkServer).catch((error) => this.#giveUp(error))
    this.#pool = pool
    const access = new DirectAccess(pool)
    this.#direct = new PostgresSession(access, this.#statements)
    this.#work = createWorkStore(postgresWork, postgresRunner(access))
  }

  async close(): Promise<void> {
    const own = this.#own
    const pool = this.#pool
    this.#own = null
    this.#pool = null
    this.#direct = null
    this.#work = null
    await pool?.drain()
    await own?.destroy()
  }

  plan(tables: readonly TableSpec[]): Promise<SchemaPlan> {
    this.#tables.meet(tables)
    return this.#open().lease(async (link) => planSchema(postgresDdl, tables, await readCatalog(link, tables)))
  }

  apply(tables: readonly TableSpec[]): Promise<SchemaPlan> {
    this.#tables.meet(tables)
    return this.#open().inTransaction((access) =>
      access.write(async (link) => {
        await link.command(schemaLock, 'lock')
        await link.command(ddlPatience, 'lock')
        const plan = planSchema(postgresDdl, tables, await readCatalog(link, tables))
        if (plan.conflicts.length > 0) return plan
        for (const sql of plan.statements) await link.command(sql, 'ddl')
        return plan
      }),
    )
  }

  transaction<T>(work: (session: StoreSession) => Promise<T>): Promise<T> {
    return this.#open().inTransaction((access) => work(new PostgresSession(access, this.#statements)))
  }

  within(hostTransaction: unknown): StoreSession {
    const client = transactionClient(hostTransaction, 'postgresql')
    const connect = async (): Promise<PostgresLink> => this.#link((await client.acquireConnection()) as object)
    return new PostgresSession(new HostTransactionAccess(connect), this.#statements)
  }

  /** Nothing stays behind of a server that could not be reached or used. */
  async #giveUp(error: unknown): Promise<never> {
    const own = this.#own
    this.#own = null
    await own?.destroy()
    throw error
  }

  #open(): PostgresPool {
    if (!this.#pool) throw new StoreClosed()
    return this.#pool
  }

  #link(raw: object): PostgresLink {
    const known = this.#links.get(raw)
    if (known) return known
    const link = new PostgresLink(raw, this.#hasNames, this.#observe)
    this.#links.set(raw, link)
    return link
  }
}

async function checkServer(link: PostgresLink): Promise<void> {
  const { rows } = await link.query(version, [])
  const [row] = rows
  if (Number(row?.number) < oldestVersion) throw new StoreFailure('PostgreSQL 13 or newer is needed.', false)
  if (row?.encoding !== 'UTF8') throw new StoreFailure(`The database is encoded in ${row?.encoding}; UTF8 is needed.`, false)
}
