import { CrmError, crmError, type Session } from '@guanxi/core'
import { readPages } from '../lookup/read-pages.ts'
import type { PutPeople } from '../people/people-import.ts'
import { importBatch } from '../plugin/import-batch.ts'
import { importJob } from '../plugin/import-job.ts'
import { ImportRun, type OpenableFile, type RunInput } from './import-run.ts'
import type { ImportFile, JobResult, Progress, RepairCount, RowResult, StoredJob } from './job.ts'
import { countsOf, filesOf, isCancelled, JobBook, JobMoved } from './job-book.ts'
import { reasonOf } from './reason.ts'
import { RepairTally } from './repair-tally.ts'
import { definitionsOf, isRepeatable } from './start-job.ts'

/** How to run a job. */
export interface RunOptions {
  /** `skip`: rows that are refused are left out and kept. `all`: one refused row, and nothing is saved. `skip` unless said. */
  readonly mode?: 'skip' | 'all'
  /** Rows written together, 1 to 1,000; 500 unless said. */
  readonly batchRows?: number
  /** More refused rows than this stop the import: then the mapping is wrong. 10,000 unless said. */
  readonly mostRefused?: number
  /** Stops after the batch it is at. With an {@link ImportPaused} as reason the job counts as stopped, otherwise as cancelled. */
  readonly signal?: AbortSignal
  /** Everything is there that is needed, and the job is marked as running. */
  readonly onBegun?: (job: StoredJob) => void
  readonly onProgress?: (progress: Progress) => void
  /** What became of each row, batch by batch. */
  readonly onRows?: (rows: readonly RowResult[]) => void
}

/** What a run needs from outside. */
export interface RunDeps {
  readonly session: Session
  readonly now: () => number
  readonly putPeople: PutPeople | null
}

const mostKept = 1_000

/** The reason of a signal that stops a run which is to go on later: the host closes, not the person gives up. */
export class ImportPaused extends Error {
  override readonly name = 'ImportPaused'
}

/** Runs a job from where it stands to its end, or to where it is told to stop. Run again, it goes on. */
export async function runJob(deps: RunDeps, jobId: string, files: readonly ImportFile[], options: RunOptions = {}): Promise<JobResult> {
  const { session, now } = deps
  const job = await session.records(importJob).get(jobId)
  if (job.state === 'done') return resultOf(session, job, 'done', true)
  const matched = matchFiles(job, files)
  const definitions = await definitionsOf(
    session,
    matched.map(({ mapping }) => mapping.object),
  )
  const begun = await session
    .records(importJob)
    .update({ id: jobId, version: job.version }, { state: 'running', startedAt: job.startedAt ?? now(), finishedAt: null, failure: null })
  options.onBegun?.(begun)
  const input = (inner: Session, book: JobBook): RunInput => ({
    ...inputOf(deps, options),
    session: inner,
    files: matched,
    definitions,
    book,
  })
  try {
    const finished =
      options.mode === 'all' ? await runWhole(session, begun, input, options) : await new ImportRun(input(session, JobBook.of(begun))).run()
    const stopped = options.signal?.reason instanceof ImportPaused ? 'stopped' : 'cancelled'
    return await settle(deps, jobId, finished ? 'done' : stopped)
  } catch (error) {
    if (error instanceof JobMoved && (await isCancelled(session, jobId)))
      return resultOf(session, await session.records(importJob).get(jobId), 'cancelled', false)
    if (!(error instanceof JobMoved)) await stop(session, jobId, error)
    throw error
  }
}

/** How often somebody else may write to a job, say to cancel it, while its end is written down. */
const mostSettles = 5

/** The job as it is in the end, with the repairs of all its runs. */
async function settle({ session, now }: RunDeps, jobId: string, state: JobResult['state']): Promise<JobResult> {
  const tally = new RepairTally()
  for await (const { records } of readPages(session, importBatch.name, { jobId }, ['records'])) {
    tally.merge((JSON.parse(String(records)) as { readonly repairs: readonly RepairCount[] }).repairs)
  }
  const done = state === 'done'
  const end = { state, repairs: JSON.stringify(tally.counts), finishedAt: done ? now() : null }
  const jobs = session.records(importJob)
  for (let tried = 1; ; tried++) {
    const job = await jobs.get(jobId)
    try {
      const patch = { ...end, ...(done && isRepeatable(job) && { fileKey: null }) }
      return resultOf(session, await jobs.update({ id: jobId, version: job.version }, patch), state, false)
    } catch (error) {
      // Who cancels an import whose rows are all in has come too late: it is done.
      if (!(error instanceof CrmError && error.code === 'CONFLICT') || tried === mostSettles) throw error
    }
  }
}

async function resultOf(_session: Session, job: StoredJob, state: JobResult['state'], repeated: boolean): Promise<JobResult> {
  const counts = countsOf(job)
  const nothingNew = repeated || (state === 'done' && counts.created === 0 && counts.updated === 0 && counts.refused === 0)
  return {
    jobId: job.id,
    state,
    rowsTotal: job.rowsTotal ?? 0,
    ...counts,
    nothingNew,
    repairs: JSON.parse(job.repairs ?? '[]') as RepairCount[],
  }
}

/** A failure of the database or of the mapping: what is done stays done, and the job says that it stands still. */
async function stop(session: Session, jobId: string, error: unknown): Promise<void> {
  try {
    const job = await session.records(importJob).get(jobId)
    if (job.state === 'running')
      await session.records(importJob).update({ id: jobId, version: job.version }, { state: 'stopped', failure: failureText(error) })
  } catch {
    // The failure that stopped the import is the one to report.
    void error
  }
}

/** Why a job stands still, as its reader may see it: what is not in the table of errors stays in the log. */
function failureText(error: unknown): string | null {
  return error instanceof CrmError ? JSON.stringify(reasonOf(error)) : null
}

/** All or nothing: every batch in one transaction, taken back when a row was refused. */
async function runWhole(
  session: Session,
  job: StoredJob,
  input: (session: Session, book: JobBook) => RunInput,
  options: RunOptions,
): Promise<boolean> {
  if ((job.rowsDone ?? 0) > 0) throw crmError('IMPORT_MAPPING_INVALID', { reason: 'what was begun row by row cannot go on as a whole' })
  return session.transaction(async (inner) => {
    const book = JobBook.of(job)
    const refused: RowResult[] = []
    const onRows = (rows: readonly RowResult[]): void => {
      refused.push(...rows.filter(({ outcome }) => outcome === 'refuse').slice(0, mostKept - refused.length))
      options.onRows?.(rows)
    }
    const finished = await new ImportRun({ ...input(inner, book), onRows }).run()
    if (book.counts.refused > 0) throw crmError('IMPORT_ROWS_REFUSED', { count: book.counts.refused }, { details: { rows: refused } })
    if (!finished) throw crmError('IMPORT_CANCELLED')
    return finished
  })
}

/** Defaults filled in; shared with rehearsals. */
export function inputOf(
  { now, putPeople }: RunDeps,
  options: RunOptions,
): Pick<RunInput, 'now' | 'putPeople' | 'batchRows' | 'mostRefused' | 'signal' | 'onProgress' | 'onRows'> {
  const { batchRows = 500, mostRefused = 10_000, signal, onProgress, onRows } = options
  if (!Number.isInteger(batchRows) || batchRows < 1 || batchRows > 1_000)
    throw crmError('PARAMETER_INVALID', { name: 'batchRows', reason: 'it must be 1 to 1000' })
  return { now: now(), putPeople, batchRows, mostRefused, signal, onProgress, onRows }
}

/** The files of the job among those given, by name. */
function matchFiles(job: StoredJob, files: readonly ImportFile[]): OpenableFile[] {
  return filesOf(job).map((known) => {
    const file = files.find(({ name }) => name === known.name)
    if (!file) throw crmError('IMPORT_FILE_MISSING', { file: known.name })
    return { ...known, open: () => file.open() }
  })
}
