import { crmError } from '@guanxi/core'
import type { ImportFile, StoredJob } from '../run/job.ts'
import { filesOf } from '../run/job-book.ts'
import type { Table } from '../table.ts'
import { filesAgain } from './sources.ts'
import type { UploadSource } from './upload-files.ts'
import type { Uploads } from './uploads.ts'

/** The files the job was made of, or those sent again in their place. Throws IMPORT_FILE_GONE. */
export async function filesOfJob(uploads: Uploads, job: StoredJob, again: readonly UploadSource[] = []): Promise<ImportFile[]> {
  const known = filesOf(job)
  const sources = again.length > 0 ? again : await uploads.linked(job.id)
  const { found } = await filesAgain(uploads, sources)
  const [only] = found.values()
  const openOf = (name: string): (() => Promise<Table>) | undefined => found.get(name) ?? (known.length === 1 ? only : undefined)
  const gone = known.filter(({ name }) => openOf(name) === undefined).map(({ name }) => name)
  if (gone.length > 0) throw crmError('IMPORT_FILE_GONE', { files: gone.join(', ').slice(0, 1_000) }, { details: { files: gone } })
  if (again.length > 0) await uploads.link(job.id, again)
  return known.map(({ name, mapping }) => ({ name, mapping, open: () => openOf(name)?.() ?? Promise.reject(gone) }))
}
