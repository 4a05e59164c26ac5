import type { Query, Session } from '@guanxi/core'
import { type Contender, collectGarbage, type Usage } from '../contender.ts'
import { KnownRows } from '../known-rows.ts'
import { bulkSize } from '../operation.ts'

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
  readonly usage: () => Usage
  /** A session with eight connections, where eight callers are measured. */
  readonly many?: Session
}

/** Guanxi in process, through the same door as a host. */
export function guanxi(subject: Subject, { name, role, session, usage, many }: GuanxiParts): Contender {
  const records = session.records(subject.object)
  const crowd = many?.records(subject.object)
  const rows = new KnownRows()
  let next = 0
  const bulk = (): Promise<{ ids: string[] }> => records.createMany(Array.from({ length: bulkSize }, () => subject.record(next++)))
  return {
    name,
    role,
    usage,
    settle: collectGarbage,
    work: {
      create: () => records.create(subject.record(next++)),
      read: () => records.get(rows.id()),
      update() {
        const target = rows.target()
        return records.update(target, subject.patch(target.version))
      },
      page: () => records.find(subject.page(next++)),
      bulk,
      ...(crowd && { create8: () => crowd.create(subject.record(next++)) }),
    },
    async seed(count) {
      for (let done = 0; done < count; done += bulkSize) rows.add((await bulk()).ids)
    },
    close: async () => {},
  }
}
