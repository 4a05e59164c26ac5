import { setTimeout as delay } from 'node:timers/promises'

const attempts = 6
const firstPause = 20
const longestPause = 1_000

/** Codes after which the same work may well succeed: serialization, deadlock, lock timeout, a prepared statement that is gone. */
const repeatable = new Set(['40001', '40P01', '55P03', '26000'])

/** Where PostgreSQL refuses a prepared statement whose columns have changed (0A000). The link forgets the statement first. */
export const stalePlanRoutine = 'RevalidateCachedQuery'

/** Runs `work` again after a conflict with somebody else, at most five times, after a random pause that may double each time. */
export function withRetries<T>(work: () => Promise<T>): Promise<T> {
  return work().catch((error: unknown) => afterFailure(work, error))
}

async function afterFailure<T>(work: () => Promise<T>, first: unknown): Promise<T> {
  let error = first
  for (let attempt = 1; attempt < attempts && isConflict(error); attempt++) {
    await delay(Math.random() * Math.min(longestPause, firstPause * 2 ** attempt))
    try {
      return await work()
    } catch (another) {
      error = another
    }
  }
  throw error
}

/** Did somebody else come in between? The driver's error may be wrapped several times. */
export function isConflict(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const { code, routine } = cause as { code?: unknown; routine?: unknown }
    if (typeof code === 'string' && (repeatable.has(code) || code.startsWith('SQLITE_BUSY'))) return true
    if (routine === stalePlanRoutine) return true
  }
  return false
}
