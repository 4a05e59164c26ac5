import { type Service, service } from '@guanxi/core'
import type { JobResult, Progress } from './job.ts'
import { ImportPaused, type RunOptions } from './run-job.ts'

/** What a background run gives the run that it starts. */
export type BackgroundOptions = Required<Pick<RunOptions, 'signal' | 'onBegun' | 'onProgress'>>

/** Imports that run in this process while nobody waits for them. Closing the CRM stops each after its batch; it can go on later. */
export interface ImportRuns {
  /**
   * Starts a run and resolves when it has begun; rejects when it could not begin. While the job runs here already, nothing happens.
   * `onFailure` hears of a run that began and broke off; its job then says that it stands still.
   */
  start(jobId: string, run: (options: BackgroundOptions) => Promise<JobResult>, onFailure: (error: unknown) => void): Promise<void>
  /** How far a run of this process has come; null when none runs here. */
  progressOf(jobId: string): Progress | null
  /** Resolves when no run of the job is under way here. */
  ended(jobId: string): Promise<void>
  /** Stops all runs after their batches and waits for them. */
  close(): Promise<void>
}

/** The background runs of a CRM, provided by the plugin. */
export const importRuns: Service<ImportRuns> = service<ImportRuns>('importing.runs')

interface Running {
  progress: Progress | null
  readonly stop: AbortController
  readonly ended: Promise<void>
}

export function createImportRuns(): ImportRuns {
  const running = new Map<string, Running>()
  return {
    async start(jobId, run, onFailure) {
      if (running.has(jobId)) return
      const begun = Promise.withResolvers<void>()
      const stop = new AbortController()
      let hasBegun = false
      const options: BackgroundOptions = {
        signal: stop.signal,
        onBegun() {
          hasBegun = true
          begun.resolve()
        },
        onProgress(progress) {
          entry.progress = progress
        },
      }
      const settled = run(options).then(
        () => begun.resolve(),
        (error: unknown) => (hasBegun ? onFailure(error) : begun.reject(error)),
      )
      // Whoever hears of failures may fail as well; that is no reason to take the host down.
      const entry: Running = { progress: null, stop, ended: settled.catch(() => {}).finally(() => void running.delete(jobId)) }
      running.set(jobId, entry)
      await begun.promise
    },
    progressOf: (jobId) => running.get(jobId)?.progress ?? null,
    ended: async (jobId) => running.get(jobId)?.ended,
    async close() {
      const runs = [...running.values()]
      for (const { stop } of runs) stop.abort(new ImportPaused())
      await Promise.all(runs.map(({ ended }) => ended))
    },
  }
}
