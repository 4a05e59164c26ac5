import { copyFile } from 'node:fs/promises'
import Database from 'better-sqlite3'
import sqlite3 from 'sqlite3'
import type { Place } from './database.ts'

/** A database for what is written by hand beside the CRM's own: both are brought back to the same state before each round. */
export interface Twin {
  /** Where to write by hand. */
  readonly place: Place
  /** Runs SQL in both. */
  both(sql: string): Promise<void>
}

/**
 * On PostgreSQL the same database. On SQLite a copy of the file: two builds of SQLite in one process must not have the same file open,
 * because each would let go of the other's locks.
 */
export async function twinOf(place: Place, prepare: string): Promise<Twin | null> {
  if (place.engine === 'postgres') return null
  const file = `${place.file}.hand`
  await exec(place.driver, place.file, `${prepare}; ANALYZE; PRAGMA wal_checkpoint(TRUNCATE)`)
  await copyFile(place.file, file)
  return {
    place: { ...place, file },
    both: async (sql) => {
      await exec(place.driver, place.file, `${sql}; PRAGMA wal_checkpoint(TRUNCATE)`)
      await exec('better-sqlite3', file, `${sql}; PRAGMA wal_checkpoint(TRUNCATE)`)
    },
  }
}

async function exec(driver: 'sqlite3' | 'better-sqlite3', file: string, sql: string): Promise<void> {
  if (driver === 'better-sqlite3') {
    const database = new Database(file)
    database.exec(sql)
    database.close()
    return
  }
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const database = new sqlite3.Database(file, (error) => {
    if (error) return reject(error)
    database.exec(sql, (failed) => database.close(() => (failed ? reject(failed) : resolve())))
  })
  await promise
}
