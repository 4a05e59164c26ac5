import type { StatementObserver, Store } from '@guanxi/core/store'
import knexFactory, { type Knex } from 'knex'
import { PostgresStore } from './postgres/store.ts'
import { isKnex } from './session/host-knex.ts'
import { quietPool } from './session/pool-log.ts'
import { requirePostgresSource } from './session/source.ts'

/** How {@link postgres} talks to a database. */
export interface PostgresOptions {
  /** Size of the pool of connections; 2 to 10 unless said. A host's knex brings its own. */
  readonly pool?: { readonly min?: number; readonly max?: number }
  /** Prepared statements by name, on unless said. Switch off behind a pooler that does not know them. */
  readonly namedStatements?: boolean
  /** Called before each statement. */
  readonly observe?: StatementObserver
  /** Takes the pool's warnings, for an operator. Written to the console unless given. */
  readonly log?: (line: string) => void
}

const acquireTimeout = 5_000

/**
 * A store on PostgreSQL 13 or newer: a URL, a configuration of the pg driver, or the host's own knex. Throws OPTION_INVALID for
 * anything else; nothing connects before `open`.
 *
 * ```ts
 * createCrm({ store: postgres('postgres://app@db/app') })
 * ```
 */
export function postgres(source: string | Knex.PgConnectionConfig | Knex, options: PostgresOptions = {}): Store {
  const { pool: { min = 2, max = 10 } = {}, namedStatements = true, observe, log = console.warn } = options
  if (isKnex(source)) return new PostgresStore({ knex: source }, namedStatements, observe)
  requirePostgresSource(source)
  const make = async (): Promise<Knex> => {
    await import('pg')
    return knexFactory({
      client: 'pg',
      connection: source,
      pool: { min, max },
      acquireConnectionTimeout: acquireTimeout,
      log: quietPool(log),
    })
  }
  return new PostgresStore({ make, keep: Math.min(min, max) }, namedStatements, observe)
}
