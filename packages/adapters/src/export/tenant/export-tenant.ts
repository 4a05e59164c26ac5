import { Readable } from 'node:stream'
import { crmError, definitionView, type Session } from '@guanxi/core'
import { ZipFile } from 'yazl'
import { writeJsonLines } from '../../import/write/index.ts'
import { allRecords, changesOf, everybody } from './parts.ts'

/** The format's own version: readers refuse what they do not know. */
const format = { name: 'guanxi-export', version: 1 } as const

/**
 * A tenant as a zip, made while it is read: definitions, people, every record, every change. The manifest comes last and counts what
 * is there: a file without one is not whole.
 */
export async function* exportTenant(session: Session, now: () => number): AsyncGenerator<Uint8Array> {
  const definitions = await session.definitions.list()
  for (const { name } of definitions) {
    const missing = (['define', 'read', 'restore'] as const).find((action) => !session.allowed(name).includes(action))
    if (missing) throw crmError('FORBIDDEN', { action: missing }, { details: { action: missing, object: name } })
  }
  const exportedAt = now()
  const counts: Record<string, { records: number; changes: number }> = {}
  const entry = { mtime: new Date(exportedAt), mode: 0o100644 }
  const zip = new ZipFile()
  const output = zip.outputStream as Readable
  let reading: Readable | null = null
  const fail = (error: Error): void => void output.destroy(error)
  // Each part is opened when its turn comes, so that only one is read at a time.
  const add = (name: string, lines: () => AsyncIterable<Uint8Array>): void =>
    zip.addReadStreamLazy(name, entry, (ready) => {
      const stream = Readable.from(lines(), { objectMode: false })
      stream.on('error', fail)
      reading = stream
      ready(null, stream)
    })
  const addJson = (name: string, make: () => unknown): void => add(name, () => jsonOf(make))

  const closeReading = (): void => void reading?.destroy()

  zip.on('error', fail)
  addJson('definitions.json', () => definitions.map((definition) => definitionView(definition, session.allowed(definition.name))))
  add('people.json', () => jsonOf(() => everybody(session)))
  for (const { name } of definitions) {
    const count = { records: 0, changes: 0 }
    counts[name] = count
    add(`records/${name}.jsonl`, () => writeJsonLines(counted(allRecords(session, name), () => void count.records++)))
    add(`changes/${name}.jsonl`, () => writeJsonLines(counted(changesOf(session, name), () => void count.changes++)))
  }
  addJson('manifest.json', () => ({
    format: format.name,
    version: format.version,
    tenant: session.identity.tenant,
    exportedAt,
    objects: counts,
  }))
  zip.end()
  try {
    yield* output as AsyncIterable<Uint8Array>
  } finally {
    output.destroy()
    closeReading()
  }
}

async function* counted<Value>(values: AsyncIterable<Value>, count: () => void): AsyncGenerator<Value> {
  for await (const value of values) {
    count()
    yield value
  }
}

async function* jsonOf(make: () => unknown): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(`${JSON.stringify(await make(), null, 2)}\n`)
}
