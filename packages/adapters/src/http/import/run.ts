import { crmError } from '@guanxi/core'
import type { ImportFile, StoredJob } from '../../import/run/job.ts'
import { filesOf } from '../../import/run/job-book.ts'
import type { Table } from '../../import/table.ts'
import { json, type Reply } from '../reply/reply.ts'
import { type Call, param } from '../route/route.ts'
import { importBodies } from './body-schema.ts'
import { importBody } from './import-body.ts'
import { importTools, ownJob } from './import-call.ts'
import { progressOf } from './jobs.ts'
import { filesAgain } from './sources.ts'
import type { UploadSource, Uploads } from './uploads.ts'

/** Starts a job in this process, or goes on with it, and does not wait. */
export async function runJob(call: Call): Promise<Reply> {
  const { importer, runs, uploads } = importTools(call)
  const { files = [] } = await importBody<{ readonly files?: readonly UploadSource[] }>(call, importBodies.run)
  const job = await ownJob(call, param(call, 'id'))
  if (job.state !== 'done') {
    // It was cancelled and is still at its last batch: then it is not the run that is asked for.
    if (job.state === 'cancelled') await runs.ended(job.id)
    const ready = await filesOfJob(uploads, job, files)
    const run = async (options: Parameters<Parameters<typeof runs.start>[1]>[0]) => {
      const result = await importer.run(job.id, ready, options)
      if (result.state === 'done') await uploads.release(job.id)
      return result
    }
    await runs.start(job.id, run, (error) => call.settings.log({ level: 'error', message: 'An import broke off.', job: job.id, error }))
  }
  const now = await ownJob(call, job.id)
  return json({ job: now, progress: progressOf({ runs }, now) }, 202)
}

/** The files the job was made of, or those sent again in their place. */
async function filesOfJob(uploads: Uploads, job: StoredJob, again: readonly UploadSource[]): Promise<ImportFile[]> {
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
