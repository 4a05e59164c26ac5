import { createImporter, openTable } from '@guanxi/adapters/import'
import type { Crm, Query, Session } from '@guanxi/core'
import { type Contender, collectGarbage, type Usage } from '../contender.ts'
import { KnownRows } from '../known-rows.ts'
import { bulkSize, importSize } from '../operation.ts'
import { seller } from '../people.ts'

/** An object, and what is done with it. */
export interface Subject {
  readonly object: string
  record(n: number): Record<string, unknown>
  /** A change of one field that differs from what the record of this version holds. */
  patch(version: number): Record<string, unknown>
  page(n: number): Query
}

/** What a contender needs besides its records. */
export interface GuanxiParts {
  readonly name: string
  readonly role: Contender['role']
  readonly session: Session
  /** Given where imports are measured. */
  readonly crm?: Crm
  readonly usage: () => Usage
  /** A session with eight connections, where eight callers are measured. */
  readonly many?: Session
}

/** Guanxi in process, through the same door as a host. */
export function guanxi(subject: Subject, { name, role, session, usage, many, crm }: GuanxiParts): Contender {
  const records = session.records(subject.object)
  const crowd = many?.records(subject.object)
  const rows = new KnownRows()
  let next = 0
  const reserve = (count: number): number => {
    const first = next
    next += count
    return first
  }
  let file: CsvFile | null = null
  const bulk = (): Promise<{ ids: string[] }> => records.createMany(Array.from({ length: bulkSize }, () => subject.record(next++)))
  return {
    name,
    role,
    usage,
    settle: collectGarbage,
    prepare(operation) {
      if (operation === 'import') file = csvFile(subject, reserve(importSize))
    },
    work: {
      create: () => records.create(subject.record(next++)),
      read: () => records.get(rows.id()),
      update() {
        const target = rows.target()
        return records.update(target, subject.patch(target.version))
      },
      page: () => records.find(subject.page(next++)),
      bulk,
      ...(crm && { import: () => file && importCsv(crm, subject, file) }),
      ...(crowd && { create8: () => crowd.create(subject.record(next++)) }),
    },
    async seed(count) {
      for (let done = 0; done < count; done += bulkSize) rows.add((await bulk()).ids)
    },
    close: async () => {},
  }
}

interface CsvFile {
  readonly name: string
  readonly columns: readonly string[]
  readonly bytes: Uint8Array
}

/** Records of the subject, from `first` on, as a CSV file in memory. */
function csvFile(subject: Subject, first: number): CsvFile {
  const columns = Object.keys(subject.record(first))
  const lines = Array.from({ length: importSize }, (_, index) =>
    Object.values(subject.record(first + index))
      .map(quoted)
      .join(','),
  )
  return { name: `from-${first}.csv`, columns, bytes: new TextEncoder().encode([columns.join(','), ...lines].join('\n')) }
}

async function importCsv(crm: Crm, subject: Subject, { name, columns, bytes }: CsvFile): Promise<void> {
  const mapping = { object: subject.object, columns: columns.map((column) => ({ column, field: column })) }
  const files = [{ name, mapping, open: () => openTable({ bytes }) }]
  const { created } = await createImporter(crm, seller).import(files)
  if (created !== importSize) throw new Error(`Only ${created} of ${importSize} rows were imported.`)
}

const quoted = (value: unknown): string => `"${String(value).replaceAll('"', '""')}"`
