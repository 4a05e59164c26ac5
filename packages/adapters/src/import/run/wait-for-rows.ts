import type { Session } from '@guanxi/core'
import type { CompiledMapping } from '../compile/compiled.ts'
import type { Lookups } from '../lookup/lookups.ts'
import { ReferenceLookup } from '../lookup/reference-lookup.ts'
import { importRow } from '../plugin/import-row.ts'
import type { Counts } from './job.ts'
import type { JobBook } from './job-book.ts'
import { isRefusal, problemsIn, type Reason, reason, reasonOf } from './reason.ts'
import type { Waiting } from './row-plan.ts'
import { nested } from './row-plan.ts'

const page = 500

/** Sets the references that had to wait for the end of the file. Rows whose name is still missing are kept, with the reason. */
export async function setWaiting(
  session: Session,
  mapping: CompiledMapping,
  lookups: Lookups,
  book: JobBook,
  file: number,
): Promise<readonly Reason[]> {
  const { jobId } = book
  if (jobId === null) return []
  const found = await lookups.of(mapping)
  const reasons: Reason[] = []
  for (;;) {
    const { records } = await session.records(importRow).find({ where: { jobId, file, state: 'waiting' }, sort: ['row'], limit: page })
    if (records.length === 0) return reasons
    const rows = records.map((record) => ({
      id: record.id,
      version: record.version,
      recordId: record.recordId ?? '',
      at: record.trueAt,
      references: JSON.parse(record.references ?? '[]') as Waiting[],
    }))
    for (const [name, lookup] of found) {
      if (lookup instanceof ReferenceLookup)
        await lookup.load(
          session,
          rows.flatMap(({ references }) => references.filter(({ field }) => field === name).map(({ text }) => text)),
        )
    }
    const settle = await session.transaction(async (inner) => {
      for (const row of rows) {
        const why = await setReferences(inner, mapping, found, row, book.cause)
        if (why.length === 0) await inner.records(importRow).remove({ id: row.id, version: row.version })
        else await inner.records(importRow).update(row, { state: 'incomplete', reasons: JSON.stringify(why) })
        reasons.push(...why)
      }
      const counts: Counts = { ...book.counts, waiting: Math.max(0, book.counts.waiting - rows.length) }
      return book.save(inner, {}, counts, book.cursor)
    })
    settle()
  }
}

/** Why a reference that waited stays unset; nothing where it can be set, or may be left empty. */
export function missingReasons(mapping: CompiledMapping, lookup: unknown, { field, column, text }: Waiting): Reason[] {
  const found = lookup instanceof ReferenceLookup ? lookup.find(text) : null
  if (!found || !('refused' in found) || mapping.mapping.references?.[field]?.missing === 'empty') return []
  return [reason(found.refused, found.params, { column, field })]
}

async function setReferences(
  session: Session,
  mapping: CompiledMapping,
  lookups: ReadonlyMap<string, unknown>,
  row: { readonly recordId: string; readonly at: number | null; readonly references: readonly Waiting[] },
  cause: JobBook['cause'],
): Promise<Reason[]> {
  const why: Reason[] = []
  const patch: Record<string, unknown> = {}
  for (const { field, column, text } of row.references) {
    const lookup = lookups.get(field)
    const found = lookup instanceof ReferenceLookup ? lookup.find(text) : null
    if (found && !('refused' in found)) patch[field] = found.id
    else why.push(...missingReasons(mapping, lookup, { field, column, text }))
  }
  if (Object.keys(patch).length === 0) return why
  try {
    const options = { cause, ...(row.at !== null && { at: row.at }) }
    await session.transaction((inner) =>
      inner.records(mapping.definition.name).update({ id: row.recordId, version: 'any' }, nested(patch), options),
    )
    return why
  } catch (error) {
    if (!isRefusal(error)) throw error
    return [...why, ...problemsIn(error).map((problem) => reasonOf(problem))]
  }
}
