import { CrmError, crmError, type Session } from '@guanxi/core'
import { type ImportJob, importJob } from '../plugin/import-job.ts'
import { type Counts, type JobCursor, type JobFile, noCounts, type StoredJob } from './job.ts'

/** Where an import stands, and the record that says so. Without a record it is a rehearsal, and nothing is kept. */
export class JobBook {
  readonly #job: StoredJob | null
  #version: number
  counts: Counts
  cursor: JobCursor
  readonly rowsTotal: number

  private constructor(job: StoredJob | null, rowsTotal: number) {
    this.#job = job
    this.#version = job?.version ?? 0
    this.rowsTotal = rowsTotal
    this.counts = job ? countsOf(job) : noCounts
    this.cursor = cursorOf(job)
  }

  static of(job: StoredJob): JobBook {
    return new JobBook(job, job.rowsTotal ?? 0)
  }

  static rehearsal(rowsTotal: number): JobBook {
    return new JobBook(null, rowsTotal)
  }

  get jobId(): string | null {
    return this.#job?.id ?? null
  }

  get cause(): { readonly kind: string; readonly id: string } {
    return { kind: 'import', id: this.#job?.id ?? 'rehearsal' }
  }

  /**
   * Writes the job with what it describes, in one transaction. Whoever else has written it in the meantime, by cancelling or by running
   * it too, makes this one fail, and with it the whole batch.
   */
  async save(session: Session, patch: Partial<ImportJob>, counts: Counts, cursor: JobCursor): Promise<() => void> {
    const job = this.#job
    if (!job) return () => this.#settle(this.#version, counts, cursor)
    const full = { ...patch, ...counts, cursor: JSON.stringify(cursor) }
    try {
      const { version } = await session.records(importJob).update({ id: job.id, version: this.#version }, full)
      return () => this.#settle(version, counts, cursor)
    } catch (error) {
      throw error instanceof CrmError && error.code === 'CONFLICT' ? new JobMoved(job.id) : error
    }
  }

  #settle(version: number, counts: Counts, cursor: JobCursor): void {
    this.#version = version
    this.counts = counts
    this.cursor = cursor
  }
}

/** The job was written by somebody else. */
export class JobMoved extends Error {
  readonly jobId: string
  constructor(jobId: string) {
    super(`job ${jobId} moved on`)
    this.jobId = jobId
  }
}

/** Was it cancelled from elsewhere? Otherwise another run has taken over, which is an error here. */
export async function isCancelled(session: Session, jobId: string): Promise<boolean> {
  const job = await session.records(importJob).get(jobId)
  if (job.state === 'cancelled') return true
  throw crmError('IMPORT_TAKEN_OVER')
}

export function countsOf(job: StoredJob): Counts {
  const { rowsDone, created, updated, unchanged, refused, waiting } = job
  return {
    rowsDone: rowsDone ?? 0,
    created: created ?? 0,
    updated: updated ?? 0,
    unchanged: unchanged ?? 0,
    refused: refused ?? 0,
    waiting: waiting ?? 0,
  }
}

/** The files of a job, in the order in which they are imported. */
export function filesOf(job: StoredJob): JobFile[] {
  return JSON.parse(job.files) as JobFile[]
}

function cursorOf(job: StoredJob | null): JobCursor {
  return job?.cursor ? (JSON.parse(job.cursor) as JobCursor) : { file: 0, row: 0, hash: 0 }
}
