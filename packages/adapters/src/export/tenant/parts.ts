import { setImmediate as breathe } from 'node:timers/promises'
import type { ChangeEntry, Person, Session, Team } from '@guanxi/core'
import { type ReadRecord, readRecords } from '../read-records.ts'

const page = { people: 1_000, changes: 500 } as const

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
  let cursor: string | undefined
  do {
    const found = await session.records(object).history({ limit: page.changes, ...(cursor !== undefined && { cursor }) })
    yield* found.entries
    cursor = found.cursor ?? undefined
    await breathe()
  } while (cursor !== undefined)
}
