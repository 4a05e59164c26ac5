import { setTimeout as delay } from 'node:timers/promises'
import { isConflict } from '../session/retry.ts'
import type { SqliteLink } from './link.ts'

const patience = 5_000
const longestPause = 20

/**
 * Runs work that needs the write lock, and again while somebody else holds it. Where the connection does not wait for the lock by
 * itself, the waiting is done here, between tries, so that the process (which may hold the lock on another connection) goes on
 * working.
 */
export async function withWriteLock<T>(work: () => Promise<T>): Promise<T> {
  const end = performance.now() + patience
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!isConflict(error) || performance.now() >= end) throw error
      await delay(Math.random() * longestPause)
    }
  }
}

/** Takes the write lock first, so that nothing read after it can be out of date. */
export function beginImmediate(link: SqliteLink): Promise<void> {
  return withWriteLock(() => link.command('BEGIN IMMEDIATE', 'begin'))
}
