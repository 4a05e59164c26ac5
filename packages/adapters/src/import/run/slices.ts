import { performance } from 'node:perf_hooks'
import { setImmediate as breathe } from 'node:timers/promises'

/** What is done at first before the host's event loop turns again: less than ten milliseconds of work on a slow machine. */
export const together = { read: 100, create: 50, change: 50 } as const

/** Milliseconds for which work may hold the host's event loop, and how many things it may be at most. */
const busy = 8
const most = 500
const growth = 5

/**
 * Parts of a list, with a turn of the host's event loop between them: a database that answers at once would hold it for all of it.
 * The first part has the given size; the next ones grow while the loop is seen to be free, because every part has a price of its own.
 */
export async function* slices<Item>(items: readonly Item[], first: number): AsyncGenerator<readonly Item[]> {
  let size = first
  for (let start = 0; start < items.length; ) {
    if (start > 0) await breathe()
    const part = items.slice(start, start + size)
    start += part.length
    const before = performance.eventLoopUtilization()
    yield part
    size = Math.max(first, nextSize(part.length, performance.eventLoopUtilization(before).active))
  }
}

function nextSize(done: number, active: number): number {
  const fitting = active > 0 ? Math.floor((done * busy) / active) : done
  return Math.min(fitting, done * growth, most)
}
