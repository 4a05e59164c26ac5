import { setTimeout as delay } from 'node:timers/promises'
import { isConflict } from '../session/retry.ts'
import type { SqliteLink } from './link.ts'

const patience = 5_000
const longestPause = 20

/**
 * Takes the write lock. Where the connection does not wait for it by itself, the waiting is done here, between tries, so that the
 * process (which may hold the lock on another connection) goes on working.
 */
export async function beginImmediate(link: SqliteLink): Promise<void> {
  const end = performance.now() + patience
  for (;;) {
    try {
      return await link.command('BEGIN IMMEDIATE', 'begin')
    } catch (error) {
      if (!isConflict(error) || performance.now() >= end) throw error
      await delay(Math.random() * longestPause)
    }
  }
}
