import { CrmError, newId, type ObjectDefinition, type Session } from '@guanxi/core'
import { compileMapping } from '../compile/compile-mapping.ts'
import { fingerprintOf } from '../fingerprint.ts'
import { hashText } from '../hash-text.ts'
import { peopleObject } from '../map/mapping.ts'
import { personDefinition } from '../people/person-definition.ts'
import { importJob } from '../plugin/import-job.ts'
import type { ImportFile, JobFile, StoredJob } from './job.ts'
import { filesOf } from './job-book.ts'
import { orderFiles } from './order-files.ts'

/** What may be said about a new job. */
export interface StartOptions {
  readonly name?: string
  /** Imports files again that were imported before, though no key tells their rows apart. */
  readonly again?: boolean
  readonly signal?: AbortSignal
}

/** Definitions of the objects that files are imported into. */
export async function definitionsOf(session: Session, objects: readonly string[]): Promise<ReadonlyMap<string, ObjectDefinition>> {
  const definitions = new Map<string, ObjectDefinition>()
  for (const object of new Set(objects))
    definitions.set(object, object === peopleObject ? personDefinition : await session.definitions.get(object))
  return definitions
}

/** Reads each file once, checks its mapping, and puts the files in order. */
export async function examineFiles(
  session: Session,
  files: readonly ImportFile[],
  signal?: AbortSignal,
): Promise<(JobFile & ImportFile)[]> {
  const definitions = await definitionsOf(
    session,
    files.map(({ mapping }) => mapping.object),
  )
  const examined: (JobFile & ImportFile)[] = []
  for (const file of orderFiles(files, definitions)) {
    const table = await file.open()
    try {
      const definition = definitions.get(file.mapping.object)
      if (definition) compileMapping(file.mapping, definition, table.columns)
      const { hash, rows } = await fingerprintOf(table, signal)
      examined.push({ name: file.name, mapping: file.mapping, open: () => file.open(), columns: table.columns, rows, hash })
    } finally {
      await table.close()
    }
  }
  return examined
}

/**
 * Makes the record of an import. The same files with the same mappings are one job while it is not done, whoever starts it how often;
 * and for good where no key tells rows apart, since importing them again would double them.
 */
export async function startJob(
  session: Session,
  files: readonly ImportFile[],
  options: StartOptions = {},
): Promise<{ job: StoredJob; repeated: boolean }> {
  const examined = await examineFiles(session, files, options.signal)
  const listed = examined.map(({ name, mapping, columns, rows, hash }): JobFile => ({ name, mapping, columns, rows, hash }))
  const content = JSON.stringify(listed.map(({ mapping, rows, hash }) => [mapping, rows, hash]))
  const fileKey = `${hashText(content, 1).toString(36)}${hashText(content, 2).toString(36)}${options.again ? `:${newId()}` : ''}`
  const jobs = session.records(importJob)
  try {
    const job = await jobs.create({
      name: (options.name ?? listed.map(({ name }) => name).join(', ')).slice(0, 200),
      files: JSON.stringify(listed),
      fileKey,
      rowsTotal: listed.reduce((sum, { rows }) => sum + rows, 0),
    })
    return { job, repeated: false }
  } catch (error) {
    if (!(error instanceof CrmError) || error.code !== 'DUPLICATE_VALUE') throw error
    const { records } = await jobs.find({ where: { fileKey }, limit: 1 })
    const [job] = records
    if (!job) throw error
    return { job, repeated: true }
  }
}

/** May the same files be imported again without doubling anything? */
export function isRepeatable(job: StoredJob): boolean {
  return filesOf(job).every(({ mapping }) => mapping.object === peopleObject || (mapping.key ?? []).length > 0)
}
