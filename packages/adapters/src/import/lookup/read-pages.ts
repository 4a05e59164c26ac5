import type { Session } from '@guanxi/core'

/** All records that meet a condition, a page at a time. */
export async function* readPages(
  session: Session,
  object: string,
  where: Readonly<Record<string, unknown>>,
  fields: readonly string[],
): AsyncGenerator<Readonly<Record<string, unknown>>> {
  const records = session.records(object)
  let cursor: string | undefined
  do {
    const page = await records.find({ where, fields, limit: 500, ...(cursor !== undefined && { cursor }) })
    yield* page.records as readonly Readonly<Record<string, unknown>>[]
    cursor = page.cursor ?? undefined
  } while (cursor !== undefined)
}
