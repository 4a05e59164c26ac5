import { actingAs, lookLater } from '../../import/plugin/watch-import.ts'
import { filesOfJob } from '../../import/upload/job-files.ts'
import type { UploadSource } from '../../import/upload/upload-files.ts'
import { json, type Reply } from '../reply/reply.ts'
import { type Call, param } from '../route/route.ts'
import { importBodies } from './body-schema.ts'
import { importBody } from './import-body.ts'
import { importTools, ownJob } from './import-call.ts'
import { progressOf } from './jobs.ts'

/** Starts a job in this process, or goes on with it, and does not wait. Should the process die, another one goes on. */
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
    await lookLater(call.session, { job: job.id, identity: actingAs(call.identity), folder: uploads.folder })
    await runs.start(job.id, run, (error) => call.settings.log({ level: 'error', message: 'An import broke off.', job: job.id, error }))
  }
  const now = await ownJob(call, job.id)
  return json({ job: now, progress: progressOf({ runs }, now) }, 202)
}
