import { setImmediate as breathe } from 'node:timers/promises'
import type { Page, Query, Session } from '@guanxi/core'

/** So many records at a time: few enough to leave the host's event loop free, many enough to be fast. */
const page = 250

/** A record as it is read. */
export type ReadRecord = Readonly<Record<string, unknown>> & { readonly id: string; readonly version: number }

/** Every record that a question finds, in pages; the oldest first unless said. */
export async function* readPagesOf(
  session: Session,
  object: string,
  { sort = ['createdAt'], ...query }: Omit<Query, 'limit' | 'cursor'>,
): AsyncGenerator<readonly ReadRecord[]> {
  const asked = Object.fromEntries(Object.entries({ ...query, sort }).filter(([, value]) => value !== undefined))
  let cursor: string | undefined
  do {
    const found: Page<ReadRecord> = await session.records(object).find({ ...asked, limit: page, ...(cursor !== undefined && { cursor }) })
    yield found.records
    cursor = found.cursor ?? undefined
    await breathe()
  } while (cursor !== undefined)
}

/** The same, one by one. */
export async function* readRecords(session: Session, object: string, query: Omit<Query, 'limit' | 'cursor'>): AsyncGenerator<ReadRecord> {
  for await (const records of readPagesOf(session, object, query)) yield* records
}
