import { CrmError, defineJob, type Identity, type Job, type JobContext, RetryAfter, type Session } from '@guanxi/core'
import { type ImportRuns, importRuns } from '../run/background-runs.ts'
import type { JobResult, StoredJob } from '../run/job.ts'
import { reasonOf } from '../run/reason.ts'
import { ImportPaused, type RunDeps, runJob } from '../run/run-job.ts'
import { filesOfJob } from '../upload/job-files.ts'
import { Uploads } from '../upload/uploads.ts'
import { importJob } from './import-job.ts'

/** An import that nobody waits for, and with whose rights it runs. */
export interface WatchedImport {
  readonly job: string
  readonly identity: Omit<Identity, 'tenant'>
  /** Where its files are; null = where uploads are unless said. */
  readonly folder: string | null
}

/** An import that has not moved for so many milliseconds has lost its process. */
export const watchPause = 60_000

/**
 * Looks after an import in the background: as long as it moves, it looks again later; where its process died or was closed, it goes on
 * with it. The lease of this job is then the one of the run.
 */
export const watchImport: Job<WatchedImport> = defineJob<WatchedImport>({
  id: 'importing.watch',
  input: {
    type: 'object',
    required: ['job', 'identity', 'folder'],
    additionalProperties: false,
    properties: { job: { type: 'string' }, identity: { type: 'object' }, folder: { type: ['string', 'null'] } },
  },
  run: async (watched, context) => {
    const job = await jobOf(context, watched.job)
    if (!job || !goesOn(job)) return
    const moves = job.state === 'running' && context.now() - job.updatedAt < watchPause
    if (!moves && (await takeOver(watched, context, job))) return
    await lookLater(context.session, watched)
  },
})

/** Has the import looked after from now on; once for each import, however often it is asked. */
export async function lookLater(session: Pick<Session, 'enqueue'>, watched: WatchedImport): Promise<void> {
  await session.enqueue(watchImport, watched, { key: watched.job, delay: watchPause })
}

/** What of an identity is needed to act in its name later; whatever else a host hangs on it is not kept. */
export function actingAs({ id, kind, roles, teamIds, name, locale }: Identity): WatchedImport['identity'] {
  return { id, kind, roles, teamIds, name, locale }
}

async function jobOf({ records }: JobContext, id: string): Promise<StoredJob | undefined> {
  const page = await records(importJob).find({ where: { id }, limit: 1 })
  return page.records[0]
}

/** What a person cancelled, or what stopped for a reason that a person must look at, stands still. */
function goesOn({ state, failure }: StoredJob): boolean {
  return state === 'running' || (state === 'stopped' && failure === null)
}

/** True when the import needs no looking after any more, false when it runs in this process already. */
async function takeOver({ job: id, identity, folder }: WatchedImport, context: JobContext, job: StoredJob): Promise<boolean> {
  const uploads = new Uploads(folder === null ? {} : { folder }, { tenant: context.tenant, actor: identity.id }, context.now)
  const files = await filesOfJob(uploads, job).catch((error: unknown) => filesAreGone(error, context, job))
  if (!files) return true
  const session = context.as(identity)
  const putPeople = session.allowed(importJob.name).includes('define') ? context.directory.put : null
  const deps: RunDeps = { session, now: context.now, putPeople }
  const end = await runHere(context.service(importRuns), context.signal, id, (signal, onProgress, onBegun) =>
    runJob(deps, id, files, { signal, onProgress, onBegun }),
  )
  if (!end) return false
  if (end.state === 'done') await uploads.release(id)
  context.signal.throwIfAborted()
  if (end.state === 'stopped') throw new RetryAfter(0, 'The import was paused.')
  return true
}

type Options = Parameters<Parameters<ImportRuns['start']>[1]>[0]
type Run = (signal: AbortSignal, onProgress: Options['onProgress'], onBegun: Options['onBegun']) => Promise<JobResult>

/** A run as one of this process, paused when the job is to end; undefined when the import runs here already. */
async function runHere(runs: ImportRuns, signal: AbortSignal, id: string, run: Run): Promise<JobResult | undefined> {
  const stop = new AbortController()
  const pause = (): void => stop.abort(new ImportPaused())
  signal.addEventListener('abort', pause, { once: true })
  let result: Promise<JobResult> | undefined
  try {
    const start = (options: Options): Promise<JobResult> => {
      result = run(AbortSignal.any([options.signal, stop.signal]), options.onProgress, options.onBegun)
      return result
    }
    // Whoever waits for the result hears of its failure.
    await runs.start(id, start, () => {})
    return await result
  } finally {
    signal.removeEventListener('abort', pause)
  }
}

/** Another process may have the folder that this one has not; in the end the import says what it lacks. */
async function filesAreGone(error: unknown, context: JobContext, { id, version }: StoredJob): Promise<null> {
  if (!(error instanceof CrmError)) throw error
  if (context.attempt < context.attempts) throw new RetryAfter(watchPause, error.message)
  await context.records(importJob).update({ id, version }, { state: 'stopped', failure: JSON.stringify(reasonOf(error)) })
  return null
}
