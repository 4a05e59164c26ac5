import type { ChangeEntry, Person, Session, Team } from '@guanxi/core'
import { type ReadRecord, readPagesOf, readRecords } from '../read-records.ts'

const page = { people: 1_000, changes: 500 } as const
/** Histories read at once. */
const together = 8

/** People and teams of the directory. */
export async function everybody(session: Session): Promise<{ people: Person[]; teams: Team[] }> {
  const people: Person[] = []
  for (let after: string | undefined = ''; after !== undefined; ) {
    const found: Person[] = await session.directory.people({ after, limit: page.people })
    people.push(...found)
    after = found.length < page.people ? undefined : found.at(-1)?.id
  }
  return { people, teams: await session.directory.teams() }
}

/** Every record of an object, those deleted among them at the end. */
export async function* allRecords(session: Session, object: string): AsyncGenerator<ReadRecord> {
  yield* readRecords(session, object, {})
  yield* readRecords(session, object, { deleted: 'only' })
}

/** Every change of every record of an object: record by record, each from its beginning. */
export async function* changesOf(session: Session, object: string): AsyncGenerator<ChangeEntry> {
  for (const deleted of ['exclude', 'only'] as const) {
    for await (const records of readPagesOf(session, object, { deleted, fields: [] })) {
      for (let start = 0; start < records.length; start += together) {
        const histories = await Promise.all(records.slice(start, start + together).map(({ id }) => historyOf(session, object, id)))
        for (const history of histories) yield* history
      }
    }
  }
}

async function historyOf(session: Session, object: string, id: string): Promise<ChangeEntry[]> {
  const entries: ChangeEntry[] = []
  let cursor: string | undefined
  do {
    const found = await session.records(object).changes(id, { limit: page.changes, ...(cursor !== undefined && { cursor }) })
    entries.push(...found.entries)
    cursor = found.cursor ?? undefined
  } while (cursor !== undefined)
  return entries.reverse()
}
