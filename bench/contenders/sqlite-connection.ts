import Database from 'better-sqlite3'
import sqlite3 from 'sqlite3'

/** The drivers for SQLite. */
export type SqliteDriver = 'sqlite3' | 'better-sqlite3'

/** Settings of every contender's connections. */
export const pragmas: readonly string[] = [
  'journal_mode = WAL',
  'synchronous = NORMAL',
  'wal_autocheckpoint = 4000',
  'busy_timeout = 5000',
  'foreign_keys = OFF',
]

/** A statement, prepared once. */
export interface Prepared {
  run(values: readonly unknown[]): unknown
  all(values: readonly unknown[]): unknown
}

/** A connection of either driver, with nothing added that would cost anything. */
export interface SqliteConnection {
  exec(sql: string): Promise<void>
  prepare(sql: string): Promise<Prepared>
  close(): Promise<void>
}

export async function openSqlite(driver: SqliteDriver, file: string): Promise<SqliteConnection> {
  const connection = driver === 'sqlite3' ? await openAsynchronous(file) : openSynchronous(file)
  await connection.exec(pragmas.map((pragma) => `pragma ${pragma}`).join('; '))
  return connection
}

function openSynchronous(file: string): SqliteConnection {
  const database = new Database(file)
  return {
    async exec(sql) {
      database.exec(sql)
    },
    async prepare(sql) {
      const statement = database.prepare(sql)
      return {
        run: (values) => void statement.run(values),
        all: (values) => statement.all(values),
      }
    },
    async close() {
      database.close()
    },
  }
}

async function openAsynchronous(file: string): Promise<SqliteConnection> {
  const database = await new Promise<sqlite3.Database>((resolve, reject) => {
    const opened = new sqlite3.Database(file, (error) => (error ? reject(error) : resolve(opened)))
  })
  const statements: sqlite3.Statement[] = []
  return {
    exec: (sql) => new Promise((resolve, reject) => database.exec(sql, (error) => (error ? reject(error) : resolve()))),
    prepare: (sql) =>
      new Promise((resolve, reject) => {
        const statement = database.prepare(sql, (error: Error | null) => {
          if (error) return reject(error)
          statements.push(statement)
          resolve(asynchronous(statement))
        })
      }),
    async close() {
      for (const statement of statements) await new Promise<void>((resolve) => statement.finalize(() => resolve()))
      await new Promise<void>((resolve, reject) => database.close((error) => (error ? reject(error) : resolve())))
    },
  }
}

function asynchronous(statement: sqlite3.Statement): Prepared {
  return {
    run: (values) =>
      new Promise<void>((resolve, reject) => statement.run(values, (error: Error | null) => (error ? reject(error) : resolve()))),
    all: (values) =>
      new Promise((resolve, reject) =>
        statement.all(values, (error: Error | null, rows: unknown[]) => (error ? reject(error) : resolve(rows))),
      ),
  }
}
