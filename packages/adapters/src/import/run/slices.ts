import { setImmediate as breathe } from 'node:timers/promises'

/** What is done before the host's event loop turns again: about ten milliseconds of work on a slow machine. */
export const together = { read: 100, create: 50, change: 20 } as const

/** Parts of a list, with a turn of the host's event loop between them: a database that answers at once would hold it for all of it. */
export async function* slices<Item>(items: readonly Item[], size: number): AsyncGenerator<readonly Item[]> {
  for (let start = 0; start < items.length; start += size) {
    if (start > 0) await breathe()
    yield items.slice(start, start + size)
  }
}

/** The same, one by one. */
export async function* oneByOne<Item>(items: readonly Item[], size: number): AsyncGenerator<Item> {
  for await (const part of slices(items, size)) yield* part
}
