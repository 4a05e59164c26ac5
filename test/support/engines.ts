import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { postgres } from '@guanxi/adapters/postgres'
import { sqlite } from '@guanxi/adapters/sqlite'
import type { Store } from '@guanxi/core/store'
import pg from 'pg'
import { inject } from 'vitest'

/** A database of its own for one test file, and what is needed to throw it away. */
export interface Database {
  /** A new store on the same database: another process, as far as the CRM can tell. */
  store(options?: StoreChoice): Store
  /** SQL written by hand, for comparing: rows as the plain driver gives them. */
  sql(text: string): Promise<readonly Record<string, unknown>[]>
  drop(): Promise<void>
}

/** What tests vary about a store. */
export interface StoreChoice {
  readonly observe?: (statement: { readonly sql: string; readonly label: string }) => void
}

/** A way to keep records. */
export interface Engine {
  readonly name: string
  create(): Promise<Database>
}

async function sqliteFile(driver: 'sqlite3' | 'better-sqlite3'): Promise<Database> {
  const folder = await mkdtemp(join(tmpdir(), 'guanxi-test-'))
  return {
    store: (options) => sqlite(join(folder, 'crm.db'), { driver, synchronous: 'normal', ...options }),
    sql: async (text) => {
      const { default: Plain } = await import('better-sqlite3')
      const plain = new Plain(join(folder, 'crm.db'), { readonly: true })
      try {
        return plain.prepare(text).all() as Record<string, unknown>[]
      } finally {
        plain.close()
      }
    },
    drop: () => rm(folder, { recursive: true, force: true }),
  }
}

/** An empty database on the test server. */
export async function postgresDatabase(settings = ''): Promise<{ url: string; drop: () => Promise<void> }> {
  const server = inject('postgresUrl')
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await command(server, `create database ${name} ${settings}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  return {
    url: url.href,
    drop: async () => {
      await command(server, `drop database if exists ${name} with (force)`)
    },
  }
}

async function command(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows
  } finally {
    await client.end()
  }
}

/** Every engine a CRM behaves the same on. */
export const engines: readonly Engine[] = [
  { name: 'sqlite3', create: () => sqliteFile('sqlite3') },
  { name: 'better-sqlite3', create: () => sqliteFile('better-sqlite3') },
  {
    name: 'postgres',
    async create() {
      const { url, drop } = await postgresDatabase()
      return { store: (options) => postgres(url, { pool: { min: 0, max: 4 }, ...options }), sql: (text) => command(url, text), drop }
    },
  },
]
