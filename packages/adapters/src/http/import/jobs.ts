import { crmError } from '@guanxi/core'
import { importJob } from '../../import/plugin/import-job.ts'
import type { StoredJob } from '../../import/run/job.ts'
import { countsOf, filesOf } from '../../import/run/job-book.ts'
import { type MappedSource, mappedFiles } from '../../import/upload/sources.ts'
import { json, type Reply } from '../reply/reply.ts'
import { wholeNumber } from '../request/parameter.ts'
import { readQuery } from '../request/query.ts'
import { type Call, param } from '../route/route.ts'
import { importBodies } from './body-schema.ts'
import { importBody } from './import-body.ts'
import { type ImportTools, importTools, ownJob } from './import-call.ts'

interface JobBody {
  readonly name?: string
  readonly again?: boolean
  readonly files: readonly MappedSource[]
}

/** Makes a job. The same files with the same mappings are the job that is there already. */
export async function createJob(call: Call): Promise<Reply> {
  const { importer, uploads } = importTools(call)
  const { files, name, again } = await importBody<JobBody>(call, importBodies.job)
  const started = await importer.start(await mappedFiles(uploads, files), { name, again })
  if (started.job.createdBy !== call.identity.id) throw crmError('IMPORT_REPEATED')
  if (started.job.state !== 'done')
    await uploads.link(
      started.job.id,
      files.map(({ mapping: _, ...source }) => source),
    )
  return json(started, 201)
}

/** One's own jobs, the latest first. */
export async function listJobs(call: Call): Promise<Reply> {
  importTools(call)
  const { limit, cursor } = readQuery(call.exchange.query, ['limit', 'cursor'])
  const page = await call.session.records(importJob).find({
    where: { createdBy: call.identity.id },
    sort: ['-createdAt'],
    limit: wholeNumber('limit', limit, 1, 500),
    ...(cursor !== undefined && { cursor }),
  })
  return json({ jobs: page.records, cursor: page.cursor })
}

export async function getJob(call: Call): Promise<Reply> {
  readQuery(call.exchange.query, [])
  const tools = importTools(call)
  const job = await ownJob(call, param(call, 'id'))
  const files = filesOf(job).map(({ name, mapping }) => ({ name, object: mapping.object }))
  return json({ job, progress: progressOf(tools, job), files })
}

/** Stops it after the batch it is at, wherever it runs. */
export async function cancelJob(call: Call): Promise<Reply> {
  const { importer } = importTools(call)
  await importBody(call, importBodies.nothing)
  const { id } = await ownJob(call, param(call, 'id'))
  await importer.cancel(id)
  return json({ job: await ownJob(call, id) })
}

/** How far a job has come: its own record says so, wherever it runs. */
export function progressOf({ runs }: Pick<ImportTools, 'runs'>, job: StoredJob) {
  const { rowsDone, created, updated, unchanged, refused } = countsOf(job)
  const total = job.rowsTotal ?? null
  const here = runs.progressOf(job.id)
  const rate = here?.rowsPerSecond ?? rateOf(job)
  const secondsLeft = job.state === 'running' && rate > 0 && total !== null ? Math.round((total - rowsDone) / rate) : null
  return { rows: rowsDone, total, created, updated, skipped: unchanged, refused, rate, secondsLeft }
}

/** Rows a second since the job began, for one that runs somewhere else or runs no more. */
function rateOf({ startedAt, finishedAt, updatedAt, rowsDone }: StoredJob): number {
  const seconds = startedAt === null ? 0 : ((finishedAt ?? updatedAt) - startedAt) / 1000
  return seconds > 0 ? Math.round((rowsDone ?? 0) / seconds) : 0
}
