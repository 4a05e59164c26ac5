import { mkdirSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { postgres } from '@guanxi/adapters/postgres'
import { sqlite } from '@guanxi/adapters/sqlite'
import type { CrmOptions } from '@guanxi/core'
import knex, { type Knex } from 'knex'

/** One database, two doors: the CRM's store and the shop's own connection. */
export interface Database {
  readonly store: CrmOptions['store']
  readonly shop: Knex
  /** For people to read. */
  readonly name: string
}

/** `postgres://…`, or the path of a SQLite file; `data/demo.db` of the demo where nothing is said. */
export function openDatabase(url: string | undefined): Database {
  if (url && /^postgres(ql)?:/.test(url)) {
    const shop = knex({ client: 'pg', connection: url, pool: { min: 0, max: 5 }, log: { warn: () => {} } })
    return { store: postgres(url), shop, name: withoutPassword(url) }
  }
  if (url && /^[a-z][a-z0-9+.-]+:\/\//i.test(url)) {
    throw new Error(`DATABASE_URL=${withoutPassword(url)} is neither postgres://… nor the name of a SQLite file.`)
  }
  const file = url ? resolve(url) : fileURLToPath(new URL('../data/demo.db', import.meta.url))
  mkdirSync(dirname(file), { recursive: true })
  const shop = knex({
    client: 'better-sqlite3',
    connection: { filename: file },
    useNullAsDefault: true,
    pool: { afterCreate: waitForLocks },
    log: { warn: () => {} },
  })
  return { store: sqlite(file, { synchronous: 'normal' }), shop, name: file }
}

function withoutPassword(url: string): string {
  return url.replace(/:\/\/[^@/]*@/, '://')
}

/** The CRM writes to the same file: wait for its transactions instead of failing. */
function waitForLocks(connection: { pragma(text: string): unknown }, done: (error: Error | null, connection: unknown) => void): void {
  connection.pragma('journal_mode = WAL')
  connection.pragma('busy_timeout = 5000')
  done(null, connection)
}
